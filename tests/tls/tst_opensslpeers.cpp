#include "madecertificates.h"
#include "tlsends.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>

#include <support/program.h>

using namespace headrace;
using test::Journal;
using tls::ClientOptions;
using tls::Identity;
using tls::ServerOptions;
using tls::TlsSocket;

namespace {

QByteArray makeText(qsizetype size)
{
    QByteArray text;
    text.reserve(size + 40);
    for (int i = 0; text.size() < size; ++i)
        text += "line " + QByteArray::number(i) + " of a text\n";
    return text;
}

} // namespace

// TlsSocket with openssl's own server and client at the other end.
class OpensslPeersTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    Identity m_root;
    Identity m_client;
    Identity m_leaf;
    std::shared_ptr<tls::TrustStore> m_trust;
    const QByteArray m_text = makeText(8 * 1024 * 1024);

    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    Identity makeLeaf(const QString &name) const
    {
        test::MadeCertificate request;
        request.names = QStringList { u"DNS:"_qs + name };
        request.commonName = name;
        const Identity made = test::make(request, m_root);
        write(name + u".pem"_qs, made.certificatePem());
        write(name + u".key"_qs, made.keyPem());
        return made;
    }

    struct Server
    {
        std::unique_ptr<Program> program;
        quint16 port = 0;
    };

    /// s_server in the test's folder, as a.test. Its lines come as they are said.
    Server serve(const QStringList &arguments) const
    {
        Server server;
        server.program = std::make_unique<Program>(Program::tool(u"sh"_qs),
            QStringList { u"-c"_qs, u"cd \"$0\" && exec stdbuf -oL \"$@\""_qs, m_folder.path(),
                Program::tool(u"openssl"_qs), u"s_server"_qs, u"-accept"_qs, u"127.0.0.1:0"_qs,
                u"-cert"_qs, u"a.test.pem"_qs, u"-key"_qs, u"a.test.key"_qs }
                + arguments);
        server.port = server.program->waitForLine(u"^ACCEPT .*:(\\d+)$"_qs).toUShort();
        if (server.port == 0)
            qFatal("openssl s_server: %s", server.program->err().constData());
        return server;
    }

    static std::unique_ptr<TlsSocket> connectTo(const Server &server, const ClientOptions &options)
    {
        auto *tcp = new QTcpSocket;
        tcp->connectToHost(QHostAddress(QHostAddress::LocalHost), server.port);
        if (!tcp->waitForConnected())
            qFatal("cannot connect");
        auto socket = std::make_unique<TlsSocket>(tcp);
        socket->startClient(options);
        return socket;
    }

    ClientOptions clientOf(const QString &name) const
    {
        ClientOptions options;
        options.serverName = name;
        options.trust = m_trust;
        return options;
    }

    /// s_client, and our end of its connection, not started.
    struct Client
    {
        std::unique_ptr<Program> program;
        std::unique_ptr<TlsSocket> socket;
    };

    Client beConnectedTo(const QStringList &arguments) const
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        Client client;
        client.program = std::make_unique<Program>(Program::tool(u"openssl"_qs),
            QStringList { u"s_client"_qs, u"-connect"_qs,
                QStringLiteral("127.0.0.1:%1").arg(server.serverPort()), u"-servername"_qs,
                u"a.test"_qs, u"-verify_hostname"_qs, u"a.test"_qs, u"-verify_return_error"_qs,
                u"-CAfile"_qs, path(u"root.pem"_qs) }
                + arguments);
        if (!QTest::qWaitFor([&] { return server.hasPendingConnections(); }, Program::patience))
            qFatal("openssl s_client: %s", client.program->err().constData());
        QTcpSocket *tcp = server.nextPendingConnection();
        tcp->setParent(nullptr);
        client.socket = std::make_unique<TlsSocket>(tcp);
        return client;
    }

    ServerOptions serverOptions() const
    {
        ServerOptions options;
        options.choose = [leaf = m_leaf](const tls::ClientHello &) { return leaf; };
        return options;
    }

    QSet<QByteArray> secrets(const QString &name) const
    {
        QFile file(path(name));
        QSet<QByteArray> lines;
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : file.readAll().split('\n')) {
                if (!line.isEmpty() && !line.startsWith('#'))
                    lines.insert(line);
            }
        }
        return lines;
    }

    static void addVersionRows()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("protocol");
        QTest::newRow("TLS 1.2") << u"-tls1_2"_qs << u"TLSv1.2"_qs;
        QTest::newRow("TLS 1.3") << u"-tls1_3"_qs << u"TLSv1.3"_qs;
    }

