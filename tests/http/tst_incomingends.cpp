// Source: reference IncomingMessage 'aborted', 'close', message.aborted, complete, destroy(), setTimeout();
// "premature connection close after the response is received".
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

QString yes(bool value) { return value ? u"true"_s : u"false"_s; }

QString text(const Error &error) { return wire::name(error.code) + u' ' + error.message; }

/// A response of which only a part comes.
void beginAnswer(ServerResponse *res)
{
    QVERIFY(!res->writeHead(200, { { "Content-Length", 100 } }));
    res->write("part");
}

const Error boom { ErrorCode::IoFailure, u"boom"_s, -1, {} };

} // namespace

class IncomingEndsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void abortedResponse_errorOnlyIfHeard_data();
    void abortedResponse_errorOnlyIfHeard();
    void keptConnection_messagesCloseAfterEachExchange();
    void destroyRequest_abortsIt();
    void destroyRequest_errorGoesToTheSocket();
    void destroyResponse_abortsIt();
    void destroyResponse_errorGoesToTheRequest();
    void destroyResponse_afterTheEnd();
    void setTimeout_ofRequest_isHeardWhileItIsIncomplete();
    void setTimeout_ofResponse_isThatOfTheSocket();
    void complete_tellsACutMessageFromAWholeOne_data();
    void complete_tellsACutMessageFromAWholeOne();

private:
    std::function<void()> note(const QString &entry)
    {
        return [this, entry] { m_journal.add(entry); };
    }

    std::function<void(const Error &)> noteError(const QString &entry)
    {
        return [this, entry](const Error &error) { m_journal.add(entry + u' ' + text(error)); };
    }
};

void IncomingEndsTest::abortedResponse_errorOnlyIfHeard_data()
{
    QTest::addColumn<bool>("heard");
    QTest::newRow("without an error listener") << false;
    QTest::newRow("with an error listener") << true;
}

// conformance: messages/aborted-response-on-client
void IncomingEndsTest::abortedResponse_errorOnlyIfHeard()
{
    QFETCH(bool, heard);
    QPointer<QIODevice> connection;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        connection = req->socket();
        beginAnswer(res);
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(res, &IncomingMessage::data, this, [&, res](const QByteArray &octets) {
            m_journal.add(
                u"data %1 aborted %2"_s.arg(QString::fromLatin1(octets), yes(res->isAborted())));
            Transport::of(connection)->destroy();
        });
        connect(res, &IncomingMessage::aborted, this, [this, res] {
            m_journal.add(
                u"aborted %1 complete %2"_s.arg(yes(res->isAborted()), yes(res->isComplete())));
        });
        if (heard)
            connect(res, &IncomingMessage::errorOccurred, this, noteError(u"res error"_s));
        connect(res, &IncomingMessage::ended, this, note(u"end"_s));
        connect(res, &IncomingMessage::closed, this, note(u"res close"_s));
    });
    connect(req, &ClientRequest::errorOccurred, this, noteError(u"req error"_s));
    connect(req, &ClientRequest::closed, this, note(u"req close"_s));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"data part aborted false | aborted true complete false | "_s
            + (heard ? u"res error ECONNRESET aborted | "_s : u""_s) + u"req close | res close"_s);
}

// conformance: messages/close-events-after-keep-alive-exchange
void IncomingEndsTest::keptConnection_messagesCloseAfterEachExchange()
{
    AgentOptions keepAlive;
    keepAlive.keepAlive = true;
    m_agent = std::make_unique<Agent>(keepAlive);
    Journal server;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        const QPointer<QIODevice> socket = req->socket();
        connect(req, &IncomingMessage::ended, this, [&, res] {
            server.add(u"request end"_s);
            res->end("ok");
        });
        connect(req, &IncomingMessage::closed, this,
            [&, req] { server.add(u"request close, destroyed "_s + yes(req->isDestroyed())); });
        connect(res, &ServerResponse::prefinish, this, [&] { server.add(u"prefinish"_s); });
        connect(res, &ServerResponse::finish, this, [&] { server.add(u"finish"_s); });
        connect(res, &ServerResponse::closed, this, [&, socket] {
            server.add(u"response close, connection destroyed "_s
                + yes(!socket || Transport::of(socket)->isDestroyed()));
        });
        req->resume();
    });
    QPointer<ClientRequest> req = request(to(port));
    connect(req, &ClientRequest::finish, this, note(u"finish"_s));
    connect(req, &ClientRequest::closed, this, note(u"req close"_s));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(u"response"_s);
        connect(res, &IncomingMessage::data, this, note(u"data"_s));
        connect(res, &IncomingMessage::ended, this,
            [this, res] { m_journal.add(u"end, complete "_s + yes(res->isComplete())); });
        connect(res, &IncomingMessage::closed, this, note(u"res close"_s));
    });
    req->end("body");
    QTRY_VERIFY(!req);
    QCOMPARE(server.text(),
        u"request end | prefinish | request close, destroyed true | finish | "
        "response close, connection destroyed false"_s);
    QCOMPARE(m_journal.text(),
        u"finish | response | data | end, complete true | req close | res close"_s);
}

