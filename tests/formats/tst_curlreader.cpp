#include <formats/curlreader.h>

#include <QTest>

using namespace headrace::formats;

namespace {

CurlSurroundings surroundings()
{
    CurlSurroundings result;
    result.boundary = "BOUNDARY";
    result.readFile = [](const QString &path, QString *problem) -> std::optional<QByteArray> {
        if (path == QStringLiteral("f"))
            return "file\r\n";
        if (path == QStringLiteral("g"))
            return "G";
        *problem = QStringLiteral("there is no such file");
        return std::nullopt;
    };
    result.fileSize = [](const QString &path) {
        return path == QStringLiteral("f") ? 6 : path == QStringLiteral("g") ? 1 : -1;
    };
    return result;
}

/// "METHOD URL|field|field||body"
QByteArray shown(const Request &request)
{
    QByteArray text = request.method + ' ' + request.url.toUtf8();
    for (const auto &[name, value] : request.fields)
        text += '|' + name + ": " + value;
    if (!request.filePath.isEmpty())
        text += "||@" + request.filePath.toUtf8();
    else if (request.bodyKind == Request::BodyKind::Octets)
        text += "||" + request.body;
    return text;
}

CurlReading read(const QByteArray &line) { return readCurl(line, surroundings()); }

} // namespace

class CurlReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request_isAsCurlMakesIt_data();
    void request_isAsCurlMakesIt();
    void options_areTaken();
    void parts_ofAForm();
    void remark_isGiven_data();
    void remark_isGiven();
    void unknownOption_eatsNothing();
    void error_isGiven_data();
    void error_isGiven();
    void bounds_areKept();
    void curl_isRecognized_data();
    void curl_isRecognized();
};

// What curl sends is compared in tests/app/tst_curllines.cpp; these are its corners.
void CurlReaderTest::request_isAsCurlMakesIt_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("request");
    const QByteArray own = "|Host: h|User-Agent: curl/7.88.1|Accept: */*";
    const auto row = [](const char *name, const QByteArray &line, const QByteArray &request) {
        QTest::newRow(name) << line << request;
    };
    row("GET", "curl h", "GET http://h/" + own);
    row("port of the scheme", "curl https://h:443/x", "GET https://h/x" + own);
    row("one slash", "curl http:/h/x", "GET http://h/x" + own);
    row("query without path", "curl 'h?x'", "GET http://h/?x" + own);
    row("data then nothing", "curl h -d a -d '' -d b",
        "POST http://h/" + own
            + "|Content-Length: 4|Content-Type: application/x-www-form-urlencoded||a&&b");
    row("file streams", "curl h --data-binary @f -H Content-Type: -H Accept: -A ''",
        "POST http://h/|Host: h|Content-Length: 6||@f");
    row("file with more is read", "curl h --data-binary @f -d x -H Content-Type: -H Accept: -A ''",
        "POST http://h/|Host: h|Content-Length: 8||file\r\n&x");
    row("nothing then data", "curl h -d '' -d b -H Content-Type: -H Accept: -A ''",
        "POST http://h/|Host: h|Content-Length: 2||&b");
    row("file in -G", "curl h -G --data-binary @g", "GET http://h/?G" + own);
    row("fragment in -G", "curl h -G -d 'a#b'", "GET http://h/?a" + own);
    row("URL-encoded file", "curl -G h --data-urlencode x@f", "GET http://h/?x=file%0D%0A" + own);
    row("upload", "curl -T f h/a/",
        "PUT http://h/a/f" + own + "|Content-Length: 6|Expect: 100-continue||@f");
    row("no Expect in HTTP/1.0", "curl -0 -T f h/x",
        "PUT http://h/x" + own + "|Content-Length: 6||@f");
    row("input of the shell", "printf 'a\\n' | curl h -d @- -H Content-Type: -H Accept: -A ''",
        "POST http://h/|Host: h|Content-Length: 1||a");
    row("options behind --", "curl -- h", "GET http://h/" + own);
    row("value that looks like an option", "curl -X -d h", "-d http://h/" + own);
    row("beginning of a name", "curl --user-a '' --head h", "HEAD http://h/|Host: h|Accept: */*");
    row("user and bearer", "curl -u a:b --oauth2-bearer t h -A '' -H Accept:",
        "GET http://h/|Host: h|Authorization: Bearer t");
}

