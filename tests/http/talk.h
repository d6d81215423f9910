#pragma once

#include <http/http.h>

#include <QByteArray>

namespace headrace::http::test {

using Handler = Server::Listener;

/// The usual request: one answer, then the server closes.
QByteArray closing(const QByteArray &target = "/", const QByteArray &fields = {},
    const QByteArray &method = "GET");

/// The same, but the connection may go on.
QByteArray keeping(const QByteArray &target = "/", const QByteArray &fields = {},
    const QByteArray &method = "GET");

/// Sends \a octets to \a port on one connection and answers all that came until the server closed.
/// Date values read <date>. Ten seconds without a close: what came, and " [open]".
QByteArray talk(quint16 port, const QByteArray &octets);

/// talk() to a server made for it.
QByteArray serve(const Handler &handler, const QByteArray &octets);

QByteArray withoutDate(QByteArray octets);

} // namespace headrace::http::test
