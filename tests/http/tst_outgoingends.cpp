// Source: reference "Class: http.OutgoingMessage": end(), destroy(), setTimeout(), 'prefinish', 'finish', writable*.
#include "clientfixture.h"

#include <http/transport.h>

#include <QPointer>
#include <QTest>
#include <QTimer>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

QString yes(bool value) { return value ? u"true"_s : u"false"_s; }

QString codeOf(const Error &error) { return error ? QString(wire::name(error.code)) : u"none"_s; }

QString flags(const OutgoingMessage *message)
{
    return u"ended %1 finished %2"_s.arg(
        yes(message->writableEnded()), yes(message->writableFinished()));
}

} // namespace

class OutgoingEndsTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void end_prefinishComesInside_finishAndCallbackLater_data();
    void end_prefinishComesInside_finishAndCallbackLater();
    void end_beforeTheSocket_waitsForTheConnection();
    void end_calledAgain_data();
    void end_calledAgain();
    void destroyResponse_closesWithoutFinish();
    void setTimeout_isHeardAndDestroysNothing();
    void setTimeout_calledAgain_addsAListener();
    void writableState_atEveryPhase();

private:
    using UseMessage = std::function<void(OutgoingMessage *)>;

    /// Calls \a use with a request whose socket is connected, or with a response; the other one just answers.
    void with(bool ofRequest, const UseMessage &use);

    std::function<void()> note(const QString &entry)
    {
        return [this, entry] { m_journal.add(entry); };
    }

    /// A row for a request and one for a response.
    static void bothSides();
};

void OutgoingEndsTest::bothSides()
{
    QTest::addColumn<bool>("ofRequest");
    QTest::newRow("request") << true;
    QTest::newRow("response") << false;
}

void OutgoingEndsTest::with(bool ofRequest, const UseMessage &use)
{
    const quint16 port = listen([ofRequest, use](IncomingMessage *req, ServerResponse *res) {
        if (ofRequest)
            connect(req, &IncomingMessage::ended, res, [res] { res->end(); });
        else
            use(res);
        req->resume();
    });
    QPointer<ClientRequest> req = request(to(port));
    connect(req, &ClientRequest::response, this, [](IncomingMessage *res) { res->resume(); });
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
        connect(Transport::of(socket), &Transport::connected, this, [&] {
            if (ofRequest)
                use(req);
            else
                req->end();
        });
    });
    QTRY_VERIFY(!req);
    m_server->close();
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void OutgoingEndsTest::end_prefinishComesInside_finishAndCallbackLater_data() { bothSides(); }

// conformance: messages/outgoing-finish-and-prefinish
void OutgoingEndsTest::end_prefinishComesInside_finishAndCallbackLater()
{
    QFETCH(bool, ofRequest);
    with(ofRequest, [this](OutgoingMessage *message) {
        const auto noteFlags = [this, message](const QString &name) {
            return [this, message, name] { m_journal.add(name + u' ' + flags(message)); };
        };
        connect(message, &OutgoingMessage::prefinish, this, [this, message] {
            m_journal.add(u"prefinish ended "_s + yes(message->writableEnded()));
        });
        connect(message, &OutgoingMessage::finish, this, noteFlags(u"finish"_s));
        noteFlags(u"before"_s)();
        message->end("body", [call = noteFlags(u"callback"_s)](const Error &) { call(); });
        m_journal.add(u"after ended "_s + yes(message->writableEnded()));
    });
    QCOMPARE(m_journal.text(),
        u"before ended false finished false | prefinish ended true | after ended true | "
        "finish ended true finished true | callback ended true finished true"_s);
}