// conformance: messages/incoming-destroy-of-request
void IncomingEndsTest::destroyRequest_abortsIt()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        Transport *socket = Transport::of(req->socket());
        connect(req, &IncomingMessage::aborted, this, [this, req] {
            m_journal.add(
                u"aborted %1 complete %2"_s.arg(yes(req->isAborted()), yes(req->isComplete())));
        });
        connect(req, &IncomingMessage::ended, this, note(u"req end"_s));
        connect(req, &IncomingMessage::closed, this, note(u"req close"_s));
        connect(res, &ServerResponse::finish, this, note(u"res finish"_s));
        connect(res, &ServerResponse::closed, this, note(u"res close"_s));
        connect(socket, &Transport::closed, this, [this](bool hadError) {
            m_journal.add(u"socket close, had error "_s + yes(hadError));
            m_server->close([this](const Error &) { m_journal.add(u"server closed"_s); });
        });
        req->destroy();
        m_journal.add(u"destroyed %1 socket destroyed %2"_s.arg(
            yes(req->isDestroyed()), yes(socket->isDestroyed())));
    });
    connect(m_server.get(), &Server::clientError, this, noteError(u"clientError"_s));
    QPointer<ClientRequest> req = request(to(port));
    QStringList client;
    connect(req, &ClientRequest::response, this, [&] { client.append(u"response"_s); });
    connect(req, &ClientRequest::errorOccurred, this,
        [&](const Error &error) { client.append(text(error)); });
    req->write("part");
    QTRY_VERIFY(!req && m_journal.contains(u"server closed"_s));
    QCOMPARE(m_journal.text(),
        u"destroyed true socket destroyed true | aborted true complete false | req close | "
        "res close | socket close, had error false | server closed"_s);
    QCOMPARE(client.join(u' '), u"ECONNRESET socket hang up"_s);
}

// conformance: messages/incoming-destroy-of-request-with-error
void IncomingEndsTest::destroyRequest_errorGoesToTheSocket()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *) {
        Transport *socket = Transport::of(req->socket());
        connect(req, &IncomingMessage::errorOccurred, this, noteError(u"req error"_s));
        connect(socket, &Transport::errorOccurred, this, noteError(u"socket error"_s));
        connect(socket, &Transport::closed, this, [this](bool hadError) {
            m_journal.add(u"socket close, had error "_s + yes(hadError));
        });
        req->destroy(boom);
        m_journal.add(u"after destroy"_s);
    });
    connect(
        m_server.get(), &Server::clientError, this, [this](const Error &error, QIODevice *socket) {
            m_journal.add(u"clientError %1 destroyed %2"_s.arg(
                text(error), yes(Transport::of(socket)->isDestroyed())));
        });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"after destroy | clientError EIO boom destroyed true | socket error EIO boom | "
        "req error ECONNRESET aborted | socket close, had error true"_s);
}

// conformance: messages/incoming-destroy-of-response
void IncomingEndsTest::destroyResponse_abortsIt()
{
    const quint16 port = listen([](auto *, auto *res) { beginAnswer(res); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        const QPointer<Transport> socket = Transport::of(res->socket());
        connect(res, &IncomingMessage::data, this, [this, res, socket](const QByteArray &octets) {
            m_journal.add(u"data "_s + QString::fromLatin1(octets));
            res->destroy();
            m_journal.add(u"destroyed %1 socket destroyed %2"_s.arg(
                yes(res->isDestroyed()), yes(socket->isDestroyed())));
        });
        connect(res, &IncomingMessage::aborted, this, [this, res] {
            m_journal.add(
                u"aborted %1 complete %2"_s.arg(yes(res->isAborted()), yes(res->isComplete())));
        });
        connect(res, &IncomingMessage::errorOccurred, this, noteError(u"res error"_s));
        connect(res, &IncomingMessage::ended, this, note(u"res end"_s));
        connect(res, &IncomingMessage::closed, this, note(u"res close"_s));
    });
    connect(req, &ClientRequest::errorOccurred, this, noteError(u"req error"_s));
    connect(req, &ClientRequest::closed, this, note(u"req close"_s));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"data part | destroyed true socket destroyed true | aborted true complete false | "
        "res error ECONNRESET aborted | req close | res close"_s);
}

