// Source: reference "Class: http.ServerResponse": events 'close', 'finish', 'prefinish', 'drain', 'socket',
// response.cork(), destroy(), setTimeout(), writeContinue(), writeProcessing(); pipelined responses.
// The journals and octets were recorded on the reference.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>
#include <QTimer>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace wire = headrace::wire;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
const QByteArray last = "Connection: close\r\n";
const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
const QByteArray continued = "HTTP/1.1 100 Continue\r\n\r\n";
const QByteArray first = ok + kept + "Content-Length: 1\r\n\r\n1";

/// On a later turn of the event loop.
void later(QObject *context, std::function<void()> run)
{
    QTimer::singleShot(0, context, std::move(run));
}

} // namespace

class ServerResponseOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneResponse_data();
    void oneResponse();
    void queuedResponse_data();
    void queuedResponse();
    void destroyedWhileTheLastPieceIsOnItsWay_finishes_data();
    void destroyedWhileTheLastPieceIsOnItsWay_finishes();
    void earlyAnswer_finishesWhileTheRequestStillComes();
    void socketClose_isHeardInTheOrderOfListening_data();
    void socketClose_isHeardInTheOrderOfListening();

private:
    using Use = std::function<void(ServerResponse *)>;

    struct Case
    {
        const char *name;
        Use use;
        QString events;
        QByteArray answer;
    };

    void follow(IncomingMessage *req, ServerResponse *res);
    OutgoingMessage::Callback note(const QString &what);
    QList<Case> oneResponseCases();
    QList<Case> queuedCases();

    Journal m_journal;
    QPointer<ServerResponse> m_first;
};

void ServerResponseOrdersTest::init() { m_journal.clear(); }

/// Without being a listener of 'data', 'timeout' or anything else that has a default.
void ServerResponseOrdersTest::follow(IncomingMessage *req, ServerResponse *res)
{
    const QString url = u' ' + QString::fromLatin1(req->url());
    const auto entry = [this, url](const QString &what) {
        return [this, what, url] { m_journal.add(what + url); };
    };
    m_journal.add(u"request"_s + url);
    connect(req, &IncomingMessage::aborted, this, entry(u"aborted"_s));
    connect(req, &IncomingMessage::closed, this, entry(u"req close"_s));
    connect(req, &IncomingMessage::errorOccurred, this, [this, url](const Error &error) {
        m_journal.add(u"req error"_s + url + u' ' + error.message);
    });
    connect(res, &ServerResponse::finish, this, entry(u"finish"_s));
    connect(res, &ServerResponse::closed, this, entry(u"res close"_s));
    connect(res, &ServerResponse::prefinish, this, entry(u"prefinish"_s));
    connect(res, &ServerResponse::drain, this, entry(u"drain"_s));
    connect(res, &ServerResponse::socketAssigned, this, entry(u"socket"_s));
    connect(res, &ServerResponse::errorOccurred, this, [this, url](const Error &error) {
        m_journal.add(u"res error"_s + url + u' ' + error.message);
    });
}

OutgoingMessage::Callback ServerResponseOrdersTest::note(const QString &what)
{
    return [this, what](const Error &error) {
        m_journal.add(error ? what + u' ' + wire::name(error.code) : what);
    };
}

