#include "proxy/rulefile.h"

#include "proxy/rulebook.h"
#include "rulefile/actionreader.h"
#include "rulefile/names.h"

#include <exchange/filter.h>

#include <QSet>
#include <QUuid>

#include <algorithm>
#include <limits>

namespace headrace::proxy {

namespace {

using exchange::JsonNode;
using Type = JsonNode::Type;

constexpr int newestVersion = 1;

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

class Reader
{
public:
    Reader(const QString &directory, RuleFileResult &result)
        : m_values(directory, result)
        , m_result(result)
    {
    }

    RuleFile read(const JsonNode &root)
    {
        readFile(root);
        return m_file;
    }

private:
    void readFile(const JsonNode &node);
    void readKind(const JsonNode &node);
    void readRules(const JsonNode &node);
    void readBreakpoints(const JsonNode &node);
    Rule readRule(const JsonNode &node);
    Breakpoint readBreakpoint(const JsonNode &node);
    HoldAts readStages(const JsonNode &node);
    void checkRule(const Rule &rule, const JsonNode &node);
    QString uniqueId(const QString &id, const JsonNode &node);

    ValueReader m_values;
    RuleFileResult &m_result;
    RuleFile m_file;
    QSet<QString> m_ids;
};

QString Reader::uniqueId(const QString &id, const JsonNode &node)
{
    QString result = id;
    if (m_ids.contains(id)) {
        m_values.remark(
            node, QStringLiteral("The id %1 is there twice; the second got a new one.").arg(id));
        result.clear();
    }
    if (result.isEmpty())
        result = newId();
    m_ids.insert(result);
    return result;
}

Rule Reader::readRule(const JsonNode &node)
{
    Rule rule;
    ActionReader action(m_values);
    ValueReader::Handlers handlers = action.handlers();
    const auto into = [this](QString &value, const QString &name) {
        return
            [this, &value, name](const JsonNode &member) { value = m_values.text(name, member); };
    };
    handlers.insert({ { QStringLiteral("id"), into(rule.id, QStringLiteral("id")) },
        { QStringLiteral("name"), into(rule.name, QStringLiteral("name")) },
        { QStringLiteral("filter"), into(rule.filter, QStringLiteral("filter")) },
        { QStringLiteral("enabled"), [&](const JsonNode &value) {
             rule.isEnabled = m_values.truth(QStringLiteral("enabled"), value);
         } } });
    m_values.eachMember(QStringLiteral("a rule"), node, handlers);
    if (node.type == Type::Object) {
        if (const auto taken = action.take(node))
            rule.action = *taken;
    }
    rule.id = uniqueId(rule.id, node);
    return rule;
}

// It is off, which the reader of the file should hear at once.
void Reader::checkRule(const Rule &rule, const JsonNode &node)
{
    const QString text = RuleBook::problemOf(rule);
    if (!text.isEmpty())
        m_values.remark(node,
            rule.name.isEmpty()
                ? QStringLiteral("The rule does not work. %1").arg(text)
                : QStringLiteral("The rule \"%1\" does not work. %2").arg(rule.name, text));
}

void Reader::readRules(const JsonNode &node)
{
    if (!m_values.expect(QStringLiteral("\"rules\""), node, Type::Array))
        return;
    for (const JsonNode &item : node.items) {
        const qsizetype problems = m_result.problems.size();
        const Rule rule = readRule(item);
        if (problems == m_result.problems.size())
            checkRule(rule, item);
        m_file.rules.append(rule);
    }
}

HoldAts Reader::readStages(const JsonNode &node)
{
    HoldAts stages;
    if (!m_values.expect(QStringLiteral("\"at\""), node, Type::Array))
        return stages;
    for (const JsonNode &item : node.items)
        stages |= allHoldAts[m_values.word(QStringLiteral("at"), item, holdNames())];
    if (node.items.empty())
        m_values.problem(node, QStringLiteral("Say in \"at\" where the breakpoint holds."));
    return stages;
}

Breakpoint Reader::readBreakpoint(const JsonNode &node)
{
    Breakpoint breakpoint;
    m_values.eachMember(QStringLiteral("a breakpoint"), node,
        { { QStringLiteral("id"),
              [&](const JsonNode &value) {
                  breakpoint.id = m_values.text(QStringLiteral("id"), value);
              } },
            { QStringLiteral("enabled"),
                [&](const JsonNode &value) {
                    breakpoint.isEnabled = m_values.truth(QStringLiteral("enabled"), value);
                } },
            { QStringLiteral("filter"),
                [&](const JsonNode &value) {
                    breakpoint.filter = m_values.text(QStringLiteral("filter"), value);
                    if (const auto error = exchange::parseFilter(breakpoint.filter).error)
                        m_values.remark(value,
                            QStringLiteral("The breakpoint does not work. Its filter is none: %1.")
                                .arg(error->message));
                } },
            { QStringLiteral("at"),
                [&](const JsonNode &value) { breakpoint.at = readStages(value); } },
            { QStringLiteral("onlyNext"), [&](const JsonNode &value) {
                 breakpoint.onlyNext = m_values.truth(QStringLiteral("onlyNext"), value);
             } } });
    breakpoint.id = uniqueId(breakpoint.id, node);
    return breakpoint;
}

void Reader::readBreakpoints(const JsonNode &node)
{
    if (!m_values.expect(QStringLiteral("\"breakpoints\""), node, Type::Array))
        return;
    for (const JsonNode &item : node.items)
        m_file.breakpoints.append(readBreakpoint(item));
}

void Reader::readKind(const JsonNode &node)
{
    if (node.type != Type::String || node.text != QLatin1String("rules"))
        m_values.problem(
            node, QStringLiteral("This is no file of rules: \"headrace\" is not \"rules\"."));
}

void Reader::readFile(const JsonNode &node)
{
    bool hasContent = false;
    m_values.eachMember(QStringLiteral("the file"), node,
        { { QStringLiteral("headrace"), [this](const JsonNode &value) { readKind(value); } },
            { QStringLiteral("version"),
                [this](const JsonNode &value) {
                    const qint64 version = m_values.number(
                        QStringLiteral("version"), value, 1, std::numeric_limits<int>::max());
                    if (version > newestVersion)
                        m_values.problem(value,
                            QStringLiteral("Use a newer Headrace: the file is of version %1.")
                                .arg(version));
                } },
            { QStringLiteral("rules"),
                [&](const JsonNode &value) {
                    hasContent = true;
                    readRules(value);
                } },
            { QStringLiteral("breakpoints"), [&](const JsonNode &value) {
                 hasContent = true;
                 readBreakpoints(value);
             } } });
    if (node.type == Type::Object && !hasContent)
        m_values.problem(node, QStringLiteral("Add \"rules\" or \"breakpoints\"."));
}

void sortByLine(QList<RuleFileNote> &notes)
{
    std::stable_sort(notes.begin(), notes.end(),
        [](const RuleFileNote &one, const RuleFileNote &other) { return one.line < other.line; });
}

} // namespace

RuleFileResult readRules(const QByteArray &json, const QString &directory)
{
    const exchange::JsonFile file = exchange::readJsonFile(json);
    if (!file.root)
        return { std::nullopt, { { file.problem, file.line } }, {} };
    RuleFileResult result;
    const RuleFile read = Reader(directory, result).read(*file.root);
    if (result.problems.isEmpty())
        result.file = read;
    sortByLine(result.problems);
    sortByLine(result.remarks);
    return result;
}

} // namespace headrace::proxy
