#include "tls/clienthello.h"

#include <QCryptographicHash>

#include <algorithm>

namespace headrace::tls {

namespace {

constexpr quint8 handshakeRecord = 22;
constexpr quint8 clientHelloMessage = 1;
constexpr qsizetype recordHeader = 5;
constexpr qsizetype messageHeader = 4;
constexpr qsizetype mostOfRecord = 16 * 1024;

enum Extension : quint16
{
    ServerName = 0,
    SupportedGroups = 10,
    SignatureAlgorithms = 13,
    Alpn = 16,
    Padding = 21,
    PreSharedKey = 41,
    EarlyData = 42,
    SupportedVersions = 43,
    Cookie = 44,
    ApplicationSettingsOfOld = 17513, // go with h2 in ALPN
    ApplicationSettings = 17613,
    EncryptedClientHello = 0xfe0d,
};

/// Comes and goes with the host, the purpose, or what is remembered of it.
bool isOccasional(quint16 extension)
{
    constexpr quint16 all[] { ServerName, Alpn, Padding, PreSharedKey, EarlyData, Cookie,
        ApplicationSettingsOfOld, ApplicationSettings, EncryptedClientHello };
    return std::find(std::begin(all), std::end(all), extension) != std::end(all);
}

/// Takes numbers and vectors from the front. Once something is missing, everything is.
class Reader
{
public:
    explicit Reader(QByteArrayView octets)
        : m_octets(octets)
    {
    }

    bool isGood() const { return m_isGood; }

    bool atEnd() const { return m_octets.isEmpty(); }

    QByteArrayView take(qsizetype count)
    {
        if (count > m_octets.size()) {
            m_isGood = false;
            m_octets = {};
            return {};
        }
        const QByteArrayView taken = m_octets.first(count);
        m_octets = m_octets.sliced(count);
        return taken;
    }

    quint32 number(int octets)
    {
        quint32 value = 0;
        for (const char octet : take(octets))
            value = value << 8 | quint8(octet);
        return value;
    }

    /// What follows its length, which has \a octets.
    Reader vector(int octets)
    {
        Reader inner(take(number(octets)));
        inner.m_isGood = m_isGood;
        return inner;
    }

    QByteArray rest() { return take(m_octets.size()).toByteArray(); }

private:
    QByteArrayView m_octets;
    bool m_isGood = true;
};

/// RFC 8701: values that are sent to see whether they are left out.
bool isReserved(quint16 value)
{
    return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

bool readNumbers(Reader list, QList<quint16> *numbers)
{
    while (list.isGood() && !list.atEnd()) {
        const auto number = quint16(list.number(2));
        if (list.isGood() && !isReserved(number))
            *numbers += number;
    }
    return list.isGood();
}

bool readServerName(Reader extension, QString *name)
{
    Reader list = extension.vector(2);
    while (list.isGood() && !list.atEnd()) {
        const quint32 kind = list.number(1);
        const QByteArray text = list.vector(2).rest();
        if (kind == 0 && name->isEmpty())
            *name = QString::fromLatin1(text).toLower();
    }
    return list.isGood();
}

bool readProtocols(Reader extension, QList<QByteArray> *protocols)
{
    Reader list = extension.vector(2);
    while (list.isGood() && !list.atEnd()) {
        const QByteArray protocol = list.vector(1).rest();
        const bool isReservedName = protocol.size() == 2
            && isReserved(quint16(quint8(protocol[0]) << 8 | quint8(protocol[1])));
        if (!isReservedName)
            *protocols += protocol;
    }
    return list.isGood();
}

bool readExtensions(Reader all, ClientHello *hello)
{
    bool isGood = true;
    while (isGood && all.isGood() && !all.atEnd()) {
        const quint32 kind = all.number(2);
        const Reader extension = all.vector(2);
        if (all.isGood() && !isReserved(quint16(kind)))
            hello->extensions += quint16(kind);
        if (kind == ServerName)
            isGood = readServerName(extension, &hello->serverName);
        else if (kind == Alpn)
            isGood = readProtocols(extension, &hello->alpn);
        else if (kind == SupportedGroups)
            readNumbers(Reader(extension).vector(2), &hello->groups);
        else if (kind == SignatureAlgorithms)
            readNumbers(Reader(extension).vector(2), &hello->signatures);
        else if (kind == SupportedVersions) {
            hello->versions.clear(); // it counts, and the one of old does not
            isGood = readNumbers(Reader(extension).vector(1), &hello->versions);
        }
    }
    return isGood && all.isGood();
}

bool readMessage(QByteArrayView message, ClientHello *hello)
{
    Reader reader(message);
    hello->versions = { quint16(reader.number(2)) };
    reader.take(32); // random
    reader.vector(1); // session
    if (!readNumbers(reader.vector(2), &hello->ciphers))
        return false;
    reader.vector(1); // compression
    if (!reader.isGood())
        return false;
    return reader.atEnd() || readExtensions(reader.vector(2), hello);
}

} // namespace

bool ClientHello::takesHttp1() const
{
    return alpn.isEmpty() || alpn.contains("http/1.1") || alpn.contains("http/1.0");
}

QByteArray ClientHello::fingerprint() const
{
    QList<quint16> lasting = extensions;
    lasting.removeIf(isOccasional);
    std::sort(lasting.begin(), lasting.end());
    QByteArray text;
    for (const QList<quint16> &list : { versions, ciphers, lasting, groups, signatures }) {
        for (const quint16 number : list)
            text += QByteArray::number(number, 16) + ',';
        text += ';';
    }
    constexpr qsizetype digits = 16;
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().first(digits);
}

ClientHello::Result ClientHello::parse(QByteArrayView octets, ClientHello *hello)
{
    const Result unfinished = octets.size() < MostOctets ? Result::NeedMore : Result::NotTls;
    QByteArray joined; // only when it lies in several records
    QByteArrayView message;
    qsizetype needed = messageHeader;
    while (message.size() < needed) {
        // What is wrong is said as soon as it can be: plain text is shorter than a record.
        if (octets.size() > 0 && quint8(octets[0]) != handshakeRecord)
            return Result::NotTls;
        if (octets.size() > 1 && octets[1] != 3)
            return Result::NotTls;
        if (octets.size() < recordHeader)
            return unfinished;
        const qsizetype size = quint8(octets[3]) << 8 | quint8(octets[4]);
        if (size == 0 || size > mostOfRecord)
            return Result::NotTls;
        const QByteArrayView part
            = octets.sliced(recordHeader, qMin(size, octets.size() - recordHeader));
        if (message.isEmpty()) {
            message = part;
        } else {
            if (joined.isEmpty())
                joined = message.toByteArray();
            joined += part;
            message = joined;
        }
        if (message.size() > 0 && quint8(message[0]) != clientHelloMessage)
            return Result::NotTls;
        if (message.size() >= messageHeader) {
            needed = messageHeader
                + (quint8(message[1]) << 16 | quint8(message[2]) << 8 | quint8(message[3]));
            if (needed > MostOctets)
                return Result::NotTls;
        }
        if (part.size() < size && message.size() < needed)
            return unfinished;
        octets = octets.sliced(recordHeader + part.size());
    }
    ClientHello read;
    if (!readMessage(message.sliced(messageHeader, needed - messageHeader), &read))
        return Result::NotTls;
    *hello = read;
    return Result::Hello;
}

} // namespace headrace::tls
