// Source: RFC 9112 section 11.2 (request smuggling), section 5 (fields), section 7.1 (chunks); reference Event
// 'clientError', server.requestTimeout, server.headersTimeout, http.maxHeaderSize. What a peer may send to a live server
// without being understood: each shape is refused and its connection closed, and nothing behind it is served. The
// verdicts are the stricter of two releases of the reference.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace wire = headrace::wire;

namespace {

const QByteArray smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

QByteArray refusal(const char *status)
{
    return QByteArray("HTTP/1.1 ") + status + "\r\nConnection: close\r\n\r\n";
}

QByteArray posted(const QByteArray &fields, const QByteArray &body)
{
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

QByteArray chunked(const QByteArray &body)
{
    return posted("Transfer-Encoding: chunked\r\n", body);
}

} // namespace

class HostilePeersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void shape_isRefused_data();
    void shape_isRefused();
    void shape_cutAnywhere_isRefusedTheSameWay_data();
    void shape_cutAnywhere_isRefusedTheSameWay();
    void refusedBehindAnAnswer_closesSilently();
    void refused_nothingMoreIsRead();
    void oddButValid_isServed_data();
    void oddButValid_isServed();
    void slowHead_isCut();
    void slowBody_isCut();
    void silence_isCut_inEveryPhase_data();
    void silence_isCut_inEveryPhase();

private:
    void follow(IncomingMessage *req, ServerResponse *res);

    Journal m_journal;
    std::unique_ptr<Server> m_server;
};

void HostilePeersTest::init()
{
    m_journal.clear();
    m_server = std::make_unique<Server>(
        [this](IncomingMessage *req, ServerResponse *res) { follow(req, res); });
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
}

/// Reads the request and answers at its end.
void HostilePeersTest::follow(IncomingMessage *req, ServerResponse *res)
{
    m_journal.add(QString::fromLatin1(req->method() + ' ' + req->url()));
    connect(req, &IncomingMessage::aborted, this, [this] { m_journal.add(u"aborted"_s); });
    connect(req, &IncomingMessage::ended, res, [this, res] {
        m_journal.add(u"end"_s);
        res->end("ok");
    });
    req->resume();
}

