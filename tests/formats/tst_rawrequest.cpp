#include <formats/rawrequest.h>

#include <QTest>

using namespace headrace;
using namespace headrace::formats;

namespace {

QByteArray shown(const Request &request)
{
    QByteArray text = request.method + ' ' + request.url.toUtf8() + ' ' + request.target
        + (request.isHttp10 ? " 1.0" : "");
    for (const auto &[name, value] : request.fields)
        text += '|' + name + ':' + value;
    if (request.bodyKind == Request::BodyKind::Octets)
        text += "||" + request.body;
    for (const auto &[name, value] : request.trailers)
        text += "|||" + name + ':' + value;
    return text;
}

} // namespace

class RawRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_isRead_data();
    void text_isRead();
    void text_writtenAndRead_isTheSame();
    void remark_isGiven_data();
    void remark_isGiven();
    void error_saysTheLine_data();
    void error_saysTheLine();
    void request_isRecognized_data();
    void request_isRecognized();
};

void RawRequestTest::text_isRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &request) {
        QTest::newRow(name) << text << request;
    };
    row("CRLF", "GET /x HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n", "GET http://a/x |Host:a|X:1");
    row("LF, blanks", "\nGET  /x HTTP/1.1\nHost:a \nX:  1", "GET http://a/x |Host:a|X:1");
    row("no version", "GET http://a:81/x", "GET http://a:81/x ");
    row("1.0", "GET / HTTP/1.0\nHost: a\n\n", "GET http://a/  1.0|Host:a");
    row("absolute form", "GET http://a/x?y HTTP/1.1\nHost: b\n\n", "GET http://a/x?y |Host:b");
    row("asterisk", "OPTIONS * HTTP/1.1\nHost: a\n\n", "OPTIONS http://a *|Host:a");
    row("body", "POST /x HTTP/1.1\nHost: a\n\nb\nc", "POST http://a/x |Host:a||b\nc");
    row("body by length, line end of the editor",
        "POST / HTTP/1.1\nHost: a\nContent-Length: 1\n\nb\n",
        "POST http://a/ |Host:a|Content-Length:1||b");
    row("folded", "GET / HTTP/1.1\nHost: a\nX: 1\n  2\n\n", "GET http://a/ |Host:a|X:1 2");
    row("chunks",
        "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n2;q=1\nab\n1\nc\n0\nT: 1\n\n",
        "POST http://a/ |Host:a|Transfer-Encoding:chunked||abc|||T:1");
    row("not in chunks", "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nabc",
        "POST http://a/ |Host:a|Transfer-Encoding:chunked||abc");
}

void RawRequestTest::text_isRead()
{
    QFETCH(const QByteArray, text);
    const RawRequest read = readRawRequest(text);
    QVERIFY2(read.request, qPrintable(read.error.message));
    QTEST(shown(*read.request), "request");
}

void RawRequestTest::text_writtenAndRead_isTheSame()
{
    Request request;
    request.method = "POST";
    request.url = QStringLiteral("https://h:8443/x?y");
    request.fields
        = { { "Host", "h:8443" }, { "a", "1" }, { "A", "" }, { "Transfer-Encoding", "chunked" } };
    request.bodyKind = Request::BodyKind::Octets;
    request.body = QByteArray("\0\r\n\r\n\xff", 6);
    request.trailers = { { "T", "1" } };
    const RawRequest read = readRawRequest(writeRawRequest(request), QStringLiteral("https"));
    QVERIFY(read.request);
    QCOMPARE(shown(*read.request), shown(request));
}

void RawRequestTest::remark_isGiven_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("remark");
    QTest::newRow("none") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << QString();
    QTest::newRow("version") << QByteArray("GET / HTTP/2\nHost: a\n\n")
                             << QStringLiteral("HTTP/2 is not supported: it is sent as HTTP/1.1.");
    QTest::newRow("host") << QByteArray("GET / HTTP/1.1\n\n")
                          << QStringLiteral("There is no Host field: name the host in the URL.");
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\nHost: a/b c\n\n")
                             << QStringLiteral(
                                    "The Host field is no host: name the host in the URL.");
    QTest::newRow("length") << QByteArray("GET / HTTP/1.1\nHost: a\nContent-Length: 5\n\nab")
                            << QStringLiteral("Content-Length says 5, but 2 octets follow.");
    QTest::newRow("chunks")
        << QByteArray("GET / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nFFFFFFFFF\nab")
        << QStringLiteral(
               "The body is not in chunks as Transfer-Encoding says: it is taken as it is.");
}

void RawRequestTest::remark_isGiven()
{
    QFETCH(const QByteArray, text);
    QTEST(readRawRequest(text).remarks.join(u'|'), "remark");
}

void RawRequestTest::error_saysTheLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qsizetype>("line");
    QTest::newRow("nothing") << QByteArray() << qsizetype(1);
    QTest::newRow("no request line")
        << QByteArray("\n\nHello, world, how are you?\n") << qsizetype(3);
    QTest::newRow("no field") << QByteArray("GET / HTTP/1.1\nHost: a\nnonsense\n\n")
                              << qsizetype(3);
    QTest::newRow("no name") << QByteArray("GET / HTTP/1.1\n: a\n") << qsizetype(2);
}

void RawRequestTest::error_saysTheLine()
{
    QFETCH(const QByteArray, text);
    const RawRequest read = readRawRequest(text);
    QVERIFY(!read.request);
    QVERIFY(read.error);
    QTEST(read.error.line, "line");
}

void RawRequestTest::request_isRecognized_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRequest");
    QTest::newRow("whole") << QStringLiteral("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true;
    QTest::newRow("one line") << QStringLiteral("GET / HTTP/1.1") << true;
    QTest::newRow("no version") << QStringLiteral("GET /\nHost: a") << true;
    QTest::newRow("URL") << QStringLiteral("http://h/") << false;
    QTest::newRow("words") << QStringLiteral("hello world") << false;
    QTest::newRow("curl") << QStringLiteral("curl http://h \\\n -H 'a: b'") << false;
}

void RawRequestTest::request_isRecognized()
{
    QFETCH(const QString, text);
    QTEST(looksLikeRawRequest(text), "isRequest");
}

QTEST_GUILESS_MAIN(RawRequestTest)

#include "tst_rawrequest.moc"