private Q_SLOTS:

    void initTestCase()
    {
        test::MadeCertificate request;
        request.isAuthority = true;
        request.commonName = u"root"_qs;
        m_root = test::make(request);
        write(u"root.pem"_qs, m_root.certificatePem());
        m_leaf = makeLeaf(u"a.test"_qs);
        makeLeaf(u"b.test"_qs);
        m_client = makeLeaf(u"client"_qs);
        write(u"text"_qs, m_text);
        m_trust = std::make_shared<tls::TrustStore>(tls::TrustStore::Base::Nothing);
        QVERIFY(!m_trust->add(m_root.certificatePem()));
    }

    void server_isAskedByNameAndShownACertificate_data() { addVersionRows(); }

    void server_isAskedByNameAndShownACertificate()
    {
        QFETCH(QString, version);
        QFETCH(QString, protocol);
        const Server server = serve({ version, u"-www"_qs, u"-Verify"_qs, u"1"_qs, u"-CAfile"_qs,
            u"root.pem"_qs, u"-verify_return_error"_qs, u"-alpn"_qs, u"http/1.1"_qs,
            u"-servername"_qs, u"b.test"_qs, u"-cert2"_qs, u"b.test.pem"_qs, u"-key2"_qs,
            u"b.test.key"_qs, u"-keylogfile"_qs, u"server"_qs + version });
        for (const QString &name : { u"a.test"_qs, u"b.test"_qs }) {
            ClientOptions options = clientOf(name);
            options.identity = m_client;
            options.alpn = { "h2", "http/1.1" };
            if (name == u"a.test") { // openssl has neither log nor protocols for its second name
                tls::TlsError error;
                options.keyLog = tls::KeyLog::open(path(u"client"_qs + version), &error);
                QVERIFY2(options.keyLog, qPrintable(error.message));
            }
            const auto socket = connectTo(server, options);
            const Journal journal(socket.get());
            QByteArray answer;
            connect(socket.get(), &QIODevice::readyRead, socket.get(),
                [&] { answer += socket->readAll(); });
            QTRY_COMPARE(journal.text(), u"encrypted"_qs);
            QCOMPARE(socket->facts().protocol, protocol);
            if (name == u"a.test")
                QCOMPARE(socket->facts().alpn, QByteArray("http/1.1"));
            QVERIFY(socket->facts().isCertificateAsked);
            QVERIFY(!socket->facts().verification);
            socket->write("GET / HTTP/1.0\r\n\r\n");
            QTRY_COMPARE(journal.text(), u"encrypted end"_qs);
            QVERIFY(!socket->isTruncated());
            QVERIFY2(answer.startsWith("HTTP/1.0 200 ok\r\n"), answer);
            QVERIFY2(answer.contains("CN=client") || answer.contains("CN = client"), answer);
        }
        const QSet<QByteArray> ours = secrets(u"client"_qs + version);
        QVERIFY(!ours.isEmpty());
        QCOMPARE(ours, secrets(u"server"_qs + version));
    }

    void server_thatWantsACertificate_refusesWithoutOne_data() { addVersionRows(); }

    void server_thatWantsACertificate_refusesWithoutOne()
    {
        QFETCH(QString, version);
        const Server server = serve({ version, u"-Verify"_qs, u"1"_qs });
        const auto socket = connectTo(server, clientOf(u"a.test"_qs));
        const Journal journal(socket.get());
        // In TLS 1.3 the client is done before the server has looked.
        QTRY_VERIFY(journal.text().startsWith(
            version == u"-tls1_3" ? u"encrypted error end"_qs : u"refused"_qs));
        const QString message = socket->failure().message;
        QVERIFY2(message.endsWith(u"It asked for a client certificate, and none was shown."),
            qPrintable(message));
    }

    void server_answersAfterTheEndOfOurDirection_data() { addVersionRows(); }

    void server_answersAfterTheEndOfOurDirection()
    {
        QFETCH(QString, version);
        const Server server = serve({ version, u"-WWW"_qs });
        const auto socket = connectTo(server, clientOf(u"a.test"_qs));
        const Journal journal(socket.get());
        QByteArray answer;
        connect(socket.get(), &QIODevice::readyRead, socket.get(),
            [&] { answer += socket->readAll(); });
        QTRY_VERIFY(socket->isEncrypted());
        socket->write("GET /text HTTP/1.0\r\n\r\n");
        socket->endWriting();
        QTRY_VERIFY_WITH_TIMEOUT(journal.text().contains(u"end"), Program::patience);
        QCOMPARE(answer.size() - answer.indexOf("\r\n\r\n") - 4, m_text.size());
        QVERIFY(answer.endsWith(m_text));
        QVERIFY(!socket->isTruncated());
        QVERIFY(!journal.text().contains(u"error"));
    }

    void server_takesMuch_data() { addVersionRows(); }

    void server_takesMuch()
    {
        QFETCH(QString, version);
        Server server = serve({ version });
        const auto socket = connectTo(server, clientOf(u"a.test"_qs));
        QTRY_VERIFY(socket->isEncrypted());
        const QByteArray much = m_text.first(2 * 1024 * 1024);
        socket->write(much);
        socket->close(); // what was written still goes out
        QTRY_VERIFY_WITH_TIMEOUT(server.program->out().contains(much), Program::patience);
    }

    void server_changesTheKeys_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QByteArray>("command"); // of s_server
        QTest::newRow("TLS 1.2, handshake anew") << u"-tls1_2"_qs << QByteArray("r\n");
        QTest::newRow("TLS 1.2, handshake anew, for a certificate")
            << u"-tls1_2"_qs << QByteArray("R\n");
        QTest::newRow("TLS 1.3, its own") << u"-tls1_3"_qs << QByteArray("k\n");
        QTest::newRow("TLS 1.3, both") << u"-tls1_3"_qs << QByteArray("K\n");
    }

    void server_changesTheKeys()
    {
        QFETCH(QString, version);
        QFETCH(QByteArray, command);
        const Server server = serve({ version });
        ClientOptions options = clientOf(u"a.test"_qs);
        options.identity = m_client;
        const auto socket = connectTo(server, options);
        const Journal journal(socket.get());
        QTRY_VERIFY(socket->isEncrypted());
        QByteArray got;
        for (int turn = 0; turn < 3; ++turn) {
            const QByteArray line = "turn " + QByteArray::number(turn);
            server.program->write(command);
            QTRY_VERIFY(server.program->out().count("SSL_do_handshake -> 1\n") > turn);
            server.program->write(line + '\n');
            QTRY_VERIFY((got += socket->readAll()).endsWith(line + '\n'));
            socket->write("ours " + line + '\n');
            QTRY_VERIFY(server.program->out().contains("ours " + line + '\n'));
        }
        QCOMPARE(journal.text(), u"encrypted"_qs);
    }

    void client_sendsAndGetsMuch_data() { addVersionRows(); }

    void client_sendsAndGetsMuch()
    {
        QFETCH(QString, version);
        QFETCH(QString, protocol);
        ServerOptions options = serverOptions();
        tls::TlsError error;
        options.keyLog = tls::KeyLog::open(path(u"our-server"_qs + version), &error);
        Client client = beConnectedTo({ version, u"-quiet"_qs, u"-nocommands"_qs, u"-keylogfile"_qs,
            path(u"its-client"_qs + version) });
        const Journal journal(client.socket.get());
        client.socket->startServer(options);
        QTRY_VERIFY(client.socket->isEncrypted());
        QCOMPARE(client.socket->facts().protocol, protocol);
        QCOMPARE(client.socket->facts().serverName, u"a.test"_qs);
        const QByteArray much = m_text.first(2 * 1024 * 1024);
        QByteArray got;
        connect(client.socket.get(), &QIODevice::readyRead, client.socket.get(),
            [&] { got += client.socket->readAll(); });
        client.program->giveInput(much);
        client.socket->write(much);
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), much.size(), Program::patience);
        QVERIFY(got == much);
        client.socket->close();
        QVERIFY(client.program->wait()); // at our close_notify
        QCOMPARE(client.program->out().size(), much.size());
        QVERIFY(client.program->out() == much);
        QCOMPARE(client.program->exitCode(), 0);
        const QSet<QByteArray> ours = secrets(u"our-server"_qs + version);
        QVERIFY(!ours.isEmpty());
        QCOMPARE(ours, secrets(u"its-client"_qs + version));
    }

    void client_thatIsKilled_leavesATruncatedEnd()
    {
        Client client = beConnectedTo({ u"-quiet"_qs });
        const Journal journal(client.socket.get());
        client.socket->startServer(serverOptions());
        QTRY_VERIFY(client.socket->isEncrypted());
        client.program->write("some");
        QTRY_COMPARE(client.socket->bytesAvailable(), 4);
        client.program.reset();
        QTRY_VERIFY(journal.text().contains(u"disconnected"));
        QCOMPARE(client.socket->readAll(), QByteArray("some"));
        QTRY_VERIFY(journal.text().contains(u"end"));
        QVERIFY(client.socket->isTruncated());
    }

    void client_changesTheKeys_data()
    {
        QTest::addColumn<QByteArray>("command"); // of s_client
        QTest::newRow("its own") << QByteArray("k\n");
        QTest::newRow("both") << QByteArray("K\n");
    }

    void client_changesTheKeys()
    {
        QFETCH(QByteArray, command);
        Client client = beConnectedTo({ u"-tls1_3"_qs });
        const Journal journal(client.socket.get());
        client.socket->startServer(serverOptions());
        QTRY_VERIFY(client.socket->isEncrypted());
        for (int turn = 0; turn < 3; ++turn) {
            const QByteArray line = "turn " + QByteArray::number(turn) + '\n';
            client.program->write(command);
            QTRY_VERIFY(client.program->err().count("KEYUPDATE\n") > turn);
            client.program->write(line);
            QTRY_VERIFY(client.socket->canReadLine());
            QCOMPARE(client.socket->readLine(), line);
            client.socket->write("ours " + line);
            QTRY_VERIFY(client.program->out().contains("ours " + line));
        }
        QCOMPARE(journal.text(), u"encrypted"_qs);
    }

    // A handshake anew in TLS 1.2 is not for clients to ask for: what it costs is ours.
    void client_thatWantsAHandshakeAnew_isRefused()
    {
        Client client = beConnectedTo({ u"-tls1_2"_qs });
        const Journal journal(client.socket.get());
        client.socket->startServer(serverOptions());
        QTRY_VERIFY(client.socket->isEncrypted());
        client.program->write("R\n");
        QVERIFY(client.program->wait());
        QVERIFY2(client.program->err().contains("no renegotiation"), client.program->err());
        QTRY_VERIFY(journal.text().contains(u"end"));
    }
};

QTEST_GUILESS_MAIN(OpensslPeersTest)
#include "tst_opensslpeers.moc"
