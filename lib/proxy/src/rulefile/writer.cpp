#include "proxy/rulefile.h"
#include "proxy/throttlepreset.h"
#include "rulefile/names.h"

#include <exchange/jsontext.h>

#include <QDir>

namespace headrace::proxy {

namespace {

using exchange::jsonString;

class Writer
{
public:
    explicit Writer(const QString &directory)
        : m_directory(directory)
    {
    }

    QByteArray write(const RuleFile &file) const;

private:
    using Members = QList<QByteArray>;

    static QByteArray member(const char *name, const QByteArray &value)
    {
        return QByteArray(1, '"') + name + "\": " + value;
    }

    static QByteArray text(const QByteArray &octets)
    {
        return jsonString(exchange::fieldText(octets));
    }

    static QByteArray inLine(const Members &members) { return "{ " + members.join(", ") + " }"; }

    static QByteArray on(Target target) { return member("on", jsonString(nameOf(target))); }

    static QByteArray list(const char *name, const Members &items)
    {
        return items.isEmpty() ? member(name, "[]")
                               : member(name, "[\n" + items.join(",\n") + "\n  ]");
    }

    static QByteArray object(const Members &members)
    {
        return "    {\n      " + members.join(",\n      ") + "\n    }";
    }

    QByteArray pathOf(const QString &path) const
    {
        return jsonString(m_directory.isEmpty() ? path : QDir(m_directory).relativeFilePath(path));
    }

    QByteArray ruleToJson(const Rule &rule) const;
    static QByteArray breakpointToJson(const Breakpoint &breakpoint);

    QByteArray actionToJson(const MapLocal &map) const;
    QByteArray actionToJson(const MapRemote &map) const;
    QByteArray actionToJson(const Answer &answer) const;
    QByteArray actionToJson(const ChangeField &change) const;
    QByteArray actionToJson(const ReplaceInBody &replace) const;
    QByteArray actionToJson(const Block &block) const;
    QByteArray actionToJson(const Delay &delay) const;
    QByteArray actionToJson(const Throttle &throttle) const;
    QByteArray actionToJson(const Fault &fault) const;
    QByteArray actionToJson(const RunScript &script) const;

    QString m_directory;
};

QByteArray Writer::actionToJson(const MapLocal &map) const
{
    return member("mapLocal", pathOf(map.path));
}

QByteArray Writer::actionToJson(const MapRemote &map) const
{
    if (!map.keepsHost)
        return member("mapRemote", jsonString(map.url));
    return member(
        "mapRemote", inLine({ member("url", jsonString(map.url)), member("keepHost", "true") }));
}

QByteArray Writer::actionToJson(const Answer &answer) const
{
    Members members { member("status", QByteArray::number(answer.statusCode)) };
    if (!answer.reason.isEmpty())
        members += member("reason", jsonString(answer.reason));
    if (!answer.fields.isEmpty())
        members += member("headers", exchange::jsonFields(answer.fields, "        "));
    if (answer.body.isValidUtf8())
        members += member("body", jsonString(QString::fromUtf8(answer.body)));
    else
        members += member("bodyBase64", '"' + answer.body.toBase64() + '"');
    return member("answer", "{\n        " + members.join(",\n        ") + "\n      }");
}

QByteArray Writer::actionToJson(const ChangeField &change) const
{
    Members members { on(change.target), member("name", text(change.name)) };
    if (change.operation != ChangeField::Operation::Remove || !change.value.isEmpty())
        members += member("value", text(change.value));
    return member(memberOf(change.operation), inLine(members));
}

QByteArray Writer::actionToJson(const ReplaceInBody &replace) const
{
    Members members { on(replace.target),
        member(replace.isExpression ? "expression" : "text", jsonString(replace.pattern)),
        member("with", jsonString(replace.replacement)) };
    if (!replace.isCaseSensitive)
        members += member("caseSensitive", "false");
    return member("replace", inLine(members));
}

QByteArray Writer::actionToJson(const Block &block) const
{
    return member("block", jsonString(nameOf(block.manner)));
}

QByteArray Writer::actionToJson(const Delay &delay) const
{
    const QByteArray time = QByteArray::number(qint64(delay.time.count()));
    return member("delay", inLine({ on(delay.target), member("milliseconds", time) }));
}

QByteArray Writer::actionToJson(const Throttle &throttle) const
{
    const QString preset = presetName(throttle);
    if (!preset.isEmpty())
        return member("throttle", jsonString(preset));
    return member("throttle",
        inLine({ member("down", QByteArray::number(throttle.downOctetsPerSecond)),
            member("up", QByteArray::number(throttle.upOctetsPerSecond)),
            member("latency", QByteArray::number(qint64(throttle.latency.count()))) }));
}

QByteArray Writer::actionToJson(const Fault &fault) const
{
    return member("fault",
        inLine({ on(fault.target), member("kind", jsonString(nameOf(fault.kind))),
            member("after", QByteArray::number(fault.afterOctets)) }));
}

QByteArray Writer::actionToJson(const RunScript &script) const
{
    Members members;
    if (!script.file.isEmpty())
        members += member("scriptFile", pathOf(script.file));
    if (!script.source.isEmpty() || members.isEmpty())
        members += member("script", exchange::jsonLines(script.source, "      "));
    return members.join(",\n      ");
}

QByteArray Writer::ruleToJson(const Rule &rule) const
{
    Members members { member("id", jsonString(rule.id)), member("name", jsonString(rule.name)) };
    if (!rule.isEnabled)
        members += member("enabled", "false");
    if (!rule.filter.isEmpty())
        members += member("filter", jsonString(rule.filter));
    members += std::visit([this](const auto &action) { return actionToJson(action); }, rule.action);
    return object(members);
}

QByteArray Writer::breakpointToJson(const Breakpoint &breakpoint)
{
    Members members { member("id", jsonString(breakpoint.id)) };
    if (!breakpoint.isEnabled)
        members += member("enabled", "false");
    if (!breakpoint.filter.isEmpty())
        members += member("filter", jsonString(breakpoint.filter));
    Members stages;
    for (const HoldAt at : allHoldAts) {
        if (breakpoint.at.testFlag(at))
            stages += jsonString(nameOf(at));
    }
    members += member("at", '[' + stages.join(", ") + ']');
    if (breakpoint.onlyNext)
        members += member("onlyNext", "true");
    return object(members);
}

QByteArray Writer::write(const RuleFile &file) const
{
    Members rules;
    for (const Rule &rule : file.rules)
        rules += ruleToJson(rule);
    Members breakpoints;
    for (const Breakpoint &breakpoint : file.breakpoints)
        breakpoints += breakpointToJson(breakpoint);
    const Members members { member("headrace", "\"rules\""), member("version", "1"),
        list("rules", rules), list("breakpoints", breakpoints) };
    return "{\n  " + members.join(",\n  ") + "\n}\n";
}

} // namespace

QByteArray writeRules(const RuleFile &file, const QString &directory)
{
    return Writer(directory).write(file);
}

} // namespace headrace::proxy
