#include "proxyfixture.h"

using namespace headrace;

// What an origin could read otherwise than the proxy does not get there, and its sender hears why.
class SmugglingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void ambiguousRequest_isRefused_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        const auto row
            = [](const char *name, const char *lines, const char *body, const char *status) {
                  QTest::newRow(name) << QByteArray("POST http://H/ HTTP/1.1\r\nHost: H\r\n")
                          + lines + "\r\n"
                          + body << QByteArray(status);
              };
        const char *smuggled = "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: H\r\n\r\n";
        row("length and chunked", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", smuggled,
            "400");
        row("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", smuggled,
            "400");
        row("two lengths", "Content-Length: 6\r\nContent-Length: 7\r\n", "abcdefg", "400");
        row("two equal lengths", "Content-Length: 6\r\nContent-Length: 6\r\n", "abcdef", "400");
        row("lengths in a list", "Content-Length: 6, 6\r\n", "abcdef", "400");
        row("length with a sign", "Content-Length: +6\r\n", "abcdef", "400");
        row("negative length", "Content-Length: -1\r\n", "", "400");
        row("length in hexadecimal", "Content-Length: 0x6\r\n", "abcdef", "400");
        row("length with a blank in it", "Content-Length: 6 6\r\n", "abcdef", "400");
        row("length beyond all numbers", "Content-Length: 99999999999999999999999\r\n", "", "400");
        row("blank before the colon", "Content-Length : 6\r\n", "abcdef", "400");
        row("blank before the colon of the coding", "Transfer-Encoding : chunked\r\n", smuggled,
            "400");
        row("tab before the colon", "Transfer-Encoding\t: chunked\r\n", smuggled, "400");
        row("folded field", "X: 1\r\n Transfer-Encoding: chunked\r\n", smuggled, "400");
        row("folded coding", "Transfer-Encoding:\r\n chunked\r\n", smuggled, "400");
        row("coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            smuggled, "400");
        row("coding twice in a list", "Transfer-Encoding: chunked, chunked\r\n", smuggled, "400");
        row("chunked and another", "Transfer-Encoding: chunked, identity\r\n", smuggled, "400");
        row("another and chunked", "Transfer-Encoding: gzip, chunked\r\n", smuggled, "501");
        row("unknown coding", "Transfer-Encoding: xchunked\r\n", smuggled, "501");
        row("coding in quotes", "Transfer-Encoding: \"chunked\"\r\n", smuggled, "501");
        row("coding with a parameter", "Transfer-Encoding: chunked;a=1\r\n", smuggled, "501");
        row("coding with a vertical tab",
            "Transfer-Encoding: \x0b"
            "chunked\r\n",
            smuggled, "400");
        row("line feed alone", "X: 1\nTransfer-Encoding: chunked\r\n", smuggled, "400");
        row("carriage return alone", "X: 1\rTransfer-Encoding: chunked\r\n", smuggled, "400");
        row("name with a blank", "Content Length: 6\r\n", "abcdef", "400");
        row("no name", ": 1\r\n", "", "400");
        row("line without a colon", "Content-Length 6\r\n", "", "400");
        row("two hosts", "Host: other\r\n", "", "400");
        row("chunk size with a sign", "Transfer-Encoding: chunked\r\n", "+5\r\nhello\r\n0\r\n\r\n",
            "400");
        row("chunk size in C's hexadecimal", "Transfer-Encoding: chunked\r\n",
            "0x5\r\nhello\r\n0\r\n\r\n", "400");
        row("chunk size beyond all numbers", "Transfer-Encoding: chunked\r\n",
            "fffffffffffffffff\r\n", "400");
        row("no chunk size", "Transfer-Encoding: chunked\r\n", "\r\nhello\r\n0\r\n\r\n", "400");
        row("chunk longer than its size", "Transfer-Encoding: chunked\r\n",
            "5\r\nhello!\r\n0\r\n\r\n", "400");
        row("chunk line ends with a line feed", "Transfer-Encoding: chunked\r\n",
            "5\nhello\r\n0\r\n\r\n", "400");
        row("line feed in a chunk extension", "Transfer-Encoding: chunked\r\n",
            "5;a\nb\r\nhello\r\n0\r\n\r\n", "400");
        const QByteArray end = "\r\nHost: H\r\n\r\n";
        QTest::newRow("no host") << QByteArray("GET http://H/ HTTP/1.1\r\n\r\n")
                                 << QByteArray("400");
        QTest::newRow("host that is none")
            << QByteArray("GET http://H/ HTTP/1.1\r\nHost: a b\r\n\r\n") << QByteArray("400");
        QTest::newRow("host with a path")
            << QByteArray("GET http://H/ HTTP/1.1\r\nHost: H/x\r\n\r\n") << QByteArray("400");
        QTest::newRow("host with a user")
            << QByteArray("GET http://H/ HTTP/1.1\r\nHost: a@H\r\n\r\n") << QByteArray("400");
        QTest::newRow("user in the URL")
            << QByteArray("GET http://u:p@H/ HTTP/1.1\r\nHost: H\r\n\r\n") << QByteArray("400");
        QTest::newRow("chunked in HTTP/1.0") << QByteArray(
            "POST http://H/ HTTP/1.0\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                             << QByteArray("400");
        QTest::newRow("HTTP/1.2 and more") << "GET http://H/ HTTP/3.7" + end << QByteArray("400");
        QTest::newRow("HTTP/0.9") << QByteArray("GET http://H/\r\n\r\n") << QByteArray("400");
        QTest::newRow("three blanks") << "GET  http://H/  HTTP/1.1" + end << QByteArray("400");
        QTest::newRow("blank in the target")
            << "GET http://H/a b HTTP/1.1" + end << QByteArray("400");
        QTest::newRow("tab in the target")
            << "GET http://H/a\tb HTTP/1.1" + end << QByteArray("400");
        QTest::newRow("control octet in a value")
            << QByteArray("GET http://H/ HTTP/1.1\r\nHost: H\r\nX: a\x01z\r\n\r\n")
            << QByteArray("400");
        QTest::newRow("NUL in a value") << QByteArray("GET http://H/ HTTP/1.1\r\nHost: H\r\nX: a")
                + '\0' + "z\r\n\r\n" << QByteArray("400");
        QTest::newRow("NUL in a name") << QByteArray("GET http://H/ HTTP/1.1\r\nHost: H\r\nX")
                + '\0' + ": a\r\n\r\n" << QByteArray("400");
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00garbage\r\n\r\n", 17)
                                 << QByteArray("400");
        QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                                << QByteArray("400");
        QTest::newRow("unknown scheme") << "GET ftp://H/ HTTP/1.1" + end << QByteArray("400");
        QTest::newRow("path alone")
            << QByteArray("GET /x HTTP/1.1\r\nHost: example.test\r\n\r\n") << QByteArray("400");
        QTest::newRow("head without end")
            << "GET http://H/ HTTP/1.1\r\nHost: H\r\nX: " + QByteArray(1024 * 1024, 'x')
            << QByteArray("431");
        QTest::newRow("CONNECT without a port")
            << QByteArray("CONNECT example.test HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("400");
        QTest::newRow("CONNECT to port 0")
            << QByteArray("CONNECT example.test:0 HTTP/1.1\r\nHost: x\r\n\r\n")
            << QByteArray("400");
        QTest::newRow("CONNECT to port 65536")
            << QByteArray("CONNECT example.test:65536 HTTP/1.1\r\nHost: x\r\n\r\n")
            << QByteArray("400");
        QTest::newRow("CONNECT to a URL")
            << QByteArray("CONNECT http://example.test:80/ HTTP/1.1\r\nHost: x\r\n\r\n")
            << QByteArray("400");
        QTest::newRow("CONNECT to nothing")
            << QByteArray("CONNECT :443 HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("400");
        QTest::newRow("CONNECT to a long name")
            << "CONNECT " + QByteArray(10'000, 'a') + ":443 HTTP/1.1\r\nHost: x\r\n\r\n"
            << QByteArray("400");
        QTest::newRow("CONNECT to broken brackets")
            << QByteArray("CONNECT [::1:443 HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("400");
    }

    void ambiguousRequest_isRefused()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        proxy::Settings settings;
        settings.lenient = { QStringLiteral("other.test") };
        ProxyFixture fixture(settings);
        RawServer origin([](QTcpSocket *socket, const QByteArray &received) {
            if (received.contains("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        request.replace("http://H", "http://" + host)
            .replace("@H/", '@' + host + '/')
            .replace("Host: H", "Host: " + host);
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write(request);
        QTRY_VERIFY2(received.octets.contains("\r\n\r\nHeadrace: "), received.octets);
        QVERIFY2(received.octets.startsWith("HTTP/1.1 " + status + ' '), received.octets);
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(!received.octets.contains("\nHTTP/1.1 "), received.octets);
        // A body that is found out in its midst has begun to go on; nothing that could be a second request has.
        for (const QByteArray &forwarded : std::as_const(origin.received))
            QVERIFY2(forwarded.count(" HTTP/1.1\r\n") <= 1 && !forwarded.endsWith("0\r\n\r\n"),
                forwarded);
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Exchange exchange = *fixture.lastEnded();
        QCOMPARE(exchange.summary.state, exchange::State::Failed);
        QVERIFY(!exchange.summary.errorCode.isEmpty());
        QVERIFY(!exchange.summary.errorMessage.isEmpty());
        QCOMPARE(exchange.request.raw(), request.first(exchange.request.raw().size()));
        QTRY_COMPARE(fixture.proxy.counters().clientConnections, 0);
        QCOMPARE(fixture.proxy.counters().active, 0);
        QTRY_COMPARE(fixture.proxy.counters().originConnections, 0);
    }

    void lenientHost_getsItAndItIsFlagged_data()
    {
        QTest::addColumn<bool>("isReverse");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const char *fields, const char *body = "") {
            QTest::addRow("reverse, %s", name) << true << QByteArray(fields) << QByteArray(body);
            QTest::addRow("forward, %s", name) << false << QByteArray(fields) << QByteArray(body);
        };
        row("folded field", "X: folded\r\n value\r\n");
        row("line feed alone", "X: 1\nY: 2\r\n");
        row("control octet", "X: a\x01z\r\n");
        row("blank behind a chunk size", "Transfer-Encoding: chunked\r\nX: 1\r\n 2\r\n",
            "5 \r\nhello\r\n0\r\n\r\n");
    }

    void lenientHost_getsItAndItIsFlagged()
    {
        QFETCH(bool, isReverse);
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, body);
        RawServer origin([&](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n") && (body.isEmpty() || received.endsWith(body)))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        proxy::Settings settings;
        if (isReverse)
            settings.reverse = QUrl(origin.url());
        settings.lenient = { QStringLiteral("127.0.0.1") };
        ProxyFixture fixture(settings);
        const auto client = fixture.connectClient();
        Received received(*client);
        const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        const QByteArray rest = "/ HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n" + body;
        // In two pieces: how it is read is known with the end of its first line only.
        const QByteArray request = (isReverse ? "POST " : "POST http://" + host) + rest;
        client->write(request.first(9));
        QTRY_COMPARE(fixture.store.ids().size(), 1);
        client->write(request.sliced(9));
        QTRY_VERIFY2(received.octets.startsWith("HTTP/1.1 200 OK\r\n"), received.octets);
        QCOMPARE(origin.received, QList<QByteArray> { "POST " + rest });
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Exchange exchange = *fixture.lastEnded();
        QCOMPARE(exchange.summary.state, exchange::State::Failed); // red
        QCOMPARE(exchange.changes.first().cause, exchange::Change::Cause::Leniency);
    }

    /// Leniency is for a host, and not for a connection.
    void lenientHost_thenAStrictOne_isReadStrictly()
    {
        RawServer lenient(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        RawServer strict(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        proxy::Settings settings;
        settings.lenient = { QStringLiteral("127.0.0.1:%1").arg(lenient.serverPort()) };
        ProxyFixture fixture(settings);
        const auto client = fixture.connectClient();
        Received received(*client);
        const auto request = [](const RawServer &origin) {
            const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
            return "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host
                + "\r\nX: folded\r\n value\r\n\r\n";
        };
        client->write(request(lenient) + request(strict)); // in one piece
        QTRY_VERIFY2(received.octets.contains("HTTP/1.1 400 "), received.octets);
        QVERIFY2(received.octets.startsWith("HTTP/1.1 200 "), received.octets);
        QCOMPARE(lenient.connections, 1);
        QCOMPARE(strict.connections, 0);
    }

    void lenientHost_inALineOfTwoMeanings_isRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("two targets") << QByteArray("GET http://L/ http://S/ HTTP/1.1\r\n");
        QTest::newRow("tab") << QByteArray("GET http://L/\thttp://S/ HTTP/1.1\r\n");
        QTest::newRow("user") << QByteArray("GET http://L@S/ HTTP/1.1\r\n");
        QTest::newRow("two blanks") << QByteArray("GET  http://L/ HTTP/1.1\r\n");
        QTest::newRow("CONNECT") << QByteArray("CONNECT L HTTP/1.1\r\nX: folded\r\n value\r\n");
        QTest::newRow("no method") << QByteArray("http://L/ HTTP/1.1\r\n");
        QTest::newRow("no version") << QByteArray("GET http://L/\r\n");
        QTest::newRow("path") << QByteArray("GET / HTTP/1.1\r\n");
    }

    void lenientHost_inALineOfTwoMeanings_isRefused()
    {
        QFETCH(QByteArray, line);
        RawServer lenient(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        RawServer strict(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const QByteArray host = "127.0.0.1:" + QByteArray::number(lenient.serverPort());
        proxy::Settings settings;
        settings.lenient = { QString::fromLatin1(host) };
        ProxyFixture fixture(settings);
        const auto client = fixture.connectClient();
        Received received(*client);
        line.replace("L", host).replace(
            "S/", "127.0.0.1:" + QByteArray::number(strict.serverPort()) + '/');
        client->write(line + "Host: other.test\r\n\r\n");
        QTRY_VERIFY2(received.octets.startsWith("HTTP/1.1 400 "), received.octets);
        QCOMPARE(lenient.connections, 0);
        QCOMPARE(strict.connections, 0);
    }

    /// What belongs to no request does not become one.
    void surplusOfTheOrigin_isNotTheNextAnswer()
    {
        ProxyFixture fixture;
        RawServer origin([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 "
                              "OK\r\nContent-Length: "
                              "4\r\n\r\nevil");
        });
        const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        const QByteArray request
            = "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        const auto client = fixture.connectClient();
        Received received(*client);
        const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        client->write(request);
        QTRY_COMPARE(received.octets, answer);
        client->write(request);
        QTRY_COMPARE(received.octets, answer + answer);
        QCOMPARE(origin.connections, 2);
    }
};

QTEST_GUILESS_MAIN(SmugglingTest)
#include "tst_smuggling.moc"
