#pragma once

#include "formats/request.h"

namespace headrace::formats {

/// "text" of C++. Octets beyond printable ASCII are octal escapes; text with NUL has to be given its size.
QByteArray cppLiteral(const QByteArray &octets);

/// 'text' of JavaScript, for octets that are UTF-8.
QByteArray javaScriptLiteral(const QByteArray &utf8);

/// 'text' of JavaScript or Python in which each character is one octet.
QByteArray latin1Literal(const QByteArray &octets);

/// b'octets' of Python.
QByteArray pythonBytes(const QByteArray &octets);

/// 'text' of Python, for octets that are UTF-8.
QByteArray pythonLiteral(const QByteArray &utf8);

bool isUtf8(const QByteArray &octets);

/// The pieces of a body of any kind.
QList<BodyPiece> piecesOf(const Request &request);

/// Names of fields that stand more than once, as first written.
QList<QByteArray> repeatedNames(const exchange::FieldList &fields);

bool isFieldNamed(QByteArrayView name, QByteArrayView wanted);

/// Where to connect: the host, without brackets, and the port.
QString connectHost(const Request &request);
int connectPort(const Request &request);

} // namespace headrace::formats
