#include "nginxserver.h"
#include "proxyprograms.h"

#include <QCryptographicHash>

#include <madecertificates.h>

using namespace headrace;

namespace {

QByteArray sha256(const QByteArray &octets)
{
    return QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex();
}

QByteArray makeLarge()
{
    QByteArray octets(64 * 1024 * 1024 + 17, Qt::Uninitialized);
    quint32 state = 1;
    for (char &octet : octets) {
        state = state * 1664525 + 1013904223;
        octet = char(state >> 24);
    }
    return octets;
}

} // namespace

// `headrace proxy` between curl and nginx, and between nginx and nginx.
class ProxyNginxTest : public QObject
{
    Q_OBJECT

private:
    using Proxy = ProxyPrograms::Proxy;

    ProxyPrograms m_programs;
    std::unique_ptr<NginxServer> m_nginx;
    Proxy m_proxy;
    QByteArray m_large = makeLarge();

    QString configuration(const QList<quint16> &ports) const
    {
        QString text = QStringLiteral(
            "  gzip on;\n  gzip_types text/plain;\n  gzip_min_length 100;\n"
            "  client_max_body_size 100m;\n"
            "  server {\n    listen 127.0.0.1:PLAIN;\n    listen 127.0.0.1:SECURE ssl;\n"
            "    root FOLDER/files;\n"
            "    ssl_certificate FOLDER/site.pem;\n    ssl_certificate_key FOLDER/site.key;\n"
            "    ssl_protocols TLSv1.2 TLSv1.3;\n"
            "    location /dav/ { dav_methods PUT DELETE; create_full_put_path on; }\n"
            "    location /connection {\n"
            "      return 200 \"$connection $connection_requests via=$http_via\\n\"; }\n"
            "    location /fields {\n"
            "      return 200 \"$request_method $host $http_connection|$http_x_client\\n\"; }\n"
            "    location /moved { return 301 /page.txt; }\n"
            "    location /teapot { return 418; }\n"
            "  }\n");
        text.replace(u"FOLDER"_qs, m_programs.folder());
        text.replace(u"PLAIN"_qs, QString::number(ports[0]));
        text.replace(u"SECURE"_qs, QString::number(ports[1]));
        return text;
    }

    QString origin(bool isSecure) const
    {
        return isSecure ? u"https://localhost:"_qs + QString::number(m_nginx->port(1))
                        : u"http://localhost:"_qs + QString::number(m_nginx->port(0));
    }

    Outcome direct(const QStringList &arguments) const
    {
        return run(Program::tool(u"curl"_qs),
            QStringList { u"-sS"_qs, u"--noproxy"_qs, u"*"_qs, u"--cacert"_qs, m_programs.roots() }
                + arguments);
    }

    static void addSchemeRows()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::newRow("http") << false;
        QTest::newRow("https") << true;
    }

