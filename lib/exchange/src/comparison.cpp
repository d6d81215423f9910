#include "exchange/comparison.h"

#include "exchange/bodydecoder.h"
#include "exchange/bodyformat.h"
#include "exchange/difference.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace headrace::exchange {

namespace {

using Kind = ComparedLine::Kind;
using What = ComparedPart::What;

constexpr qsizetype dumpWidth = 16; // octets a line
constexpr qsizetype dumpLimit = 64 * 1024; // octets of each side

QString tr(const char *text) { return QCoreApplication::translate("exchange::Comparison", text); }

/// A line and what it is recognised by on the other side.
struct Line
{
    QString key;
    QString text;
};

QString shown(const QByteArray &octets) { return decodeText(octets, {}); }

QStringList keysOf(const QList<Line> &lines)
{
    QStringList keys;
    keys.reserve(lines.size());
    for (const Line &line : lines)
        keys += line.key;
    return keys;
}

/// Of lines that go on one side and come on the other, those that are the same have moved.
void findMoved(QList<ComparedLine> *lines)
{
    QHash<QString, qsizetype> gone;
    for (qsizetype i = 0; i < lines->size(); ++i) {
        if (lines->at(i).kind == Kind::OnlyLeft)
            gone.insert(lines->at(i).left, i);
    }
    for (ComparedLine &line : *lines) {
        if (line.kind != Kind::OnlyRight)
            continue;
        if (const auto found = gone.constFind(line.right); found != gone.cend()) {
            (*lines)[*found].kind = Kind::Moved;
            line.kind = Kind::Moved;
            gone.erase(found);
        }
    }
}

/// Lines that stand in for each other lie side by side; how many, says \a pairs.
void addChanges(
    QList<ComparedLine> *result, const QList<Line> &left, const QList<Line> &right, bool pairs)
{
    const qsizetype both = pairs ? std::min(left.size(), right.size()) : 0;
    for (qsizetype i = 0; i < both; ++i)
        result->append({ Kind::Changed, left.at(i).text, right.at(i).text });
    for (qsizetype i = both; i < left.size(); ++i)
        result->append({ Kind::OnlyLeft, left.at(i).text, {} });
    for (qsizetype i = both; i < right.size(); ++i)
        result->append({ Kind::OnlyRight, {}, right.at(i).text });
}

/// \a pairs: a line that goes where another comes has changed.
QList<ComparedLine> comparedLines(const QList<Line> &left, const QList<Line> &right, bool pairs)
{
    QList<ComparedLine> result;
    QList<Line> gone;
    for (const Edit &edit : differenceOf(keysOf(left), keysOf(right))) {
        if (edit.kind == Edit::Kind::Removed) {
            gone = left.mid(edit.left, edit.count);
            continue;
        }
        const bool comes = edit.kind == Edit::Kind::Added;
        addChanges(&result, gone, comes ? right.mid(edit.right, edit.count) : QList<Line>(), pairs);
        gone.clear();
        for (qsizetype i = 0; !comes && i < edit.count; ++i) {
            const QString &one = left.at(edit.left + i).text;
            const QString &other = right.at(edit.right + i).text;
            result.append({ one == other ? Kind::Same : Kind::Changed, one, other });
        }
    }
    addChanges(&result, gone, {}, pairs);
    return result;
}

// --- heads

QList<Line> linesOf(const FieldList &fields)
{
    QList<Line> lines;
    for (const auto &[name, value] : fields)
        lines.append({ shown(name.toLower()), shown(name + ": " + value) });
    return lines;
}

QList<ComparedLine> comparedFields(const FieldList &left, const FieldList &right)
{
    QList<ComparedLine> lines = comparedLines(linesOf(left), linesOf(right), false);
    findMoved(&lines);
    return lines;
}

ComparedPart comparedHeads(What what, const Message &left, const Message &right)
{
    ComparedPart part { what, {}, {} };
    if (!left.hasHead() && !right.hasHead())
        return part;
    const auto startLine = [](const Message &message) {
        return message.hasHead() ? QList<Line> { { {}, shown(message.startLine) } } : QList<Line>();
    };
    part.lines = comparedLines(startLine(left), startLine(right), true)
        + comparedFields(left.fields, right.fields);
    return part;
}

// --- bodies

QList<Line> textLines(const QString &text)
{
    QList<Line> lines;
    if (text.isEmpty())
        return lines;
    const QStringList all = text.split(u'\n');
    lines.reserve(all.size());
    for (const QString &line : all)
        lines.append({ line, line });
    return lines;
}

QList<Line> dumpLines(const QByteArray &octets)
{
    QList<Line> lines;
    const qsizetype size = std::min(octets.size(), dumpLimit);
    for (qsizetype at = 0; at < size; at += dumpWidth) {
        const QByteArray run = octets.mid(at, std::min(dumpWidth, size - at));
        QString text = QString::fromLatin1(run.toHex(' ')).leftJustified(3 * dumpWidth + 1);
        for (const char c : run)
            text += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
        lines.append({ text, text });
    }
    return lines;
}

struct Body
{
    QByteArray octets;
    BodyKind kind = BodyKind::Empty;
    QByteArray type;
    bool isCut = false;

