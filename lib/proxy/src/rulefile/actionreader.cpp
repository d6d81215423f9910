#include "rulefile/actionreader.h"

#include "proxy/throttlepreset.h"
#include "rulefile/names.h"

#include <wire/fieldrules.h>

#include <algorithm>

namespace headrace::proxy {

using exchange::JsonNode;
using Type = JsonNode::Type;

namespace {

constexpr qint64 mostOctets = qint64(1) << 50;

} // namespace

ActionReader::ActionReader(ValueReader &values)
    : m_values(values)
{
}

std::optional<Action> ActionReader::take(const JsonNode &rule)
{
    if (m_hasScript)
        m_actions.append(m_script);
    if (m_actions.size() == 1)
        return m_actions.first();
    m_values.problem(rule,
        m_actions.isEmpty()
            ? QStringLiteral("Give the rule an action, such as mapLocal or setHeader.")
            : QStringLiteral("Split the rule: it has several actions."));
    return std::nullopt;
}

template <typename E>
ValueReader::Handler ActionReader::wordInto(E &value, const QString &name, const QStringList &words)
{
    return [this, &value, name, words](
               const JsonNode &node) { value = E(m_values.word(name, node, words)); };
}

ValueReader::Handler ActionReader::on(Target &target)
{
    return wordInto(target, QStringLiteral("on"), targetNames());
}

MapRemote ActionReader::readMapRemote(const JsonNode &node)
{
    MapRemote map;
    if (node.type == Type::String) {
        map.url = node.text;
        return map;
    }
    m_values.eachMember(QStringLiteral("\"mapRemote\""), node,
        { { QStringLiteral("url"),
              [&](const JsonNode &value) {
                  map.url = m_values.text(QStringLiteral("url"), value);
              } },
            { QStringLiteral("keepHost"), [&](const JsonNode &value) {
                 map.keepsHost = m_values.truth(QStringLiteral("keepHost"), value);
             } } });
    return map;
}

Answer ActionReader::readAnswer(const JsonNode &node)
{
    Answer answer;
    int bodies = 0;
    bool isJson = false;
    m_values.eachMember(QStringLiteral("\"answer\""), node,
        { { QStringLiteral("status"),
              [&](const JsonNode &value) {
                  answer.statusCode
                      = int(m_values.number(QStringLiteral("status"), value, 200, 999));
              } },
            { QStringLiteral("reason"),
                [&](const JsonNode &value) {
                    answer.reason = m_values.text(QStringLiteral("reason"), value);
                } },
            { QStringLiteral("headers"),
                [&](const JsonNode &value) { answer.fields = m_values.fields(value); } },
            { QStringLiteral("body"),
                [&](const JsonNode &value) {
                    ++bodies;
                    answer.body = m_values.text(QStringLiteral("body"), value).toUtf8();
                } },
            { QStringLiteral("bodyBase64"),
                [&](const JsonNode &value) {
                    ++bodies;
                    answer.body = m_values.base64(QStringLiteral("bodyBase64"), value);
                } },
            { QStringLiteral("bodyJson"), [&](const JsonNode &value) {
                 ++bodies;
                 isJson = true;
                 answer.body = value.source;
             } } });
    if (bodies > 1)
        m_values.problem(node, QStringLiteral("Keep one of body, bodyBase64 and bodyJson."));
    const bool isTyped = std::any_of(answer.fields.cbegin(), answer.fields.cend(),
        [](const auto &field) { return wire::equalsIgnoringCase(field.first, "Content-Type"); });
    if (isJson && !isTyped)
        answer.fields.emplaceBack("Content-Type", "application/json");
    return answer;
}

ChangeField ActionReader::readChange(ChangeField::Operation operation, const JsonNode &node)
{
    ChangeField change;
    change.operation = operation;
    const auto into = [this](QByteArray &octets, const QString &name) {
        return [this, &octets, name](
                   const JsonNode &value) { octets = m_values.text(name, value).toUtf8(); };
    };
    m_values.eachMember(quoted(QLatin1String(memberOf(operation))), node,
        { { QStringLiteral("on"), on(change.target) },
            { QStringLiteral("name"), into(change.name, QStringLiteral("name")) },
            { QStringLiteral("value"), into(change.value, QStringLiteral("value")) } });
    return change;
}

ReplaceInBody ActionReader::readReplace(const JsonNode &node)
{
    ReplaceInBody replace;
    int patterns = 0;
    const auto pattern = [&](const QString &name, bool isExpression) {
        return [this, &replace, &patterns, name, isExpression](const JsonNode &value) {
            ++patterns;
            replace.isExpression = isExpression;
            replace.pattern = m_values.text(name, value);
        };
    };
    m_values.eachMember(QStringLiteral("\"replace\""), node,
        { { QStringLiteral("on"), on(replace.target) },
            { QStringLiteral("text"), pattern(QStringLiteral("text"), false) },
            { QStringLiteral("expression"), pattern(QStringLiteral("expression"), true) },
            { QStringLiteral("with"),
                [&](const JsonNode &value) {
                    replace.replacement = m_values.text(QStringLiteral("with"), value);
                } },
            { QStringLiteral("caseSensitive"), [&](const JsonNode &value) {
                 replace.isCaseSensitive = m_values.truth(QStringLiteral("caseSensitive"), value);
             } } });
    if (patterns != 1 && node.type == Type::Object)
        m_values.problem(node, QStringLiteral("Give \"replace\" one of text and expression."));
    return replace;
}

Delay ActionReader::readDelay(const JsonNode &node)
{
    Delay delay;
    const auto time = [&](const QString &name, const JsonNode &value) {
        delay.time = std::chrono::milliseconds(m_values.number(name, value, 0, 3'600'000));
    };
    if (node.type == Type::Number) {
        time(QStringLiteral("delay"), node);
        return delay;
    }
    m_values.eachMember(QStringLiteral("\"delay\""), node,
        { { QStringLiteral("on"), on(delay.target) },
            { QStringLiteral("milliseconds"),
                [&](const JsonNode &value) { time(QStringLiteral("milliseconds"), value); } } });
    return delay;
}

Throttle ActionReader::readThrottle(const JsonNode &node)
{
    Throttle throttle;
    if (node.type == Type::String) {
        const auto preset = throttlePreset(node.text);
        if (preset)
            return *preset;
        QStringList names;
        for (const ThrottlePreset &one : throttlePresets())
            names += one.name;
        m_values.problem(node,
            node.text == QLatin1String("offline")
                ? QStringLiteral(
                    "Write \"block\": \"reset\" in place of \"throttle\": \"offline\".")
                : QStringLiteral("Make \"throttle\" one of %1, or an object.")
                      .arg(names.join(QLatin1String(", "))));
        return throttle;
    }
    m_values.eachMember(QStringLiteral("\"throttle\""), node,
        { { QStringLiteral("down"),
              [&](const JsonNode &value) {
                  throttle.downOctetsPerSecond
                      = m_values.number(QStringLiteral("down"), value, 0, mostOctets);
              } },
            { QStringLiteral("up"),
                [&](const JsonNode &value) {
                    throttle.upOctetsPerSecond
                        = m_values.number(QStringLiteral("up"), value, 0, mostOctets);
                } },
            { QStringLiteral("latency"), [&](const JsonNode &value) {
                 throttle.latency = std::chrono::milliseconds(
                     m_values.number(QStringLiteral("latency"), value, 0, 600'000));
             } } });
    return throttle;
}

Fault ActionReader::readFault(const JsonNode &node)
{
    Fault fault;
    m_values.eachMember(QStringLiteral("\"fault\""), node,
        { { QStringLiteral("on"), on(fault.target) },
            { QStringLiteral("kind"), wordInto(fault.kind, QStringLiteral("kind"), faultNames()) },
            { QStringLiteral("after"), [&](const JsonNode &value) {
                 fault.afterOctets = m_values.number(QStringLiteral("after"), value, 0, mostOctets);
             } } });
    return fault;
}

ValueReader::Handlers ActionReader::handlers()
{
    const auto change = [this](ChangeField::Operation operation) {
        return std::pair(QString::fromLatin1(memberOf(operation)),
            ValueReader::Handler([this, operation](const JsonNode &node) {
                m_actions.append(readChange(operation, node));
            }));
    };
    ValueReader::Handlers result {
        { QStringLiteral("mapLocal"),
            [&](const JsonNode &node) {
                m_actions.append(MapLocal { m_values.path(QStringLiteral("mapLocal"), node) });
            } },
        { QStringLiteral("mapRemote"),
            [&](const JsonNode &node) { m_actions.append(readMapRemote(node)); } },
        { QStringLiteral("answer"),
            [&](const JsonNode &node) { m_actions.append(readAnswer(node)); } },
        { QStringLiteral("replace"),
            [&](const JsonNode &node) { m_actions.append(readReplace(node)); } },
        { QStringLiteral("block"),
            [&](const JsonNode &node) {
                m_actions.append(Block {
                    Block::Manner(m_values.word(QStringLiteral("block"), node, mannerNames())) });
            } },
        { QStringLiteral("delay"),
            [&](const JsonNode &node) { m_actions.append(readDelay(node)); } },
        { QStringLiteral("throttle"),
            [&](const JsonNode &node) { m_actions.append(readThrottle(node)); } },
        { QStringLiteral("fault"),
            [&](const JsonNode &node) { m_actions.append(readFault(node)); } },
        { QStringLiteral("scriptFile"),
            [&](const JsonNode &node) {
                m_hasScript = true;
                m_script.file = m_values.path(QStringLiteral("scriptFile"), node);
            } },
        { QStringLiteral("script"),
            [&](const JsonNode &node) {
                m_hasScript = true;
                m_script.source = m_values.lines(QStringLiteral("script"), node);
            } },
    };
    using Operation = ChangeField::Operation;
    for (const auto &[name, handler] :
        { change(Operation::Set), change(Operation::Add), change(Operation::Remove) })
        result.insert(name, handler);
    return result;
}

} // namespace headrace::proxy
