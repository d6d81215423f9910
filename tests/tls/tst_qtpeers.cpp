#include "madecertificates.h"
#include "tlsends.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <unistd.h>

using namespace headrace;
using test::Journal;
using tls::ClientOptions;
using tls::Identity;
using tls::ServerOptions;
using tls::TlsSocket;

namespace {

constexpr qsizetype much = 3 * 1024 * 1024;

QByteArray pattern(int seed)
{
    QByteArray octets(much, Qt::Uninitialized);
    quint32 state = quint32(seed);
    for (char &octet : octets) {
        state = state * 1664525 + 1013904223;
        octet = char(state >> 24);
    }
    return octets;
}

QSslCertificate certificateOf(const Identity &identity)
{
    return QSslCertificate(identity.certificate, QSsl::Der);
}

} // namespace

// TlsSocket with Qt's own TLS at the other end.
class QtPeersTest : public QObject
{
    Q_OBJECT

private:
    Identity m_root;
    Identity m_leaf;
    Identity m_client;
    std::shared_ptr<tls::TrustStore> m_trust;
    const QByteArray m_ours = pattern(1);
    const QByteArray m_theirs = pattern(2);

    struct Pair
    {
        std::unique_ptr<TlsSocket> ours;
        std::unique_ptr<QSslSocket> theirs;
    };

    static Pair makePair()
    {
        const auto [near, far] = test::makeTcpPair();
        Pair pair;
        pair.ours = std::make_unique<TlsSocket>(near);
        pair.theirs = std::make_unique<QSslSocket>();
        // Qt's takes descriptors, not sockets.
        const std::unique_ptr<QTcpSocket> given(far);
        const int descriptor = ::dup(int(far->socketDescriptor()));
        if (descriptor < 0 || !pair.theirs->setSocketDescriptor(descriptor))
            qFatal("the socket cannot be handed over");
        return pair;
    }