// conformance: messages/incoming-destroy-of-response-with-error
void IncomingEndsTest::destroyResponse_errorGoesToTheRequest()
{
    const quint16 port = listen([](auto *, auto *res) { beginAnswer(res); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        connect(Transport::of(res->socket()), &Transport::errorOccurred, this,
            noteError(u"socket error"_s));
        connect(res, &IncomingMessage::data, this, [res] { res->destroy(boom); });
        connect(res, &IncomingMessage::aborted, this, note(u"res aborted"_s));
        connect(res, &IncomingMessage::errorOccurred, this, noteError(u"res error"_s));
        connect(res, &IncomingMessage::ended, this, note(u"res end"_s));
        connect(res, &IncomingMessage::closed, this, note(u"res close"_s));
    });
    connect(req, &ClientRequest::errorOccurred, this, noteError(u"req error"_s));
    connect(req, &ClientRequest::closed, this, note(u"req close"_s));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"req error EIO boom | socket error EIO boom | res aborted | "
        "res error ECONNRESET aborted | req close | res close"_s);
}

void IncomingEndsTest::destroyResponse_afterTheEnd()
{
    const quint16 port = listen([](auto *, auto *res) { res->end("whole"); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        res->resume();
        connect(res, &IncomingMessage::ended, this, [this, res] {
            m_journal.add(u"end"_s);
            res->destroy(boom);
        });
        connect(res, &IncomingMessage::aborted, this, note(u"res aborted"_s));
        connect(res, &IncomingMessage::errorOccurred, this, noteError(u"res error"_s));
        connect(res, &IncomingMessage::closed, this, note(u"res close"_s));
    });
    connect(req, &ClientRequest::errorOccurred, this, noteError(u"req error"_s));
    connect(req, &ClientRequest::closed, this, note(u"req close"_s));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"end | req error EIO boom | req close | res close"_s);
}

// conformance: messages/incoming-set-timeout-on-request
void IncomingEndsTest::setTimeout_ofRequest_isHeardWhileItIsIncomplete()
{
    const quint16 port = listen([this](IncomingMessage *req, ServerResponse *res) {
        IncomingMessage *returned
            = req->setTimeout(std::chrono::milliseconds(30), note(u"callback"_s));
        QCOMPARE(returned, req);
        connect(req, &IncomingMessage::timedOut, res, [this, req, res] {
            m_journal.add(
                u"timeout, socket destroyed "_s + yes(Transport::of(req->socket())->isDestroyed()));
            req->setTimeout({});
            QVERIFY(!res->writeHead(408, { { "Connection", "close" } }));
            res->end("too slow");
        });
        connect(req, &IncomingMessage::aborted, this, note(u"aborted"_s));
    });
    const QByteArray answer
        = talk(port, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    QCOMPARE(m_journal.text(), u"callback | timeout, socket destroyed false"_s);
    QCOMPARE(answer,
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nDate: <date>\r\n"
        "Transfer-Encoding: chunked\r\n\r\n8\r\ntoo slow\r\n0\r\n\r\n");
}

void IncomingEndsTest::setTimeout_ofResponse_isThatOfTheSocket()
{
    const quint16 port = listen([](auto *, auto *res) { beginAnswer(res); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    connect(req, &ClientRequest::timedOut, this, note(u"req timeout"_s));
    connect(req, &ClientRequest::response, this, [this, req](IncomingMessage *res) {
        res->resume();
        res->setTimeout(std::chrono::milliseconds(30));
        QCOMPARE(Transport::of(res->socket())->timeout(), std::chrono::milliseconds(30));
        connect(Transport::of(res->socket()), &Transport::timedOut, this, [this, req] {
            m_journal.add(u"socket timeout"_s);
            req->destroy();
        });
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"socket timeout"_s);
}

void IncomingEndsTest::complete_tellsACutMessageFromAWholeOne_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("journal");
    const auto row = [](const char *name, const char *octets, const char *journal) {
        QTest::newRow(name) << QByteArray(octets) << QString::fromLatin1(journal);
    };
    const char *cut = "aborted, complete false | close";
    row("length, whole", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "end, complete true | close");
    row("length, cut", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody", cut);
    row("chunked, whole",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "end, complete true | close");
    row("chunked, cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na",
        cut);
    row("chunked, no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
        cut);
    row("chunked, cut in the trailers",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-A: 1\r\n", cut);
    row("until the close", "HTTP/1.1 200 OK\r\n\r\nbody", "end, complete true | close");
}

void IncomingEndsTest::complete_tellsACutMessageFromAWholeOne()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, journal);
    RawServer server(octets, true);
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        res->resume();
        connect(res, &IncomingMessage::ended, this,
            [this, res] { m_journal.add(u"end, complete "_s + yes(res->isComplete())); });
        connect(res, &IncomingMessage::aborted, this,
            [this, res] { m_journal.add(u"aborted, complete "_s + yes(res->isComplete())); });
        connect(res, &IncomingMessage::closed, this, note(u"close"_s));
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), journal);
}

QTEST_GUILESS_MAIN(IncomingEndsTest)
#include "tst_incomingends.moc"
