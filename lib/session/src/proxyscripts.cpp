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

QString textOf(const script::ScriptError &error)
{
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
    , m_files(this)
{
    connect(&m_files, &FileWatch::changed, this, [this](const QString &path) {
        std::erase_if(m_scripts, [&path](const ScriptPointer &script) {
            if (!script->files().contains(path))
                return false;
            script->host().note(QStringLiteral("%1 has changed: loaded anew for the next exchange")
                                    .arg(QFileInfo(path).fileName()));
            return true;
        });
    });
}

ProxyScripts::~ProxyScripts() = default;

void ProxyScripts::setRules(const QList<proxy::Rule> &rules)
{
    std::erase_if(m_scripts, [&rules](const ScriptPointer &script) {
        return std::none_of(rules.cbegin(), rules.cend(), [&](const proxy::Rule &rule) {
            const auto *run = std::get_if<proxy::RunScript>(&rule.action);
            return run && rule.isEnabled && *run == script->script();
        });
    });
    QStringList files;
    for (const ScriptPointer &script : m_scripts)
        files += script->files();
    m_files.setFiles(files);
}

qint64 ProxyScripts::memoryOctets() const
{
    return m_scripts.empty() ? 0 : m_scripts.front()->memoryOctets();
}

ProxyScripts::ScriptPointer ProxyScripts::load(const proxy::RunScript &script, const QString &rule)
{
    const auto found = std::find_if(m_scripts.cbegin(), m_scripts.cend(),
        [&script](const ScriptPointer &one) { return one->script() == script; });
    if (found != m_scripts.cend())
        return *found;
    // Deleted by the event loop, as it may be what calls; with this at the latest.
    const ScriptPointer loaded(new HookScript(script, rule, m_surroundings, this),
        [](HookScript *over) { over->deleteLater(); });
    m_scripts.push_back(loaded);
    for (const QString &path : loaded->files())
        m_files.add(path);
    connect(loaded.get(), &HookScript::fileLoaded, this,
        [this](const QString &path) { m_files.add(path); });
    return loaded;
}

ProxyScripts::Use &ProxyScripts::useOf(
    Transit &transit, const proxy::RunScript &script, const QString &rule)
{
    auto &exchange = m_exchanges[&transit];
    if (!exchange)
        exchange = std::make_shared<Exchange>();
    const auto held = exchange; // loading may end it
    for (const auto &use : held->uses) {
        if (use->script->script() == script && use->rule == rule)
            return *use;
    }
    held->uses.push_back(std::make_unique<Use>(Use { load(script, rule), rule, false }));
    return *held->uses.back();
}

void ProxyScripts::ended(Transit &transit)
{
    const auto exchange = m_exchanges.take(&transit);
    if (!exchange)
        return;
    for (const auto &use : exchange->uses)
        use->script->forget(transit.id());
}

bool ProxyScripts::wantsBody(const proxy::RunScript &script, Direction direction)
{
    const ScriptPointer loaded = load(script, QString());
    return loaded->problem().isEmpty() && loaded->needsBody(direction)
        && loaded->has(direction == Direction::Request ? Hook::Request : Hook::Response);
}

std::optional<ProxyScripts::Outcome> ProxyScripts::run(const proxy::RunScript &script,
    const QString &rule, Transit &transit, Stage stage, Answered answered)
{
    Use &use = useOf(transit, script, rule);
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
    return callHook(transit, use, stage, answered);
}

// --- onRequest, onResponse

/// Who answers may be asked while the caller still is in callHook(), or long after the exchange has ended.
struct ProxyScripts::Hooked
{
    std::weak_ptr<Exchange> exchange; ///< Gone: nobody waits any more.
    bool isInside = true;
    std::optional<Outcome> outcome;
    Answered answered;
};

std::optional<ProxyScripts::Outcome> ProxyScripts::callHook(
    Transit &transit, Use &use, Stage stage, const Answered &answered)
{
    const Direction direction = directionOf(stage);
    const bool withBody = isBodyStage(stage);
    const bool hadBody = !transit.request().body.isEmpty(); // it was gathered
    QVariantList arguments { double(transit.id()), contextFacts(transit, use.rule, direction),
        requestFacts(transit, direction == Direction::Request ? withBody : hadBody) };
    if (direction == Direction::Response)
        arguments.append(responseFacts(transit, withBody));
    const auto hooked = std::make_shared<Hooked>();
    hooked->exchange = m_exchanges.value(&transit);
    hooked->answered = answered;
    const ScriptPointer script = use.script;
    script->call(hookOf(stage), arguments,
        [this, hooked, &transit, &use, stage](const script::Runtime::Answer &answer) {
            const auto exchange = hooked->exchange.lock();
            if (!exchange)
                return;
            hooked->outcome = apply(transit, use, stage, answer);
            if (!hooked->isInside)
                hooked->answered(*hooked->outcome);
        });
    hooked->isInside = false;
    return hooked->outcome;
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
        return fail(textOf(*answer.error));
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
            use.script->host().tellFailure(
                { hook + QLatin1String(": ") + problem, {}, {}, -1, -1 });
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
        use.script->host().tellFailure(
            { hook + QLatin1String(": ") + edit.problem, {}, {}, -1, -1 });
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

void ProxyScripts::addChunkFilter(Transit &transit, Use &use, Direction direction)
{
    const auto exchange = m_exchanges.value(&transit);
    std::vector<Use *> &filters = exchange->chunkFilters[int(direction)];
    filters.push_back(&use);
    if (filters.size() > 1)
        return; // the one that is set asks all
    transit.setPieceFilter(direction,
        [this, &transit, direction, weak = std::weak_ptr(exchange)](const QByteArray &piece) {
            const auto held = weak.lock();
            if (!held)
                return piece;
            QByteArray result = piece;
            for (Use *one : held->chunkFilters[int(direction)]) {
                const bool hasMore = !result.isEmpty();
                const QByteArray filtered
                    = hasMore ? filterChunk(transit, *one, direction, result) : QByteArray();
                result = piece.isNull() ? filtered + filterChunk(transit, *one, direction, {})
                                        : filtered;
            }
            return result;
        });
}

QByteArray ProxyScripts::filterChunk(
    Transit &transit, Use &use, Direction direction, const QByteArray &piece)
{
    script::Runtime::Answer given;
    const ScriptPointer script = use.script;
    script->call(Hook::Chunk,
        { double(transit.id()), contextFacts(transit, use.rule, direction),
            piece.isNull() ? QVariant::fromValue(nullptr) : QVariant(piece) },
        [&given](const script::Runtime::Answer &answer) { given = answer; });
    if (given.error && !std::exchange(use.isFailureNoted, true))
        note(transit, messageIndex(direction), script->name(),
            QStringLiteral("onChunk failed: %1").arg(textOf(*given.error)));
    return given.error || !given.value.isValid() ? piece : given.value.toByteArray();
}

void ProxyScripts::addWebSocketFilter(Transit &transit, Use &use)
{
    const auto exchange = m_exchanges.value(&transit);
    exchange->webSocketFilters.push_back(&use);
    if (exchange->webSocketFilters.size() > 1)
        return; // the one that is set asks all
    transit.setWebSocketFilter(
        [this, &transit, weak = std::weak_ptr(exchange)](
            const Transit::WebSocketMessage &message) -> std::optional<Transit::WebSocketMessage> {
            std::optional<Transit::WebSocketMessage> result = message;
            const auto held = weak.lock();
            if (!held)
                return result;
            for (Use *one : held->webSocketFilters) {
                if (result)
                    result = filterMessage(transit, *one, *result);
            }
            return result;
        });
}

std::optional<Transit::WebSocketMessage> ProxyScripts::filterMessage(
    Transit &transit, Use &use, const Transit::WebSocketMessage &message)
{
    script::Runtime::Answer given;
    const ScriptPointer script = use.script;
    const QVariantMap facts { { QStringLiteral("fromClient"),
                                  message.direction == Direction::Request },
        { QStringLiteral("data"),
            message.isText ? QVariant(QString::fromUtf8(message.payload))
                           : QVariant(message.payload) } };
    script->call(Hook::WebSocketMessage,
        { double(transit.id()), contextFacts(transit, use.rule, message.direction), facts },
        [&given](const script::Runtime::Answer &answer) { given = answer; });
    if (given.error) {
        if (!std::exchange(use.isFailureNoted, true))
            note(transit, messageIndex(message.direction), script->name(),
                QStringLiteral("onWebSocketMessage failed: %1").arg(textOf(*given.error)));
        return message;
    }
    switch (given.value.typeId()) {
    case QMetaType::Bool:
        return std::nullopt;
    case QMetaType::QString:
        return Transit::WebSocketMessage { message.direction, true,
            given.value.toString().toUtf8() };
    case QMetaType::QByteArray:
        return Transit::WebSocketMessage { message.direction, false, given.value.toByteArray() };
    default:
        return message;
    }
}

} // namespace headrace::session
