#pragma once

#include "memoryexchange.h"

#include <QByteArray>
#include <QByteArrayList>

#include <functional>

/** Tables of octets and of what a server or a client makes of them, in the words of the reference's own
    scripts. Every input is sent whole, cut in two at every offset, and octet by octet; all must agree. */
namespace headrace::http::test {

/// As the reference's scripts show octets (JSON.stringify), but in single quotes; beyond ASCII as \u00e9.
QByteArray quoted(QByteArrayView octets);
QByteArray quoted(const QList<QByteArray> &list); ///< ['a','b']
QByteArray quoted(const Headers &headers); ///< {'a':'b','set-cookie':['c']}

/// The usual answers of a row, by name: <ok, close>, <ok, keep-alive> and <400>. \a text is quoted().
QByteArray abbreviated(QByteArray text);

/// One exchange of \a pieces, to its journal.
using Exchange = std::function<QByteArray(const QByteArrayList &pieces)>;

/// The journal of \a octets as one piece; with "broken: …" behind it when a cut makes another. How many octets
/// of the last piece were parsed is another number at every cut, and not compared.
QByteArray atEveryCut(const QByteArray &octets, const Exchange &exchange);

/// What the usual server says of a request.
struct Served
{
    bool finish = true; ///< Our direction ends behind the octets.
    bool countsHeaders
        = false; ///< `request GET '/', 2 headers`, else `request GET '/' HTTP/1.1` and rawHeaders.
    bool bytesParsed = true; ///< Of a clientError.
    bool anyCode = false; ///< Parser codes read HPE_*: it is the verdict that counts.
    bool insecure = false;
    bool cut = true; ///< At every octet; false: only the whole is sent.
};

/// The usual server: reads the body, answers "ok" at its end; a clientError is answered with a bare 400.
QByteArray served(const QByteArray &octets, const Served &how = {});

/// What the usual client says of an answer.
struct Received
{
    QByteArray method = "GET";
    bool finish = true; ///< The server's direction ends behind the octets.
    bool bytesParsed = true; ///< Of an error.
    bool anyCode = false; ///< Parser codes read HPE_*.
    bool insecure = false;
    bool cut = true;
};

QByteArray received(const QByteArray &octets, const Received &how = {});

/// The columns `octets`, `expected`, `finish`, `cuts` and `method` of a table.
void columns();

/// How a row is sent.
enum class Sending
{
    Finished, ///< The sender's direction ends behind the octets.
    Open, ///< It stays open.
    /// Finished, and only whole: cut at the end of a message, the rest of the octets would come too late.
    Uncut,
    OpenUncut,
};

void addRow(const char *name, const QByteArray &octets, const QByteArray &expected, Sending sending,
    const char *method);

/// A row of the table. Literals, as they may contain NUL.
template <size_t OctetsSize>
void row(const char *name, const char (&octets)[OctetsSize], const char *expected,
    const char *method = "GET", Sending sending = Sending::Finished)
{
    addRow(name, QByteArray(octets, OctetsSize - 1), expected, sending, method);
}

template <size_t OctetsSize>
void openRow(const char *name, const char (&octets)[OctetsSize], const char *expected,
    const char *method = "GET", Sending sending = Sending::Open)
{
    addRow(name, QByteArray(octets, OctetsSize - 1), expected, sending, method);
}

/// serves, or receives, the current row and compares.
void checkServed(Served how = {});
void checkReceived(Received how = {});

} // namespace headrace::http::test