// conformance: messages/outgoing-end-before-the-socket
void OutgoingEndsTest::end_beforeTheSocket_waitsForTheConnection()
{
    QByteArray body;
    QByteArray length;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        length = req->headers().value("content-length");
        connect(
            req, &IncomingMessage::data, this, [&](const QByteArray &octets) { body += octets; });
        connect(req, &IncomingMessage::ended, res, [res] { res->end(); });
    });
    QPointer<ClientRequest> req = request(to(port));
    const auto show = [&](const QString &moment) {
        m_journal.add(u"%1: socket %2 %3 queued %4 headersSent %5"_s.arg(moment, yes(req->socket()),
            flags(req), yes(req->writableLength() > 0), yes(req->headersSent())));
    };
    connect(req, &ClientRequest::socketAssigned, this, [&] { show(u"socket event"_s); });
    connect(req, &ClientRequest::prefinish, this, note(u"prefinish"_s));
    connect(req, &ClientRequest::finish, this, [&] { show(u"finish event"_s); });
    show(u"new"_s);
    req->end("body", [this](const Error &) { m_journal.add(u"callback"_s); });
    show(u"after end"_s);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"new: socket false ended false finished false queued false headersSent false | "
        "after end: socket false ended true finished false queued true headersSent true | "
        "socket event: socket true ended true finished false queued true headersSent true | "
        "prefinish | "
        "finish event: socket true ended true finished true queued false headersSent true | "
        "callback"_s);
    QCOMPARE(body + ' ' + length, "body 4");
}

void OutgoingEndsTest::end_calledAgain_data() { bothSides(); }

// conformance: messages/outgoing-end-called-again
void OutgoingEndsTest::end_calledAgain()
{
    QFETCH(bool, ofRequest);
    with(ofRequest, [&](OutgoingMessage *message) {
        const auto noteCall = [this](const char *name) {
            return [this, name](const Error &error) {
                m_journal.add(QString::fromLatin1(name) + u' ' + codeOf(error));
            };
        };
        const auto late = [this, message, noteCall] {
            message->end({}, noteCall("end(callback)"));
            m_journal.add(u"write "_s + yes(message->write("late", noteCall("write callback"))));
        };
        connect(message, &OutgoingMessage::errorOccurred, this, [this](const Error &error) {
            m_journal.add(u"error "_s + codeOf(error) + u' ' + error.message);
        });
        connect(message, &OutgoingMessage::finish, this, note(u"finish"_s));
        if (ofRequest) { // it lives on and waits for its response
            connect(message, &OutgoingMessage::finish, message,
                [message, late] { QTimer::singleShot(0, message, late); });
            message->write("body");
        } else {
            connect(message, &OutgoingMessage::closed, message, late);
        }
        message->end(ofRequest ? "" : "body");
        message->end();
        message->end("late", noteCall("end(data)"));
    });
    const QString error = u" | error ERR_STREAM_WRITE_AFTER_END write after end"_s;
    QCOMPARE(m_journal.text(),
        u"finish | end(data) ERR_STREAM_WRITE_AFTER_END"_s + error
            + u" | end(callback) ERR_STREAM_ALREADY_FINISHED | write false | "
              "write callback ERR_STREAM_WRITE_AFTER_END"_s
            + (ofRequest ? error : u""_s)); // nobody hears it after 'close'
}

// conformance: messages/outgoing-destroy-of-response
void OutgoingEndsTest::destroyResponse_closesWithoutFinish()
{
    const quint16 port = listen([this](IncomingMessage *, ServerResponse *res) {
        const QPointer<Transport> socket = Transport::of(res->socket());
        QVERIFY(!res->writeHead(200, { { "Content-Length", 100 } }));
        res->write("part", [this, res, socket](const Error &) {
            m_journal.add(u"destroyed before "_s + yes(res->isDestroyed()));
            res->destroy();
            m_journal.add(u"destroyed %1 socket destroyed %2"_s.arg(
                yes(res->isDestroyed()), yes(socket->isDestroyed())));
            res->destroy();
            m_journal.add(u"write "_s + yes(res->write("more", [this](const Error &error) {
                m_journal.add(u"write callback "_s + codeOf(error) + u' ' + error.message);
            })));
            m_journal.add(u"ended "_s + yes(res->writableEnded()));
        });
        connect(res, &ServerResponse::errorOccurred, this, note(u"error"_s));
        connect(res, &ServerResponse::finish, this, note(u"finish"_s));
        connect(res, &ServerResponse::closed, this, note(u"close"_s));
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QStringList client;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        res->resume();
        connect(res, &IncomingMessage::aborted, this, [&] { client.append(u"aborted"_s); });
        connect(res, &IncomingMessage::ended, this, [&] { client.append(u"end"_s); });
    });
    connect(req, &ClientRequest::errorOccurred, this, [&] { client.append(u"error"_s); });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"destroyed before false | destroyed true socket destroyed true | write false | "
        "ended false | write callback ERR_STREAM_DESTROYED "
        "Cannot call write after a stream was destroyed | close"_s);
    QCOMPARE(client.join(u' '), u"aborted"_s);
}

