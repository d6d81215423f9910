// Source: reference https.Agent, https.request; RFC 9112 section 9.8 (TLS closure); Agent::createConnection.
#include "journal.h"
#include "talk.h"

#include <http/http.h>
#include <http/transport.h>

#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class TlsAgentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void trustedServer_isServed();
    void unknownAuthority_failsTheRequest();
    void wrongName_failsTheRequest();
    void rejectUnauthorizedOff_isServed();
    void keepAlive_reusesTheConnection();
    void largeBodies_bothWays();
    void bodyUntilClose_endsWithCloseNotify();
    void closeNotify_endsABodyThoughTheConnectionStays();
    void plainServer_failsTheHandshake();
    void plainClient_failsTheServersHandshake();
    void name_hasWhatDecidesReuse();
    void name_tellsConfigurationsApart();
    void optionsOfTheAgent_winOverTheRequests();
    void serverName_isNeverAnAddress();
    void localAddress_isTheServersPeer();
    void protocolMustFit();
    void tlsPhases_areObserved();
    void certificatesThatAreRefused_areObserved();
    void requestDestroyed_duringHandshake();

private:
    RequestOptions options(const QString &host = u"localhost"_s);
    QSslConfiguration clientConfiguration() const;

    QTemporaryDir m_dir;
    QList<QSslCertificate> m_certificates;
    QSslConfiguration m_serverConfiguration;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<TlsAgent> m_agent;
    Journal m_journal;
};

void TlsAgentTest::initTestCase()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("Qt was built without TLS");
    QProcess openssl;
    openssl.setWorkingDirectory(m_dir.path());
    openssl.start(u"openssl"_s,
        { u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
            u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, u"key.pem"_s, u"-out"_s,
            u"cert.pem"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
            u"subjectAltName=DNS:localhost,DNS:other.test"_s });
    QVERIFY2(openssl.waitForFinished() && openssl.exitCode() == 0, openssl.readAllStandardError());
    m_certificates = QSslCertificate::fromPath(m_dir.filePath(u"cert.pem"_s));
    QFile keyFile(m_dir.filePath(u"key.pem"_s));
    QVERIFY(m_certificates.size() == 1 && keyFile.open(QIODevice::ReadOnly));
    m_serverConfiguration.setLocalCertificateChain(m_certificates);
    m_serverConfiguration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
}

QSslConfiguration TlsAgentTest::clientConfiguration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(m_certificates);
    return configuration;
}

void TlsAgentTest::init()
{
    m_journal.clear();
    AgentOptions keepAlive;
    keepAlive.keepAlive = true;
    m_agent = std::make_unique<TlsAgent>(keepAlive);
    m_agent->setSslConfiguration(clientConfiguration());
    m_server = std::make_unique<Server>([](IncomingMessage *req, ServerResponse *res) {
        if (req->url() == "/close")
            QVERIFY(!res->removeHeader("content-length") && !res->removeHeader("transfer-encoding")
                && !res->setHeader("Connection", "close"));
        if (req->method() == "POST")
            res->sendFrom(req->asDevice());
        else
            res->end("secret");
    });
    m_server->setSslConfiguration(m_serverConfiguration);
    QVERIFY(!m_server->listen(0, QHostAddress::LocalHost));
}

void TlsAgentTest::cleanup()
{
    m_agent.reset();
    m_server.reset();
}

RequestOptions TlsAgentTest::options(const QString &host)
{
    RequestOptions options;
    options.host = host;
    options.port = m_server->serverPort();
    options.agent = m_agent.get();
    options.lookup
        = [](const QString &, const LookupOptions &, ConnectOptions::LookupCallback answer) {
              answer({}, { QHostAddress(QHostAddress::LocalHost) });
          };
    return options;
}

void TlsAgentTest::trustedServer_isServed()
{
    QPointer<ClientRequest> req = get(options());
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"socket | finish | response 200 | res data secret | res end | close | res close"_s);
}

void TlsAgentTest::unknownAuthority_failsTheRequest()
{
    TlsAgent agent;
    RequestOptions unknown = options();
    unknown.agent = &agent;
    QPointer<ClientRequest> req = get(unknown);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().startsWith(u"socket | error DEPTH_ZERO_SELF_SIGNED_CERT"_s),
        qPrintable(m_journal.text()));
    QVERIFY(m_journal.text().endsWith(u" | close"_s));
}

void TlsAgentTest::wrongName_failsTheRequest()
{
    QPointer<ClientRequest> req = get(options(u"wrong.test"_s));
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().startsWith(u"socket | error ERR_TLS_CERT_ALTNAME_INVALID"_s),
        qPrintable(m_journal.text()));
    RequestOptions named = options(u"wrong.test"_s);
    named.serverName = u"other.test"_s;
    m_journal.clear();
    req = get(named);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"response 200"_s), qPrintable(m_journal.text()));
}

void TlsAgentTest::rejectUnauthorizedOff_isServed()
{
    TlsAgent agent;
    RequestOptions unverified = options(u"wrong.test"_s);
    unverified.agent = &agent;
    unverified.rejectUnauthorized = false;
    QPointer<ClientRequest> req = get(unverified);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"res data secret"_s), qPrintable(m_journal.text()));
}

