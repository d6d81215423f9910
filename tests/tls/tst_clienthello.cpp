#include <tls/clienthello.h>
#include <tls/tlssocket.h>

#include <QTest>

#include <support/memorysocket.h>

using namespace headrace;
using tls::ClientHello;

namespace {

QByteArray number(quint32 value, int octets)
{
    QByteArray text;
    for (int at = octets - 1; at >= 0; --at)
        text += char(value >> (8 * at) & 0xff);
    return text;
}

QByteArray vector(const QByteArray &content, int octets)
{
    return number(quint32(content.size()), octets) + content;
}

QByteArray extension(quint32 kind, const QByteArray &content)
{
    return number(kind, 2) + vector(content, 2);
}

QByteArray message(const QByteArray &extensions,
    const QByteArray &ciphers = QByteArray("\x2a\x2a\x13\x01\xc0\x2f", 6))
{
    const QByteArray body = QByteArray("\x03\x03", 2) + QByteArray(32, 'r')
        + vector(QByteArray(32, 's'), 1) + vector(ciphers, 2) + vector(QByteArray(1, '\0'), 1)
        + extensions;
    return '\x01' + vector(body, 3);
}

QByteArray record(const QByteArray &content) { return "\x16\x03\x01" + vector(content, 2); }

QByteArray usualExtensions()
{
    const QByteArray name = '\0' + vector("API.example.test", 2);
    const QByteArray protocols
        = vector(QByteArray("\xfa\xfa", 2), 1) + vector("h2", 1) + vector("http/1.1", 1);
    return vector(extension(0, vector(name, 2)) + extension(0x4a4a, {})
            + extension(16, vector(protocols, 2))
            + extension(43, vector(QByteArray("\x1a\x1a\x03\x04\x03\x03", 6), 1)),
        2);
}

} // namespace

class ClientHelloTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void hello_isRead()
    {
        ClientHello hello;
        const QByteArray octets = record(message(usualExtensions()));
        QCOMPARE(ClientHello::parse(octets, &hello), ClientHello::Result::Hello);
        QCOMPARE(hello.serverName, QStringLiteral("api.example.test"));
        QCOMPARE(hello.alpn, (QList<QByteArray> { "h2", "http/1.1" }));
        QCOMPARE(hello.versions, (QList<quint16> { 0x0304, 0x0303 }));
        QCOMPARE(hello.ciphers, (QList<quint16> { 0x1301, 0xc02f }));
        QCOMPARE(hello.extensions, (QList<quint16> { 0, 16, 43 }));
        QVERIFY(hello.takesHttp1());
    }

    void fingerprint_isOfTheProgram_data()
    {
        QTest::addColumn<QByteArray>("extensions");
        QTest::addColumn<QByteArray>("ciphers");
        QTest::addColumn<bool>("isSame"); // as with extensions 10, 13 and 35
        const QByteArray groups = extension(10, vector(QByteArray("\x00\x1d\x00\x17", 4), 2));
        const QByteArray signatures = extension(13, vector(QByteArray("\x04\x03", 2), 2));
        const QByteArray ticket = extension(35, {});
        const QByteArray reserved = extension(0x2a2a, {});
        const QByteArray name = extension(0, vector('\0' + vector("a.test", 2), 2));
        const QByteArray ciphers("\x13\x01\xc0\x2f", 4);
        const auto row = [&](const char *title, const QByteArray &extensions, bool isSame) {
            QTest::newRow(title) << extensions << ciphers << isSame;
        };
        row("the same", groups + signatures + ticket, true);
        row("another order", ticket + groups + signatures, true);
        row("reserved ones", reserved + groups + signatures + ticket, true);
        row("a name", name + groups + signatures + ticket, true);
        row("protocols",
            groups + signatures + ticket + extension(16, vector(vector("http/1.1", 1), 2)), true);
        row("a session that goes on", groups + signatures + ticket + extension(41, "psk"), true);
        row("padding", groups + signatures + ticket + extension(21, QByteArray(100, '\0')), true);
        row("an extension less", groups + signatures, false);
        row("an extension more", groups + signatures + ticket + extension(23, {}), false);
        row("a group less",
            extension(10, vector(QByteArray("\x00\x1d", 2), 2)) + signatures + ticket, false);
        row("other signatures",
            groups + extension(13, vector(QByteArray("\x08\x04", 2), 2)) + ticket, false);
        row("groups that are none", extension(10, "\x09") + signatures + ticket, false);
        QTest::newRow("other ciphers")
            << groups + signatures + ticket << QByteArray("\x13\x02\xc0\x2f", 4) << false;
        QTest::newRow("reserved cipher")
            << groups + signatures + ticket << QByteArray("\x4a\x4a\x13\x01\xc0\x2f", 6) << true;
    }

    void fingerprint_isOfTheProgram()
    {
        QFETCH(QByteArray, extensions);
        QFETCH(QByteArray, ciphers);
        ClientHello hello;
        QCOMPARE(ClientHello::parse(record(message(vector(extensions, 2), ciphers)), &hello),
            ClientHello::Result::Hello);
        ClientHello known;
        known.versions = { 0x0303 };
        known.ciphers = { 0x1301, 0xc02f };
        known.extensions = { 35, 13, 10 };
        known.groups = { 0x1d, 0x17 };
        known.signatures = { 0x0403 };
        QCOMPARE(hello.fingerprint().size(), 16);
        QTEST(hello.fingerprint() == known.fingerprint(), "isSame");
    }

    void hello_withoutExtensions_isRead()
    {
        ClientHello hello;
        QCOMPARE(ClientHello::parse(record(message({})), &hello), ClientHello::Result::Hello);
        QCOMPARE(hello.versions, QList<quint16> { 0x0303 });
        QVERIFY(hello.serverName.isEmpty() && hello.alpn.isEmpty());
        QVERIFY(hello.takesHttp1());
    }

    void hello_cutAnywhere_needsMore()
    {
        const QByteArray octets = record(message(usualExtensions()));
        for (qsizetype size = 0; size < octets.size(); ++size) {
            ClientHello hello;
            QCOMPARE(ClientHello::parse(octets.first(size), &hello), ClientHello::Result::NeedMore);
            QCOMPARE(hello, ClientHello());
        }
        ClientHello hello;
        QCOMPARE(ClientHello::parse(octets + "more", &hello), ClientHello::Result::Hello);
    }

    void hello_inSeveralRecords_isRead()
    {
        const QByteArray whole = message(usualExtensions());
        ClientHello expected;
        ClientHello::parse(record(whole), &expected);
        for (qsizetype cut = 1; cut < whole.size(); ++cut) {
            ClientHello hello;
            const QByteArray octets = record(whole.first(cut)) + record(whole.sliced(cut));
            QCOMPARE(ClientHello::parse(octets, &hello), ClientHello::Result::Hello);
            QCOMPARE(hello, expected);
        }
        QByteArray single;
        for (const char octet : whole)
            single += record(QByteArray(1, octet));
        ClientHello hello;
        QCOMPARE(ClientHello::parse(single, &hello), ClientHello::Result::Hello);
        QCOMPARE(hello, expected);
        QCOMPARE(ClientHello::parse(single.chopped(1), &hello), ClientHello::Result::NeedMore);
    }

    void otherProtocols_areNotTls_data()
    {
        QTest::addColumn<QByteArray>("octets");
        const auto row
            = [](const char *name, const QByteArray &octets) { QTest::newRow(name) << octets; };
        row("HTTP", "GET / HTTP/1.1\r\n");
        row("one octet", "G");
        row("SSH", "SSH-2.0-OpenSSH\r\n");
        row("application data", QByteArray("\x17\x03\x03\x00\x10", 5));
        row("SSL 2", QByteArray("\x80\x2e\x01\x00\x02", 5));
        row("version", QByteArray("\x16\x02", 2));
        row("empty record", QByteArray("\x16\x03\x01\x00\x00", 5));
        row("long record", QByteArray("\x16\x03\x01\x40\x01", 5));
        row("server's hello", QByteArray("\x16\x03\x01\x00\x50\x02", 6));
        row("long message", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x80\x00", 9));
        row("name longer than its list",
            record(message(vector(extension(0,
                                      "\x00\x09\x00\x00\x20"
                                      "abc"),
                2))));
        row("extension longer than all",
            record(message(vector(QByteArray("\x00\x10\x00\x20", 4), 2))));
        row("message of nothing", record(QByteArray("\x01\x00\x00\x00", 4)));
        row("never ending",
            QByteArray("\x16\x03\x01\x40\x00", 5) + QByteArray("\x01\x00\x3f\xfc", 4)
                + QByteArray(ClientHello::MostOctets - 9, 'x'));
        const QByteArray drop = record(QByteArray(1, 'x'));
        row("drops", record(QByteArray("\x01\x00\x3f\xf0", 4)) + drop.repeated(4000));
    }

    void otherProtocols_areNotTls()
    {
        QFETCH(QByteArray, octets);
        ClientHello hello;
        QCOMPARE(ClientHello::parse(octets, &hello), ClientHello::Result::NotTls);
        QCOMPARE(hello, ClientHello());
    }

    void protocols_decideWhetherHttp1IsTaken_data()
    {
        QTest::addColumn<QList<QByteArray>>("alpn");
        QTest::addColumn<bool>("takes");
        QTest::newRow("none") << QList<QByteArray>() << true;
        QTest::newRow("both") << QList<QByteArray> { "h2", "http/1.1" } << true;
        QTest::newRow("HTTP/1.0") << QList<QByteArray> { "http/1.0" } << true;
        QTest::newRow("h2 only") << QList<QByteArray> { "h2" } << false;
        QTest::newRow("other") << QList<QByteArray> { "acme-tls/1" } << false;
    }

    void protocols_decideWhetherHttp1IsTaken()
    {
        QFETCH(QList<QByteArray>, alpn);
        ClientHello hello;
        hello.alpn = alpn;
        QTEST(hello.takesHttp1(), "takes");
    }

    void ours_isReadAsItWasMeant()
    {
        const auto [near, far] = test::MemorySocket::makePair();
        const std::unique_ptr<test::MemorySocket> peer(far);
        tls::TlsSocket client(near);
        tls::ClientOptions options;
        options.serverName = QStringLiteral("münchen.test");
        options.alpn = { "http/1.1" };
        client.startClient(options);
        test::settle();
        ClientHello hello;
        QCOMPARE(ClientHello::parse(peer->takeAll(), &hello), ClientHello::Result::Hello);
        QCOMPARE(hello.serverName, QStringLiteral("xn--mnchen-3ya.test"));
        QCOMPARE(hello.alpn, QList<QByteArray> { "http/1.1" });
        QVERIFY(hello.versions.contains(0x0303) && hello.versions.contains(0x0304));
    }
};

QTEST_GUILESS_MAIN(ClientHelloTest)
#include "tst_clienthello.moc"