// conformance: messages/outgoing-set-timeout
void OutgoingEndsTest::setTimeout_isHeardAndDestroysNothing()
{
    const std::chrono::milliseconds soon(30);
    QPointer<ClientRequest> req;
    const quint16 port = listen([&](IncomingMessage *, ServerResponse *res) {
        res->setTimeout(soon, [&, res, heard = false]() mutable {
            if (std::exchange(heard, true))
                return;
            m_journal.add(u"response callback, socket destroyed "_s
                + yes(Transport::of(res->socket())->isDestroyed()));
            res->setTimeout({});
            connect(req, &ClientRequest::timedOut, this, note(u"request timeout"_s));
            req->setTimeout(soon, [&, res] {
                m_journal.add(u"request callback, socket destroyed %1 aborted %2"_s.arg(
                    yes(Transport::of(req->socket())->isDestroyed()), yes(req->isAborted())));
                req->setTimeout({});
                res->end("late");
            });
        });
    });
    req = get(to(port, "GET"));
    connect(req, &ClientRequest::response, this, [this](IncomingMessage *res) {
        m_journal.add(u"response %1"_s.arg(res->statusCode()));
        res->resume();
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"response callback, socket destroyed false | request timeout | "
        "request callback, socket destroyed false aborted false | response 200"_s);
}

void OutgoingEndsTest::setTimeout_calledAgain_addsAListener()
{
    const quint16 port = listen([this](IncomingMessage *, ServerResponse *res) {
        res->setTimeout(std::chrono::milliseconds(5), note(u"first"_s));
        res->setTimeout(std::chrono::milliseconds(5), [this, res] {
            m_journal.add(u"second"_s);
            res->end();
        });
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"first | second"_s);
}

// conformance: messages/outgoing-writable-state
void OutgoingEndsTest::writableState_atEveryPhase()
{
    Journal server;
    const auto show = [](Journal *journal, const QString &moment, const OutgoingMessage *message) {
        QCOMPARE(message->finished(), message->writableEnded());
        QCOMPARE(message->writableHighWaterMark(), 16384);
        QVERIFY(!message->writableObjectMode());
        journal->add(moment + u' ' + flags(message));
    };
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        req->resume();
        show(&server, u"new"_s, res);
        res->write("body");
        connect(res, &ServerResponse::finish, this, [&, res] {
            show(&server, u"finish"_s, res);
            QCOMPARE(res->writableLength(), 0);
        });
        connect(res, &ServerResponse::closed, this, [&, res] { show(&server, u"close"_s, res); });
        QTimer::singleShot(0, res, [&, res] {
            show(&server, u"written"_s, res);
            res->end();
        });
    });
    QPointer<ClientRequest> req = request(to(port));
    show(&m_journal, u"new"_s, req);
    QCOMPARE(req->writableLength(), 0);
    req->write(QByteArray(100, 'x'));
    QVERIFY(req->writableLength() > 100 && !req->socket());
    connect(req, &ClientRequest::socketAssigned, this, [&](QIODevice *socket) {
        connect(Transport::of(socket), &Transport::connected, this, [&] {
            QTimer::singleShot(0, req, [&] {
                show(&m_journal, u"written"_s, req);
                req->end();
                m_journal.add(u"ended "_s + yes(req->writableEnded()));
            });
        });
    });
    connect(req, &ClientRequest::finish, this, [&] {
        show(&m_journal, u"finish"_s, req);
        QCOMPARE(req->writableLength(), 0);
    });
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"new ended false finished false | written ended false finished false | ended true | "
        "finish ended true finished true"_s);
    QCOMPARE(server.text(),
        u"new ended false finished false | written ended false finished false | "
        "finish ended true finished true | close ended true finished true"_s);
}

QTEST_GUILESS_MAIN(OutgoingEndsTest)
#include "tst_outgoingends.moc"