    explicit Body(const Message &message)
        : octets(decodedBody(message, ComparedBodyLimit))
        , type(message.field("Content-Type"))
        , isCut(octets.size() >= ComparedBodyLimit || message.isPartial || message.isTruncated)
    {
        kind = bodyKindOf(type, octets);
    }

    bool isText() const { return kind != BodyKind::Binary && kind != BodyKind::Image; }

    QString text() const
    {
        switch (kind) {
        case BodyKind::Json:
            return formatJson(octets).text;
        case BodyKind::Xml:
            return formatXml(octets, type).text;
        case BodyKind::Html:
            return formatHtml(octets, type).text;
        default:
            return decodeText(octets, type);
        }
    }
};

ComparedPart comparedBodies(What what, const Message &leftMessage, const Message &rightMessage)
{
    ComparedPart part { what, {}, {} };
    const Body left(leftMessage);
    const Body right(rightMessage);
    if (left.octets.isEmpty() && right.octets.isEmpty())
        return part;
    QStringList remarks;
    if (left.isCut || right.isCut)
        remarks += tr("Only the beginnings are compared.");
    if (left.isText() && right.isText()) {
        part.lines = comparedLines(textLines(left.text()), textLines(right.text()), true);
    } else {
        if (std::max(left.octets.size(), right.octets.size()) > dumpLimit)
            remarks += tr("Of what is no text, the first 64 KiB are compared.");
        part.lines = comparedLines(dumpLines(left.octets), dumpLines(right.octets), true);
    }
    part.remark = remarks.join(u' ');
    return part;
}

// --- what happened

ComparedPart comparedInterim(const QList<Message> &left, const QList<Message> &right)
{
    ComparedPart part { What::Interim, {}, {} };
    const auto lines = [](const QList<Message> &messages) {
        QList<Line> result;
        for (const Message &message : messages) {
            result.append({ QString::number(message.statusCode), shown(message.startLine) });
            result += linesOf(message.fields);
        }
        return result;
    };
    part.lines = comparedLines(lines(left), lines(right), false);
    return part;
}

ComparedPart comparedEvents(const QList<Event> &left, const QList<Event> &right)
{
    const auto lines = [](const QList<Event> &events) {
        QList<Line> result;
        for (const Event &event : events) {
            const QString name = event.object + u'.' + event.name;
            result.append({ name, name });
        }
        return result;
    };
    return { What::Events, comparedLines(lines(left), lines(right), false), {} };
}

QString durationText(qint64 begin, qint64 end)
{
    return begin < 0 || end < begin
        ? QStringLiteral("–")
        : QStringLiteral("%1 ms").arg(QString::number(double(end - begin) / 1000.0, 'f', 3));
}

ComparedPart comparedTimings(const Exchange &left, const Exchange &right)
{
    ComparedPart part { What::Timings, {}, {} };
    const auto add = [&](const QString &name, qint64 Timings::*begin, qint64 Timings::*end) {
        const auto text = [&](const Timings &timings) {
            return name + u' ' + durationText(begin ? timings.*begin : 0, timings.*end);
        };
        if (left.timings.*end >= 0 || right.timings.*end >= 0)
            part.lines.append({ Kind::Figure, text(left.timings), text(right.timings) });
    };
    add(tr("Lookup"), &Timings::lookupStarted, &Timings::lookupEnded);
    add(tr("Connect"), &Timings::connectStarted, &Timings::connectEnded);
    add(tr("TLS handshake"), &Timings::tlsStarted, &Timings::tlsEnded);
    add(tr("Until the request was sent"), nullptr, &Timings::requestSent);
    add(tr("Until the first octet"), nullptr, &Timings::firstByte);
    add(tr("In all"), nullptr, &Timings::ended);
    return part;
}

// --- what a proxy changed

What whatOf(const Change &change)
{
    const bool isRequest = change.message < 0;
    if (change.message > 0)
        return What::Interim;
    switch (change.part) {
    case Part::Body:
        return isRequest ? What::RequestBody : What::ResponseBody;
    case Part::Trailers:
        return isRequest ? What::RequestTrailers : What::ResponseTrailers;
    default:
        return isRequest ? What::Request : What::Response;
    }
}

/// Of a head or trailers, as they stand there: a field is found again by its name.
QList<Line> rawLines(const QByteArray &octets)
{
    QList<Line> lines;
    for (QByteArray line : octets.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        const QByteArray name = line.first(std::max<qsizetype>(line.indexOf(':'), 0));
        const bool isField = !name.isEmpty() && !name.contains(' ');
        lines.append({ isField ? shown(name.toLower()) : QString(), shown(line) });
    }
    if (!lines.isEmpty() && lines.constLast().text.isEmpty()) // behind the last line end
        lines.removeLast();
    return lines;
}

bool isText(const QByteArray &octets)
{
    const BodyKind kind = bodyKindOf({}, octets);
    return kind != BodyKind::Binary && kind != BodyKind::Image;
}

} // namespace

