#pragma once

#include <exchange/exchange.h>

#include <QByteArray>
#include <QList>
#include <QString>

namespace headrace::formats {

/// A part of a multipart/form-data body. RFC 7578 section 4.
struct FormPart
{
    QByteArray name; ///< Null: the part has none.
    QByteArray value; ///< What it holds, unless that is a file.
    QString filePath; ///< The file that it holds; empty: value.
    QByteArray fileName; ///< What the file is called to the server; null: the part is no file.
    QByteArray type; ///< Content-Type; empty: none.
    exchange::FieldList fields; ///< Further fields of the part.

    friend bool operator==(const FormPart &, const FormPart &) = default;
};

/// A run of octets of a body, or a file that stands there.
struct BodyPiece
{
    QByteArray octets;
    QString filePath; ///< Empty: octets.
};

/** The body that the parts come to. Quotes and line ends in names become %22, %0D and %0A, as RFC 7578 section 2 and
    the HTML standard want it. Literal octets that stand side by side are one piece. */
QList<BodyPiece> encodeForm(const QList<FormPart> &parts, const QByteArray &boundary);

/// 24 dashes and 16 random hexadecimal digits.
QByteArray makeBoundary();

/// By the name's ending; what is not known is application/octet-stream.
QByteArray typeOfFile(const QString &fileName);

} // namespace headrace::formats