QList<ServerResponseOrdersTest::Case> ServerResponseOrdersTest::oneResponseCases()
{
    const QString aborted = u"aborted /1 | req error /1 aborted | req close /1 | res close /1"_s;
    const QString done = u"finish /1 | res close /1 | req close /1"_s;
    const auto mine = [] {
        Error error;
        error.code = ErrorCode::Canceled;
        error.message = u"mine"_s;
        return error;
    };
    return {
        { "end", [](auto *res) { later(res, [res] { res->end(); }); },
            u"request /1 | prefinish /1 | "_s + done, ok + last + "Content-Length: 0\r\n\r\n" },
        { "destroy(error), then write and end",
            [this, mine](auto *res) {
                later(res, [this, res, mine] {
                    res->destroy(mine());
                    res->write("x", note(u"written"_s));
                    res->end("y", note(u"ended"_s));
                });
            },
            u"request /1 | prefinish /1 | clientError mine | written ERR_STREAM_DESTROYED | "_s
                + aborted,
            {} },
        { "destroy twice",
            [mine](auto *res) {
                later(res, [res, mine] {
                    res->destroy();
                    res->destroy(mine());
                });
            },
            u"request /1 | "_s + aborted, {} },
        { "destroy after end",
            [](auto *res) {
                res->end("x");
                res->destroy();
            },
            u"request /1 | prefinish /1 | "_s + done, ok + last + "Content-Length: 1\r\n\r\nx" },
        { "destroy in the callback of end",
            [this](auto *res) {
                res->end("x", [this, res](const Error &) {
                    res->destroy();
                    m_journal.add(res->isDestroyed() ? u"destroyed"_s : u"alive"_s);
                });
            },
            u"request /1 | prefinish /1 | finish /1 | destroyed | res close /1 | req close /1"_s,
            ok + last + "Content-Length: 1\r\n\r\nx" },
        { "interim responses call back",
            [this](auto *res) {
                res->writeContinue(note(u"100 out"_s));
                res->writeProcessing(note(u"102 out"_s));
                m_journal.add(u"sync"_s);
                later(res, [res] { later(res, [res] { res->end("x"); }); });
            },
            u"request /1 | sync | 100 out | 102 out | prefinish /1 | "_s + done,
            continued + "HTTP/1.1 102 Processing\r\n\r\n" + ok + last
                + "Content-Length: 1\r\n\r\nx" },
        { "interim response in the body",
            [](auto *res) {
                res->write("a");
                res->writeContinue();
                res->end("b");
            },
            u"request /1 | prefinish /1 | "_s + done,
            ok + last + chunked + "\r\n1\r\na\r\n" + continued + "1\r\nb\r\n0\r\n\r\n" },
        { "no body, callbacks",
            [this](auto *res) {
                res->setStatusCode(204);
                m_journal.add(res->write("x", note(u"written"_s)) ? u"true"_s : u"false"_s);
                res->end("y", note(u"ended"_s));
            },
            u"request /1 | true | prefinish /1 | written | finish /1 | ended | res close /1 | req close /1"_s,
            "HTTP/1.1 204 No Content\r\n" + last + "\r\n" },
        { "trailers after end are lost",
            [](auto *res) {
                res->write("x");
                res->end();
                QVERIFY(!res->addTrailers({ { "a", "1" } }));
            },
            u"request /1 | prefinish /1 | "_s + done,
            ok + last + chunked + "\r\n1\r\nx\r\n0\r\n\r\n" },
        { "request is read",
            [this](auto *res) {
                connect(
                    res->req(), &IncomingMessage::ended, this, [this] { m_journal.add(u"end"_s); });
                res->req()->resume();
                res->write("a");
                res->end("b");
            },
            u"request /1 | prefinish /1 | finish /1 | end | req close /1 | res close /1"_s,
            ok + last + chunked + "\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n" },
    };
}

void ServerResponseOrdersTest::oneResponse_data()
{
    QTest::addColumn<Case>("c");
    const QList<Case> cases = oneResponseCases();
    for (const Case &c : cases)
        QTest::newRow(c.name) << c;
}

void ServerResponseOrdersTest::oneResponse()
{
    QFETCH(Case, c);
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        follow(req, res);
        c.use(res);
    });
    connect(&server, &Server::clientError, this, [this](const Error &error, QIODevice *socket) {
        m_journal.add(u"clientError "_s + error.message);
        Transport::of(socket)->destroy();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), closing("/1")), c.answer);
    QTRY_COMPARE(server.connectionCount(), 0);
    QTRY_VERIFY(server.children().isEmpty());
    QCOMPARE(m_journal.text(), c.events);
}

