#pragma once

#include "exchange/jsontree.h"

#include <QByteArray>

#include <atomic>

namespace headrace::exchange::json {

/** Reads values of a JSON text from a source, window by window, and steps over them. No recursion: nesting takes a
    bit for each level. After a fault, or when it is cancelled, it stands still: hasFailed(). */
class Scanner
{
public:
    Scanner(
        const OctetSource &source, qint64 begin, qint64 end, const std::atomic_bool *isCanceled);

    qint64 offset() const { return m_base + m_at; }

    bool hasFailed() const { return m_hasFailed; }

    const JsonFault &fault() const { return m_fault; }

    bool isCanceled() const { return m_isCanceled && *m_isCanceled; }

    void skipBlanks();

    /// The octet that comes next; '\0' at the end: atEnd().
    char peek();
    bool atEnd();
    void step(); ///< Over that octet.

    /// Reads a value, with what is in it.
    JsonValue value();

    /// Reads a name and the colon behind it into \a value.
    void name(JsonValue *value);

    void fail(const char *message);

private:
    bool fill();
    void string(QByteArray *shown);
    void escape(QByteArray *shown);
    void number(QByteArray *shown);
    void word(QByteArrayView expected, QByteArray *shown);
    qint64 container();
    void take(QByteArray *shown);

    const OctetSource &m_source;
    qint64 m_end;
    const std::atomic_bool *m_isCanceled;
    QByteArray m_window;
    qint64 m_base = 0; ///< Of the window.
    qsizetype m_at = 0; ///< In it.
    bool m_hasFailed = false;
    JsonFault m_fault;
};

} // namespace headrace::exchange::json
