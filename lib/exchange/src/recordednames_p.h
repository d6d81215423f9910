#pragma once

#include <http/observer.h>

#include <QByteArray>
#include <QString>

namespace headrace::exchange {

// What a recorder calls things.

QString eventName(http::EventKind kind);
QString emitterName(http::Emitter emitter);

/// Object and names of the milestones of the framing that no documented event tells of.
QString wireObject();
QString wireEvent(const char *what, http::Direction direction);

/// \a host as a URL has it, with \a port unless it is the scheme's own.
QString withPort(const QString &host, quint16 port, bool isSecure);

/// The start line of \a head, without the empty lines before it and without its line end.
QByteArray startLineOf(const wire::Head &head);

/// The media type of a Content-Type, lower case, without parameters.
QString mediaType(QByteArrayView contentType);

bool isInterim(int statusCode); ///< 1xx but 101.

} // namespace headrace::exchange
