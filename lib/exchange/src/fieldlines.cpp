#include "exchange/fieldlines.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

// RFC 9110 section 5.6.2
bool isTokenOctet(char c)
{
    static constexpr QByteArrayView marks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || marks.contains(c);
}

/// A line without its end, and where the next one begins.
struct Line
{
    qsizetype begin = 0;
    qsizetype textEnd = 0;
    qsizetype end = 0;
    bool isFinished = false;
    bool hasBareLf = false;
};

Line lineAt(QByteArrayView octets, qsizetype begin)
{
    Line line;
    line.begin = begin;
    const qsizetype feed = octets.indexOf('\n', begin);
    if (feed < 0) {
        line.textEnd = octets.size();
        line.end = octets.size();
        return line;
    }
    line.isFinished = true;
    line.end = feed + 1;
    line.hasBareLf = feed == begin || octets.at(feed - 1) != '\r';
    line.textEnd = line.hasBareLf ? feed : feed - 1;
    return line;
}

FieldLine::Oddities oddOctets(QByteArrayView text)
{
    FieldLine::Oddities odd;
    for (const char c : text) {
        if (uchar(c) >= 0x80)
            odd |= FieldLine::NonAscii;
        else if (c == '\r')
            odd |= FieldLine::BareCr;
        else if ((uchar(c) < 0x20 && c != '\t') || uchar(c) == 0x7f)
            odd |= FieldLine::Control;
    }
    return odd;
}

FieldLine fieldOf(QByteArrayView octets, const Line &line)
{
    FieldLine field;
    field.begin = line.begin;
    field.end = line.end;
    if (line.hasBareLf)
        field.oddities |= FieldLine::BareLf;
    if (!line.isFinished)
        field.oddities |= FieldLine::Unfinished;
    const QByteArrayView text = octets.sliced(line.begin, line.textEnd - line.begin);
    field.oddities |= oddOctets(text);
    const qsizetype colon = text.indexOf(':');
    if (colon < 0) {
        field.oddities |= FieldLine::NoColon;
        field.nameEnd = field.valueBegin = field.valueEnd = line.textEnd;
        return field;
    }
    qsizetype nameEnd = colon;
    while (nameEnd > 0 && isBlank(text.at(nameEnd - 1)))
        --nameEnd;
    if (nameEnd != colon)
        field.oddities |= FieldLine::SpaceBeforeColon;
    const QByteArrayView name = text.first(nameEnd);
    if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isTokenOctet))
        field.oddities |= FieldLine::OddName;
    qsizetype value = colon + 1;
    while (value < text.size() && isBlank(text.at(value)))
        ++value;
    const QByteArrayView gap = text.sliced(colon + 1, value - colon - 1);
    qsizetype end = text.size();
    while (end > value && isBlank(text.at(end - 1)))
        --end;
    if (value < text.size() && (gap.size() > 1 || gap.contains('\t')))
        field.oddities |= FieldLine::ManySpaces;
    if (end < text.size())
        field.oddities |= FieldLine::TrailingSpace;
    field.nameEnd = line.begin + nameEnd;
    field.valueBegin = line.begin + value;
    field.valueEnd = line.begin + end;
    return field;
}

// RFC 9112 section 5.2
void fold(QByteArrayView octets, const Line &line, FieldLine *field)
{
    field->oddities |= FieldLine::Folded;
    if (line.hasBareLf)
        field->oddities |= FieldLine::BareLf;
    field->oddities.setFlag(FieldLine::Unfinished, !line.isFinished);
    const QByteArrayView text = octets.sliced(line.begin, line.textEnd - line.begin);
    field->oddities |= oddOctets(text);
    field->end = line.end;
    qsizetype end = line.textEnd;
    while (end > line.begin && isBlank(octets.at(end - 1)))
        --end;
    if (end > line.begin) {
        if (field->valueBegin == field->valueEnd) {
            qsizetype begin = line.begin;
            while (isBlank(octets.at(begin)))
                ++begin;
            field->valueBegin = begin;
        }
        field->valueEnd = end;
    }
}

} // namespace

FieldBlock readFieldBlock(QByteArrayView octets, bool hasStartLine)
{
    FieldBlock block;
    qsizetype at = 0;
    if (hasStartLine) {
        // Empty lines before it are overlooked: RFC 9112 section 2.2.
        Line line = lineAt(octets, at);
        while (line.isFinished && line.textEnd == line.begin) {
            at = line.end;
            line = lineAt(octets, at);
        }
        block.startBegin = at;
        at = line.end;
    }
    block.startEnd = at;
    while (at < octets.size()) {
        const Line line = lineAt(octets, at);
        if (line.textEnd == line.begin) {
            block.isComplete = line.isFinished;
            break;
        }
        if (isBlank(octets.at(at)) && !block.fields.isEmpty())
            fold(octets, line, &block.fields.last());
        else if (line.isFinished || octets.sliced(at) != "\r")
            block.fields.append(fieldOf(octets, line));
        else
            break; // half of the empty line
        at = line.end;
    }
    block.fieldsEnd = at;
    return block;
}

} // namespace headrace::exchange