QList<ServerResponseOrdersTest::Case> ServerResponseOrdersTest::queuedCases()
{
    const auto endFirst = [this](std::function<void()> then = {}) {
        later(this, [this, then] {
            m_first->end("1");
            if (then)
                later(this, [this, then] { later(this, then); });
        });
    };
    const QString requests = u"request /1 | request /2 | "_s;
    const QString firstDone
        = u"prefinish /1 | req close /1 | socket /2 | finish /1 | res close /1 | "_s;
    const QString done = u"prefinish /2 | finish /2 | res close /2 | req close /2"_s;
    const QString aborted = u"aborted /2 | req error /2 aborted | req close /2 | res close /2"_s;
    const QByteArray second = ok + last + chunked + "\r\n";
    return {
        { "corked before its turn",
            [=, this](auto *res) {
                res->cork();
                res->cork();
                res->write("a");
                res->write("b");
                m_journal.add(QString::number(res->writableCorked()));
                endFirst([this, res] {
                    m_journal.add(QString::number(res->writableCorked()));
                    QVERIFY(res->writableLength() > 0);
                    res->uncork();
                    res->uncork();
                    QCOMPARE(res->writableLength(), 0);
                    later(res, [res] { res->end(); });
                });
            },
            requests + u"2 | "_s + firstDone + u"2 | "_s + done,
            first + second + "1\r\na\r\n1\r\nb\r\n0\r\n\r\n" },
        { "uncorked before its turn",
            [=, this](auto *res) {
                res->cork();
                res->write("a");
                res->uncork();
                res->uncork();
                m_journal.add(QString::number(res->writableCorked()));
                endFirst([res] { res->end(); });
            },
            requests + u"0 | "_s + firstDone + done, first + second + "1\r\na\r\n0\r\n\r\n" },
        { "more than the high-water mark",
            [=](auto *res) {
                QVERIFY(!res->write(QByteArray(20'000, 'x')));
                QVERIFY(res->writableNeedDrain());
                QCOMPARE(res->writableLength(), 20'074);
                endFirst([res] { res->end(); });
            },
            requests
                + u"prefinish /1 | req close /1 | socket /2 | drain /2 | finish /1 | res close /1 | "_s
                + done,
            first + second + "4e20\r\n" + QByteArray(20'000, 'x') + "\r\n0\r\n\r\n" },
        { "setTimeout starts with its turn",
            [=, this](auto *res) {
                res->setTimeout(40ms, [this, res] {
                    m_journal.add(u"timeout"_s);
                    res->end("t");
                });
                endFirst();
            },
            requests + firstDone + u"timeout | "_s + done,
            first + ok + last + "Content-Length: 1\r\n\r\nt" },
        { "destroyed before its turn",
            [=](auto *res) {
                res->destroy();
                QVERIFY(res->isDestroyed());
                endFirst();
            },
            requests + firstDone + aborted, first },
        { "destroyed with an error before its turn",
            [=](auto *res) {
                Error error;
                error.code = ErrorCode::Canceled;
                error.message = u"mine"_s;
                res->destroy(error);
                endFirst();
            },
            requests + firstDone + u"clientError mine | "_s + aborted, first },
        { "behind an answer that closes the connection",
            [=, this](auto *) {
                m_first->setShouldKeepAlive(false);
                endFirst();
            },
            requests
                + u"prefinish /1 | req close /1 | finish /1 | res close /1 | aborted /2 | req error /2 aborted | req close /2"_s,
            ok + last + "Content-Length: 1\r\n\r\n1" },
        { "interim response waits, too",
            [=, this](auto *res) {
                res->writeContinue(note(u"100 out"_s));
                later(this, [this, res] {
                    m_first->end("1");
                    res->end("2");
                });
            },
            requests
                + u"prefinish /1 | req close /1 | socket /2 | prefinish /2 | finish /1 | res close "
                  u"/1 | "
                  "100 out | finish /2 | res close /2 | req close /2"_s,
            first + continued + ok + last + "Content-Length: 1\r\n\r\n2" },
    };
}

void ServerResponseOrdersTest::queuedResponse_data()
{
    QTest::addColumn<Case>("c");
    const QList<Case> cases = queuedCases();
    for (const Case &c : cases)
        QTest::newRow(c.name) << c;
}

void ServerResponseOrdersTest::queuedResponse()
{
    QFETCH(Case, c);
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        res->setSendDate(false);
        follow(req, res);
        if (req->url() == "/1") {
            m_first = res;
            m_journal.clear();
            m_journal.add(u"request /1"_s);
        } else {
            c.use(res);
        }
    });
    connect(&server, &Server::clientError, this, [this](const Error &error, QIODevice *socket) {
        m_journal.add(u"clientError "_s + error.message);
        Transport::of(socket)->destroy();
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QCOMPARE(talk(server.serverPort(), keeping("/1") + closing("/2")), c.answer);
    QTRY_VERIFY(server.children().isEmpty());
    QCOMPARE(m_journal.text(), c.events);
}

void ServerResponseOrdersTest::destroyedWhileTheLastPieceIsOnItsWay_finishes_data()
{
    QTest::addColumn<bool>("withError");
    QTest::newRow("destroy()") << false;
    QTest::newRow("destroy(error)") << true;
}

/// What was begun counts as handed over, as the reference has it.
void ServerResponseOrdersTest::destroyedWhileTheLastPieceIsOnItsWay_finishes()
{
    QFETCH(bool, withError);
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        follow(req, res);
        connect(Transport::of(req->socket()), &Transport::closed, this,
            [this] { m_journal.add(u"socket close"_s); });
        res->write(QByteArray(8'000'000, 'x'), note(u"written"_s));
        res->end(QByteArray(8'000'000, 'x'), note(u"ended"_s));
        later(res, [&, socket = req->socket()] {
            server.close(note(u"server close"_s));
            Error error;
            if (withError) {
                error.code = ErrorCode::Canceled;
                error.message = u"x"_s;
            }
            Transport::of(socket)->destroy(error);
        });
    });
    connect(&server, &Server::clientError, this,
        [this](const Error &error) { m_journal.add(u"clientError "_s + error.message); });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QTcpSocket client;
    client.setReadBufferSize(1);
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    client.write(keeping("/1"));
    QTRY_VERIFY(m_journal.contains(u"socket close"_s));
    QCOMPARE(m_journal.text(),
        u"request /1 | prefinish /1 | "_s + (withError ? u"clientError x | "_s : QString())
            + u"server close | written | finish /1 | ended | res close /1 | req close /1 | socket close"_s);
}

/// The answer is complete, the rest of the request is taken off the wire: 'finish' comes with the last
/// piece of the answer, 'close' of the request with the end of its body.
void ServerResponseOrdersTest::earlyAnswer_finishesWhileTheRequestStillComes()
{
    constexpr qsizetype size = 8'000'000;
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        follow(req, res);
        res->setSendDate(false);
        res->end(QByteArray(size, 'x'));
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/1", "Content-Length: 6\r\n", "POST") + "abc");
    QTRY_COMPARE(client.received().count('x'), size);
    QTRY_VERIFY(m_journal.contains(u"res close /1"_s));
    QCOMPARE(m_journal.text(), u"request /1 | prefinish /1 | finish /1 | res close /1"_s);
    client.send("def" + closing("/2"));
    QTRY_VERIFY(client.isClosed());
    QTRY_VERIFY(m_journal.contains(u"req close /2"_s));
    QCOMPARE(m_journal.text(),
        u"request /1 | prefinish /1 | finish /1 | res close /1 | request /2 | prefinish /2 | req "
        u"close /1 "
        "| finish /2 | res close /2 | req close /2"_s);
}

void ServerResponseOrdersTest::socketClose_isHeardInTheOrderOfListening_data()
{
    QTest::addColumn<bool>("inConnection");
    QTest::addColumn<int>("requests");
    QTest::addColumn<QString>("events");
    const QString one = u"request /1 | aborted /1 | req error /1 aborted | req close /1 | "_s;
    const QString two = u"request /1 | prefinish /1 | finish /1 | res close /1 | req close /1 | "
                        u"request /2 | aborted /2 | "
                        "req error /2 aborted | req close /2 | socket close | res close /2"_s;
    QTest::newRow("before the response") << true << 1 << one + u"socket close | res close /1"_s;
    QTest::newRow("after it") << false << 1 << one + u"res close /1 | socket close"_s;
    QTest::newRow("before the second, on connection") << true << 2 << two;
    QTest::newRow("before the second, on the first request") << false << 2 << two;
}

/// Recorded on the reference: the requests hear of it first, a response from the time of its turn on.
void ServerResponseOrdersTest::socketClose_isHeardInTheOrderOfListening()
{
    QFETCH(bool, inConnection);
    QFETCH(int, requests);
    QFETCH(QString, events);
    const auto listen = [this](QIODevice *socket) {
        connect(Transport::of(socket), &Transport::closed, this,
            [this] { m_journal.add(u"socket close"_s); });
    };
    Server server([&](IncomingMessage *req, ServerResponse *res) {
        follow(req, res);
        const int number = req->url().mid(1).toInt();
        if (!inConnection && number == 1)
            listen(req->socket());
        if (number < requests)
            res->end("x");
        else
            later(res, [req] { req->destroy(); });
    });
    if (inConnection)
        connect(&server, &Server::connection, this, listen);
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(keeping("/1"));
    if (requests == 2) {
        QTRY_VERIFY(m_journal.contains(u"req close /1"_s));
        client.send(keeping("/2"));
    }
    QTRY_VERIFY(m_journal.contains(u"socket close"_s));
    QTRY_VERIFY(server.children().isEmpty());
    QCOMPARE(m_journal.text(), events);
}

QTEST_GUILESS_MAIN(ServerResponseOrdersTest)
#include "tst_serverresponseorders.moc"