void CurlReaderTest::request_isAsCurlMakesIt()
{
    QFETCH(const QByteArray, line);
    const CurlReading reading = read(line);
    QVERIFY2(!reading.error, qPrintable(reading.error.message));
    QTEST(shown(reading.requests.first()), "request");
}

void CurlReaderTest::options_areTaken()
{
    const CurlReading reading
        = read("curl -kLm 1.5 -0 --resolve h:80:10.0.0.1 --request-target '*' -X OPTIONS h");
    const Request &request = reading.requests.first();
    QVERIFY(!request.verifiesCertificates && request.followsRedirects && request.isHttp10);
    QCOMPARE(request.timeout, std::chrono::milliseconds(1500));
    QCOMPARE(request.connectTo, QStringLiteral("10.0.0.1:80"));
    QCOMPARE(request.target, "*");
    QCOMPARE(reading.remarks, QStringList());
}

void CurlReaderTest::parts_ofAForm()
{
    const CurlReading reading
        = read("curl h -F 'a=1; type=text/x;filename=n' -F '=v' -F 'f=@f;type=b/c' -F 't=<f'");
    const Request &request = reading.requests.first();
    QCOMPARE(request.bodyKind, Request::BodyKind::Form);
    QCOMPARE(request.field("Content-Type"), "multipart/form-data; boundary=BOUNDARY");
    QCOMPARE(request.parts.size(), 4);
    QVERIFY(request.parts[0] == (FormPart { "a", "1", {}, "n", "text/x", {} }));
    QVERIFY(request.parts[1].name.isNull());
    QVERIFY(request.parts[2] == (FormPart { "f", {}, QStringLiteral("f"), "f", "b/c", {} }));
    QCOMPARE(request.parts[3].value, "file\r\n");
}

void CurlReaderTest::remark_isGiven_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("remark");
    const auto row = [](const char *name, const QByteArray &line, const char *remark) {
        QTest::newRow(name) << line << QString::fromUtf8(remark);
    };
    row("none for output", "curl -sSfvo x -w '%{x}' h", "");
    row("unknown", "curl --bogus h", "curl has no option --bogus: it is passed over.");
    row("unknown letter", "curl -s9 h", "curl has no option -9: it is passed over.");
    row("ambiguous", "curl h --comp", "--comp may be several options of curl: it is passed over.");
    row("not to be negated", "curl --no-next h",
        "curl has no option --no-next: it is passed over.");
    row("cut and negated", "curl --no-insec h",
        "curl has no option --no-insec: it is passed over.");
    row("meaningless", "curl --retry 3 -4 h", "Of no meaning here: --retry, -4.");
    row("unsupported", "curl --http2 h", "--http2 is not supported: the request goes without it.");
    row("file", "curl -d @nofile h", "The file nofile is left out: there is no such file.");
    row("other authentication", "curl --digest -u a:b h",
        "Only Basic authentication is supported: the request goes without Authorization.");
    row("SOCKS", "curl -x socks5://p h",
        "Only an http proxy for http URLs is supported: the request goes without the proxy.");
    row("password", "curl -u a h", "curl would ask for the password of -u: it is empty here.");
    row("variable", "curl h/$ID", "$ID is not expanded: it is sent as it is written.");
    row("pattern", "curl 'h/[x'", "[ in the URL is no pattern that curl knows: use -g to send it.");
    row("another command", "curl h && rm x", "The command rm is left out.");
    row("time", "curl -z soon h", "The time of -z, \"soon\", is not understood: it is left out.");
}

