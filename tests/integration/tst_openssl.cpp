#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

#include <memory>

// `headrace send` over TLS against openssl's server, with certificates made here.
class OpensslTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    static void openssl(const QStringList &arguments)
    {
        const Outcome outcome = run(Program::tool(u"openssl"_qs), arguments);
        if (outcome.exitCode != 0)
            qFatal("openssl: %s", outcome.err.constData());
    }

    // NAME.pem and NAME.key: signed by the test's authority, or by itself.
    void makeCertificate(const QString &name, const QString &alternative, bool isSelfSigned)
    {
        QStringList arguments { u"req"_qs, u"-x509"_qs, u"-newkey"_qs, u"ec"_qs, u"-pkeyopt"_qs,
            u"ec_paramgen_curve:prime256v1"_qs, u"-nodes"_qs, u"-days"_qs, u"2"_qs, u"-subj"_qs,
            u"/CN="_qs + name, u"-keyout"_qs, path(name + u".key"_qs), u"-out"_qs,
            path(name + u".pem"_qs) };
        if (!alternative.isEmpty())
            arguments << u"-addext"_qs << u"subjectAltName="_qs + alternative;
        if (!isSelfSigned)
            arguments << u"-CA"_qs << path(u"ca.pem"_qs) << u"-CAkey"_qs << path(u"ca.key"_qs)
                      << u"-addext"_qs << u"basicConstraints=CA:false"_qs;
        openssl(arguments);
    }

    struct Server
    {
        std::unique_ptr<Program> program;
        QString url;
    };

    Server serve(const QString &certificate, const QStringList &more = {})
    {
        Server server;
        server.program = std::make_unique<Program>(Program::tool(u"openssl"_qs),
            QStringList { u"s_server"_qs, u"-accept"_qs, u"127.0.0.1:0"_qs, u"-www"_qs, u"-cert"_qs,
                path(certificate + u".pem"_qs), u"-key"_qs, path(certificate + u".key"_qs) }
                + more);
        const QString port = server.program->waitForLine(u"^ACCEPT .*:(\\d+)$"_qs);
        if (port.isEmpty())
            qFatal("openssl s_server: %s", server.program->err().constData());
        server.url = QStringLiteral("https://127.0.0.1:%1/").arg(port);
        return server;
    }

    Outcome send(const QStringList &arguments, const QStringList &environment = {})
    {
        return run(Program::headrace(), QStringList { u"send"_qs } + arguments, environment);
    }

private Q_SLOTS:

    void initTestCase()
    {
        makeCertificate(u"ca"_qs, {}, true);
        makeCertificate(u"self"_qs, u"IP:127.0.0.1"_qs, true);
        makeCertificate(u"leaf"_qs, u"IP:127.0.0.1,DNS:localhost"_qs, false);
        makeCertificate(u"other"_qs, u"DNS:other.example"_qs, false);
    }

    void anyCertificate_isAcceptedWithK()
    {
        const Server server = serve(u"self"_qs);
        const Outcome outcome = send({ u"-k"_qs, u"--events"_qs, server.url });
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("HTTP/1.0 200 ok\r\n"), outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish response data end close"_qs);
        const QString text = QString::fromUtf8(outcome.out);
        const qsizetype started
            = text.indexOf(QRegularExpression(u"Socket +TLS started|Socket +tls started"_qs));
        const qsizetype ended
            = text.indexOf(QRegularExpression(u"Socket +TLS ended|Socket +tls ended"_qs));
        QVERIFY2(started > text.indexOf(u"connect ended") && ended > started, outcome.out);
    }

    void selfSigned_isRefused()
    {
        const Server server = serve(u"self"_qs);
        const Outcome outcome = send({ server.url });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.startsWith("headrace: DEPTH_ZERO_SELF_SIGNED_CERT: ")
                && outcome.err.count('\n') == 1,
            outcome.err);
        QCOMPARE(outcome.out, "");
    }

    void unknownAuthority_isRefused()
    {
        const Server server = serve(u"leaf"_qs);
        const Outcome outcome = send({ server.url });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.startsWith("headrace: UNABLE_TO_"), outcome.err);
    }

    void knownAuthority_isTrusted()
    {
        const Server server = serve(u"leaf"_qs);
        const Outcome outcome = send({ server.url }, { u"SSL_CERT_FILE="_qs + path(u"ca.pem"_qs) });
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("HTTP/1.0 200 ok\r\n"), outcome.out);
    }

    void otherName_isRefused()
    {
        const Server server = serve(u"other"_qs);
        const Outcome outcome = send({ server.url }, { u"SSL_CERT_FILE="_qs + path(u"ca.pem"_qs) });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.startsWith("headrace: ERR_TLS_CERT_ALTNAME_INVALID: "), outcome.err);
    }

    void oldTls_isSpoken()
    {
        const Server server = serve(u"leaf"_qs, { u"-tls1_2"_qs });
        const Outcome outcome = send({ server.url }, { u"SSL_CERT_FILE="_qs + path(u"ca.pem"_qs) });
        QCOMPARE(outcome.exitCode, 0);
    }

    void plainServer_isAFailure()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &) {
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
        const Outcome outcome = send({ server.url().replace(u"http:"_qs, u"https:"_qs) });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err.count('\n'), 1);
        QVERIFY2(outcome.err.startsWith("headrace: "), outcome.err);
        QCOMPARE(outcome.out, "");
    }
};

QTEST_GUILESS_MAIN(OpensslTest)
#include "tst_openssl.moc"
