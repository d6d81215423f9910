#include "har/jsonstream.h"

#include <cstring>

namespace headrace::formats {

namespace {

constexpr qsizetype PieceSize = 64 * 1024;
constexpr qsizetype LookAhead = 16; // two escapes: \uD83D\uDE00
constexpr qint64 TellEvery = qint64(1) << 20;
constexpr qsizetype UnitSize = 5; // uD83D

bool isHighSurrogate(int unit) { return unit >= 0xD800 && unit < 0xDC00; }

bool isLowSurrogate(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

} // namespace

JsonStream::JsonStream(QIODevice &device, qint64 stringLimit, std::function<bool(qint64)> goesOn)
    : m_device(device)
    , m_stringLimit(stringLimit)
    , m_goesOn(std::move(goesOn))
{
    fill();
    chooseEncoding();
}

// By the mark, else as RFC 4627 section 3 tells: JSON begins with two ASCII characters.
void JsonStream::chooseEncoding()
{
    const bool isLong = m_buffer.size() >= 2;
    if (m_buffer.startsWith("\xef\xbb\xbf"))
        m_at = 3;
    else if (m_buffer.startsWith("\xff\xfe") || (isLong && m_buffer.at(1) == '\0'))
        m_decoder.emplace(QStringDecoder::Utf16LE);
    else if (m_buffer.startsWith("\xfe\xff") || (isLong && m_buffer.at(0) == '\0'))
        m_decoder.emplace(QStringDecoder::Utf16BE);
    if (m_decoder)
        m_buffer = QString(m_decoder->decode(m_buffer)).toUtf8();
}

/// Keeps enough in the buffer to look ahead, unless the device has no more.
void JsonStream::fill()
{
    while (!m_isDeviceDone && m_buffer.size() - m_at < LookAhead)
        append();
    if (m_read - m_told >= TellEvery) {
        m_told = m_read;
        m_isStopped = m_isStopped || (m_goesOn && !m_goesOn(m_told));
    }
}

void JsonStream::append()
{
    m_before += m_at;
    m_buffer.remove(0, m_at);
    m_at = 0;
    const qsizetype kept = m_buffer.size();
    m_buffer.resize(kept + PieceSize);
    const qsizetype got = read(m_buffer.data() + kept, PieceSize);
    m_buffer.resize(kept + got);
    if (m_decoder) {
        const QString text = m_decoder->decode(QByteArrayView(m_buffer).sliced(kept));
        m_buffer.truncate(kept);
        m_buffer += text.toUtf8();
    }
}

qsizetype JsonStream::read(char *to, qsizetype size)
{
    qint64 got = m_device.read(to, size);
    if (got == 0 && m_device.isSequential() && m_device.waitForReadyRead(-1))
        got = m_device.read(to, size);
    m_isDeviceDone = got <= 0;
    if (got < 0 && !m_device.isSequential())
        m_error = QStringLiteral("It cannot be read: %1").arg(m_device.errorString());
    m_read += std::max<qint64>(got, 0);
    return qsizetype(std::max<qint64>(got, 0));
}

char JsonStream::Peek()
{
    if (m_buffer.size() - m_at < LookAhead)
        fill();
    return m_at < m_buffer.size() && !m_isStopped && m_error.isEmpty() ? m_buffer.at(m_at) : '\0';
}

char JsonStream::Take()
{
    const char c = Peek();
    if (c == '\0')
        return c;
    advance();
    enter(c);
    if (m_stringSize > m_stringLimit && m_escape == 0)
        dropRest();
    return c;
}

void JsonStream::advance()
{
    if (m_buffer.at(m_at++) == '\n') {
        ++m_line;
        m_lineStart = offset();
    }
}

/// Follows strings and their escapes.
void JsonStream::enter(char c)
{
    if (m_stringSize < 0) {
        m_stringSize = c == '"' ? 0 : -1;
        return;
    }
    ++m_stringSize;
    if (m_escape > 0)
        --m_escape;
    else if (c == '"')
        m_stringSize = -1;
    else if (c == '\\')
        mendEscape();
}

/// The octet behind a backslash is next.
void JsonStream::mendEscape()
{
    m_escape = 1;
    if (m_buffer.size() - m_at < LookAhead)
        fill(); // what is read already, the backslash too, is gone then
    const int unit = codeUnitAt(m_at);
    if (unit < 0)
        return;
    m_escape = UnitSize;
    const qsizetype next = m_at + UnitSize;
    const bool isPair = isHighSurrogate(unit) && next < m_buffer.size() && m_buffer.at(next) == '\\'
        && isLowSurrogate(codeUnitAt(next + 1));
    if (isPair)
        m_escape += 1 + UnitSize; // both at once, so that the second is not taken for a half
    else if (isHighSurrogate(unit) || isLowSurrogate(unit))
        std::memcpy(m_buffer.data() + m_at + 1, "fffd", 4);
}

/// Of the uXXXX at \a position; -1 if there is none.
int JsonStream::codeUnitAt(qsizetype position) const
{
    if (position + UnitSize > m_buffer.size() || m_buffer.at(position) != 'u')
        return -1;
    bool isNumber = false;
    const int unit
        = QByteArrayView(m_buffer).sliced(position + 1, UnitSize - 1).toInt(&isNumber, 16);
    return isNumber && unit >= 0 ? unit : -1;
}

void JsonStream::dropRest()
{
    m_hasCut = true;
    bool isEscaped = false;
    for (char c = Peek(); c != '\0' && (c != '"' || isEscaped); c = Peek()) {
        isEscaped = !isEscaped && c == '\\';
        advance();
    }
}

bool JsonStream::hasCutString() { return std::exchange(m_hasCut, false); }

bool JsonStream::isAtEnd()
{
    fill();
    return m_isDeviceDone && m_at >= m_buffer.size();
}

} // namespace headrace::formats
