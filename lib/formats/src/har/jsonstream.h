#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QStringDecoder>

#include <functional>
#include <optional>

namespace headrace::formats {

/** A device as RapidJSON reads it, octet by octet, in pieces of 64 KiB. Skips a byte order mark; UTF-16, with a mark
    or without, is read as UTF-8, in which places are counted.
    Two things in strings are mended on the way, because the parser would keep or refuse them:
    one that is longer than the limit ends there, the rest is read and dropped, and hasCutString() says so;
    half a surrogate pair becomes U+FFFD (JSON.stringify() writes such halves; RFC 8259 section 8.2).
    After an error or a stop the text ends. */
class JsonStream
{
public:
    using Ch = char;

    /// \a goesOn: called about once in a MiB with the octets read so far; false stops.
    JsonStream(QIODevice &device, qint64 stringLimit, std::function<bool(qint64)> goesOn);

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON calls these by name
    char Peek();
    char Take();

    size_t Tell() const { return size_t(offset()); }

    // Only for parsing in place.
    char *PutBegin() { return nullptr; }

    void Put(char) { }

    void Flush() { }

    size_t PutEnd(char *) { return 0; }

    // NOLINTEND(readability-identifier-naming)

    /// A string was cut since this was asked last.
    bool hasCutString();

    qint64 offset() const { return m_before + m_at; }

    qint64 line() const { return m_line; }

    qint64 column() const { return offset() - m_lineStart + 1; }

    bool isStopped() const { return m_isStopped; }

    const QString &error() const { return m_error; } ///< Of the device; empty without one.

    bool isAtEnd(); ///< Nothing is left in the device either.

private:
    void fill();
    qsizetype read(char *to, qsizetype size);
    void append();
    void chooseEncoding();
    void enter(char c);
    void mendEscape();
    void dropRest();
    int codeUnitAt(qsizetype position) const;
    void advance();

    QIODevice &m_device;
    qint64 m_stringLimit;
    std::function<bool(qint64)> m_goesOn;
    std::optional<QStringDecoder> m_decoder; // of UTF-16
    QByteArray m_buffer;
    qsizetype m_at = 0; // in the buffer
    qint64 m_before = 0; // octets before the buffer
    qint64 m_line = 1;
    qint64 m_lineStart = 0;
    qint64 m_stringSize = -1; // of the string that is being read; -1 outside
    int m_escape = 0; // octets of an escape that are still to come
    qint64 m_read = 0; // of the device
    qint64 m_told = 0;
    bool m_isDeviceDone = false;
    bool m_hasCut = false;
    bool m_isStopped = false;
    QString m_error;
};

} // namespace headrace::formats
