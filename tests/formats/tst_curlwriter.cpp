#include "support/rawserver.h"

#include <formats/curlreader.h>
#include <formats/curlwriter.h>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::formats;

namespace {

Request requestTo(const QByteArray &method, const QString &url, const QByteArray &body = {})
{
    Request request;
    request.method = method;
    request.url = url;
    if (!body.isEmpty()) {
        request.bodyKind = Request::BodyKind::Octets;
        request.body = body;
    }
    return request;
}

} // namespace

class CurlWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void command_isLaidOut();
    void command_run_makesTheSameOctets_data();
    void command_run_makesTheSameOctets();
    void command_readAgain_isTheSameRequest_data();
    void command_readAgain_isTheSameRequest();
    void form_isWrittenAsOptions();
    void lost_isSaid_data();
    void lost_isSaid();

private:
    static void addRequests();
};

void CurlWriterTest::command_isLaidOut()
{
    Request request = requestTo("PUT", QStringLiteral("http://h/a/../b?x[]={1}"), "it's");
    request.fields = { { "Host", "h" }, { "x-b", "2" }, { "X-B", "1" }, { "X-Empty", "" },
        { "Content-Length", "4" } };
    QCOMPARE(writeCurl(request, CurlShell::Posix),
        "curl -X PUT \\\n  --path-as-is \\\n  --globoff \\\n  'http://h/a/../b?x[]={1}' \\\n  -H "
        "'x-b: 2' \\\n"
        "  -H 'X-B: 1' \\\n  -H 'X-Empty;' \\\n  -H User-Agent: \\\n  -H Accept: \\\n  -H "
        "Content-Type: \\\n"
        "  --data-raw 'it'\\''s'");
    QVERIFY(writeCurl(request, CurlShell::Cmd).contains(" ^\n  -H ^\"x-b: 2^\""));
}

