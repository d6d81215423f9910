#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace headrace::proxy {

/** A body as text that can be changed and turned back, so that octets of what is not changed stay as they are: as its byte
    order mark or \a contentType says, else as UTF-8 if it is that, else as ISO 8859-1, in which any octets are text.
    A value. Thread: any. */
class BodyText
{
public:
    BodyText(const QByteArray &octets, const QByteArray &contentType);

    const QString &text() const { return m_text; }

    /// Nothing: \a text has characters that the encoding has not.
    std::optional<QByteArray> encoded(const QString &text) const;

    QString encodingName() const;

private:
    QByteArray m_charset;
    QByteArray m_mark; ///< Byte order mark.
    QString m_text;
};

} // namespace headrace::proxy
