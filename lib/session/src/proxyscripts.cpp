#include "hooknotes_p.h"
#include "proxyscripts/hookmessages.h"
#include "proxyscripts_p.h"

#include <proxy/headcheck.h>

#include <QFileInfo>

#include <algorithm>

namespace headrace::session {

using exchange::Change;
using exchange::Direction;
using proxy::Stage;
using proxy::Transit;
using Hook = HookScript::Hook;

namespace {

Direction directionOf(Stage stage)
{
    return stage == Stage::RequestHead || stage == Stage::RequestBody ? Direction::Request
                                                                      : Direction::Response;
}

bool isBodyStage(Stage stage)
{
    return stage == Stage::RequestBody || stage == Stage::ResponseBody;
}

Hook hookOf(Stage stage)
{
    return directionOf(stage) == Direction::Request ? Hook::Request : Hook::Response;
}

} // namespace

ProxyScripts::ProxyScripts(const ScriptHost::Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_surroundings(surroundings)
    , m_worker(new ScriptWorker(surroundings))
    , m_watch(m_worker, this)
    , m_files(this)
{
    m_thread.setObjectName(QStringLiteral("proxy scripts"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &ScriptWorker::changed, this, [this](quint64 id, const HookFacts &facts) {
        if (const ScriptPointer script = find(id))
            script->setFacts(facts);
    });
    connect(m_worker, &ScriptWorker::fileLoaded, this, &ProxyScripts::addFile);
    connect(m_worker, &ScriptWorker::answered, this,
        [this](quint64 id, quint64 call, const script::Runtime::Answer &answer) {
            if (const ScriptPointer script = find(id))
                script->answer(call, answer);
        });
    connect(&m_watch, &StuckWatch::stuck, this, [this] { m_surroundings.running.interruptAll(); });
    connect(&m_files, &FileWatch::changed, this, [this](const QString &path) {
        std::erase_if(m_scripts, [&path](const ScriptPointer &script) {
            if (!script->files().contains(path))
                return false;
            script->note(QStringLiteral("%1 has changed: loaded anew for the next exchange")
                             .arg(QFileInfo(path).fileName()));
            return true;
        });
    });
}

ProxyScripts::~ProxyScripts()
{
    m_watch.stop();
    m_exchanges.clear();
    m_scripts.clear();
    if (!m_thread.isRunning()) {
        delete m_worker;
        return;
    }
    m_thread.quit();
    constexpr unsigned long patience = 250; // milliseconds
    while (!m_thread.wait(patience))
        m_surroundings.running.interruptAll();
}

void ProxyScripts::setLimit(std::chrono::milliseconds limit)
{
    m_limit = limit;
    if (!m_loaded.isEmpty())
        m_watch.start(limit);
}

void ProxyScripts::setRules(const QList<proxy::Rule> &rules)
{
    std::erase_if(m_scripts, [&rules](const ScriptPointer &script) {
        return std::none_of(rules.cbegin(), rules.cend(), [&](const proxy::Rule &rule) {
            const auto *run = std::get_if<proxy::RunScript>(&rule.action);
            return run && rule.isEnabled && *run == script->script();
        });
    });
    m_loaded.removeIf([](const auto &entry) { return entry.value().expired(); });
    if (m_loaded.isEmpty())
        m_watch.stop();
    QStringList files;
    for (const ScriptPointer &script : m_scripts)
        files += script->files();
    m_files.setFiles(files);
}

ProxyScripts::ScriptPointer ProxyScripts::find(ScriptWorker::ScriptId id) const
{
    return m_loaded.value(id).lock();
}

void ProxyScripts::addFile(ScriptWorker::ScriptId id, const QString &path)
{
    const ScriptPointer script = find(id);
    if (!script)
        return;
    script->addFile(path);
    m_files.add(path);
}

ProxyScripts::ScriptPointer ProxyScripts::load(const proxy::RunScript &script, const QString &rule)
{
    const auto found = std::find_if(m_scripts.cbegin(), m_scripts.cend(),
        [&script](const ScriptPointer &one) { return one->script() == script; });
    if (found != m_scripts.cend())
        return *found;
    m_loaded.removeIf([](const auto &entry) { return entry.value().expired(); });
    const auto loaded = std::make_shared<LoadedScript>(*m_worker, ++m_lastScript, script, rule);
    m_scripts.push_back(loaded);
    m_loaded.insert(loaded->id(), loaded);
    m_thread.start(); // nothing happens when it runs
    m_watch.start(m_limit);
    return loaded;
}

ProxyScripts::Use &ProxyScripts::useOf(
    Transit &transit, const proxy::RunScript &script, const QString &rule)
{
    auto &exchange = m_exchanges[&transit];
    if (!exchange)
        exchange = std::make_shared<Exchange>();
    for (const auto &use : exchange->uses) {
        if (use->script->script() == script && use->rule == rule)
            return *use;
    }
    exchange->uses.push_back(std::make_unique<Use>(Use { load(script, rule), rule, false }));
    return *exchange->uses.back();
}

void ProxyScripts::ended(Transit &transit)
{
    const auto exchange = m_exchanges.take(&transit);
    if (!exchange)
        return;
    for (const auto &use : exchange->uses)
        use->script->forget(transit.id());
}

bool ProxyScripts::wantsBody(const proxy::RunScript &script, Transit &transit, Direction direction)
{
    const auto exchange = m_exchanges.value(&transit);
    return exchange
        && std::any_of(exchange->uses.cbegin(), exchange->uses.cend(), [&](const auto &use) {
               const LoadedScript &used = *use->script;
               return used.script() == script && used.problem().isEmpty()
                   && used.needsBody(direction)
                   && used.has(direction == Direction::Request ? Hook::Request : Hook::Response);
           });
}

std::optional<ProxyScripts::Outcome> ProxyScripts::run(const proxy::RunScript &script,
    const QString &rule, Transit &transit, Stage stage, Answered answered)
{
    Use &use = useOf(transit, script, rule);
    if (use.script->isLoaded())
        return runLoaded(transit, use, stage, answered);
    use.script->whenLoaded([this, exchange = std::weak_ptr(m_exchanges.value(&transit)), &transit,
                               &use, stage, answered] {
        if (exchange.expired())
            return;
        if (const auto outcome = runLoaded(transit, use, stage, answered))
            answered(*outcome);
    });
    return std::nullopt;
}

std::optional<ProxyScripts::Outcome> ProxyScripts::runLoaded(
    Transit &transit, Use &use, Stage stage, const Answered &answered)
{
    const Direction direction = directionOf(stage);
    const QString problem = use.script->problem();
    if (!problem.isEmpty()) {
        if (!std::exchange(use.isFailureNoted, true))
            note(transit, messageIndex(direction), use.script->name(),
                QStringLiteral("not run: ") + problem);
        return Outcome::Untouched;
    }
    const bool hasFilters = !isBodyStage(stage) && setFilters(transit, use, stage);
    const bool comesLater = !isBodyStage(stage) && use.script->needsBody(direction);
    if (!use.script->has(hookOf(stage)) || comesLater)
        return hasFilters ? Outcome::Done : Outcome::Untouched;
    callHook(transit, use, stage, answered);
    return std::nullopt;
}

// --- onRequest, onResponse

void ProxyScripts::callHook(Transit &transit, Use &use, Stage stage, const Answered &answered)
{
    const Direction direction = directionOf(stage);
    const bool withBody = isBodyStage(stage);
    const bool hadBody = !transit.request().body.isEmpty(); // it was gathered
    QVariantList arguments { double(transit.id()), contextFacts(transit, use.rule, direction),
        requestFacts(transit, direction == Direction::Request ? withBody : hadBody) };
    if (direction == Direction::Response)
        arguments.append(responseFacts(transit, withBody));
    use.script->call(hookOf(stage), arguments,
        [this, weak = std::weak_ptr(m_exchanges.value(&transit)), &transit, &use, stage, answered](
            const script::Runtime::Answer &answer) {
            if (const auto exchange = weak.lock())
                answered(apply(transit, use, stage, answer));
        });
}

ProxyScripts::Outcome ProxyScripts::apply(
    Transit &transit, const Use &use, Stage stage, const script::Runtime::Answer &answer)
{
    const QString script = use.script->name();
    const QString hook = HookScript::nameOf(hookOf(stage));
    const int message = messageIndex(directionOf(stage));
    const auto fail = [&](const QString &why) {
        note(transit, message, script, QStringLiteral("%1 failed: %2").arg(hook, why));
        return Outcome::Done;
    };
    if (answer.error)
        return fail(textOf(*answer.error, *use.script));
    const QVariantMap facts = answer.value.toMap();
    if (const QVariant reason = facts.value(QStringLiteral("drop")); reason.isValid()) {
        const QString why = reason.toString().isEmpty()
            ? QStringLiteral("Dropped by %1").arg(script)
            : QStringLiteral("Dropped by %1: %2").arg(script, reason.toString());
        note(transit, message, script, QStringLiteral("dropped by %1").arg(hook));
        transit.drop(false, why);
        return Outcome::Over;
    }
    if (const QVariant given = facts.value(QStringLiteral("answer")); given.isValid()) {
        QString problem;
        const proxy::TransitMessage response = answerOf(given.toMap(), &problem);
        if (!problem.isEmpty()) {
            use.script->tellFailure(hook + QLatin1String(": ") + problem);
            return fail(problem);
        }
        note(transit, message, script,
            QStringLiteral("answered %1 by %2").arg(response.head.statusCode()).arg(hook));
        transit.answer(response);
        return Outcome::Over;
    }
    return applyEdit(transit, use, stage, facts.value(QStringLiteral("message")).toMap());
}

ProxyScripts::Outcome ProxyScripts::applyEdit(
    Transit &transit, const Use &use, Stage stage, const QVariantMap &facts)
{
    const QString script = use.script->name();
    const QString hook = HookScript::nameOf(hookOf(stage));
    const Direction direction = directionOf(stage);
    const HookEdit edit = editOf(transit, direction, facts, isBodyStage(stage));
    if (!edit.problem.isEmpty()) {
        use.script->tellFailure(hook + QLatin1String(": ") + edit.problem);
        note(transit, messageIndex(direction), script,
            QStringLiteral("%1 failed: %2").arg(hook, edit.problem));
        return Outcome::Done;
    }
    proxy::TransitMessage &message
        = direction == Direction::Request ? transit.request() : transit.response();
    const int statusBefore = message.head.statusCode();
    {
        const proxy::ChangeScope scope(transit, messageIndex(direction), Change::Cause::Script,
            script, QStringLiteral("changed by %1").arg(hook));
        message = edit.message;
    }
    if (!edit.kept.isEmpty())
        note(transit, messageIndex(direction), script,
            QStringLiteral("left as it was: ") + edit.kept.join(QLatin1String(", ")));
    if (edit.route)
        transit.route() = *edit.route;
    // What the origin still sends of its body belongs to no such answer.
    if (direction == Direction::Response
        && proxy::isBodiless(statusBefore) != proxy::isBodiless(message.head.statusCode())) {
        transit.answer(proxy::TransitMessage(message));
        return Outcome::Over;
    }
    return Outcome::Done;
}

bool ProxyScripts::setFilters(Transit &transit, Use &use, Stage stage)
{
    const Direction direction = directionOf(stage);
    bool isSet = false;
    if (use.script->has(Hook::Chunk)) {
        addChunkFilter(transit, use, direction);
        isSet = true;
    }
    if (use.script->has(Hook::WebSocketMessage) && direction == Direction::Response
        && transit.response().head.statusCode() == 101) {
        addWebSocketFilter(transit, use);
        isSet = true;
    }
    return isSet;
}

} // namespace headrace::session
