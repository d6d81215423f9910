#pragma once

#include <QByteArray>
#include <QString>
#include <QStringConverter>

namespace headrace::http {

/** Text of octets that come in pieces: a character that is cut waits for its rest.
    Not QStringDecoder's own state, which drops the octet behind a cut character that never becomes whole.
    Source: reference readable.setEncoding(); Node's StringDecoder. */
class TextDecoder
{
public:
    explicit TextDecoder(QStringConverter::Encoding encoding)
        : m_encoding(encoding)
    {
    }

    QString decode(const QByteArray &octets);

    /// No more will come: U+FFFD, or half a surrogate pair, for a character that was cut; else empty.
    QString finish();

private:
    qsizetype cutOctets() const; ///< At the end of m_rest: of a character that is not whole yet.

    QByteArray m_rest;
    QStringConverter::Encoding m_encoding;
};

} // namespace headrace::http