void TlsAgentTest::keepAlive_reusesTheConnection()
{
    int connections = 0;
    connect(m_server.get(), &Server::connection, this, [&] { ++connections; });
    for (int round = 0; round < 5; ++round) {
        QPointer<ClientRequest> req = get(options());
        connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
            QCOMPARE(req->reusedSocket(), round > 0);
            res->resume();
        });
        QTRY_VERIFY(!req);
    }
    QCOMPARE(connections, 1);
}

void TlsAgentTest::largeBodies_bothWays()
{
    QByteArray body(20'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char(i * 31 >> 3);
    RequestOptions post = options();
    post.method = "POST";
    QPointer<ClientRequest> req = request(post);
    QByteArray got;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { got += octets; });
    });
    req->end(body);
    QTRY_VERIFY_WITH_TIMEOUT(!req, 30'000);
    QVERIFY(got == body);
}

void TlsAgentTest::bodyUntilClose_endsWithCloseNotify()
{
    QProcess client; // judges the closure: a missing close_notify is an "unexpected eof" to it
    client.start(u"openssl"_s,
        { u"s_client"_s, u"-quiet"_s, u"-connect"_s,
            u"127.0.0.1:%1"_s.arg(m_server->serverPort()) });
    QVERIFY(client.waitForStarted());
    client.write("GET /close HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QProcess::NotRunning, 15'000);
    const QByteArray errors = client.readAllStandardError();
    QVERIFY2(client.readAllStandardOutput().endsWith("\r\n\r\nsecret"), errors);
    QVERIFY2(!errors.contains("unexpected eof"), errors);
}

/// openssl's page server says close_notify and waits for ours (RFC 8446 section 6.1).
void TlsAgentTest::closeNotify_endsABodyThoughTheConnectionStays()
{
    QProcess server;
    server.setWorkingDirectory(m_dir.path());
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(u"openssl"_s,
        { u"s_server"_s, u"-www"_s, u"-accept"_s, u"0"_s, u"-cert"_s, u"cert.pem"_s, u"-key"_s,
            u"key.pem"_s });
    QByteArray output;
    const QRegularExpression accepting(u"ACCEPT .*:([0-9]+)"_s);
    QTRY_VERIFY(
        (output += server.readAll(), accepting.match(QString::fromLatin1(output)).hasMatch()));
    RequestOptions page = options();
    page.port = accepting.match(QString::fromLatin1(output)).captured(1).toUShort();
    QPointer<ClientRequest> req = get(page);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"res end"_s), qPrintable(m_journal.text()));
    server.kill();
    server.waitForFinished();
}

void TlsAgentTest::plainServer_failsTheHandshake()
{
    Server plain([](auto *, auto *res) { res->end(); });
    QVERIFY(!plain.listen(0, QHostAddress::LocalHost));
    RequestOptions wrong = options();
    wrong.port = plain.serverPort();
    QPointer<ClientRequest> req = get(wrong);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().startsWith(u"socket | error E"_s), qPrintable(m_journal.text()));
    QVERIFY(m_journal.text().endsWith(u" | close"_s));
}

void TlsAgentTest::plainClient_failsTheServersHandshake()
{
    QCOMPARE(talk(m_server->serverPort(), keeping()).contains("HTTP/1.1"), false);
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void TlsAgentTest::name_hasWhatDecidesReuse()
{
    ConnectOptions base;
    base.host = u"a.example"_s;
    base.port = 443;
    ConnectOptions other = base;
    other.rejectUnauthorized = false;
    QVERIFY(m_agent->getName(base) != m_agent->getName(other));
    other = base;
    other.serverName = u"b.example"_s;
    QVERIFY(m_agent->getName(base) != m_agent->getName(other));
    other = base;
    other.ssl = m_serverConfiguration;
    QVERIFY(m_agent->getName(base) != m_agent->getName(other));
    QVERIFY(m_agent->getName(base).startsWith("a.example:443:"));
    QCOMPARE(m_agent->defaultPort(), 443);
}

void TlsAgentTest::name_tellsConfigurationsApart()
{
    using Change = void (*)(QSslConfiguration &, const QList<QSslCertificate> &);
    const Change changes[] = {
        [](QSslConfiguration &, const QList<QSslCertificate> &) {},
        [](QSslConfiguration &c, const QList<QSslCertificate> &) { c.setCaCertificates({}); },
        [](QSslConfiguration &c, const QList<QSslCertificate> &own) {
            c.setLocalCertificateChain(own);
        },
        [](QSslConfiguration &c, const QList<QSslCertificate> &) {
            c.setCiphers(QList<QSslCipher>());
        },
        [](QSslConfiguration &c, const QList<QSslCertificate> &) { c.setProtocol(QSsl::TlsV1_3); },
        [](QSslConfiguration &c, const QList<QSslCertificate> &) {
            c.setPeerVerifyMode(QSslSocket::VerifyNone);
        },
        [](QSslConfiguration &c, const QList<QSslCertificate> &) { c.setPeerVerifyDepth(1); },
        [](QSslConfiguration &c, const QList<QSslCertificate> &) {
            c.setAllowedNextProtocols({ "x" });
        },
    };
    QSet<QByteArray> names;
    for (const Change change : changes) {
        ConnectOptions options;
        options.host = u"a.example"_s;
        QByteArray name;
        for (int again = 0; again < 2; ++again) { // made anew, but the same
            QSslConfiguration configuration = clientConfiguration();
            change(configuration, m_certificates);
            options.ssl = configuration;
            QVERIFY(again == 0 || m_agent->getName(options) == name);
            name = m_agent->getName(options);
        }
        names.insert(name);
    }
    QCOMPARE(names.size(), qsizetype(std::size(changes)));
}

void TlsAgentTest::optionsOfTheAgent_winOverTheRequests()
{
    AgentOptions own;
    own.rejectUnauthorized = false;
    own.host = u"localhost"_s;
    TlsAgent agent(own);
    RequestOptions strict = options(u"elsewhere.example"_s);
    strict.agent = &agent;
    strict.rejectUnauthorized = true;
    QPointer<ClientRequest> req = get(strict);
    QVERIFY(agent.sockets().keys().first().startsWith("localhost:"));
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"res data secret"_s), qPrintable(m_journal.text()));
}