    QSslConfiguration configuration(QSsl::SslProtocol protocol, const Identity &identity) const
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(protocol);
        configuration.setCaCertificates({ certificateOf(m_root) });
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        configuration.setAllowedNextProtocols({ "h2", "http/1.1" });
        if (!identity.isNull()) {
            configuration.setLocalCertificateChain({ certificateOf(identity) });
            configuration.setPrivateKey(QSslKey(identity.keyPem(), QSsl::Ec));
        }
        return configuration;
    }

    ServerOptions serverOptions() const
    {
        ServerOptions options;
        options.choose = [leaf = m_leaf](const tls::ClientHello &) { return leaf; };
        options.alpn = { "http/1.1" };
        return options;
    }

    ClientOptions clientOptions(const Identity &identity) const
    {
        ClientOptions options;
        options.serverName = u"a.test"_qs;
        options.trust = m_trust;
        options.identity = identity;
        options.alpn = { "http/1.1" };
        return options;
    }

    /// Much at the same time both ways, then the end of one.
    void exchange(const Pair &pair, bool oursEndsFirst)
    {
        QByteArray gotByUs;
        QByteArray gotByThem;
        const Journal journal(pair.ours.get());
        const auto take = [&] { gotByUs += pair.ours->readAll(); };
        const auto takeTheirs = [&] { gotByThem += pair.theirs->readAll(); };
        const auto reading = connect(pair.ours.get(), &QIODevice::readyRead, this, take);
        const auto theirReading
            = connect(pair.theirs.get(), &QIODevice::readyRead, this, takeTheirs);
        pair.ours->write(m_ours);
        pair.theirs->write(m_theirs);
        QTRY_COMPARE_WITH_TIMEOUT(gotByUs.size(), much, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(gotByThem.size(), much, 60'000);
        QVERIFY(gotByUs == m_theirs);
        QVERIFY(gotByThem == m_ours);
        if (oursEndsFirst) {
            pair.ours->write("last");
            pair.ours->close();
            QTRY_COMPARE(pair.theirs->state(), QAbstractSocket::UnconnectedState);
            takeTheirs();
            QVERIFY(gotByThem.endsWith("last"));
        } else {
            pair.theirs->write("last");
            pair.theirs->disconnectFromHost();
            QTRY_VERIFY(journal.text().contains(u"end"));
            QVERIFY(gotByUs.endsWith("last"));
            QVERIFY(!pair.ours->isTruncated());
            QVERIFY(!journal.text().contains(u"error"));
        }
        disconnect(reading);
        disconnect(theirReading);
    }

    static void addRows()
    {
        QTest::addColumn<QSsl::SslProtocol>("protocol");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("oursEndsFirst");
        for (const bool oursEndsFirst : { true, false }) {
            const char *first = oursEndsFirst ? "ours" : "theirs";
            QTest::addRow("TLS 1.2, %s ends", first)
                << QSsl::TlsV1_2 << u"TLSv1.2"_qs << oursEndsFirst;
            QTest::addRow("TLS 1.3, %s ends", first)
                << QSsl::TlsV1_3 << u"TLSv1.3"_qs << oursEndsFirst;
        }
    }

private Q_SLOTS:

    void initTestCase()
    {
        test::MadeCertificate request;
        request.isAuthority = true;
        request.commonName = u"root"_qs;
        m_root = test::make(request);
        request = {};
        request.names = QStringList { u"DNS:a.test"_qs };
        m_leaf = test::make(request, m_root);
        request.commonName = u"client"_qs;
        m_client = test::make(request, m_root);
        m_trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        QVERIFY(!m_trust->add(m_root.certificatePem()));
    }

    void clientOfQt_isServed_data() { addRows(); }

    void clientOfQt_isServed()
    {
        QFETCH(QSsl::SslProtocol, protocol);
        QFETCH(QString, name);
        QFETCH(bool, oursEndsFirst);
        const Pair pair = makePair();
        pair.theirs->setSslConfiguration(configuration(protocol, {}));
        pair.theirs->setPeerVerifyName(u"a.test"_qs);
        pair.ours->startServer(serverOptions());
        pair.theirs->startClientEncryption();
        QTRY_VERIFY(pair.ours->isEncrypted() && pair.theirs->isEncrypted());
        QCOMPARE(pair.ours->facts().protocol, name);
        QCOMPARE(pair.ours->facts().alpn, QByteArray("http/1.1"));
        QCOMPARE(pair.theirs->sslConfiguration().nextNegotiatedProtocol(), QByteArray("http/1.1"));
        QCOMPARE(pair.ours->clientHello().serverName, u"a.test"_qs);
        QCOMPARE(pair.ours->clientHello().alpn, (QList<QByteArray> { "h2", "http/1.1" }));
        QCOMPARE(pair.theirs->peerCertificate(), certificateOf(m_leaf));
        exchange(pair, oursEndsFirst);
    }

    void clientOfQt_doesNotTakeTheWrongName()
    {
        const Pair pair = makePair();
        const Journal journal(pair.ours.get());
        pair.theirs->setSslConfiguration(configuration(QSsl::TlsV1_3, {}));
        pair.theirs->setPeerVerifyName(u"b.test"_qs);
        pair.ours->startServer(serverOptions());
        pair.theirs->startClientEncryption();
        // Qt looks at names when the handshake is over, and then closes.
        QTRY_COMPARE(pair.theirs->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(pair.theirs->error(), QAbstractSocket::SslHandshakeFailedError);
        QTRY_VERIFY(journal.text().contains(u"refused") || journal.text().contains(u"end"));
    }

    void serverOfQt_isShownACertificate_data() { addRows(); }

    void serverOfQt_isShownACertificate()
    {
        QFETCH(QSsl::SslProtocol, protocol);
        QFETCH(QString, name);
        QFETCH(bool, oursEndsFirst);
        const Pair pair = makePair();
        pair.theirs->setSslConfiguration(configuration(protocol, m_leaf));
        pair.theirs->startServerEncryption();
        pair.ours->startClient(clientOptions(m_client));
        QTRY_VERIFY(pair.ours->isEncrypted() && pair.theirs->isEncrypted());
        QCOMPARE(pair.ours->facts().protocol, name);
        QCOMPARE(pair.ours->facts().alpn, QByteArray("http/1.1"));
        QVERIFY(pair.ours->facts().isCertificateAsked);
        QCOMPARE(pair.ours->facts().peerCertificates.value(0), m_leaf.certificate);
        QCOMPARE(pair.theirs->peerCertificate(), certificateOf(m_client));
        exchange(pair, oursEndsFirst);
    }

    void serverOfQt_refusesAClientWithoutCertificate_data()
    {
        QTest::addColumn<QSsl::SslProtocol>("protocol");
        QTest::newRow("TLS 1.2") << QSsl::TlsV1_2;
        QTest::newRow("TLS 1.3") << QSsl::TlsV1_3;
    }

    void serverOfQt_refusesAClientWithoutCertificate()
    {
        QFETCH(QSsl::SslProtocol, protocol);
        const Pair pair = makePair();
        const Journal journal(pair.ours.get());
        pair.theirs->setSslConfiguration(configuration(protocol, m_leaf));
        pair.theirs->startServerEncryption();
        pair.ours->startClient(clientOptions({}));
        // Qt says nothing, and closes; in TLS 1.3 that is after the handshake.
        if (protocol == QSsl::TlsV1_2) {
            QTRY_COMPARE(journal.text(), u"refused"_qs);
            QVERIFY2(pair.ours->failure().message.endsWith(u"and none was shown."),
                qPrintable(pair.ours->failure().message));
        } else {
            QTRY_VERIFY(journal.text().contains(u"end"));
            QVERIFY(pair.ours->isTruncated());
        }
        QVERIFY(pair.theirs->peerCertificate().isNull());
    }
};

QTEST_GUILESS_MAIN(QtPeersTest)
#include "tst_qtpeers.moc"