void CurlWriterTest::addRequests()
{
    QTest::addColumn<Request>("request");
    const QString url = QStringLiteral("http://h/");
    const auto row = [](const char *name, Request request, const exchange::FieldList &more = {}) {
        request.fields = exchange::FieldList { { "Host", "h" } } + more;
        if (request.bodyKind == Request::BodyKind::Octets
            && request.field("Transfer-Encoding").isNull())
            request.fields.append({ "Content-Length", QByteArray::number(request.body.size()) });
        QTest::newRow(name) << request;
    };
    row("GET", requestTo("GET", url));
    row("as it came", requestTo("GET", QStringLiteral("http://h/a/./b/../c?q=[1]&{x}=%41")),
        { { "x-b", "2" }, { "X-B", "1" }, { "Accept", "*/*" }, { "X-Empty", "" },
            { "User-Agent", "t" }, { "Cookie", "a=1" }, { "Cookie", "b=2" },
            { "Connection", "keep-alive" } });
    row("HEAD", requestTo("HEAD", url));
    row("method of its own", requestTo("m-search", url));
    row("POST of nothing", requestTo("POST", url));
    row("POST", requestTo("POST", url, "@a=1&b=it's $HOME \"x\" `id` \\ !%41"));
    row("GET with a body", requestTo("GET", url, "{}"), { { "Content-Type", "application/json" } });
    row("lines", requestTo("PUT", url, "a\r\nb\n\n\tc\n"));
    row("UTF-8", requestTo("PUT", QStringLiteral("http://h/\u00e4?\u00f6"), "\xc3\xa4"));
    row("octets", requestTo("PUT", url, QByteArray("\0\1%d\\n'\xff\n7\r", 11)));
    row("octets without NUL", requestTo("PUT", url, "\1%d\\n'\xff\n7\x7f\r1"));
    row("field octets", requestTo("GET", url), { { "X-Latin", "caf\xe9" } });
    Request asterisk = requestTo("OPTIONS", url);
    asterisk.target = "*";
    row("asterisk", asterisk);
    Request old = requestTo("POST", url, "x");
    old.isHttp10 = true;
    row("HTTP/1.0", old);
    row("chunked", requestTo("POST", url, "abc"), { { "Transfer-Encoding", "chunked" } });
    row("large", requestTo("POST", url, QByteArray(100'000, 'x')));
}

void CurlWriterTest::command_run_makesTheSameOctets_data() { addRequests(); }

// Both shells; the octets are those of the request.
void CurlWriterTest::command_run_makesTheSameOctets()
{
    QFETCH(const Request, request);
    QByteArray expected = request.method + ' ' + request.wireTarget()
        + (request.isHttp10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const auto &[name, value] : request.fields)
        expected += name + (value.isEmpty() ? ":" : ": ") + value + "\r\n";
    expected += "\r\n"
        + (request.isChunked() ? QByteArray::number(request.body.size(), 16) + "\r\n" + request.body
                    + "\r\n0\r\n\r\n"
                               : request.body);
    for (const CurlShell shell : { CurlShell::Posix, CurlShell::Bash }) {
        RawServer server([&expected](QTcpSocket *socket, const QByteArray &received) {
            if (received.size() < expected.size())
                return;
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
        Request there = request;
        there.connectTo = QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
        QProcess process;
        process.start(
            shell == CurlShell::Posix ? QStringLiteral("sh") : QStringLiteral("bash"), {});
        process.write("curl() { command curl --silent --max-time 20 \"$@\"; }\n"
            + writeCurl(there, shell) + '\n');
        process.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError() + writeCurl(there, shell));
        QCOMPARE(server.received.value(0), expected);
    }
}

void CurlWriterTest::command_readAgain_isTheSameRequest_data() { addRequests(); }

void CurlWriterTest::command_readAgain_isTheSameRequest()
{
    QFETCH(const Request, request);
    for (const CurlShell shell : { CurlShell::Posix, CurlShell::Bash, CurlShell::Cmd }) {
        QString lost;
        const QByteArray command = writeCurl(request, shell, &lost);
        if (shell == CurlShell::Cmd && !lost.isEmpty())
            continue;
        const CurlReading reading
            = readCurl(command, {}, shell == CurlShell::Cmd ? Shell::Cmd : Shell::Posix);
        QVERIFY2(!reading.error, qPrintable(reading.error.message));
        QCOMPARE(reading.remarks, QStringList());
        QCOMPARE(reading.requests.size(), 1);
        const Request &again = reading.requests.first();
        QCOMPARE(again.method, request.method);
        QCOMPARE(again.wireTarget(), request.wireTarget());
        QCOMPARE(again.authority(), request.authority());
        QCOMPARE(again.fields, request.fields);
        QCOMPARE(again.body, request.body);
        QCOMPARE(again.isHttp10, request.isHttp10);
    }
}

void CurlWriterTest::form_isWrittenAsOptions()
{
    Request request = requestTo("POST", QStringLiteral("http://h/"));
    request.bodyKind = Request::BodyKind::Form;
    request.boundary = "b";
    request.fields = { { "Host", "h" }, { "User-Agent", "t" }, { "Accept", "*/*" },
        { "Content-Length", "1" }, { "Content-Type", "multipart/form-data; boundary=b" } };
    request.parts = { { "a", "@x;y", {}, {}, {}, {} },
        { "f", {}, QStringLiteral("/tmp/x y;.txt"), "x y;.txt", "text/x", {} },
        { "g", "v", {}, "q\"\\.bin", "a/b", { { "X-P", "1" } } } };
    CurlSurroundings surroundings;
    surroundings.boundary = "b";
    surroundings.fileSize = [](const QString &) { return 1; };
    for (const CurlShell shell : { CurlShell::Posix, CurlShell::Bash, CurlShell::Cmd }) {
        const CurlReading reading = readCurl(writeCurl(request, shell), surroundings,
            shell == CurlShell::Cmd ? Shell::Cmd : Shell::Posix);
        QVERIFY2(!reading.error, qPrintable(reading.error.message));
        QCOMPARE(reading.requests.first().parts.size(), 3);
        QVERIFY(reading.requests.first().parts[0] == request.parts[0]);
        QVERIFY(reading.requests.first().parts[1] == request.parts[1]);
        QCOMPARE(reading.requests.first().parts[2].value, "v");
    }
}

void CurlWriterTest::lost_isSaid_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<CurlShell>("shell");
    QTest::addColumn<bool>("isLost");
    Request trailers = requestTo("POST", QStringLiteral("http://h/"), "x");
    trailers.trailers = { { "X", "1" } };
    QTest::newRow("trailers") << trailers << CurlShell::Posix << true;
    const Request octets = requestTo("POST", QStringLiteral("http://h/"), QByteArray("a\0b", 3));
    QTest::newRow("NUL, sh") << octets << CurlShell::Posix << false;
    QTest::newRow("NUL, bash") << octets << CurlShell::Bash << false;
    QTest::newRow("NUL, cmd") << octets << CurlShell::Cmd << true;
}

void CurlWriterTest::lost_isSaid()
{
    QFETCH(const Request, request);
    QFETCH(const CurlShell, shell);
    QString lost;
    writeCurl(request, shell, &lost);
    QTEST(!lost.isEmpty(), "isLost");
}

QTEST_GUILESS_MAIN(CurlWriterTest)

#include "tst_curlwriter.moc"
