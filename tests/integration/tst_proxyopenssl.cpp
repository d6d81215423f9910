#include "proxyprograms.h"

#include <QSet>

#include <madecertificates.h>

using namespace headrace;

namespace {

constexpr const char *versions[] = { "-tls1_2", "-tls1_3" };

} // namespace

// `headrace proxy` between openssl's own server and client.
class ProxyOpensslTest : public QObject
{
    Q_OBJECT

private:
    using Proxy = ProxyPrograms::Proxy;

    ProxyPrograms m_programs;
    Proxy m_proxy;

    struct Server
    {
        std::unique_ptr<Program> program;
        QString place; ///< "localhost:40001"
        QString url;
    };

    /// s_server in the test's folder, with NAME.pem and NAME.key.
    Server serve(const QString &name, const QStringList &arguments)
    {
        Server server;
        // It serves what lies where it was started.
        QStringList all { u"-c"_qs, u"cd \"$0\" && exec \"$@\""_qs, m_programs.folder(),
            Program::tool(u"openssl"_qs), u"s_server"_qs, u"-accept"_qs, u"127.0.0.1:0"_qs,
            u"-cert"_qs, name + u".pem"_qs, u"-key"_qs, name + u".key"_qs };
        server.program = std::make_unique<Program>(Program::tool(u"sh"_qs), all + arguments);
        const QString port = server.program->waitForLine(u"^ACCEPT .*:(\\d+)$"_qs);
        if (port.isEmpty())
            qFatal("openssl s_server: %s", server.program->err().constData());
        server.place = u"localhost:"_qs + port;
        server.url = u"https://"_qs + server.place;
        return server;
    }

    /// s_client, whose session is that of \a place. \a authority is a file.
    static Outcome connectTo(const QString &place, const QString &authority,
        const QStringList &arguments, const QByteArray &request = {})
    {
        return run(Program::tool(u"openssl"_qs),
            QStringList { u"s_client"_qs, u"-connect"_qs, place, u"-servername"_qs, u"localhost"_qs,
                u"-CAfile"_qs, authority, u"-verify_return_error"_qs, u"-verify_hostname"_qs,
                u"localhost"_qs }
                + arguments,
            {}, request);
    }

    Outcome connectThrough(const Proxy &proxy, const QString &place, const QStringList &arguments,
        const QByteArray &request = {})
    {
        return connectTo(place, m_programs.authority(),
            QStringList { u"-proxy"_qs, proxy.address() } + arguments, request);
    }

    void keep(const QString &name, const tls::Identity &identity)
    {
        m_programs.write(name + u".pem"_qs, identity.certificatePem());
        m_programs.write(name + u".key"_qs, identity.keyPem());
    }

    static QString captured(const QString &pattern, const QByteArray &text)
    {
        return QRegularExpression(pattern, QRegularExpression::MultilineOption)
            .match(QString::fromLatin1(text))
            .captured(1);
    }

    QSet<QByteArray> secrets(const QString &name) const
    {
        QSet<QByteArray> lines;
        for (const QByteArray &line : m_programs.read(name).split('\n')) {
            if (!line.isEmpty() && !line.startsWith('#'))
                lines.insert(line);
        }
        return lines;
    }

    static void addVersionRows()
    {
        QTest::addColumn<QString>("version");
        for (const char *version : versions)
            QTest::newRow(version) << QString::fromLatin1(version);
    }

private Q_SLOTS:

    void initTestCase()
    {
        const QStringList names { u"DNS:localhost"_qs, u"IP:127.0.0.1"_qs };
        test::MadeCertificate request;
        request.isAuthority = true;
        request.commonName = u"root"_qs;
        const tls::Identity root = test::make(request);
        request.commonName = u"stranger"_qs;
        const tls::Identity stranger = test::make(request);
        m_programs.write(u"roots.pem"_qs, root.certificatePem());
        request = {};
        request.names = names;
        keep(u"good"_qs, test::make(request, root));
        keep(u"unknown"_qs, test::make(request, stranger));
        keep(u"self-signed"_qs, test::make(request));
        request.until = QDateTime::currentDateTimeUtc().addDays(-1);
        keep(u"expired"_qs, test::make(request, root));
        request = {};
        request.names = QStringList { u"DNS:other.test"_qs };
        keep(u"wrong host"_qs, test::make(request, root));
        request = {};
        request.commonName = u"the client"_qs;
        keep(u"client"_qs, test::make(request, root));
        m_proxy = m_programs.startProxy();
    }