void HostilePeersTest::shape_isRefused_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("events");
    const QByteArray bad = refusal("400 Bad Request");
    const QByteArray large = refusal("431 Request Header Fields Too Large");
    const auto head = [&](const char *name, const QByteArray &octets) {
        QTest::newRow(name) << octets << bad << QString();
    };
    const auto body = [&](const char *name, const QByteArray &octets) {
        QTest::newRow(name) << octets << bad << u"POST / | aborted"_s;
    };
    const QByteArray lastChunk = "0\r\n\r\n";
    head("Transfer-Encoding and Content-Length",
        posted("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", lastChunk));
    head("Content-Length and Transfer-Encoding",
        posted("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", lastChunk));
    head("two equal lengths", posted("Content-Length: 1\r\nContent-Length: 1\r\n", "x"));
    head("two lengths", posted("Content-Length: 1\r\nContent-Length: 2\r\n", "x"));
    head("a list of lengths", posted("Content-Length: 1, 1\r\n", "x"));
    head("length +1", posted("Content-Length: +1\r\n", "x"));
    head("length -1", posted("Content-Length: -1\r\n", "x"));
    head("length 0x1", posted("Content-Length: 0x1\r\n", "x"));
    head("length 1 1", posted("Content-Length: 1 1\r\n", "x"));
    head("length 1e1", posted("Content-Length: 1e1\r\n", "x"));
    head("length empty", posted("Content-Length: \r\n", "x"));
    head("length beyond 64 bits", posted("Content-Length: 18446744073709551616\r\n", "x"));
    head("length with a blank before the colon", posted("Content-Length : 1\r\n", "x"));
    head("coding with a blank before the colon",
        posted("Transfer-Encoding : chunked\r\n", lastChunk));
    head("coding with a vertical tab", posted("Transfer-Encoding: \vchunked\r\n", lastChunk));
    head("chunked twice",
        posted("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", lastChunk));
    head("chunked, identity", posted("Transfer-Encoding: chunked, identity\r\n", lastChunk));
    body("xchunked", posted("Transfer-Encoding: xchunked\r\n", lastChunk));
    body("gzip", posted("Transfer-Encoding: gzip\r\n", lastChunk));
    body("chunk 0x1", chunked("0x1\r\na\r\n" + lastChunk));
    body("chunk -1", chunked("-1\r\na\r\n" + lastChunk));
    body("chunk +1", chunked("+1\r\na\r\n" + lastChunk));
    body("chunk without a size", chunked("\r\na\r\n" + lastChunk));
    body("chunk of 65 bits", chunked("10000000000000000\r\na\r\n" + lastChunk));
    body("chunk size and a blank", chunked("1 \r\na\r\n" + lastChunk));
    body("chunk size and a line feed", chunked("1\na\r\n" + lastChunk));
    body("chunk longer than said", chunked("1\r\nab\r\n" + lastChunk));
    body("chunk shorter than said", chunked("3\r\nab\r\n" + lastChunk));
    body("chunk end without a carriage return", chunked("1\r\na\n" + lastChunk));
    body("length in the trailers", chunked("0\r\nContent-Length: 5\r\n\r\n"));
    head("fold", keeping("/", "X: a\r\n b\r\n"));
    head("fold with a tab", keeping("/", "X: a\r\n\tb\r\n"));
    head("fold of the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
    head("line feeds only", "GET / HTTP/1.1\nHost: a\n\n");
    head("line feed after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n");
    head("line feed after a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n");
    head("line feed as the blank line", "GET / HTTP/1.1\r\nHost: a\r\n\n");
    head("carriage return in a field", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n");
    head("NUL in a value", "GET / HTTP/1.1\r\nHost: a" + QByteArray(1, '\0') + "b\r\n\r\n");
    head("NUL in a name", "GET / HTTP/1.1\r\nHo" + QByteArray(1, '\0') + "st: a\r\n\r\n");
    head("NUL in the target", "GET /" + QByteArray(1, '\0') + " HTTP/1.1\r\nHost: a\r\n\r\n");
    head("no colon", "GET / HTTP/1.1\r\nHost a\r\n\r\n");
    head("no name", "GET / HTTP/1.1\r\n: a\r\n\r\n");
    head("blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
    head("method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n");
    head("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n");
    head("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    head("TLS", QByteArray::fromHex("16030100c8010000c40303"));
    QTest::newRow("chunk extensions flood")
        << chunked("1;" + QByteArray(20'000, 'e') + "\r\na\r\n" + lastChunk)
        << refusal("413 Payload Too Large") << u"POST / | aborted"_s;
    QTest::newRow("target flood") << keeping("/" + QByteArray(20'000, 't')) << large << QString();
    QTest::newRow("value flood") << keeping("/", "X: " + QByteArray(20'000, 'v') + "\r\n") << large
                                 << QString();
    QTest::newRow("name flood") << keeping("/", QByteArray(20'000, 'n') + ": v\r\n") << large
                                << QString();
    QTest::newRow("fields flood") << keeping("/", QByteArray("a:b\r\n").repeated(9'000)) << large
                                  << QString();
    QTest::newRow("trailers flood") << chunked("0\r\nT: " + QByteArray(20'000, 't') + "\r\n\r\n")
                                    << large << u"POST / | aborted"_s;
}

void HostilePeersTest::shape_isRefused()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, answer);
    QFETCH(QString, events);
    QCOMPARE(talk(m_server->serverPort(), octets + smuggled), answer);
    QTRY_VERIFY(m_server->children().size() == 0);
    QCOMPARE(m_journal.text(), events);
    m_journal.clear();
    QVERIFY(talk(m_server->serverPort(), closing()).endsWith("\r\n\r\nok")); // others are served
    QCOMPARE(m_journal.text(), u"GET / | end"_s);
}

void HostilePeersTest::shape_cutAnywhere_isRefusedTheSameWay_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    QTest::newRow("both framings")
        << posted("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n") << QString();
    QTest::newRow("fold") << keeping("/", "X: a\r\n b\r\n") << QString();
    QTest::newRow("line feeds") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << QString();
    QTest::newRow("chunk size") << chunked("1\na\r\n0\r\n\r\n") << u"POST / | aborted"_s;
    QTest::newRow("xchunked") << posted("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")
                              << u"POST / | aborted"_s;
}

void HostilePeersTest::shape_cutAnywhere_isRefusedTheSameWay()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    const QByteArray all = octets + smuggled;
    for (qsizetype cut = 1; cut < octets.size(); ++cut) {
        m_journal.clear();
        RawClient client(m_server->serverPort());
        client.send(all.first(cut));
        QTRY_COMPARE(m_server->connectionCount() + (client.isClosed() ? 1 : 0), 1);
        QCoreApplication::processEvents();
        client.send(all.sliced(cut));
        QTRY_VERIFY(client.isClosed());
        QVERIFY2(client.received() == refusal("400 Bad Request") || client.received().isEmpty(),
            client.received()); // a late piece may meet a closed socket: a reset eats the answer
        QTRY_COMPARE(m_server->connectionCount(), 0);
        QCOMPARE(m_journal.text(), events);
    }
}

void HostilePeersTest::refusedBehindAnAnswer_closesSilently()
{
    RawClient client(m_server->serverPort());
    client.send(keeping());
    QTRY_VERIFY(client.received().endsWith("ok"));
    client.send(
        posted("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n") + smuggled);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received().endsWith("\r\n\r\nok"));
    QCOMPARE(m_journal.text(), u"GET / | end"_s);
}

/// A listener of 'clientError' that leaves the socket open hears of each piece, but nothing is served.
void HostilePeersTest::refused_nothingMoreIsRead()
{
    QPointer<QIODevice> failed;
    connect(m_server.get(), &Server::clientError, this, [&](const Error &, QIODevice *socket) {
        m_journal.add(u"clientError"_s);
        failed = socket;
    });
    RawClient client(m_server->serverPort());
    client.send("bad\r\n\r\n" + smuggled);
    QTRY_COMPARE(m_journal.count(u"clientError"_s), 1);
    client.send(smuggled);
    QTRY_COMPARE(m_journal.count(u"clientError"_s), 2);
    client.reset();
    QTRY_VERIFY(m_server->children().isEmpty());
    QVERIFY(!m_journal.contains(u"GET /smuggled"_s));
}

void HostilePeersTest::oddButValid_isServed_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    QTest::newRow("two Host fields") << keeping("/", "Host: b\r\n") << u"GET / | end"_s;
    QTest::newRow("empty lines before") << "\r\n\r\n" + keeping() << u"GET / | end"_s;
    QTest::newRow("chunk extensions")
        << chunked("1;a=b;c=\"d\\\"e\"\r\nx\r\n0;z\r\n\r\n") << u"POST / | end"_s;
    QTest::newRow("chunk size with zeros")
        << chunked("00001\r\nx\r\n000\r\n\r\n") << u"POST / | end"_s;
    QTest::newRow("length with zeros")
        << posted("Content-Length: 0001\r\n", "x") << u"POST / | end"_s;
    QTest::newRow("trailers") << chunked("0\r\nX: y\r\n\r\n") << u"POST / | end"_s;
    QTest::newRow("absolute target") << keeping("http://a/b") << u"GET http://a/b | end"_s;
    QTest::newRow("latin1 value") << keeping("/", "X: \xe9\r\n") << u"GET / | end"_s;
}

void HostilePeersTest::oddButValid_isServed()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    QCOMPARE(talk(m_server->serverPort(), octets + closing("/next")).count("200 OK"), 2);
    const QString next = u"GET /next | end"_s;
    QCOMPARE(m_journal.count(u"end"_s), 2);
    QVERIFY2(
        m_journal.text().startsWith(events.section(u" | "_s, 0, 0)), qPrintable(m_journal.text()));
    QVERIFY(m_journal.contains(next.section(u" | "_s, 0, 0)));
}

/// An octet now and then keeps a connection busy, but not for ever.
void HostilePeersTest::slowHead_isCut()
{
    m_server->setHeadersTimeout(60ms);
    m_server->setTimeout(10s);
    RawClient client(m_server->serverPort());
    const QByteArray octets = "GET /" + QByteArray(10'000, 's');
    qsizetype sent = 0;
    while (!client.isClosed() && sent < octets.size()) {
        client.send(octets.sliced(sent++, 1));
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 5);
    }
    QVERIFY(client.isClosed() && sent < 1'000);
    QCOMPARE(client.received(), "");
    QCOMPARE(m_journal.text(), QString());
}

void HostilePeersTest::slowBody_isCut()
{
    m_server->setRequestTimeout(80ms);
    m_server->setTimeout(10s);
    RawClient client(m_server->serverPort());
    client.send(posted("Content-Length: 10000\r\n", {}));
    qsizetype sent = 0;
    while (!client.isClosed() && sent < 10'000) {
        client.send("s");
        ++sent;
        (void)QTest::qWaitFor([&] { return client.isClosed(); }, 5);
    }
    QVERIFY(client.isClosed() && sent < 1'000);
    QVERIFY2(client.received() == refusal("408 Request Timeout") || client.received().isEmpty(),
        client.received()); // the next octet may have reset the connection
    QTRY_COMPARE(m_journal.text(), u"POST / | aborted"_s);
}

void HostilePeersTest::silence_isCut_inEveryPhase_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("events");
    const QByteArray whole = chunked("5\r\nabcde\r\n0\r\nT: x\r\n\r\n");
    QTest::newRow("connected") << QByteArray() << QString();
    QTest::newRow("empty lines") << QByteArray("\r\n") << QString();
    QTest::newRow("method") << whole.first(2) << QString();
    QTest::newRow("request line") << whole.first(12) << QString();
    QTest::newRow("field") << whole.first(25) << QString();
    QTest::newRow("chunk") << whole.first(whole.indexOf("abc") + 2) << u"POST / | aborted"_s;
    QTest::newRow("trailers") << whole.first(whole.indexOf("T:")) << u"POST / | aborted"_s;
}

void HostilePeersTest::silence_isCut_inEveryPhase()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, events);
    m_server->setTimeout(50ms);
    QCOMPARE(talk(m_server->serverPort(), octets), "");
    QTRY_VERIFY(m_server->children().isEmpty());
    QCOMPARE(m_journal.text(), events);
}

QTEST_GUILESS_MAIN(HostilePeersTest)
#include "tst_hostilepeers.moc"
