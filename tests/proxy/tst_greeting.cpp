#include "proxyfixture.h"

#include <tls/certificateauthority.h>
#include <tls/tlssocket.h>
#include <tls/truststore.h>

#include <QScopeGuard>

using namespace headrace;

namespace {

std::unique_ptr<tls::CertificateAuthority> makeAuthority(const char *place)
{
    tls::TlsError error;
    auto authority = tls::CertificateAuthority::create(QString::fromLatin1(place), &error);
    if (!authority)
        qFatal("%s", qPrintable(error.message));
    return authority;
}

/// An https server that answers each connection's first request, then closes it; and what it was greeted with.
class Origin : public QTcpServer
{
public:
    explicit Origin(const tls::Identity &identity)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::newConnection, this, [this, identity] {
            auto *socket = new tls::TlsSocket(nextPendingConnection(), this);
            connect(socket, &QIODevice::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                socket->close();
            });
            tls::ServerOptions options;
            options.choose = [this, identity](const tls::ClientHello &hello) {
                hellos += hello;
                return identity;
            };
            options.alpn = alpn;
            socket->startServer(options);
        });
    }

    QList<QByteArray> alpn;
    QList<tls::ClientHello> hellos;
};

} // namespace

// What origins, and proxies behind, see of a connection before there is a request in it.
class GreetingTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<tls::CertificateAuthority> m_web = makeAuthority("web");

    tls::Identity identityFor(const char *name) const
    {
        tls::TlsError error;
        return m_web->issue({ { QString::fromLatin1(name) } }, &error);
    }

    std::unique_ptr<ProxyFixture> makeProxy(const proxy::Settings &settings = {})
    {
        auto fixture = std::make_unique<ProxyFixture>(settings);
        auto authority = makeAuthority("proxy");
        m_own = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        m_own->add(authority->identity().certificatePem());
        auto trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        trust->add(m_web->identity().certificatePem());
        fixture->proxy.setAuthority(std::move(authority), trust);
        return fixture;
    }

    /// A client that has gone through CONNECT. Null: it was refused.
    static std::unique_ptr<QTcpSocket> enter(ProxyFixture &fixture, const QByteArray &target)
    {
        auto client = fixture.connectClient();
        client->write("CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QByteArray answer;
        const auto isAnswered = [&] {
            answer += client->readAll();
            return answer.contains("\r\n\r\n");
        };
        if (!QTest::qWaitFor(isAnswered) || !answer.startsWith("HTTP/1.1 200 "))
            return nullptr;
        return client;
    }

    static QByteArray get(QIODevice &client)
    {
        client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QByteArray answer;
        const auto isWhole = [&] {
            answer += client.readAll();
            return answer.endsWith("\r\n\r\nok") || answer.startsWith("HTTP/1.1 5");
        };
        if (!QTest::qWaitFor(isWhole))
            qWarning("no answer but: %s", answer.constData());
        return answer;
    }

    std::shared_ptr<tls::TrustStore> m_own; // of the proxy that was made last

private Q_SLOTS:

    void everyConnection_isGreetedAsTheClientDid_data()
    {
        using Protocols = QList<QByteArray>;
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<Protocols>("ofClient");
        QTest::addColumn<Protocols>("ofOrigin");
        QTest::addColumn<Protocols>("offered");
        QTest::addColumn<QByteArray>("agreed");
        const QString name = u"virtual.test"_qs;
        QTest::newRow("nothing offered")
            << name << Protocols() << Protocols { "http/1.1" } << Protocols() << QByteArray();
        QTest::newRow("nothing agreed") << name << Protocols { "http/1.1" } << Protocols()
                                        << Protocols { "http/1.1" } << QByteArray();
        QTest::newRow("what is not spoken")
            << name << Protocols { "h2", "http/1.1" } << Protocols { "h2", "http/1.1" }
            << Protocols { "http/1.1" } << QByteArray("http/1.1");
        QTest::newRow("the older")
            << name << Protocols { "http/1.0", "http/1.1" } << Protocols { "http/1.0" }
            << Protocols { "http/1.0", "http/1.1" } << QByteArray("http/1.0");
        QTest::newRow("no name") << QString() << Protocols { "http/1.1" }
                                 << Protocols { "http/1.1" } << Protocols { "http/1.1" }
                                 << QByteArray("http/1.1");
    }

    void everyConnection_isGreetedAsTheClientDid()
    {
        QFETCH(QString, serverName);
        QFETCH(QList<QByteArray>, ofClient);
        QFETCH(QList<QByteArray>, ofOrigin);
        QFETCH(QList<QByteArray>, offered);
        QFETCH(QByteArray, agreed);
        Origin origin(identityFor(serverName.isEmpty() ? "127.0.0.1" : "virtual.test"));
        origin.alpn = ofOrigin;
        const auto fixture = makeProxy();
        auto socket = enter(*fixture, "127.0.0.1:" + QByteArray::number(origin.serverPort()));
        QVERIFY(socket);
        tls::TlsSocket client(socket.release());
        tls::ClientOptions options;
        options.serverName = serverName.isEmpty() ? u"127.0.0.1"_qs : serverName;
        options.alpn = ofClient;
        options.trust = m_own;
        client.startClient(options);
        QTRY_VERIFY(client.isEncrypted());
        QCOMPARE(client.facts().alpn, agreed);
        for (int connections = 1; connections <= 3; ++connections) {
            QVERIFY(get(client).startsWith("HTTP/1.1 200 "));
            QCOMPARE(origin.hellos.size(), connections);
            QCOMPARE(origin.hellos.last().serverName, serverName);
            QCOMPARE(origin.hellos.last().alpn, offered);
            QTRY_COMPARE(fixture->proxy.counters().originConnections, 0); // it has closed
        }
    }

    void tunnels_askTheProxyForHttps()
    {
        RawServer forHttp(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        RawServer forHttps([](QTcpSocket *peer, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                peer->write(received.contains("\r\nGET ")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                        : "HTTP/1.1 200 OK\r\n\r\n");
        });
        const auto restore = qScopeGuard([] {
            qunsetenv("http_proxy");
            qunsetenv("https_proxy");
            qunsetenv("no_proxy");
        });
        qputenv("http_proxy", forHttp.url().toLatin1());
        qputenv("https_proxy", forHttps.url().toLatin1());
        qunsetenv("no_proxy");
        const auto fixture = makeProxy();
        fixture->proxy.stop();
        proxy::Settings settings; // the environment decides
        settings.listeners.first().port = 0;
        fixture->proxy.setSettings(settings);
        QVERIFY(!fixture->proxy.start());
        const auto client = enter(*fixture, "origin.test:80");
        QVERIFY(client);
        QVERIFY(forHttps.received.value(0).startsWith("CONNECT origin.test:80 HTTP/1.1\r\n"));
        QVERIFY(get(*client).startsWith("HTTP/1.1 200 OK\r\n")); // and not by a URL
        QVERIFY2(forHttps.received.value(0).contains("\r\nGET / HTTP/1.1\r\n"),
            forHttps.received.value(0));
        QCOMPARE(forHttps.connections, 1);
        QCOMPARE(forHttp.connections, 0);
        const auto plain = fixture->connectClient();
        plain->write("GET http://origin.test/ HTTP/1.1\r\nHost: origin.test\r\n\r\n");
        QTRY_COMPARE(forHttp.connections, 1);
    }

    void proxyOfHttps_isVerifiedByItsOwnName_data()
    {
        QTest::addColumn<QString>("unverified");
        QTest::addColumn<bool>("isReached");
        QTest::newRow("the proxy is excepted") << u"127.0.0.1"_qs << true;
        QTest::newRow("the origin is") << u"origin.test"_qs << false;
    }

    void proxyOfHttps_isVerifiedByItsOwnName()
    {
        QFETCH(QString, unverified);
        QFETCH(bool, isReached);
        Origin next(identityFor("another.test"));
        proxy::Settings settings;
        settings.upstream.choice = proxy::Upstream::Choice::Fixed;
        settings.upstream.url = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(next.serverPort()));
        settings.unverified = QStringList { unverified };
        const auto fixture = makeProxy(settings);
        const auto client = fixture->connectClient();
        const Received answer(*client);
        client->write("GET http://origin.test/ HTTP/1.1\r\nHost: origin.test\r\n\r\n");
        QTRY_VERIFY(!answer.octets.isEmpty());
        QVERIFY2(
            answer.octets.startsWith(isReached ? "HTTP/1.1 200 " : "HTTP/1.1 502 "), answer.octets);
    }
};

QTEST_GUILESS_MAIN(GreetingTest)
#include "tst_greeting.moc"
