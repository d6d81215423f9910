#include "proxy/ruletext.h"

#include "mock/definitionfile.h"
#include "shell/format.h"

#include <exchange/filter.h>
#include <proxy/throttlepreset.h>
#include <wire/fieldrules.h>
#include <wire/httpnames.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

namespace headrace::ui {

using namespace proxy;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RuleText", text); }

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

QString nameOf(Target target) { return target == Target::Request ? tr("request") : tr("response"); }

QString rate(qint64 octetsPerSecond)
{
    return octetsPerSecond == 0 ? tr("unbounded") : tr("%1/s").arg(formatOctets(octetsPerSecond));
}

QString time(std::chrono::milliseconds time) { return formatDuration(time.count() * 1000); }

struct Describe
{
    QString operator()(const MapLocal &action) const
    {
        return action.path.isEmpty() ? tr("answer from a file")
                                     : tr("answer from %1").arg(action.path);
    }

    QString operator()(const MapRemote &action) const { return tr("send to %1").arg(action.url); }

    QString operator()(const Answer &action) const
    {
        const QString reason = !action.reason.isEmpty()
            ? action.reason
            : QString::fromLatin1(wire::reasonPhrase(action.statusCode).toByteArray());
        QStringList parts { tr("answer %1 %2").arg(action.statusCode).arg(reason).trimmed() };
        if (!action.body.isEmpty())
            parts += formatOctets(action.body.size());
        return parts.join(QStringLiteral(" · "));
    }

    QString operator()(const ChangeField &action) const
    {
        const QString name = displayText(action.name);
        switch (action.operation) {
        case ChangeField::Operation::Set:
            return tr("set %1: %2 in the %3")
                .arg(name, displayText(action.value), nameOf(action.target));
        case ChangeField::Operation::Add:
            return tr("add %1: %2 to the %3")
                .arg(name, displayText(action.value), nameOf(action.target));
        case ChangeField::Operation::Remove:
            return tr("remove %1 from the %2").arg(name, nameOf(action.target));
        }
        return {};
    }

    QString operator()(const ReplaceInBody &action) const
    {
        return tr("replace “%1” by “%2” in the %3")
            .arg(action.pattern, action.replacement, nameOf(action.target));
    }

    QString operator()(const Block &action) const
    {
        switch (action.manner) {
        case Block::Manner::Answer:
            return tr("block: answer 403");
        case Block::Manner::Close:
            return tr("block: close the connection");
        case Block::Manner::Reset:
            return tr("block: reset the connection");
        }
        return {};
    }

    QString operator()(const Delay &action) const
    {
        return tr("delay the %1 by %2").arg(nameOf(action.target), time(action.time));
    }

    QString operator()(const Throttle &action) const
    {
        if (const QString preset = presetName(action); !preset.isEmpty())
            return tr("throttle: %1").arg(preset);
        return tr("throttle: ↓ %1, ↑ %2, latency %3")
            .arg(rate(action.downOctetsPerSecond), rate(action.upOctetsPerSecond),
                time(action.latency));
    }

    QString operator()(const Fault &action) const
    {
        const QString after = formatOctets(action.afterOctets);
        const QString target = nameOf(action.target);
        switch (action.kind) {
        case Fault::Kind::Reset:
            return tr("reset after %1 of the %2").arg(after, target);
        case Fault::Kind::Truncate:
            return tr("cut the %2 off after %1").arg(after, target);
        case Fault::Kind::Stall:
            return tr("stall after %1 of the %2").arg(after, target);
        case Fault::Kind::MalformedChunk:
            return tr("malformed chunk after %1 of the %2").arg(after, target);
        }
        return {};
    }

    QString operator()(const RunScript &action) const
    {
        return action.file.isEmpty() ? tr("run a script")
                                     : tr("run %1").arg(QFileInfo(action.file).fileName());
    }
};

struct Problem
{
    QString operator()(const MapLocal &action) const
    {
        if (action.path.isEmpty())
            return tr("Which file or folder answers?");
        return QFileInfo::exists(action.path)
            ? QString()
            : tr("There is no file or folder %1").arg(action.path);
    }

    // Without a scheme it is host and port.
    QString operator()(const MapRemote &action) const
    {
        if (action.url.trimmed().isEmpty())
            return tr("Where is the request sent?");
        const bool hasScheme = action.url.contains(QStringLiteral("://"));
        const QUrl url(
            hasScheme ? action.url : QStringLiteral("http://") + action.url, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty())
            return tr("This is no address: https://host:port/path, or host:port");
        if (url.scheme() != u"http" && url.scheme() != u"https")
            return tr("The scheme is http or https");
        return {};
    }

    QString operator()(const Answer &action) const
    {
        if (action.statusCode < 200 || action.statusCode > 999)
            return tr("The status of an answer is 200 to 999");
        if (!wire::isFieldValue(action.reason.toUtf8()))
            return tr("The reason phrase is one line");
        for (const auto &[name, value] : action.fields) {
            if (!wire::isToken(name))
                return tr("“%1” is no name of a header").arg(displayText(name));
            if (!wire::isFieldValue(value))
                return tr("The value of %1 is one line").arg(displayText(name));
        }
        return {};
    }

    QString operator()(const ChangeField &action) const
    {
        if (action.name.isEmpty())
            return tr("Which header?");
        if (!wire::isToken(action.name))
            return tr("“%1” is no name of a header").arg(displayText(action.name));
        if (action.operation != ChangeField::Operation::Remove && !wire::isFieldValue(action.value))
            return tr("The value is one line");
        return {};
    }