void CurlReaderTest::remark_isGiven()
{
    QFETCH(const QByteArray, line);
    const CurlReading reading = read(line);
    QVERIFY2(!reading.error, qPrintable(reading.error.message));
    QCOMPARE(reading.requests.size(), 1);
    QTEST(reading.remarks.join(u'|'), "remark");
}

void CurlReaderTest::unknownOption_eatsNothing()
{
    const CurlReading reading = read("curl --bogus -X PUT --alsobogus h -d x");
    QCOMPARE(reading.requests.first().method, "PUT");
    QCOMPARE(reading.requests.first().body, "x");
    QCOMPARE(reading.requests.first().url, QStringLiteral("http://h/"));
    QCOMPARE(reading.remarks.size(), 2);
}

void CurlReaderTest::error_isGiven_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("message");
    QTest::addColumn<qsizetype>("errorLine");
    const auto row
        = [](const char *name, const QByteArray &line, const char *message, qsizetype at = 1) {
              QTest::newRow(name) << line << QString::fromUtf8(message) << at;
          };
    row("no curl", "wget h", "There is no curl command.");
    row("nothing", "", "There is no curl command.");
    row("no URL", "curl -s", "The command names no URL.");
    row("quote", "curl \\\n 'h", "The quote ' that begins here does not end.", 2);
    row("value", "curl h -d", "-d needs a value.");
    row("two bodies", "curl h -d x -F a=b", "curl takes only one of -d, -F, -T and -I.");
    row("part", "curl h -F a", "-F takes name=content; \"a\" has no =.");
    row("scheme", "curl ftp://h/", "\"ftp://h/\" is no http or https URL.");
    row("guessed scheme", "curl ftp.h", "\"ftp.h\" is no http or https URL.");
    row("port", "curl h:99999", "The URL \"h:99999\" names no host, or no port from 1 to 65535.");
    row("blank in -G", "curl h -G -d 'a b'",
        "The data of -G or --url-query has a blank or a control character; --data-urlencode would "
        "encode it.");
    row("blank", "curl 'h/a b'",
        "The URL \"h/a b\" has a blank or a control character; write it as %20 or its like.");
}

void CurlReaderTest::error_isGiven()
{
    QFETCH(const QByteArray, line);
    const CurlReading reading = read(line);
    QTEST(reading.error.message, "message");
    QTEST(reading.error.line, "errorLine");
    QVERIFY(reading.requests.isEmpty());
}

void CurlReaderTest::bounds_areKept()
{
    const CurlReading reading = read("curl 'h/[1-1000000]/[1-1000000]'");
    QCOMPARE(reading.requests.size(), 1000);
    QVERIFY(!reading.remarks.isEmpty());
    QCOMPARE(read("curl 'h/[0-9223372036854775807:9223372036854775807]'").requests.size(), 2);
    QCOMPARE(read("curl 'h/[a-z:9223372036854775807]'").requests.size(), 1);
}

void CurlReaderTest::curl_isRecognized_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isCurl");
    QTest::newRow("curl") << QStringLiteral("curl http://h") << true;
    QTest::newRow("prompt") << QStringLiteral("$ curl http://h") << true;
    QTest::newRow("path") << QStringLiteral("/usr/bin/curl h") << true;
    QTest::newRow("Windows") << QStringLiteral("C:\\>curl.exe h") << true;
    QTest::newRow("sudo and variables") << QStringLiteral("A=1 sudo curl h") << true;
    QTest::newRow("pipe") << QStringLiteral("echo x | curl -d @- h") << true;
    QTest::newRow("cut in a quote") << QStringLiteral("curl h -d '") + QString(5000, u'x') << true;
    QTest::newRow("URL") << QStringLiteral("http://curl/curl") << false;
    QTest::newRow("another word") << QStringLiteral("curling h") << false;
    QTest::newRow("nothing") << QString() << false;
}

void CurlReaderTest::curl_isRecognized()
{
    QFETCH(const QString, text);
    QTEST(looksLikeCurl(text), "isCurl");
}

QTEST_GUILESS_MAIN(CurlReaderTest)

#include "tst_curlreader.moc"
