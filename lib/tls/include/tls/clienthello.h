#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace headrace::tls {

/// What a client says first. A value; copies share. Thread: any.
struct ClientHello
{
    enum class Result
    {
        NeedMore, ///< The octets so far can be the beginning of one.
        NotTls, ///< They cannot.
        Hello
    };

    /// Octets after which something is no hello any more. Real ones have some hundred, or two thousand with a
    /// key share that no quantum computer reads.
    static constexpr qsizetype MostOctets = 16 * 1024;

    QString serverName; ///< SNI, lower case, as IDNA writes it; empty: none was sent.
    QList<QByteArray> alpn; ///< In the client's order; empty: none were sent.
    QList<quint16> versions; ///< 0x0304 is TLS 1.3; without reserved ones (RFC 8701).
    QList<quint16> ciphers; ///< The same.
    QList<quint16> extensions; ///< Which ones there are. The same.
    QList<quint16> groups; ///< The same.
    QList<quint16> signatures; ///< The same.

    /// Whether HTTP/1.1 can be spoken with it: it is what is left when nothing is agreed.
    bool takesHttp1() const;

    /** The same for the same program, and nearly always another for another one: of what it can do, but not of whom it asks,
        in which order it lists extensions, or what it remembers of an earlier connection. 16 hexadecimal digits. It is
        no proof of anything: a program can say what it likes. Source: the ideas of JA3 and JA4. */
    QByteArray fingerprint() const;

    bool operator==(const ClientHello &) const = default;

    /** Reads the beginning of a connection, which may lie in several records. \a hello is set with Result::Hello
        only. Source: RFC 8446 sections 4.1.2 and 5.1, RFC 6066 section 3, RFC 7301 section 3.1. */
    static Result parse(QByteArrayView octets, ClientHello *hello);
};

} // namespace headrace::tls
