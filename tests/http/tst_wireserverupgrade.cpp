// Upgrades, tunnels and expectations on a live server. Source: reference events 'upgrade', 'connect', 'checkContinue';
// conformance wire/server-upgrade-*, server-connect-request-raw, server-expect-header-raw.
#include "talk.h"
#include "wirerows.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using headrace::test::MemorySocket;
using headrace::test::settle;
namespace wire = headrace::wire;

namespace {

/// All that comes through \a socket, and when that ends, one line of it; then the socket ends with \a goodbye.
void gather(
    QIODevice *socket, const QByteArray &head, QByteArrayList *log, const QByteArray &goodbye)
{
    const auto got = std::make_shared<QByteArray>(head);
    QObject::connect(
        socket, &QIODevice::readyRead, socket, [got, socket] { *got += socket->readAll(); });
    QObject::connect(socket, &QIODevice::readChannelFinished, socket, [=] {
        log->append("server got " + quoted(*got));
        socket->write(goodbye);
        socket->close();
    });
}

/// Sends \a pieces, then waits for the answer of a tunnel, sends "later" and ends.
QByteArray tunnelled(const MemoryServer::Listen &listen, const QByteArrayList &pieces)
{
    MemoryServer server(listen);
    for (const QByteArray &piece : pieces)
        server.send(piece);
    if (server.received().endsWith("\r\n\r\n")) {
        server.send("later");
        server.finish();
    }
    return server.journal();
}

} // namespace

class WireServerUpgradeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void upgrade_onlyWithBothFields_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("upgrades");
        QTest::newRow("upgrade only") << QByteArray("Upgrade: x\r\nConnection: close\r\n") << false;
        QTest::newRow("connection only") << QByteArray("Connection: upgrade, close\r\n") << false;
        QTest::newRow("connection close, upgrade")
            << QByteArray("Upgrade: x\r\nConnection: close, upgrade\r\n") << true;
        QTest::newRow("connection upgraded")
            << QByteArray("Upgrade: x\r\nConnection: upgraded, close\r\n") << false;
        QTest::newRow("empty upgrade")
            << QByteArray("Upgrade:\r\nConnection: upgrade, close\r\n") << false;
        QTest::newRow("upper case") << QByteArray("UPGRADE: X\r\nCONNECTION: UPGRADE\r\n") << true;
        QTest::newRow("connection before upgrade")
            << QByteArray("Connection: Upgrade\r\nUpgrade: x\r\n") << true;
        QTest::newRow("two connection fields")
            << QByteArray("Connection: close\r\nConnection: upgrade\r\nUpgrade: x\r\n") << true;
    }

    // conformance: wire/server-upgrade-header-not-an-upgrade
    void upgrade_onlyWithBothFields()
    {
        QFETCH(QByteArray, fields);
        QFETCH(bool, upgrades);
        const auto exchange = [](const QByteArrayList &pieces) {
            MemoryServer server([](Server *made, QByteArrayList *log) {
                connect(made, &Server::request, made,
                    [log](IncomingMessage *, ServerResponse *response) {
                        log->append("request");
                        response->end("ok");
                    });
                connect(made, &Server::upgrade, made, [log](IncomingMessage *, QIODevice *socket) {
                    log->append("upgrade");
                    socket->write("HTTP/1.1 101 Go\r\n\r\n");
                    socket->close();
                });
            });
            for (const QByteArray &piece : pieces)
                server.send(piece);
            return server.journal();
        };
        QCOMPARE(atEveryCut("GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n", exchange),
            upgrades ? R"(upgrade
wire 'HTTP/1.1 101 Go\r\n\r\n')"
                     : "request\nwire '<ok, close>'");
    }

    void upgrade_restIsTheTunnels_data()
    {
        columns();
        const QByteArray head
            = "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n";
        const auto add = [](const char *name, const QByteArray &octets, const QByteArray &method,
                             const QByteArray &connection, const QByteArray &got) {
            addRow(name, octets,
                "upgrade " + method + " /chat echo " + connection + "\nserver got " + quoted(got)
                    + "\nwire "
                    + R"('HTTP/1.1 101 Go\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nbye')",
                Sending::Open, "");
        };
        const QByteArray binary("\0\xff\r\n\r\nGET / HTTP/1.1\r\n", 22);
        add("no head", head + "\r\n", "GET", "Upgrade", "later");
        add("head in the same write", head + "\r\nhead-", "GET", "Upgrade", "head-later");
        add("binary head", head + "\r\n" + binary, "GET", "Upgrade", binary + "later");
        add("content-length does not frame the head", head + "Content-Length: 4\r\n\r\nhead-",
            "GET", "Upgrade", "head-later");
        add("post", QByteArray(head).replace("GET", "POST") + "Content-Length: 0\r\n\r\nhead-",
            "POST", "Upgrade", "head-later");
        add("connection list",
            QByteArray(head).replace("Upgrade\r", "keep-alive, upgrade\r") + "\r\nhead-", "GET",
            "keep-alive, upgrade", "head-later");
        add("http/1.0", QByteArray(head).replace("1.1", "1.0") + "\r\nhead-", "GET", "Upgrade",
            "head-later");
    }

    // conformance: wire/server-upgrade-request-head-bytes
    void upgrade_restIsTheTunnels()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        const auto listen = [](Server *made, QByteArrayList *log) {
            connect(made, &Server::upgrade, made,
                [log](IncomingMessage *request, QIODevice *socket, const QByteArray &head) {
                    log->append("upgrade " + request->method() + ' ' + request->url() + ' '
                        + request->headers().value("upgrade") + ' '
                        + request->headers().value("connection"));
                    gather(socket, head, log, "bye");
                    socket->write(
                        "HTTP/1.1 101 Go\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
                });
        };
        QCOMPARE(atEveryCut(octets,
                     [&](const QByteArrayList &pieces) { return tunnelled(listen, pieces); }),
            expected);
    }

    // conformance: wire/server-upgrade-without-listener
    void upgrade_withoutListener_isAnOrdinaryRequest()
    {
        const QByteArray fields = "Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n";
        const auto answer = [](const QByteArray &fate, const QByteArray &number) {
            return "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: " + fate
                + "\r\nContent-Length: 6\r\n\r\ndone/" + number;
        };
        const auto exchange = [](const QByteArrayList &pieces) {
            MemoryServer server([](Server *made, QByteArrayList *log) {
                connect(made, &Server::request, made,
                    [log](IncomingMessage *request, ServerResponse *response) {
                        const auto body = std::make_shared<QByteArray>();
                        connect(request, &IncomingMessage::data, request,
                            [body](const QByteArray &octets) { *body += octets; });
                        connect(request, &IncomingMessage::ended, response, [=] {
                            log->append("request " + request->method() + ' ' + request->url() + ' '
                                + quoted(*body) + (request->isUpgrade() ? " upgrade" : ""));
                            response->end("done" + request->url());
                        });
                    });
            });
            for (const QByteArray &piece : pieces)
                server.send(piece);
            return server.log().join('\n') + '\n' + server.received();
        };
        const QByteArray kept = "keep-alive\r\nKeep-Alive: timeout=5";
        QCOMPARE(atEveryCut("GET /1 HTTP/1.1\r\n" + fields + "\r\nPOST /2 HTTP/1.1\r\n" + fields
                         + "Content-Length: 2\r\n\r\nhiPOST /3 HTTP/1.1\r\n" + fields
                         + "Transfer-Encoding: chunked\r\n\r\n2\r\nho\r\n0\r\n\r\n"
                           "GET /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                     exchange),
            "request GET /1 ''\nrequest POST /2 'hi'\nrequest POST /3 'ho'\nrequest GET /4 ''\n"
                + answer(kept, "1") + answer(kept, "2") + answer(kept, "3") + answer("close", "4"));
    }

    void connectRequest_anyTarget_isTunnelled_data()
    {
        columns();
        const auto add = [](const char *name, const QByteArray &target, const QByteArray &head = {},
                             const QByteArray &fields = "Host: x\r\n",
                             const QByteArray &version = "1.1") {
            addRow(name, "CONNECT " + target + " HTTP/" + version + "\r\n" + fields + "\r\n" + head,
                "connect CONNECT " + quoted(target) + " HTTP/" + version + "\nserver got "
                    + quoted(head + "later") + "\nwire " + R"('HTTP/1.1 200 Connected\r\n\r\n')",
                Sending::Open, "");
        };
        add("host and port", "h.example:443");
        add("host and port, head", "h.example:443", QByteArray("head\0\xff", 6));
        add("host only", "h.example");
        add("address", "127.0.0.1:80");
        add("ipv6", "[::1]:80");
        add("with content-length", "h:1", "head", "Host: x\r\nContent-Length: 4\r\n");
        add("path", "/path");
        add("absolute form", "http://h.example/");
        add("asterisk", "*");
        add("http/1.0", "h:1", "head", "", "1.0");
    }

    // conformance: wire/server-connect-request-raw
    void connectRequest_anyTarget_isTunnelled()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        const auto listen = [](Server *made, QByteArrayList *log) {
            connect(made, &Server::connectRequested, made,
                [log](IncomingMessage *request, QIODevice *socket, const QByteArray &head) {
                    log->append("connect " + request->method() + ' ' + quoted(request->url())
                        + " HTTP/" + request->httpVersion());
                    gather(socket, head, log, "");
                    socket->write("HTTP/1.1 200 Connected\r\n\r\n");
                });
        };
        QCOMPARE(atEveryCut(octets,
                     [&](const QByteArrayList &pieces) { return tunnelled(listen, pieces); }),
            expected);
    }

    // conformance: wire/server-connect-request-raw (no listener)
    void connectRequest_withoutListener_isClosed()
    {
        QCOMPARE(atEveryCut("CONNECT h.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                     [](const QByteArrayList &pieces) { return tunnelled({}, pieces); }),
            "wire ''");
    }

    void expectation_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray ok = "request body hi\nwire '<ok, close>'";
        const QByteArray continued = R"(wire 'HTTP/1.1 100 Continue\r\n\r\n<ok, close>')";
        const QByteArray failed = R"(wire 'HTTP/1.1 417 Expectation Failed\r\nDate: <date>\r\n)"
                                  R"(Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n)"
                                  R"(0\r\n\r\n')";
        const QByteArray old
            = "request body hi\n"
              R"(wire 'HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: close\r\n\r\nok')";
        const auto add = [](const char *version, const char *value, const QByteArray &expected) {
            QTest::addRow("%s '%s'", version, value)
                << QByteArray(version) << QByteArray(value) << expected;
        };
        add("1.1", "100-continue", "request body hi\n" + continued);
        add("1.1", "100-Continue", "request body hi\n" + continued);
        add("1.1", "100-continue, foo", "request body hi\n" + continued);
        add("1.1", "foo", failed);
        add("1.1", "100-continued", failed);
        add("1.1", "", failed);
        add("1.0", "100-continue", old);
        add("1.0", "foo", old);
    }

    // conformance: wire/server-expect-header-raw
    void expectation()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, expected);
        const QByteArray head = "POST / HTTP/" + version
            + "\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nExpect: " + value
            + "\r\n\r\n";
        const auto exchange = [&](const QByteArrayList &pieces) {
            MemoryServer server([](Server *made, QByteArrayList *log) {
                connect(made, &Server::request, made,
                    [log](IncomingMessage *request, ServerResponse *response) {
                        const auto body = std::make_shared<QByteArray>();
                        connect(request, &IncomingMessage::data, request,
                            [body](const QByteArray &octets) { *body += octets; });
                        connect(request, &IncomingMessage::ended, response, [=] {
                            log->append("request body " + *body);
                            response->end("ok");
                        });
                    });
            });
            for (const QByteArray &piece : pieces)
                server.send(piece);
            if (version == "1.0" || server.received().startsWith("HTTP/1.1 100 "))
                server.send("hi");
            return server.journal();
        };
        QCOMPARE(atEveryCut(head, exchange), expected);
    }
};

QTEST_GUILESS_MAIN(WireServerUpgradeTest)
#include "tst_wireserverupgrade.moc"
