#include "madecertificates.h"
#include "tlsends.h"

#include <tls/certificateauthority.h>

using namespace headrace;
using test::Ends;
using test::Journal;
using test::Medium;
using tls::ClientHello;
using tls::ClientOptions;
using tls::Identity;
using tls::ServerOptions;
using tls::TlsSocket;

Q_DECLARE_METATYPE(Medium)

namespace {

QByteArray pattern(qsizetype size)
{
    QByteArray octets(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        octets[i] = char((i * 7 + (i >> 8)) & 0xff);
    return octets;
}

} // namespace

class TlsSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        tls::TlsError error;
        m_authority = tls::CertificateAuthority::create(QStringLiteral("test"), &error);
        QVERIFY2(m_authority, qPrintable(error.message));
        m_trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        QVERIFY(!m_trust->add(m_authority->identity().certificatePem()));
        m_leaf = m_authority->issue({ { QStringLiteral("a.test") } }, &error);
        QVERIFY(!m_leaf.isNull());
    }

    void handshake_done_bothEndsKnowWhatWasAgreed_data() { test::addMediumRows(); }

    void handshake_done_bothEndsKnowWhatWasAgreed()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        const Journal server(ends.server.get());
        const Journal client(ends.client.get());
        ServerOptions serverOptions = serverOf(m_leaf);
        serverOptions.alpn = { "spdy", "http/1.1" };
        ClientOptions clientOptions = clientOf(QStringLiteral("A.test"));
        clientOptions.alpn = { "h2", "http/1.1" };
        QVERIFY(!ends.client->isOpen());
        QVERIFY(ends.shakeHands(serverOptions, clientOptions));
        QCOMPARE(server.text(), QStringLiteral("encrypted"));
        QCOMPARE(client.text(), QStringLiteral("encrypted"));
        for (const TlsSocket *end : { ends.server.get(), ends.client.get() }) {
            QVERIFY(end->isOpen());
            QCOMPARE(end->facts().protocol, QStringLiteral("TLSv1.3"));
            QVERIFY(end->facts().cipher.startsWith(QStringLiteral("TLS_")));
            QCOMPARE(end->facts().alpn, QByteArray("http/1.1"));
            QCOMPARE(end->facts().serverName, QStringLiteral("a.test"));
            QVERIFY(!end->facts().isResumed);
        }
        QCOMPARE(ends.client->facts().peerCertificates,
            QList<QByteArray>() << m_leaf.certificate << m_leaf.issuers);
        QVERIFY(!ends.client->facts().verification);
        QVERIFY(ends.server->facts().peerCertificates.isEmpty());
        QCOMPARE(ends.server->clientHello().alpn, (QList<QByteArray> { "h2", "http/1.1" }));
        QVERIFY(ends.server->clientHello().versions.contains(0x0304));
    }

    void octets_ofBothDirections_arrive_data() { test::addMediumRows(); }

    void octets_ofBothDirections_arrive()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        QCOMPARE(ends.client->write("question\n"), 9);
        QTRY_VERIFY(ends.server->canReadLine());
        QCOMPARE(ends.server->readLine(), QByteArray("question\n"));
        ends.server->write("answer");
        QTRY_COMPARE(ends.client->bytesAvailable(), 6);
        QCOMPARE(ends.client->peek(3), QByteArray("ans"));
        QCOMPARE(ends.client->readAll(), QByteArray("answer"));
        QTRY_COMPARE(ends.client->bytesToWrite(), 0);
    }

    void echo_ofSixteenMebibytes_isWhole_data() { test::addMediumRows(); }

    void echo_ofSixteenMebibytes_isWhole()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        const QByteArray sent = pattern(16 * 1024 * 1024);
        QByteArray received;
        TlsSocket *server = ends.server.get();
        connect(
            server, &QIODevice::readyRead, server, [server] { server->write(server->readAll()); });
        TlsSocket *client = ends.client.get();
        connect(client, &QIODevice::readyRead, client,
            [client, &received] { received += client->readAll(); });
        qint64 written = 0;
        connect(client, &QIODevice::bytesWritten, client, [&written](qint64 n) { written += n; });
        QCOMPARE(client->write(sent), sent.size());
        QTRY_COMPARE_WITH_TIMEOUT(received.size(), sent.size(), 60'000);
        QVERIFY(received == sent);
        QTRY_COMPARE(written, sent.size());
        QCOMPARE(client->bytesToWrite(), 0);
    }

    void reader_thatDoesNotRead_holdsTheWriterBack_data() { test::addMediumRows(); }

    void reader_thatDoesNotRead_holdsTheWriterBack()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        const QByteArray block = pattern(64 * 1024);
        constexpr qint64 much = 64 * 1024 * 1024;
        qint64 sent = 0;
        TlsSocket *server = ends.server.get();
        const auto pump = [&sent, server, &block] {
            while (server->bytesToWrite() < TlsSocket::BufferSize && sent < much)
                sent += server->write(block);
        };
        connect(server, &QIODevice::bytesWritten, server, pump);
        QSignalSpy written(server, &QIODevice::bytesWritten);
        pump();
        // Until nothing moves any more: what the kernel takes is not ours to bound.
        qsizetype count = -1;
        while (count != written.count()) {
            count = written.count();
            QTest::qWait(100);
        }
        QVERIFY2(sent < much / 2, qPrintable(QString::number(sent)));
        QVERIFY(ends.client->bytesAvailable() <= TlsSocket::BufferSize + 16 * 1024);
        QVERIFY(server->bytesToWrite() <= 4 * TlsSocket::BufferSize);
        qint64 received = 0;
        bool isRight = true;
        const auto take = [&received, &isRight, &block, client = ends.client.get()] {
            const QByteArray octets = client->read(10'000);
            for (const char octet : octets)
                isRight = isRight && octet == block[received++ % block.size()];
            return !octets.isEmpty();
        };
        while (received < much) {
            if (!take())
                QVERIFY(QTest::qWaitFor([&] { return ends.client->bytesAvailable() > 0; }));
        }
        QVERIFY(isRight);
        QCOMPARE(received, much);
    }

    void close_ofOneEnd_isAnOrderlyEndForTheOther_data() { test::addMediumRows(); }

    void close_ofOneEnd_isAnOrderlyEndForTheOther()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        const Journal client(ends.client.get());
        const QByteArray sent = pattern(3 * 1024 * 1024);
        ends.server->write(sent);
        ends.server->close();
        QVERIFY(!ends.server->isOpen());
        ends.server.reset(); // nothing is lost by that
        QByteArray received;
        QVERIFY(QTest::qWaitFor(
            [&] {
                received += ends.client->readAll();
                return client.text().contains(QStringLiteral("end"));
            },
            30'000));
        QCOMPARE(received.size(), sent.size());
        QVERIFY(received == sent);
        QVERIFY(!ends.client->isTruncated());
        QVERIFY(!client.text().contains(QStringLiteral("error")));
    }

    void halfClose_leavesTheOtherDirectionOpen_data() { test::addMediumRows(); }

    void halfClose_leavesTheOtherDirectionOpen()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        const Journal server(ends.server.get());
        ends.client->write("last");
        ends.client->endWriting();
        QCOMPARE(ends.client->write("more"), -1);
        QTRY_COMPARE(ends.server->bytesAvailable(), 4);
        QCOMPARE(server.text(), QString()); // all has to be read first
        QCOMPARE(ends.server->readAll(), QByteArray("last"));
        QTRY_COMPARE(server.text(), QStringLiteral("end"));
        QCOMPARE(ends.server->read(1), QByteArray());
        ends.server->write("answer");
        QTRY_COMPARE(ends.client->bytesAvailable(), 6);
        QCOMPARE(ends.client->readAll(), QByteArray("answer"));
        ends.server->close();
        const Journal client(ends.client.get());
        QTRY_VERIFY(client.text().startsWith(QStringLiteral("end")));
        QVERIFY(!ends.client->isTruncated());
    }

    void device_thatIsCut_isNoOrderlyEnd_data() { test::addMediumRows(); }

    void device_thatIsCut_isNoOrderlyEnd()
    {
        QFETCH(Medium, medium);
        Ends ends = makeEnds(medium);
        QVERIFY(shakeHands(ends));
        const Journal client(ends.client.get());
        ends.server->write("some");
        QTRY_COMPARE(ends.client->bytesAvailable(), 4);
        ends.server->abort();
        QVERIFY(!ends.server->isOpen());
        QTRY_VERIFY(
            client.text().contains(QStringLiteral("disconnected")) || medium == Medium::Memory);
        QVERIFY(!client.text().contains(QStringLiteral("end")));
        QCOMPARE(ends.client->readAll(), QByteArray("some"));
        QTRY_VERIFY(client.text().contains(QStringLiteral("end")));
        QVERIFY(ends.client->isTruncated());
    }

    void deletedInSlots_nothingBreaks_data()
    {
        QTest::addColumn<QString>("signal");
        for (const char *name : { "encrypted", "readyRead", "bytesWritten", "end", "disconnected" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void deletedInSlots_nothingBreaks()
    {
        QFETCH(QString, signal);
        for (const Medium medium : { Medium::Memory, Medium::Tcp, Medium::TlsInTls }) {
            if (medium == Medium::Memory && signal == u"disconnected")
                continue; // its other end does not close it
            Ends ends = makeEnds(medium);
            TlsSocket *server = ends.server.release();
            bool isDeleted = false;
            const auto destroy = [server, &isDeleted] {
                isDeleted = true;
                delete server;
            };
            if (signal == u"encrypted")
                connect(server, &TlsSocket::encrypted, server, destroy);
            else if (signal == u"readyRead")
                connect(server, &QIODevice::readyRead, server, destroy);
            else if (signal == u"bytesWritten")
                connect(server, &QIODevice::bytesWritten, server, destroy);
            else if (signal == u"end")
                connect(server, &QIODevice::readChannelFinished, server, destroy);
            else
                connect(server, &TlsSocket::disconnected, server, destroy);
            server->startServer(serverOf(m_leaf));
            ends.client->startClient(clientOf(QStringLiteral("a.test")));
            QTRY_VERIFY(ends.client->isEncrypted());
            QTRY_VERIFY(isDeleted || server->isEncrypted());
            ends.client->write("x");
            if (!isDeleted && signal == u"bytesWritten")
                server->write(pattern(1024 * 1024));
            if (signal == u"end" || signal == u"disconnected") {
                QTRY_COMPARE(server->bytesAvailable(), 1);
                QCOMPARE(server->readAll(), QByteArray("x"));
                ends.client->close();
                ends.client.reset();
            }
            QTRY_VERIFY(isDeleted);
        }
    }

private:
    ServerOptions serverOf(const Identity &identity) const
    {
        ServerOptions options;
        options.choose = [identity](const ClientHello &) { return identity; };
        return options;
    }

    ClientOptions clientOf(const QString &name) const
    {
        ClientOptions options;
        options.serverName = name;
        options.trust = m_trust;
        return options;
    }

    Ends makeEnds(Medium medium) const
    {
        return test::makeEnds(medium, serverOf(m_leaf), clientOf(QStringLiteral("a.test")));
    }

    bool shakeHands(Ends &ends) const
    {
        return ends.shakeHands(serverOf(m_leaf), clientOf(QStringLiteral("a.test")));
    }

    std::unique_ptr<tls::CertificateAuthority> m_authority;
    std::shared_ptr<tls::TrustStore> m_trust;
    Identity m_leaf;
};

QTEST_GUILESS_MAIN(TlsSocketTest)
#include "tst_tlssocket.moc"