    QString operator()(const ReplaceInBody &action) const
    {
        if (action.pattern.isEmpty())
            return tr("What is replaced?");
        if (!action.isExpression)
            return {};
        const QRegularExpression expression(action.pattern);
        return expression.isValid() ? QString()
                                    : tr("This is no regular expression: %1 (at %2)")
                                          .arg(expression.errorString())
                                          .arg(expression.patternErrorOffset());
    }

    QString operator()(const RunScript &action) const
    {
        if (action.file.isEmpty())
            return action.source.trimmed().isEmpty() ? tr("There is no script yet") : QString();
        return QFileInfo(action.file).isFile() ? QString()
                                               : tr("There is no file %1").arg(action.file);
    }

    QString operator()(const Throttle &action) const
    {
        return action == Throttle() ? tr("This throttles nothing: choose a rate or a latency")
                                    : QString();
    }

    template <class Other>
    QString operator()(const Other &) const
    {
        return {};
    }
};

} // namespace

ActionKind kindOf(const Action &action) { return ActionKind(action.index()); }

QString displayName(ActionKind kind)
{
    switch (kind) {
    case ActionKind::MapLocal:
        return tr("Map to a file or folder");
    case ActionKind::MapRemote:
        return tr("Map to another host");
    case ActionKind::Answer:
        return tr("Answer");
    case ActionKind::ChangeField:
        return tr("Change a header");
    case ActionKind::ReplaceInBody:
        return tr("Replace in the body");
    case ActionKind::Block:
        return tr("Block");
    case ActionKind::Delay:
        return tr("Delay");
    case ActionKind::Throttle:
        return tr("Throttle");
    case ActionKind::Fault:
        return tr("Break");
    case ActionKind::RunScript:
        return tr("Run a script");
    }
    return {};
}

QString explanation(ActionKind kind)
{
    switch (kind) {
    case ActionKind::MapLocal:
        return tr("A file answers, or the file below a folder that the path names.");
    case ActionKind::MapRemote:
        return tr("The request goes to another server; its path is put behind the one here.");
    case ActionKind::Answer:
        return tr("The answer is given here; no server is asked.");
    case ActionKind::ChangeField:
        return tr("One header line of the request or the response is changed on its way.");
    case ActionKind::ReplaceInBody:
        return tr("Text in the body is replaced on its way.");
    case ActionKind::Block:
        return tr("The request goes nowhere.");
    case ActionKind::Delay:
        return tr("The message waits before it goes on.");
    case ActionKind::Throttle:
        return tr("Both directions are as slow as a line of that kind.");
    case ActionKind::Fault:
        return tr("The message is broken on purpose, at an octet of your choice.");
    case ActionKind::RunScript:
        return tr("onRequest, onResponse, onChunk and onWebSocketMessage of a script decide.");
    }
    return {};
}

Action exampleAction(ActionKind kind)
{
    switch (kind) {
    case ActionKind::MapLocal:
        return MapLocal {};
    case ActionKind::MapRemote:
        return MapRemote { QStringLiteral("http://127.0.0.1:3000"), false };
    case ActionKind::Answer:
        return Answer { 200, {}, { { "Content-Type", "application/json" } }, "{\n}\n" };
    case ActionKind::ChangeField:
        return ChangeField { Target::Request, ChangeField::Operation::Set, "X-Trace", "1" };
    case ActionKind::ReplaceInBody:
        return ReplaceInBody {};
    case ActionKind::Block:
        return Block {};
    case ActionKind::Delay:
        return Delay {};
    case ActionKind::Throttle:
        return throttlePreset(QStringLiteral("slow 3G")).value_or(Throttle { 50'000, 50'000, {} });
    case ActionKind::Fault:
        return Fault { Target::Response, Fault::Kind::Reset, 100 };
    case ActionKind::RunScript:
        return RunScript { {}, scriptTemplate(QStringLiteral("proxy")) };
    }
    return Block {};
}

Rule newRule(ActionKind kind)
{
    Rule rule;
    rule.id = newId();
    rule.action = exampleAction(kind);
    return rule;
}

Breakpoint newBreakpoint()
{
    Breakpoint breakpoint;
    breakpoint.id = newId();
    return breakpoint;
}

Rule duplicateOf(const Rule &rule)
{
    Rule copy = rule;
    copy.id = newId();
    return copy;
}

QString shortDescription(const Action &action) { return std::visit(Describe(), action); }

QString titleOf(const Rule &rule)
{
    return rule.name.trimmed().isEmpty() ? shortDescription(rule.action) : rule.name;
}

QString filterProblem(const QString &filter)
{
    const auto error = exchange::parseFilter(filter).error;
    return error ? error->message : QString();
}

QString actionProblem(const Action &action) { return std::visit(Problem(), action); }

QString describe(HoldAts at)
{
    QStringList parts;
    if (at & HoldAt::RequestHead)
        parts += tr("request head");
    if (at & HoldAt::RequestBody)
        parts += tr("request body");
    if (at & HoldAt::ResponseHead)
        parts += tr("response head");
    if (at & HoldAt::ResponseBody)
        parts += tr("response body");
    return parts.isEmpty() ? tr("nowhere") : parts.join(QStringLiteral(", "));
}

} // namespace headrace::ui
