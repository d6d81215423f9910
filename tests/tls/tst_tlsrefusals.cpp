#include "madecertificates.h"
#include "tlsends.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>

using namespace headrace;
using test::Ends;
using test::Journal;
using test::Medium;
using tls::ClientHello;
using tls::ClientOptions;
using tls::Identity;
using tls::ServerOptions;
using tls::TlsSocket;

namespace {

ServerOptions serverOf(const Identity &identity)
{
    ServerOptions options;
    options.choose = [identity](const ClientHello &) { return identity; };
    return options;
}

} // namespace

class TlsRefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        test::MadeCertificate authority;
        authority.isAuthority = true;
        authority.commonName = QStringLiteral("root");
        m_root = test::make(authority);
        authority.commonName = QStringLiteral("stranger");
        m_stranger = test::make(authority);
        m_trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        QVERIFY(!m_trust->add(m_root.certificatePem()));
    }

    void certificate_thatIsWrong_isRefusedWithItsCause_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *which, const char *name, const char *code) {
            QTest::newRow(which) << QString::fromLatin1(which) << QString::fromLatin1(name)
                                 << QString::fromLatin1(code);
        };
        row("good", "a.test", "");
        row("good address", "127.0.0.1", "");
        row("other name", "b.test", "ERR_TLS_CERT_ALTNAME_INVALID");
        row("other address", "127.0.0.2", "ERR_TLS_CERT_ALTNAME_INVALID");
        row("expired", "a.test", "CERT_HAS_EXPIRED");
        row("early", "a.test", "CERT_NOT_YET_VALID");
        row("self-signed", "a.test", "DEPTH_ZERO_SELF_SIGNED_CERT");
        row("stranger shown", "a.test", "SELF_SIGNED_CERT_IN_CHAIN");
        row("stranger", "a.test", "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    }

    void certificate_thatIsWrong_isRefusedWithItsCause()
    {
        QFETCH(QString, which);
        QFETCH(QString, name);
        QFETCH(QString, code);
        const Identity shown = make(which);
        for (const bool verifies : { true, false }) {
            Ends ends = makeEnds(Medium::Tcp);
            const Journal server(ends.server.get());
            const Journal client(ends.client.get());
            ClientOptions options = clientOf(name);
            options.verifies = verifies;
            ends.start(serverOf(shown), options);
            const bool isTaken = code.isEmpty() || !verifies;
            QTRY_COMPARE(
                client.text(), isTaken ? QStringLiteral("encrypted") : QStringLiteral("refused"));
            QTRY_VERIFY(!server.text().isEmpty());
            const tls::TlsFacts &facts = ends.client->facts();
            QCOMPARE(facts.peerCertificates.value(0), shown.certificate);
            QCOMPARE(QString(wire::name(facts.verification.code)), code);
            if (isTaken)
                continue;
            QCOMPARE(QString(wire::name(ends.client->failure().code)), code);
            QVERIFY2(ends.client->failure().message.contains(name),
                qPrintable(ends.client->failure().message));
            QCOMPARE(server.text(), QStringLiteral("refused"));
            QVERIFY(ends.server->failure().isCertificateRefused);
            QVERIFY(ends.server->failure().alert > 0);
        }
    }

    void certificate_thatIsAccepted_isTakenWhateverIsWrong_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("accepted");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const char *title, const char *which, const char *name,
                             const char *accepted, bool isTaken) {
            QTest::newRow(title) << QString::fromLatin1(which) << QString::fromLatin1(name)
                                 << QString::fromLatin1(accepted) << isTaken;
        };
        row("expired", "expired", "a.test", "expired", true);
        row("self-signed", "self-signed", "a.test", "self-signed", true);
        row("for another name", "good", "b.test", "good", true);
        row("another one is accepted", "expired", "a.test", "self-signed", false);
        row("its authority is accepted", "stranger shown", "a.test", "stranger", false);
    }

    void certificate_thatIsAccepted_isTakenWhateverIsWrong()
    {
        QFETCH(QString, which);
        QFETCH(QString, name);
        QFETCH(QString, accepted);
        QFETCH(bool, isTaken);
        const Identity shown = make(which);
        const Identity other = accepted == u"stranger" ? m_stranger : make(accepted);
        Ends ends = makeEnds(Medium::Tcp);
        const Journal client(ends.client.get());
        ClientOptions options = clientOf(name);
        options.acceptedLeaves = { QCryptographicHash::hash(
            (accepted == which ? shown : other).certificate, QCryptographicHash::Sha256) };
        ends.start(serverOf(shown), options);
        QTRY_COMPARE(
            client.text(), isTaken ? QStringLiteral("encrypted") : QStringLiteral("refused"));
        QVERIFY(ends.client->facts().verification); // told all the same
    }

    void server_withoutCertificate_refuses()
    {
        Ends ends = makeEnds(Medium::Tcp);
        const Journal client(ends.client.get());
        ends.start(serverOf({}), clientOf(QStringLiteral("a.test")));
        QTRY_COMPARE(client.text(), QStringLiteral("refused"));
        QCOMPARE(ends.client->failure().alert, 112);
        QVERIFY(!ends.client->failure().isCertificateRefused);
    }

    void server_withOtherProtocols_refuses()
    {
        Ends ends = makeEnds(Medium::Tcp);
        const Journal client(ends.client.get());
        ServerOptions server = serverOf(make(QStringLiteral("good")));
        server.alpn = { "http/1.1" };
        ClientOptions options = clientOf(QStringLiteral("a.test"));
        options.alpn = { "h2" };
        ends.start(server, options);
        QTRY_COMPARE(client.text(), QStringLiteral("refused"));
        QCOMPARE(ends.client->failure().alert, 120);
    }

    void peer_thatSpeaksNoTls_isRefused()
    {
        for (const bool isServer : { true, false }) {
            const auto [near, far] = test::makeTcpPair();
            const std::unique_ptr<QTcpSocket> peer(far);
            TlsSocket socket(near);
            const Journal journal(&socket);
            if (isServer)
                socket.startServer(serverOf(make(QStringLiteral("good"))));
            else
                socket.startClient(clientOf(QStringLiteral("a.test")));
            peer->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            QTRY_COMPARE(journal.text(), QStringLiteral("refused"));
            QCOMPARE(socket.failure().code, wire::ErrorCode::ProtocolFailure);
            QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
        }
    }

    void peer_thatGoesAwayInTheHandshake_isTold_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::addColumn<bool>("isReset");
        QTest::newRow("client ends") << true << false;
        QTest::newRow("client resets") << true << true;
        QTest::newRow("server ends") << false << false;
        QTest::newRow("server resets") << false << true;
    }

    void peer_thatGoesAwayInTheHandshake_isTold()
    {
        QFETCH(bool, isServer);
        QFETCH(bool, isReset);
        const auto [near, far] = test::makeTcpPair();
        const std::unique_ptr<QTcpSocket> peer(far);
        TlsSocket socket(near);
        const Journal journal(&socket);
        if (isServer)
            socket.startServer(serverOf(make(QStringLiteral("good"))));
        else
            socket.startClient(clientOf(QStringLiteral("a.test")));
        peer->write(QByteArray("\x16\x03\x01\x00\x40\x01", 6).first(isServer ? 6 : 0));
        if (isReset) {
            peer->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            QTRY_VERIFY(isServer || peer->bytesAvailable() > 0); // unread: the kernel resets
            peer->flush();
            peer->abort();
        } else {
            peer->disconnectFromHost();
        }
        QTRY_COMPARE(journal.text(), QStringLiteral("refused"));
        QCOMPARE(socket.failure().code, wire::ErrorCode::ConnectionReset);
        QVERIFY(!socket.failure().isSilent);
    }

    void peer_thatIsSilent_isGivenUp()
    {
        Ends ends = makeEnds(Medium::Tcp);
        const Journal server(ends.server.get());
        ServerOptions options = serverOf(make(QStringLiteral("good")));
        options.handshakeTimeout = std::chrono::milliseconds(20);
        ends.server->startServer(options);
        QTRY_COMPARE(server.text(), QStringLiteral("refused"));
        QCOMPARE(ends.server->failure().code, wire::ErrorCode::TimedOut);
    }

    void handshake_octetByOctet_isDone()
    {
        const auto [nearServer, farServer] = test::MemorySocket::makePair();
        const auto [nearClient, farClient] = test::MemorySocket::makePair();
        const std::unique_ptr<test::MemorySocket> one(farServer);
        const std::unique_ptr<test::MemorySocket> other(farClient);
        TlsSocket server(nearServer);
        TlsSocket client(nearClient);
        server.startServer(serverOf(make(QStringLiteral("good"))));
        client.startClient(clientOf(QStringLiteral("a.test")));
        for (int turn = 0; turn < 20 && !(server.isEncrypted() && client.isEncrypted()); ++turn) {
            test::settle();
            for (const auto &[from, to] :
                { std::pair(one.get(), other.get()), std::pair(other.get(), one.get()) }) {
                for (const char octet : from->takeAll()) {
                    to->write(&octet, 1);
                    test::settle();
                }
            }
        }
        QVERIFY(server.isEncrypted() && client.isEncrypted());
    }

    void sessions_ofOneKey_areResumed()
    {
        const Identity shown = make(QStringLiteral("good"));
        for (const bool isSecond : { false, true }) {
            Ends ends = makeEnds(Medium::Tcp);
            ClientOptions options = clientOf(QStringLiteral("a.test"));
            options.resumptionKey = "a.test:443";
            QVERIFY(ends.shakeHands(serverOf(shown), options));
            QCOMPARE(ends.client->facts().isResumed, isSecond);
            QCOMPARE(ends.client->facts().peerCertificates.value(0), shown.certificate);
            ends.server->write("x"); // behind the ticket
            QTRY_COMPARE(ends.client->bytesAvailable(), 1);
            ends.client->close();
        }
    }

    void secrets_areLogged()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("keys"));
        tls::TlsError error;
        ServerOptions server = serverOf(make(QStringLiteral("good")));
        server.keyLog = tls::KeyLog::open(path, &error);
        QVERIFY2(server.keyLog, qPrintable(error.message));
        Ends ends = makeEnds(Medium::Tcp);
        QVERIFY(ends.shakeHands(server, clientOf(QStringLiteral("a.test"))));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QVERIFY(lines.size() >= 4);
        for (const QByteArray &line : lines)
            QCOMPARE(line.split(' ').size(), 3);
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(!tls::KeyLog::open(QStringLiteral("/no/such/folder/keys"), &error));
        QCOMPARE(error.code, tls::TlsError::Code::NotWritable);
    }

private:
    Identity make(const QString &which) const
    {
        test::MadeCertificate request;
        request.names = { QStringLiteral("DNS:a.test"), QStringLiteral("IP:127.0.0.1") };
        const QDateTime now = QDateTime::currentDateTimeUtc();
        if (which == u"expired")
            request.until = now.addDays(-1);
        else if (which == u"early")
            request.from = now.addDays(1);
        if (which == u"self-signed")
            return test::make(request);
        const bool isStrange = which.startsWith(QStringLiteral("stranger"));
        Identity made = test::make(request, isStrange ? m_stranger : m_root);
        if (which == u"stranger shown")
            made.issuers = { m_stranger.certificate };
        return made;
    }

    ClientOptions clientOf(const QString &name) const
    {
        ClientOptions options;
        options.serverName = name;
        options.trust = m_trust;
        return options;
    }

    Identity m_root;
    Identity m_stranger;
    std::shared_ptr<tls::TrustStore> m_trust;
};

QTEST_GUILESS_MAIN(TlsRefusalsTest)
#include "tst_tlsrefusals.moc"