    void originOfOneVersion_isAsked_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("manner");
        QTest::addColumn<QByteArray>("answer");
        m_programs.write(u"page.txt"_qs, "a page\n");
        const QByteArray whole = "HTTP/1.1 200 Quite  right\r\nx-ODD: a\r\nX-odd: b\r\n"
                                 "Content-Length: 5\r\n\r\nhello";
        m_programs.write(u"whole"_qs, whole);
        for (const char *version : versions) {
            const auto row = [version](const char *manner, const QByteArray &answer) {
                QTest::addRow("%s %s", version, manner)
                    << QString::fromLatin1(version) << QString::fromLatin1(manner) << answer;
            };
            row("-www", {});
            row("-WWW", "HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\na page\n");
            row("-HTTP", whole);
        }
    }

    void originOfOneVersion_isAsked()
    {
        QFETCH(QString, version);
        QFETCH(QString, manner);
        QFETCH(QByteArray, answer);
        const Server server = serve(u"good"_qs, { version, manner });
        const QString path = manner == u"-HTTP" ? u"/whole"_qs : u"/page.txt"_qs;
        const QByteArray got = m_programs.curl(m_proxy, { u"-i"_qs, server.url + path });
        if (answer.isEmpty()) {
            const QString spoken = version == u"-tls1_2" ? u"TLSv1.2"_qs : u"TLSv1.3"_qs;
            QVERIFY2(got.startsWith("HTTP/1.0 200 ok\r\n"), got);
            QVERIFY2(
                !captured(u"^(?: *Protocol *: |New, )("_qs + spoken + u')', got).isEmpty(), got);
        } else {
            QCOMPARE(got, answer);
        }
    }

    void clientCertificate_isShownToItsHost_data() { addVersionRows(); }

    void clientCertificate_isShownToItsHost()
    {
        QFETCH(QString, version);
        const Server server = serve(u"good"_qs,
            { version, u"-www"_qs, u"-Verify"_qs, u"1"_qs, u"-verify_return_error"_qs,
                u"-CAfile"_qs, u"roots.pem"_qs });
        Proxy proxy = m_programs.startProxy({ u"--client-cert"_qs,
            server.place + u'=' + m_programs.path(u"client.pem"_qs) + u','
                + m_programs.path(u"client.key"_qs) });
        const QByteArray got = m_programs.curl(proxy, { server.url + u"/"_qs });
        QVERIFY2(!captured(u"^ *(Subject: CN ?= ?the client)$"_qs, got).isEmpty(), got);
        proxy.stop();
    }

    void clientCertificate_thatIsMissing_isTold_data() { addVersionRows(); }

    void clientCertificate_thatIsMissing_isTold()
    {
        QFETCH(QString, version);
        const Server server = serve(u"good"_qs,
            { version, u"-www"_qs, u"-Verify"_qs, u"1"_qs, u"-CAfile"_qs, u"roots.pem"_qs });
        const QByteArray got = m_programs.curl(m_proxy, { u"-i"_qs, server.url + u"/"_qs });
        QVERIFY2(got.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), got);
        QVERIFY2(got.contains("It asked for a client certificate, and none was shown."), got);
    }

    void certificate_thatIsWrong_isRefusedWithItsCause_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *which, const char *code, const char *words) {
            QTest::newRow(which) << QString::fromLatin1(code) << QByteArray(words);
        };
        row("self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT", "is signed by itself");
        row("expired", "CERT_HAS_EXPIRED", "expired");
        row("wrong host", "ERR_TLS_CERT_ALTNAME_INVALID", "is not for it");
        row("unknown", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "is not known here");
    }

    void certificate_thatIsWrong_isRefusedWithItsCause()
    {
        QFETCH(QString, code);
        QFETCH(QByteArray, words);
        const Server server = serve(QString::fromLatin1(QTest::currentDataTag()), { u"-www"_qs });
        const QString url = server.url + u"/seen"_qs;
        Proxy strict = m_programs.startProxy();
        const QByteArray refused = m_programs.curl(strict, { u"-i"_qs, url });
        QVERIFY2(refused.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), refused);
        QVERIFY2(
            refused.contains("Proxy-Status: headrace; error=tls_certificate_error\r\n"), refused);
        QVERIFY2(refused.contains(words), refused);
        const QByteArray lines = strict.stop();
        QVERIFY2(lines.contains("GET " + url.toLatin1() + "  " + code.toLatin1() + "  "), lines);
        // The exception is for one host and port, or for a host.
        for (const QString &exception : { server.place, u"localhost"_qs }) {
            Proxy lenient = m_programs.startProxy({ u"--insecure"_qs, exception });
            const QByteArray got = m_programs.curl(lenient, { u"-i"_qs, url });
            QVERIFY2(got.startsWith("HTTP/1.0 200 ok\r\n"), got);
            lenient.stop();
        }
        Proxy other = m_programs.startProxy({ u"--insecure"_qs, u"localhost:1"_qs });
        QVERIFY(m_programs.curl(other, { u"-i"_qs, url }).startsWith("HTTP/1.1 502 "));
        other.stop();
    }

    void client_resumesItsSession_data() { addVersionRows(); }

    void client_resumesItsSession()
    {
        QFETCH(QString, version);
        const Server server = serve(u"good"_qs, { u"-www"_qs });
        const QString session = m_programs.path(u"session"_qs + version);
        const QByteArray request = "GET / HTTP/1.0\r\n\r\n";
        const Outcome first = connectThrough(
            m_proxy, server.place, { version, u"-ign_eof"_qs, u"-sess_out"_qs, session }, request);
        QVERIFY2(first.out.contains("\nNew, TLSv1."), first.out + first.err);
        QVERIFY2(first.out.contains("Verify return code: 0 (ok)"), first.out);
        QVERIFY2(first.out.contains("Verified peername: localhost\n"), first.out);
        QVERIFY2(first.out.contains("issuer=O = Headrace, CN = "), first.out);
        QVERIFY2(first.out.contains("HTTP/1.0 200 ok\r\n"), first.out);
        const Outcome second = connectThrough(
            m_proxy, server.place, { version, u"-ign_eof"_qs, u"-sess_in"_qs, session }, request);
        QVERIFY2(second.out.contains("\nReused, TLSv1."), second.out + second.err);
        QVERIFY2(second.out.contains("HTTP/1.0 200 ok\r\n"), second.out);
    }

    void protocol_isTheOneThatTheOriginAgreesTo_data()
    {
        QTest::addColumn<QString>("ofOrigin");
        QTest::addColumn<QString>("ofClient");
        for (const char *ofOrigin : { "", "http/1.1", "http/1.0", "http/1.0,http/1.1" }) {
            for (const char *ofClient : { "", "http/1.1", "http/1.1,http/1.0", "http/1.0" })
                QTest::addRow("origin \"%s\", client \"%s\"", ofOrigin, ofClient)
                    << QString::fromLatin1(ofOrigin) << QString::fromLatin1(ofClient);
        }
    }

    void protocol_isTheOneThatTheOriginAgreesTo()
    {
        QFETCH(QString, ofOrigin);
        QFETCH(QString, ofClient);
        const auto offer = [](const QString &protocols) {
            return protocols.isEmpty() ? QStringList() : QStringList { u"-alpn"_qs, protocols };
        };
        const Server server = serve(u"good"_qs, offer(ofOrigin) + QStringList { u"-www"_qs });
        const QByteArray request = "GET / HTTP/1.0\r\n\r\n";
        const QStringList arguments = offer(ofClient) + QStringList { u"-ign_eof"_qs };
        const Outcome direct = connectTo(server.place, m_programs.roots(), arguments, request);
        const Outcome got = connectThrough(m_proxy, server.place, arguments, request);
        const QString line = u"^(No ALPN negotiated|ALPN protocol: .*)$"_qs;
        if (!direct.out.contains("HTTP/1.0 200 ok\r\n")) { // nothing in common: the origin refuses
            QVERIFY2(got.out.contains("HTTP/1.1 502 Bad Gateway\r\n"), got.out);
            QVERIFY2(got.out.contains("no application protocol (alert 120)"), got.out);
            return;
        }
        QCOMPARE(captured(line, got.out), captured(line, direct.out));
        QVERIFY2(got.out.contains("HTTP/1.0 200 ok\r\n"), got.out);
    }

    void secrets_areThoseOfBothEnds_data() { addVersionRows(); }

    void secrets_areThoseOfBothEnds()
    {
        QFETCH(QString, version);
        const auto file = [&](const char *who) {
            return QString(QString::fromLatin1(who) + version + u".keys"_qs);
        };
        Proxy proxy = m_programs.startProxy({ u"--key-log"_qs, m_programs.path(file("proxy")) });
        Server server
            = serve(u"good"_qs, { version, u"-www"_qs, u"-keylogfile"_qs, file("origin") });
        const Outcome got = connectThrough(proxy, server.place,
            { version, u"-ign_eof"_qs, u"-keylogfile"_qs, m_programs.path(file("client")) },
            "GET / HTTP/1.0\r\n\r\n");
        QVERIFY2(got.out.contains("HTTP/1.0 200 ok\r\n"), got.out + got.err);
        proxy.stop();
        server.program.reset();
        const QSet<QByteArray> logged = secrets(file("proxy"));
        const QSet<QByteArray> client = secrets(file("client"));
        const QSet<QByteArray> origin = secrets(file("origin"));
        QVERIFY(!client.isEmpty() && !origin.isEmpty() && !client.intersects(origin));
        QCOMPARE(logged, client + origin);
        const QRegularExpression format(u"^(CLIENT_RANDOM|(CLIENT|SERVER)_(HANDSHAKE_TRAFFIC_"
                                        u"SECRET|TRAFFIC_SECRET_0)|EXPORTER_SECRET) "
                                        "[0-9a-f]{64} ([0-9a-f]{64}|[0-9a-f]{96})$"_qs);
        for (const QByteArray &line : logged)
            QVERIFY2(format.match(QString::fromLatin1(line)).hasMatch(), line);
    }
};

QTEST_GUILESS_MAIN(ProxyOpensslTest)
#include "tst_proxyopenssl.moc"
