#include "proxyfixture.h"

using namespace headrace;

// What an origin gets is what the client sent, and the other way round, but for the changes that are named.
class OctetsTest : public QObject
{
    Q_OBJECT

private:
    void addRow(const char *name, const QByteArray &request, const QByteArray &response,
        const QByteArray &forwarded = {}, const QByteArray &answered = {})
    {
        QTest::newRow(name) << request << response << forwarded << answered;
    }

private Q_SLOTS:

    void legalMessages_passAsTheyAre_data()
    {
        QTest::addColumn<QByteArray>("request"); // in absolute-form, of host H
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QByteArray>("forwarded"); // empty: as the request, in origin-form
        QTest::addColumn<QByteArray>("answered"); // empty: as the response
        const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        const QByteArray get = "GET http://H/ HTTP/1.1\r\nHost: H\r\n\r\n";

        addRow("plain", get, ok);
        addRow("case, order, duplicates",
            "GET http://H/a HTTP/1.1\r\nx-B: 1\r\nHOST: H\r\nX-b: 2\r\nx-B: 1\r\naccept: "
            "*/*\r\n\r\n",
            "HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\nCONTENT-length: 2\r\nx-a: "
            "1\r\nX-A: 1\r\n\r\nhi");
        addRow("blanks around values",
            "GET http://H/ HTTP/1.1\r\nHost:H\r\nA:   1  \r\nB:\t2\t\r\nC:\r\nD: \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length:0\r\nE:    x\r\nF:\r\n\r\n");
        addRow("no reason", get, "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n");
        addRow("odd reason", get, "HTTP/1.1 299 Made  up \xc3\xa9\r\nContent-Length: 0\r\n\r\n");
        addRow("reason with octets beyond ASCII", get,
            "HTTP/1.1 404 Nicht gefunden \xfc\r\nContent-Length: 0\r\n\r\n");
        addRow("values beyond ASCII",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nX: \xe9\xff\x80\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: \xe9\xff\x80\r\nContent-Length: 0\r\n\r\n");
        addRow("target as it is",
            "GET http://H/a/../b//c/%7e%41;p=1?q=%20x+y&&z=#f HTTP/1.1\r\nHost: H\r\n\r\n", ok);
        addRow("target with quotes and braces",
            "GET http://H/\"a\"{b}|c^`d` HTTP/1.1\r\nHost: H\r\n\r\n", ok);
        addRow("query without path", "GET http://H?x=1 HTTP/1.1\r\nHost: H\r\n\r\n", ok,
            "GET /?x=1 HTTP/1.1\r\nHost: H\r\n\r\n");
        addRow("no path", "GET http://H HTTP/1.1\r\nHost: H\r\n\r\n", ok,
            "GET / HTTP/1.1\r\nHost: H\r\n\r\n");
        addRow("asterisk", "OPTIONS http://H HTTP/1.1\r\nHost: H\r\n\r\n", ok,
            "OPTIONS * HTTP/1.1\r\nHost: H\r\n\r\n");
        addRow("scheme in capitals", "GET HTTP://H/x HTTP/1.1\r\nHost: H\r\n\r\n", ok,
            "GET /x HTTP/1.1\r\nHost: H\r\n\r\n");
        addRow("unusual method",
            "MKCALENDAR http://H/c HTTP/1.1\r\nHost: H\r\nContent-Length: 1\r\n\r\nx", ok);
        addRow("GET with a body",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\n\r\nbody", ok);
        addRow("chunks, extensions, trailers",
            "POST http://H/ HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nTrailer: "
            "X-T\r\n\r\n"
            "3;a=1;b=\"x y\"\r\nabc\r\n0005\r\nhello\r\n000;last\r\nX-T: 1\r\nx-t: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n"
            "A;ext\r\n0123456789\r\n1\r\nx\r\n00\r\nSum:   5d41  \r\n\r\n");
        addRow("empty chunked body",
            "PUT http://H/ HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        addRow("octets of all values",
            "POST http://H/ HTTP/1.1\r\nHost: H\r\nContent-Length: 256\r\n\r\n" + allOctets(),
            "HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n" + allOctets());
        addRow("interim responses", get,
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 \r\n\r\nHTTP/1.1 103 "
            "Again\r\nlink: "
            "</b>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        addRow("no content", get, "HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n");
        addRow("not modified with a length", get,
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n");
        addRow("HEAD", "HEAD http://H/ HTTP/1.1\r\nHost: H\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
        addRow("HEAD of chunks", "HEAD http://H/ HTTP/1.1\r\nHost: H\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        addRow("kept alive as it says",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nConnection: Keep-Alive\r\nKeep-Alive: "
            "300\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5, "
            "max=9\r\nContent-Length: "
            "0\r\n\r\n");
        addRow("gzip octets", get,
            QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                       "5\r\n\r\n\x1f\x8b\x08\0\0",
                67));
        addRow("TE", "GET http://H/ HTTP/1.1\r\nHost: H\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
            ok);
        addRow("a field of 30,000 octets",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nX: " + QByteArray(30'000, 'x') + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nY: " + QByteArray(30'000, 'y') + "\r\n\r\n");
        addRow("150 fields", "GET http://H/ HTTP/1.1\r\nHost: H\r\n" + fields(150) + "\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + fields(150) + "\r\n");
        addRow("names of all token octets",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\n!#$%&'*+-.^_`|~0aZ: 1\r\n\r\n", ok);

        // what RFC 9110 section 7.6.1 and RFC 9112 section 3.2 ask for
        addRow("Proxy-Connection goes",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nProxy-Connection: Keep-Alive\r\nA: 1\r\n\r\n", ok,
            "GET / HTTP/1.1\r\nHost: H\r\nA: 1\r\n\r\n");
        addRow("Proxy-Authorization goes",
            "GET http://H/ HTTP/1.1\r\nProxy-Authorization: Basic eA==\r\nHost: H\r\n\r\n", ok,
            "GET / HTTP/1.1\r\nHost: H\r\n\r\n");
        addRow("what Connection names goes",
            "GET http://H/ HTTP/1.1\r\nHost: H\r\nX-Hop: 1\r\nConnection: X-Hop, "
            "keep-alive\r\nx-hop: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: Y-Hop\r\nY-Hop: 1\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: H\r\nConnection: keep-alive\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        addRow("what it must not name stays",
            "POST http://H/ HTTP/1.1\r\nHost: H\r\nConnection: Content-Length\r\nContent-Length: "
            "1\r\n\r\nx",
            ok);
        addRow("Host of the URL", "GET http://H/ HTTP/1.1\r\nHost: other.test\r\nA: 1\r\n\r\n", ok,
            "GET / HTTP/1.1\r\nHost: H\r\nA: 1\r\n\r\n");
    }

    void legalMessages_passAsTheyAre()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, response);
        QFETCH(QByteArray, forwarded);
        QFETCH(QByteArray, answered);
        if (forwarded.isEmpty())
            forwarded = QByteArray(request).replace("http://H/", "/");
        if (answered.isEmpty())
            answered = response;
        ProxyFixture fixture;
        qsizetype wanted = 0;
        RawServer origin([&](QTcpSocket *socket, const QByteArray &received) {
            if (received.size() == wanted)
                socket->write(response);
        });
        const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        for (QByteArray *octets : { &request, &forwarded }) {
            octets->replace("http://H", "http://" + host);
            octets->replace("HTTP://H", "HTTP://" + host);
            octets->replace("Host: H", "Host: " + host);
            octets->replace("HOST: H", "HOST: " + host);
            octets->replace("Host:H", "Host:" + host);
        }
        wanted = forwarded.size();
        const auto client = fixture.connectClient();
        Received received(*client);
        client->write(request);
        QTRY_COMPARE(received.octets, answered);
        QCOMPARE(origin.received, QList<QByteArray> { forwarded });
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Exchange exchange = *fixture.lastEnded();
        QCOMPARE(exchange.summary.state, exchange::State::Complete);
        QCOMPARE(exchange.request.raw(), request);
        QByteArray recorded;
        for (const exchange::Message &interim : exchange.interim)
            recorded += interim.raw();
        QCOMPARE(recorded + exchange.response.raw(), response);
        QCOMPARE(exchange.summary.pattern, exchange::Pattern::Success);
        QVERIFY(!exchange.changes.isEmpty());
        QCOMPARE(
            exchange.changes.first().after, forwarded.first(exchange.changes.first().after.size()));
    }

private:
    static QByteArray allOctets()
    {
        QByteArray octets(256, 0);
        for (int i = 0; i < 256; ++i)
            octets[i] = char(i);
        return octets;
    }

    static QByteArray fields(int count)
    {
        QByteArray lines;
        for (int i = 0; i < count; ++i)
            lines
                += "X-Field-" + QByteArray::number(i) + ": value " + QByteArray::number(i) + "\r\n";
        return lines;
    }
};

QTEST_GUILESS_MAIN(OctetsTest)
#include "tst_octets.moc"
