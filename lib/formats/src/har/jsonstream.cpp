#include "har/jsonstream.h"

#include <cstring>

namespace headrace::formats {

namespace {

constexpr qsizetype pieceSize = 64 * 1024;
constexpr qsizetype lookAhead = 16; // two escapes: \uD83D\uDE00
constexpr qint64 tellEvery = qint64(1) << 20;
constexpr qsizetype escapeSize = 6;

bool isHighSurrogate(int unit) { return unit >= 0xD800 && unit < 0xDC00; }

bool isLowSurrogate(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

} // namespace

JsonStream::JsonStream(QIODevice &device, qint64 stringLimit, std::function<bool(qint64)> goesOn)
    : m_device(device)
    , m_stringLimit(stringLimit)
    , m_goesOn(std::move(goesOn))
{
    fill();
    skipMark();
}

void JsonStream::skipMark()
{
    if (m_buffer.startsWith("\xef\xbb\xbf"))
        m_at = 3;
    else if (m_buffer.startsWith("\xff\xfe") || m_buffer.startsWith("\xfe\xff"))
        m_error = QStringLiteral("The file is UTF-16; HAR files are UTF-8");
}

/// Keeps enough in the buffer to look ahead, unless the device has no more.
void JsonStream::fill()
{
    while (!m_isDeviceDone && m_buffer.size() - m_at < lookAhead) {
        m_before += m_at;
        m_buffer.remove(0, m_at);
        m_at = 0;
        const qsizetype kept = m_buffer.size();
        m_buffer.resize(kept + pieceSize);
        qint64 got = m_device.read(m_buffer.data() + kept, pieceSize);
        if (got == 0 && m_device.isSequential() && m_device.waitForReadyRead(-1))
            got = m_device.read(m_buffer.data() + kept, pieceSize);
        m_buffer.resize(kept + std::max<qint64>(got, 0));
        m_isDeviceDone = got <= 0;
        if (got < 0 && !m_device.isSequential())
            m_error = QStringLiteral("It cannot be read: %1").arg(m_device.errorString());
    }
    if (offset() - m_told >= tellEvery) {
        m_told = offset();
        m_isStopped = m_isStopped || (m_goesOn && !m_goesOn(m_told));
    }
}

char JsonStream::Peek()
{
    if (m_buffer.size() - m_at < lookAhead)
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
    if (m_buffer.size() - m_at < lookAhead)
        fill();
    const int unit = codeUnitAt(m_at - 1);
    if (unit < 0)
        return;
    m_escape = escapeSize - 1;
    if (isHighSurrogate(unit) && isLowSurrogate(codeUnitAt(m_at - 1 + escapeSize)))
        m_escape += escapeSize; // both at once, so that the second is not taken for a half
    else if (isHighSurrogate(unit) || isLowSurrogate(unit))
        std::memcpy(m_buffer.data() + m_at + 1, "fffd", 4);
}

/// Of the escape \uXXXX at \a position; -1 if there is none.
int JsonStream::codeUnitAt(qsizetype position) const
{
    if (position < 0 || position + escapeSize > m_buffer.size())
        return -1;
    const QByteArrayView escape = QByteArrayView(m_buffer).sliced(position, escapeSize);
    if (!escape.startsWith("\\u"))
        return -1;
    bool isNumber = false;
    const int unit = escape.sliced(2).toInt(&isNumber, 16);
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
