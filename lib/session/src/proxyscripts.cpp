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

int messageIndex(Direction direction) { return direction == Direction::Request ? -1 : 0; }

Hook hookOf(Stage stage)
{
    return directionOf(stage) == Direction::Request ? Hook::Request : Hook::Response;
}

void note(Transit &transit, int message, const QString &script, const QString &summary)
{
    Change change;
    change.message = message;
    change.cause = Change::Cause::Script;
    change.by = script;
    change.summary = summary;
    transit.addChange(std::move(change));
}

QString textOf(const script::ScriptError &error, const LoadedScript &script)
{
    if (script.isSwitchedOff())
        return QStringLiteral("%1; %2").arg(error.message, script.problem());
    if (error.line < 1)
        return error.message;
    return QStringLiteral("%1 (%2:%3)")
        .arg(error.message, QFileInfo(error.file).fileName())
        .arg(error.line);
}

QVariantMap contextFacts(Transit &transit, const QString &rule, Direction direction)
{
    return { { QStringLiteral("rule"), rule }, { QStringLiteral("url"), urlOf(transit) },
        { QStringLiteral("direction"),
            direction == Direction::Request ? QStringLiteral("request")
                                            : QStringLiteral("response") } };
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

// --- onChunk, onWebSocketMessage

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

/// A piece of a body on its way through the scripts. Who answers may do so long after the exchange has ended.
struct ProxyScripts::ChunkPass
{
    std::weak_ptr<Exchange> exchange; ///< Gone: nobody waits any more.
    Transit &transit;
    Direction direction;
    bool isEnd; ///< What the first script gets is no data.
    QByteArray data;
    std::function<void(const QByteArray &)> done;
    size_t next = 0; ///< Of the scripts.
};

void ProxyScripts::addChunkFilter(Transit &transit, Use &use, Direction direction)
{
    const auto exchange = m_exchanges.value(&transit);
    std::vector<Use *> &filters = exchange->chunkFilters[int(direction)];
    if (std::find(filters.begin(), filters.end(), &use) != filters.end())
        return; // of an answer in the place of another
    filters.push_back(&use);
    if (filters.size() > 1)
        return; // the one that is set asks all
    transit.setPieceFilter(direction,
        [this, &transit, direction, weak = std::weak_ptr(exchange)](
            const QByteArray &piece, std::function<void(const QByteArray &)> done) {
            if (weak.expired())
                done(piece);
            else
                passChunk(std::make_shared<ChunkPass>(ChunkPass {
                    weak, transit, direction, piece.isNull(), piece, std::move(done) }));
        });
}

void ProxyScripts::passChunk(const std::shared_ptr<ChunkPass> &pass)
{
    const auto exchange = pass->exchange.lock();
    if (!exchange)
        return;
    const std::vector<Use *> &filters = exchange->chunkFilters[int(pass->direction)];
    if (pass->next == filters.size()) {
        pass->done(pass->data);
        return;
    }
    Use &use = *filters.at(pass->next++);
    const auto askEnd = [this, pass, &use](const QByteArray &front) {
        callChunk(*pass, use, {}, [this, pass, front](const QByteArray &tail) {
            pass->data = front + tail;
            passChunk(pass);
        });
    };
    const auto goOn = [this, pass](const QByteArray &result) {
        pass->data = result;
        passChunk(pass);
    };
    const bool hasData = !pass->data.isEmpty();
    if (hasData && pass->isEnd)
        callChunk(*pass, use, pass->data, askEnd);
    else if (hasData)
        callChunk(*pass, use, pass->data, goOn);
    else if (pass->isEnd)
        askEnd({});
    else
        goOn({});
}

void ProxyScripts::callChunk(const ChunkPass &pass, Use &use, const QByteArray &piece,
    const std::function<void(const QByteArray &)> &done)
{
    use.script->call(Hook::Chunk,
        { double(pass.transit.id()), contextFacts(pass.transit, use.rule, pass.direction),
            piece.isNull() ? QVariant::fromValue(nullptr) : QVariant(piece) },
        [weak = pass.exchange, &transit = pass.transit, direction = pass.direction, &use, piece,
            done](const script::Runtime::Answer &answer) {
            const auto exchange = weak.lock();
            if (!exchange)
                return;
            if (answer.error && !std::exchange(use.isFailureNoted, true))
                note(transit, messageIndex(direction), use.script->name(),
                    QStringLiteral("onChunk failed: %1").arg(textOf(*answer.error, *use.script)));
            done(answer.error || !answer.value.isValid() ? piece : answer.value.toByteArray());
        });
}

/// The same for a message.
struct ProxyScripts::MessagePass
{
    std::weak_ptr<Exchange> exchange;
    Transit &transit;
    Transit::WebSocketMessage message;
    std::function<void(const std::optional<Transit::WebSocketMessage> &)> done;
    size_t next = 0;
};

void ProxyScripts::addWebSocketFilter(Transit &transit, Use &use)
{
    const auto exchange = m_exchanges.value(&transit);
    exchange->webSocketFilters.push_back(&use);
    if (exchange->webSocketFilters.size() > 1)
        return; // the one that is set asks all
    transit.setWebSocketFilter(
        [this, &transit, weak = std::weak_ptr(exchange)](const Transit::WebSocketMessage &message,
            std::function<void(const std::optional<Transit::WebSocketMessage> &)> done) {
            if (weak.expired())
                done(message);
            else
                passMessage(std::make_shared<MessagePass>(
                    MessagePass { weak, transit, message, std::move(done) }));
        });
}

void ProxyScripts::passMessage(const std::shared_ptr<MessagePass> &pass)
{
    const auto exchange = pass->exchange.lock();
    if (!exchange)
        return;
    if (pass->next == exchange->webSocketFilters.size()) {
        pass->done(pass->message);
        return;
    }
    Use &use = *exchange->webSocketFilters.at(pass->next++);
    Transit::WebSocketMessage &message = pass->message;
    const QVariantMap facts { { QStringLiteral("fromClient"),
                                  message.direction == Direction::Request },
        { QStringLiteral("data"),
            message.isText ? QVariant(QString::fromUtf8(message.payload))
                           : QVariant(message.payload) } };
    use.script->call(Hook::WebSocketMessage,
        { double(pass->transit.id()), contextFacts(pass->transit, use.rule, message.direction),
            facts },
        [this, pass, &use](const script::Runtime::Answer &answer) {
            if (!pass->exchange.expired())
                takeMessage(pass, use, answer);
        });
}

void ProxyScripts::takeMessage(
    const std::shared_ptr<MessagePass> &pass, Use &use, const script::Runtime::Answer &answer)
{
    Transit::WebSocketMessage &message = pass->message;
    if (answer.error && !std::exchange(use.isFailureNoted, true))
        note(pass->transit, messageIndex(message.direction), use.script->name(),
            QStringLiteral("onWebSocketMessage failed: %1")
                .arg(textOf(*answer.error, *use.script)));
    switch (answer.error ? QMetaType::UnknownType : answer.value.typeId()) {
    case QMetaType::Bool:
        pass->done(std::nullopt);
        return;
    case QMetaType::QString:
        message.isText = true;
        message.payload = answer.value.toString().toUtf8();
        break;
    case QMetaType::QByteArray:
        message.isText = false;
        message.payload = answer.value.toByteArray();
        break;
    default:
        break;
    }
    passMessage(pass);
}

} // namespace headrace::session
