#include "proxyfixture.h"

#include <proxy/interceptionpolicy.h>
#include <proxy/rulebook.h>
#include <tls/certificateauthority.h>
#include <tls/truststore.h>

#include <QCryptographicHash>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>

using namespace headrace;

namespace {

std::unique_ptr<tls::CertificateAuthority> makeAuthority(const QString &place)
{
    tls::TlsError error;
    auto authority = tls::CertificateAuthority::create(place, &error);
    if (!authority)
        qFatal("%s", qPrintable(error.message));
    return authority;
}

QSslConfiguration configurationOf(const tls::Identity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    QList<QSslCertificate> chain { QSslCertificate(identity.certificate, QSsl::Der) };
    for (const QByteArray &issuer : identity.issuers)
        chain.append(QSslCertificate(issuer, QSsl::Der));
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(QSslKey(identity.keyPem(), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

/// An https server of Qt's that says what it was asked.
class Origin : public QSslServer
{
public:
    explicit Origin(const QSslConfiguration &configuration)
    {
        setSslConfiguration(configuration);
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (auto *socket = static_cast<QSslSocket *>(nextPendingConnection())) {
                hasClientCertificate = !socket->peerCertificate().isNull();
                connect(socket, &QSslSocket::readyRead, this, [socket] {
                    const QByteArray request = socket->readAll();
                    const QByteArray line = request.first(request.indexOf('\r'));
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: "
                        + QByteArray::number(line.size()) + "\r\n\r\n" + line);
                });
            }
        });
    }

    bool hasClientCertificate = false;
};

} // namespace

// Tunnels with TLS in them, as clients and origins see them.
class TlsEntryTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<tls::CertificateAuthority> m_web
        = makeAuthority(QStringLiteral("web")); // whom origins are signed by
    QByteArray m_own; // certificate of the proxy's authority, PEM

    tls::Identity originIdentity(const QStringList &names) const
    {
        tls::TlsError error;
        return m_web->issue({ names }, &error);
    }

    std::unique_ptr<ProxyFixture> makeProxy(proxy::Settings settings = {}, bool trustsWeb = true)
    {
        auto fixture = std::make_unique<ProxyFixture>(settings);
        auto authority = makeAuthority(QStringLiteral("proxy"));
        m_own = authority->identity().certificatePem();
        auto trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        if (trustsWeb)
            trust->add(m_web->identity().certificatePem());
        fixture->proxy.setAuthority(std::move(authority), trust);
        return fixture;
    }

    /// A client that trusts \a pem and has gone through CONNECT; encrypted, or not when that failed.
    std::unique_ptr<QSslSocket> enter(ProxyFixture &fixture, quint16 port, const QByteArray &pem,
        QSsl::SslProtocol protocol = QSsl::SecureProtocols)
    {
        auto socket = std::make_unique<QSslSocket>();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromData(pem));
        configuration.setProtocol(protocol);
        socket->setSslConfiguration(configuration);
        socket->setPeerVerifyName(QStringLiteral("localhost"));
        QNetworkProxy none(QNetworkProxy::NoProxy);
        socket->setProxy(none);
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), fixture.proxy.port());
        if (!socket->waitForConnected())
            qFatal("no connection to the proxy");
        socket->write(
            "CONNECT localhost:" + QByteArray::number(port) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QByteArray answer;
        const auto isAnswered = [&] {
            answer += socket->readAll();
            return answer.endsWith("\r\n\r\n");
        };
        if (!QTest::qWaitFor(isAnswered) || !answer.startsWith("HTTP/1.1 200 "))
            qWarning("CONNECT: %s", answer.constData());
        bool isOver = false;
        connect(socket.get(), &QSslSocket::encrypted, socket.get(), [&] { isOver = true; });
        connect(socket.get(), &QSslSocket::disconnected, socket.get(), [&] { isOver = true; });
        socket->startClientEncryption();
        if (!QTest::qWaitFor([&] { return isOver; }))
            qWarning("no handshake");
        socket->disconnect();
        return socket;
    }

    static QByteArray get(QSslSocket &socket, const QByteArray &path)
    {
        socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QByteArray answer;
        const auto isWhole = [&] {
            answer += socket.readAll();
            return answer.contains("\r\n\r\n") && !answer.endsWith("\r\n\r\n");
        };
        if (!QTest::qWaitFor(isWhole))
            qWarning("no answer but: %s", answer.constData());
        return answer;
    }

