#pragma once

#include "exchange/exchange.h"
#include "exchange/octetsource.h"
#include "exchange/octetspan.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <atomic>

namespace headrace::exchange {

/// A part of a multipart body.
struct BodyPart
{
    FieldList fields; ///< Of its head, as they are.
    OctetSpan body; ///< In the whole.
    QByteArray name; ///< Of Content-Disposition; null: it has none.
    QByteArray fileName; ///< The same; with the escapes of `filename*` taken off.
    QByteArray contentType; ///< With parameters; empty if it says none.

    QByteArray field(QByteArrayView name) const; ///< First value of that name, case-insensitive.
};

/// A multipart body as far as it can be read.
struct Multipart
{
    QByteArray boundary;
    QList<BodyPart> parts;
    OctetSpan preamble; ///< Before the first part; as a rule empty.
    QString error; ///< For people: what is wrong with it; empty if nothing.
};

/// The boundary that a Content-Type says; null without one. Source: RFC 2046 section 5.1.1.
QByteArray multipartBoundary(QByteArrayView contentType);

/** The parts of multipart/form-data and any other multipart type. Reads \a body once, piece by piece. Tolerant: a body
    without its end has a last part that goes to the end; line ends may be LF alone; a boundary that is missing in
    \a contentType is taken from the first line. At most 10,000 parts, heads of 64 KiB. Thread: any.
    Source: RFC 2046 section 5.1, RFC 7578. \a isCanceled: makes an end. */
Multipart multipartOf(const OctetSource &body, QByteArrayView contentType,
    const std::atomic_bool *isCanceled = nullptr);

} // namespace headrace::exchange
