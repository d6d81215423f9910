#pragma once

#include "http/observer.h"

#include <wire/headserializer.h>

#include <QByteArray>
#include <QList>

namespace headrace::http {

/// The head that \a octets spell, for observers: what was sent is read like what is received.
wire::Head parseSentHead(const QByteArray &octets, wire::MessageKind kind);

/// The trailer section that is sent for \a trailers, with positions.
wire::Fields sentTrailers(const QList<wire::FieldLine> &trailers);

} // namespace headrace::http
