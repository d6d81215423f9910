#include "talk.h"

#include "rawpeer.h"

#include <QTest>

namespace headrace::http::test {

QByteArray keeping(const QByteArray &target, const QByteArray &fields, const QByteArray &method)
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

QByteArray closing(const QByteArray &target, const QByteArray &fields, const QByteArray &method)
{
    return keeping(target, "Connection: close\r\n" + fields, method);
}

QByteArray withoutDate(QByteArray octets)
{
    qsizetype at = 0;
    while ((at = octets.indexOf("\r\nDate: ", at)) >= 0) {
        at += 8;
        octets.replace(at, octets.indexOf("\r\n", at) - at, "<date>");
    }
    return octets;
}

QByteArray talk(quint16 port, const QByteArray &octets)
{
    RawClient client(port);
    client.send(octets);
    const bool closed = QTest::qWaitFor([&] { return client.isClosed(); }, 10'000);
    return withoutDate(client.received()) + (closed ? "" : " [open]");
}

QByteArray serve(const Handler &handler, const QByteArray &octets)
{
    Server server(handler);
    if (server.listen(0, QHostAddress::LocalHost))
        return "[not listening]";
    return talk(server.serverPort(), octets);
}

} // namespace headrace::http::test