/// Then it is the host that is verified.
void TlsAgentTest::serverName_isNeverAnAddress()
{
    RequestOptions byAddress = options();
    byAddress.headers = { { "Host", "127.0.0.1" } };
    QPointer<ClientRequest> req = get(byAddress);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"res data secret"_s), qPrintable(m_journal.text()));
}

void TlsAgentTest::localAddress_isTheServersPeer()
{
    QString peer;
    connect(m_server.get(), &Server::request, this, [&](IncomingMessage *req) {
        peer = qobject_cast<QAbstractSocket *>(req->socket())->peerAddress().toString();
    });
    RequestOptions local = options();
    local.localAddress = u"127.0.0.2"_s;
    QPointer<ClientRequest> req = get(local);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"res data secret"_s), qPrintable(m_journal.text()));
    QCOMPARE(peer, u"127.0.0.2"_s);
}

void TlsAgentTest::protocolMustFit()
{
    RequestOptions wrong = options();
    wrong.protocol = "http:";
    Error error;
    QVERIFY(!request(wrong, &error));
    QCOMPARE(error.code, ErrorCode::InvalidProtocol);
    QCOMPARE(error.message, u"Protocol \"http:\" not supported. Expected \"https:\""_s);
}

class PhaseNotes : public Observer
{
public:
    void socketPhase(ExchangeId, ConnectionId, SocketPhase phase, MonotonicTime) override
    {
        phases += QString(name(phase)) + u',';
    }

    void tlsEstablished(ExchangeId, ConnectionId, const TlsInfo &tls, MonotonicTime) override
    {
        info = tls;
    }

    void tlsRefused(ExchangeId, ConnectionId, const TlsInfo &tls, MonotonicTime) override
    {
        refused = tls;
    }

    QString phases;
    TlsInfo info;
    TlsInfo refused;
};

void TlsAgentTest::tlsPhases_areObserved()
{
    PhaseNotes notes;
    RequestOptions watched = options();
    watched.observer = &notes;
    watched.rawHeaders = HeaderList { { "Connection", "close" } };
    QPointer<ClientRequest> req = get(watched);
    QTRY_VERIFY(!req);
    QVERIFY2(
        notes.phases.contains(u"connect started,connect ended,TLS started,TLS ended,first byte,"_s),
        qPrintable(notes.phases));
    QVERIFY(notes.info.protocol.startsWith(u"TLSv1."_s) && !notes.info.cipher.isEmpty());
    QCOMPARE(notes.info.peerCertificates, QList<QByteArray> { m_certificates.first().toDer() });
}

// Which certificates they were is what one wants to know then.
void TlsAgentTest::certificatesThatAreRefused_areObserved()
{
    PhaseNotes notes;
    RequestOptions watched = options();
    QSslConfiguration strict = clientConfiguration();
    strict.setCaCertificates({});
    watched.ssl = strict;
    watched.observer = &notes;
    QPointer<ClientRequest> req = get(watched);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().contains(u"error DEPTH_ZERO_SELF_SIGNED_CERT "_s),
        qPrintable(m_journal.text()));
    QCOMPARE(notes.refused.peerCertificates, QList<QByteArray> { m_certificates.first().toDer() });
    QCOMPARE(notes.refused.serverName, u"localhost"_s);
    QCOMPARE(notes.refused.protocol, QString());
    QVERIFY(notes.info.peerCertificates.isEmpty());
}

void TlsAgentTest::requestDestroyed_duringHandshake()
{
    QPointer<ClientRequest> req = get(options());
    m_journal.followRequest(req);
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
        connect(qobject_cast<QSslSocket *>(socket), &QSslSocket::connected, req,
            [&] { req->destroy(); });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"socket | error ECONNRESET socket hang up | close"_s);
}

QTEST_GUILESS_MAIN(TlsAgentTest)
#include "tst_tlsagent.moc"