private Q_SLOTS:

    void initTestCase()
    {
        test::MadeCertificate request;
        request.isAuthority = true;
        request.commonName = u"root"_qs;
        const tls::Identity root = test::make(request);
        request = {};
        request.names = QStringList { u"DNS:localhost"_qs, u"IP:127.0.0.1"_qs };
        const tls::Identity site = test::make(request, root);
        m_programs.write(u"roots.pem"_qs, root.certificatePem());
        m_programs.write(u"site.pem"_qs, site.certificatePem());
        m_programs.write(u"site.key"_qs, site.keyPem());
        QVERIFY(QDir(m_programs.folder()).mkpath(u"files/dav"_qs));
        m_programs.write(u"files/page.txt"_qs, "a static page\n");
        m_programs.write(u"files/empty.txt"_qs, {});
        QByteArray text;
        for (int i = 0; i < 5000; ++i)
            text += "line " + QByteArray::number(i) + " of a text that can be made smaller\n";
        m_programs.write(u"files/text.txt"_qs, text);
        m_programs.write(u"files/large"_qs, m_large);
        m_nginx = std::make_unique<NginxServer>(m_programs.folder(), 2,
            [this](const QList<quint16> &ports) { return configuration(ports); });
        m_proxy = m_programs.startProxy();
    }

    void answer_isTheOneThatNginxGives_data()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("beginning");
        for (const bool isSecure : { false, true }) {
            const auto row = [isSecure](const char *name, const QStringList &arguments,
                                 const QString &path, const QByteArray &beginning) {
                QTest::addRow("%s, %s", isSecure ? "https" : "http", name)
                    << isSecure << arguments << path << beginning;
            };
            const auto field = [](const QString &line) { return QStringList { u"-H"_qs, line }; };
            row("file", {}, u"/page.txt"_qs, "HTTP/1.1 200 OK\r\n");
            row("empty file", {}, u"/empty.txt"_qs, "HTTP/1.1 200 OK\r\n");
            row("gzip in chunks", field(u"Accept-Encoding: gzip"_qs), u"/text.txt"_qs,
                "HTTP/1.1 200 OK\r\n");
            row("gzip in raw chunks",
                field(u"Accept-Encoding: gzip"_qs) + QStringList { u"--raw"_qs }, u"/text.txt"_qs,
                "HTTP/1.1 200 OK\r\n");
            row("range", { u"-r"_qs, u"2-5"_qs }, u"/page.txt"_qs,
                "HTTP/1.1 206 Partial Content\r\n");
            row("ranges", { u"-r"_qs, u"100-199,5000-5005,-7"_qs }, u"/large"_qs,
                "HTTP/1.1 206 Partial Content\r\n");
            row("range past the end", { u"-r"_qs, u"100-"_qs }, u"/page.txt"_qs,
                "HTTP/1.1 416 Requested Range Not Satisfiable\r\n");
            row("HEAD", { u"-I"_qs }, u"/large"_qs, "HTTP/1.1 200 OK\r\n");
            row("not there", {}, u"/none"_qs, "HTTP/1.1 404 Not Found\r\n");
            row("not allowed", { u"-d"_qs, u"x"_qs }, u"/page.txt"_qs,
                "HTTP/1.1 405 Not Allowed\r\n");
            row("moved", { u"-L"_qs }, u"/moved"_qs, "HTTP/1.1 301 Moved Permanently\r\n");
            row("no reason phrase", {}, u"/teapot"_qs, "HTTP/1.1 418 \r\n");
            row("HTTP/1.0", { u"--http1.0"_qs }, u"/page.txt"_qs, "HTTP/1.1 200 OK\r\n");
            row("HTTP/1.0, gzip to the end",
                QStringList { u"--http1.0"_qs } + field(u"Accept-Encoding: gzip"_qs),
                u"/text.txt"_qs, "HTTP/1.1 200 OK\r\n");
            row("close", field(u"Connection: close"_qs), u"/page.txt"_qs, "HTTP/1.1 200 OK\r\n");
            row("fields", field(u"X-Client:  two  blanks  "_qs), u"/fields"_qs,
                "HTTP/1.1 200 OK\r\n");
        }
    }

    void answer_isTheOneThatNginxGives()
    {
        QFETCH(bool, isSecure);
        QFETCH(QStringList, arguments);
        QFETCH(QString, path);
        QFETCH(QByteArray, beginning);
        arguments += { u"-i"_qs, origin(isSecure) + path };
        const Outcome wanted = direct(arguments);
        const Outcome got = m_programs.runCurl(m_proxy, arguments);
        QCOMPARE(got.err, QByteArray());
        QCOMPARE(got.exitCode, wanted.exitCode);
        QVERIFY2(wanted.out.startsWith(beginning), wanted.out);
        if (path == u"/large" && !arguments.contains(u"-I"_qs)) { // of several parts
            const auto parts = [](const QByteArray &answer) { return answer.split('\n').size(); };
            QCOMPARE(parts(got.out), parts(wanted.out)); // nginx chooses another boundary each time
            QCOMPARE(got.out.size(), wanted.out.size());
        } else {
            QCOMPARE(withoutDates(got.out), withoutDates(wanted.out));
        }
    }

    void answer_isUnchangedByItsTag_data() { addSchemeRows(); }

    void answer_isUnchangedByItsTag()
    {
        QFETCH(bool, isSecure);
        const QString url = origin(isSecure) + u"/page.txt"_qs;
        const QByteArray head = m_programs.curl(m_proxy, { u"-I"_qs, url });
        const QRegularExpression field(u"\r\nETag: (.*)\r\n"_qs);
        const QString tag = field.match(QString::fromLatin1(head)).captured(1);
        QVERIFY2(!tag.isEmpty(), head);
        const QStringList arguments { u"-i"_qs, u"-H"_qs, u"If-None-Match: "_qs + tag, url };
        const QByteArray answer = m_programs.curl(m_proxy, arguments);
        QVERIFY2(answer.startsWith("HTTP/1.1 304 Not Modified\r\n"), answer);
        QCOMPARE(withoutDates(answer), withoutDates(direct(arguments).out));
    }

    void connection_isKept_data() { addSchemeRows(); }

    void connection_isKept()
    {
        QFETCH(bool, isSecure);
        const QString url = origin(isSecure) + u"/connection"_qs;
        const QList<QByteArray> answers
            = m_programs.curl(m_proxy, { url, url, url }).trimmed().split('\n');
        QCOMPARE(answers.size(), 3);
        const QByteArray connection = answers[0].split(' ').first();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(answers[i], connection + ' ' + QByteArray::number(i + 1) + " via=");
        // Another client has another.
        const QByteArray other = m_programs.curl(m_proxy, { url });
        QVERIFY2(!other.startsWith(connection + ' '), other);
    }

    void largeFile_isWhole_data() { addSchemeRows(); }

    void largeFile_isWhole()
    {
        QFETCH(bool, isSecure);
        m_programs.curl(
            m_proxy, { u"-o"_qs, m_programs.path(u"got"_qs), origin(isSecure) + u"/large"_qs });
        QCOMPARE(sha256(m_programs.read(u"got"_qs)), sha256(m_large));
    }

    void upload_isStored_data()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("http") << false << false;
        QTest::newRow("http, chunks") << false << true;
        QTest::newRow("https") << true << false;
        QTest::newRow("https, chunks") << true << true;
    }

    void upload_isStored()
    {
        QFETCH(bool, isSecure);
        QFETCH(bool, isChunked);
        const QString name = QStringLiteral("stored-%1-%2").arg(isSecure).arg(isChunked);
        QStringList arguments { u"-v"_qs, u"-H"_qs, u"Expect: 100-continue"_qs,
            u"--expect100-timeout"_qs, u"60"_qs, u"-T"_qs, m_programs.path(u"files/large"_qs) };
        if (isChunked)
            arguments += { u"-H"_qs, u"Transfer-Encoding: chunked"_qs };
        const QString url = origin(isSecure) + u"/dav/"_qs + name;
        const Outcome put = m_programs.runCurl(m_proxy, arguments + QStringList { url });
        QCOMPARE(put.exitCode, 0);
        const qsizetype allowed = put.err.indexOf("< HTTP/1.1 100 Continue\r\n");
        QVERIFY2(allowed > 0 && put.err.indexOf("< HTTP/1.1 201 Created\r\n") > allowed, put.err);
        QCOMPARE(sha256(m_programs.read(u"files/dav/"_qs + name)), sha256(m_large));
        const QByteArray removed = m_programs.curl(m_proxy, { u"-iX"_qs, u"DELETE"_qs, url });
        QVERIFY2(removed.startsWith("HTTP/1.1 204 No Content\r\n"), removed);
    }

    void reverseProxy_answersAsNginx_data() { addSchemeRows(); }

    void reverseProxy_answersAsNginx()
    {
        QFETCH(bool, isSecure);
        Proxy reverse = m_programs.startProxy({ u"--reverse"_qs, origin(isSecure) });
        for (const char *path : { "/page.txt", "/text.txt", "/fields", "/none", "/teapot" }) {
            const QStringList arguments { u"-i"_qs, u"-H"_qs, u"Accept-Encoding: gzip"_qs };
            const QByteArray wanted
                = direct(arguments + QStringList { origin(isSecure) + QLatin1String(path) }).out;
            const QByteArray got
                = direct(arguments + QStringList { reverse.url + QLatin1String(path) }).out;
            QVERIFY(!wanted.isEmpty());
            QCOMPARE(withoutDates(got), withoutDates(wanted));
        }
        const QByteArray lines = reverse.stop();
        QCOMPARE(lines.count('\n'), 1 + 5);
    }

    void nginx_asksThroughReverseProxy_data()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<QString>("manner");
        const QString kept
            = u"proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_request_buffering off;"_qs;
        QTest::newRow("HTTP/1.0") << false << QString();
        QTest::newRow("kept connection") << false << kept;
        QTest::newRow("kept connection, to https") << true << kept;
    }

    void nginx_asksThroughReverseProxy()
    {
        QFETCH(bool, isSecure);
        QFETCH(QString, manner);
        Proxy reverse = m_programs.startProxy({ u"--reverse"_qs, origin(isSecure) });
        const NginxServer front(m_programs.folder(), 1, [&](const QList<quint16> &ports) {
            return QStringLiteral(
                "  client_max_body_size 100m;\n  upstream back { server %1; keepalive 4; }\n"
                "  server { listen 127.0.0.1:%2; location / { proxy_pass http://back; %3 } }")
                .arg(reverse.address())
                .arg(ports.first())
                .arg(manner);
        });
        const QString url = QStringLiteral("http://127.0.0.1:%1").arg(front.port());
        QCOMPARE(direct({ url + u"/page.txt"_qs }).out, QByteArray("a static page\n"));
        direct({ u"-o"_qs, m_programs.path(u"got"_qs), url + u"/large"_qs });
        QCOMPARE(sha256(m_programs.read(u"got"_qs)), sha256(m_large));
        const Outcome put = direct({ u"-si"_qs, u"-H"_qs, u"Transfer-Encoding: chunked"_qs,
            u"-T"_qs, m_programs.path(u"files/text.txt"_qs), url + u"/dav/through"_qs });
        QVERIFY2(put.out.contains("HTTP/1.1 201 Created\r\n"), put.out);
        QCOMPARE(m_programs.read(u"files/dav/through"_qs), m_programs.read(u"files/text.txt"_qs));
        direct({ u"-X"_qs, u"DELETE"_qs, url + u"/dav/through"_qs });
        const QList<QByteArray> requests
            = direct({ url + u"/connection"_qs, url + u"/connection"_qs }).out.split('\n');
        const bool isSame = requests[0].split(' ').first() == requests[1].split(' ').first();
        QCOMPARE(isSame, !manner.isEmpty());
        const QByteArray lines = reverse.stop();
        QVERIFY2(lines.contains("  200  " + QByteArray::number(m_large.size()) + " B  "), lines);
    }

    void lines_tellOfAll()
    {
        const QByteArray lines = m_proxy.stop();
        QCOMPARE(m_proxy.program->exitCode(), 0);
        QCOMPARE(m_proxy.program->err(), QByteArray());
        for (const char *part : { "/page.txt  200  14 B", "/page.txt  206  4 B",
                 "/page.txt  304  0 B", "/text.txt  200  ", "/teapot  418  0 B" })
            QVERIFY2(lines.contains(part), part);
        QVERIFY2(!lines.contains(" E"), lines); // no code of an error
    }

private:
    /// One behind another.
    static QByteArray withoutDates(QByteArray text)
    {
        for (QByteArray before; before != text;) {
            before = text;
            text = withoutDate(text);
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(ProxyNginxTest)
#include "tst_proxynginx.moc"