ComparedPart comparedChange(const Change &change)
{
    ComparedPart part { whatOf(change), {}, {} };
    if (change.isCut)
        part.remark = tr("Only the beginnings are compared.");
    const QByteArray &before = change.before;
    const QByteArray &after = change.after;
    if (change.part != Part::Body) {
        part.lines = comparedLines(rawLines(before), rawLines(after), false);
        findMoved(&part.lines);
    } else if (isText(before) && isText(after)) {
        part.lines = comparedLines(
            textLines(decodeText(before, {})), textLines(decodeText(after, {})), true);
    } else {
        part.lines = comparedLines(dumpLines(before), dumpLines(after), true);
    }
    return part;
}

qsizetype ComparedPart::differences() const
{
    qsizetype count = 0;
    bool isInRun = false;
    for (const ComparedLine &line : lines) {
        count += line.isDifference() && !isInRun ? 1 : 0;
        isInRun = line.isDifference();
    }
    return count;
}

QList<ComparedPart> compared(const Exchange &left, const Exchange &right)
{
    QList<ComparedPart> parts {
        comparedHeads(What::Request, left.request, right.request),
        comparedBodies(What::RequestBody, left.request, right.request),
        { What::RequestTrailers, comparedFields(left.request.trailers, right.request.trailers),
            {} },
        comparedInterim(left.interim, right.interim),
        comparedHeads(What::Response, left.response, right.response),
        comparedBodies(What::ResponseBody, left.response, right.response),
        { What::ResponseTrailers, comparedFields(left.response.trailers, right.response.trailers),
            {} },
        comparedEvents(left.events, right.events),
        comparedTimings(left, right),
    };
    parts.removeIf([](const ComparedPart &part) { return part.lines.isEmpty(); });
    return parts;
}

} // namespace headrace::exchange