private Q_SLOTS:

    void tunnel_isLookedInto_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::newRow("TLS 1.2") << int(QSsl::TlsV1_2);
        QTest::newRow("TLS 1.3") << int(QSsl::TlsV1_3OrLater);
    }

    void tunnel_isLookedInto()
    {
        QFETCH(int, protocol);
        Origin origin(
            configurationOf(originIdentity({ u"localhost"_qs, u"*.many.test"_qs, u"::1"_qs })));
        const auto fixture = makeProxy();
        const auto client
            = enter(*fixture, origin.serverPort(), m_own, QSsl::SslProtocol(protocol));
        QVERIFY(client->isEncrypted());
        const auto names = client->peerCertificate().subjectAlternativeNames();
        QVERIFY(names.contains(QSsl::DnsEntry, u"*.many.test"_qs)); // as the origin's
        QVERIFY(client->peerCertificate().expiryDate() < QDateTime::currentDateTime().addDays(200));
        QVERIFY(get(*client, "/one").endsWith("GET /one HTTP/1.1"));
        QVERIFY(get(*client, "/two").endsWith("GET /two HTTP/1.1"));
        QTRY_VERIFY(fixture->lastEnded());
        const exchange::Exchange exchange = *fixture->lastEnded();
        QCOMPARE(exchange.summary.scheme, u"https");
        QCOMPARE(exchange.summary.target, u"/two");
        QVERIFY(exchange.connection.isReused);
        QVERIFY(exchange.connection.tls && exchange.connection.tls->peerCertificates.size() >= 1);
        QVERIFY(exchange.client && exchange.client->tls && !exchange.client->tls->cipher.isEmpty());
        QCOMPARE(fixture->store.count(), 3); // CONNECT and two
        client->disconnectFromHost();
        QTRY_COMPARE(fixture->proxy.counters(), proxy::Counters { 3 });
    }

    void untrustedOrigin_isToldInside()
    {
        Origin origin(configurationOf(originIdentity({ u"localhost"_qs })));
        const auto fixture = makeProxy({}, false);
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(client->isEncrypted());
        const QByteArray answer = get(*client, "/");
        QVERIFY2(answer.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), answer);
        QVERIFY2(answer.contains("error=tls_certificate_error"), answer);
        QTRY_VERIFY(fixture->lastEnded());
        QVERIFY(!fixture->lastEnded()->summary.errorCode.isEmpty());
        QVERIFY(fixture->lastEnded()->connection.tls); // what it showed
    }

    void wrongName_isToldInside()
    {
        Origin origin(configurationOf(originIdentity({ u"other.test"_qs })));
        const auto fixture = makeProxy();
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(
            client
                ->isEncrypted()); // its certificate is for the name that was asked for all the same
        QVERIFY(get(*client, "/").startsWith("HTTP/1.1 502 "));
        QTRY_VERIFY(fixture->lastEnded());
        QCOMPARE(fixture->lastEnded()->summary.errorCode, u"ERR_TLS_CERT_ALTNAME_INVALID");
    }

    void unverifiedHost_isTaken()
    {
        Origin origin(configurationOf(originIdentity({ u"other.test"_qs })));
        proxy::Settings settings;
        settings.unverified = { u"localhost"_qs };
        const auto fixture = makeProxy(settings, false);
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/x").endsWith("GET /x HTTP/1.1"));
    }

    void acceptedCertificate_isTaken_noOtherOne()
    {
        const tls::Identity known = originIdentity({ u"other.test"_qs });
        proxy::Settings settings;
        settings.acceptedCertificates = { { u"localhost"_qs,
            QCryptographicHash::hash(known.certificate, QCryptographicHash::Sha256), {} } };
        const auto fixture = makeProxy(settings, false);
        Origin origin(configurationOf(known));
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(get(*client, "/x").endsWith("GET /x HTTP/1.1"));
        Origin other(configurationOf(originIdentity({ u"localhost"_qs })));
        const auto refused = enter(*fixture, other.serverPort(), m_own);
        QVERIFY(get(*refused, "/x").startsWith("HTTP/1.1 502 "));
    }

    void hostNotIntercepted_passesThrough()
    {
        Origin origin(configurationOf(originIdentity({ u"localhost"_qs })));
        proxy::Settings settings;
        settings.notIntercepted = { u"localhost"_qs };
        const auto fixture = makeProxy(settings);
        const auto client
            = enter(*fixture, origin.serverPort(), m_web->identity().certificatePem());
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/x").endsWith("GET /x HTTP/1.1"));
        client->disconnectFromHost();
        QTRY_VERIFY(fixture->lastEnded());
        QCOMPARE(fixture->store.count(), 1);
        QVERIFY(!fixture->lastEnded()->request.joined(exchange::Part::Tunnel).isEmpty());
    }

    void clientThatRefusesUs_passesThroughInTheEnd()
    {
        Origin origin(configurationOf(originIdentity({ u"localhost"_qs })));
        const auto fixture = makeProxy();
        const QByteArray pinned = m_web->identity().certificatePem();
        QSignalSpy passedChanged(&fixture->proxy, &proxy::ProxyServer::passedHostsChanged);
        for (int i = 0; i < proxy::InterceptionPolicy::MostRefusals; ++i) {
            const auto client = enter(*fixture, origin.serverPort(), pinned);
            QVERIFY(!client->isEncrypted());
            QTRY_VERIFY(fixture->lastEnded());
            QCOMPARE(fixture->lastEnded()->summary.state, exchange::State::Failed);
        }
        QCOMPARE(passedChanged.size(), 1);
        QVERIFY(fixture->lastEnded()->summary.errorMessage.contains(u"pass through"));
        QCOMPARE(fixture->proxy.passedHosts().size(), 1);
        QCOMPARE(fixture->proxy.passedHosts().constFirst().port, origin.serverPort());
        const auto client = enter(*fixture, origin.serverPort(), pinned);
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/x").endsWith("GET /x HTTP/1.1"));
        client->disconnectFromHost();
        QTRY_VERIFY(fixture->lastEnded());
        QCOMPARE(fixture->lastEnded()->summary.pattern, exchange::Pattern::PassedThrough);
        const QList<exchange::Event> events = fixture->lastEnded()->events;
        QVERIFY(std::any_of(events.cbegin(), events.cend(), [](const exchange::Event &event) {
            return event.name == u"passed through" && !event.detail.isEmpty();
        }));
        QTRY_COMPARE(fixture->proxy.counters().active, 0);
        // Another program at the same address is looked into all the same.
        const auto other = enter(*fixture, origin.serverPort(), m_own, QSsl::TlsV1_2);
        QVERIFY(other->isEncrypted());
        QVERIFY(get(*other, "/y").endsWith("GET /y HTTP/1.1"));
        QTRY_VERIFY(fixture->lastEnded());
        QCOMPARE(fixture->lastEnded()->summary.target, QStringLiteral("/y"));
        // Until it is forgotten.
        fixture->proxy.forgetRefusals(u"localhost"_qs, origin.serverPort());
        QVERIFY(fixture->proxy.passedHosts().isEmpty());
        QVERIFY(!enter(*fixture, origin.serverPort(), pinned)->isEncrypted());
    }

    void clientCertificate_isShownToItsHost()
    {
        const auto write = [this](const QString &name, const QByteArray &octets) {
            QFile file(m_folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
                qFatal("cannot write");
            return file.fileName();
        };
        const tls::Identity identity = originIdentity({ u"me.test"_qs });
        QSslConfiguration asking = configurationOf(originIdentity({ u"localhost"_qs }));
        asking.setPeerVerifyMode(QSslSocket::QueryPeer);
        Origin origin(asking);
        proxy::Settings settings;
        settings.clientCertificates.append({ u"localhost"_qs,
            write(u"c.pem"_qs, identity.certificatePem()), write(u"k.pem"_qs, identity.keyPem()) });
        const auto fixture = makeProxy(settings);
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/x").endsWith("GET /x HTTP/1.1"));
        QVERIFY(origin.hasClientCertificate);
    }

    void originThatSpeaksNoTls_isToldInside()
    {
        RawServer origin(
            [](QTcpSocket *socket, const QByteArray &) { socket->write("no TLS here\r\n"); });
        const auto fixture = makeProxy();
        const auto client = enter(*fixture, origin.serverPort(), m_own);
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/").startsWith("HTTP/1.1 502 "));
        client->disconnectFromHost();
        QTRY_COMPARE(fixture->proxy.counters().active, 0);
        QTRY_COMPARE(fixture->proxy.counters().originConnections, 0);
    }

    void unreachableOrigin_isEnteredForRules()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        proxy::RuleBook book;
        proxy::Rule rule;
        rule.filter = u"path:/made"_qs;
        rule.action = proxy::Answer { 200, {}, {}, "made" };
        book.setRules({ rule });
        const auto fixture = makeProxy();
        fixture->proxy.setInterceptors({ &book });
        const auto client = enter(*fixture, port, m_own);
        QVERIFY(client->isEncrypted());
        QVERIFY(get(*client, "/made").endsWith("made"));
        const QByteArray other = get(*client, "/other");
        QVERIFY2(other.startsWith("HTTP/1.1 502 "),
            other + QByteArray::number(int(client->state()))
                + fixture->lastEnded()->summary.errorMessage.toUtf8());
        client->disconnectFromHost();
        QTRY_COMPARE(fixture->proxy.counters().active, 0);
        QTRY_COMPARE(fixture->proxy.counters().clientConnections, 0);
        fixture->proxy.stop();
    }

    void proxyThatStopsInAHandshake_leavesNothing()
    {
        Origin origin(configurationOf(originIdentity({ u"localhost"_qs })));
        const auto fixture = makeProxy();
        const auto client
            = enter(*fixture, origin.serverPort(), m_web->identity().certificatePem());
        QVERIFY(!client->isEncrypted()); // it has refused; the proxy has not read that yet
        fixture->proxy.stop();
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(fixture->proxy.counters().active, 0);
        QTRY_COMPARE(fixture->proxy.counters().clientConnections, 0);
    }

    void clientThatGoesInTheHandshake_leavesNothing()
    {
        Origin origin(configurationOf(originIdentity({ u"localhost"_qs })));
        const auto fixture = makeProxy();
        const auto client = fixture->connectClient();
        client->write("CONNECT localhost:" + QByteArray::number(origin.serverPort())
            + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(client->bytesAvailable() > 0);
        client->write(QByteArray::fromHex("16030100c8010000c40303")); // and no more of it
        QTRY_COMPARE(client->bytesToWrite(), 0);
        client->abort();
        QTRY_COMPARE(fixture->proxy.counters(), proxy::Counters { 1 });
    }
};

QTEST_GUILESS_MAIN(TlsEntryTest)
#include "tst_tlsentry.moc"
