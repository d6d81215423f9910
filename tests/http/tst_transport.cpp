// Source: net.Socket as the reference's classes use it: write callbacks, cork, drain, end, destroy, timeout;
// options socketPath, createConnection, lookup, localAddress; http/transport.h.
#include "journal.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QLocalSocket>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace wire = headrace::wire;

class TransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void writes_callBackInOrder_onTicks();
    void corked_goesOutInOne();
    void drain_followsAFullBuffer();
    void end_closesOnlyOurHalf();
    void peerEnd_withoutHalfOpen_endsOurs();
    void destroy_tellsErrorThenClose();
    void destroy_dropsWhatIsCorked();
    void destroy_beforeTheConnection_dropsWhatWasWritten();
    void writtenBeforeTheConnection_isNotHeldByALaterCork();
    void destroy_failsWhatWaitsBehindAWrite();
    void writeAfterEnd_isRefused();
    void timeout_firesOnceUntilTouched();
    void pause_stopsReceiving();
    void ticks_runBeforeTheEventLoopGoesOn();
    void ticks_ofADeletedContext_areDropped();
    void localSocket_bothEnds();
    void localSocket_nobodyListens();
    void createConnection_isUsed();
    void createConnection_later_orFailed_data();
    void createConnection_later_orFailed();
    void lookup_decidesTheAddress();
    void injectedConnection_isServed();

private:
    /// A connected pair: m_near with a transport, m_far plain.
    void makePair();

    Journal m_journal;
    std::unique_ptr<QTcpServer> m_listener;
    QPointer<QTcpSocket> m_near;
    QPointer<QTcpSocket> m_far;
    QPointer<Transport> m_transport;
    QByteArray m_farReceived;
};

void TransportTest::init()
{
    m_journal.clear();
    m_farReceived.clear();
}

void TransportTest::cleanup()
{
    delete m_near;
    m_listener.reset();
}

void TransportTest::makePair()
{
    m_listener = std::make_unique<QTcpServer>();
    QVERIFY(m_listener->listen(QHostAddress::LocalHost));
    m_near = new QTcpSocket;
    m_near->connectToHost(QHostAddress(QHostAddress::LocalHost), m_listener->serverPort());
    QTRY_VERIFY(
        m_listener->hasPendingConnections() && m_near->state() == QAbstractSocket::ConnectedState);
    m_far = m_listener->nextPendingConnection();
    connect(m_far, &QTcpSocket::readyRead, this, [this] { m_farReceived += m_far->readAll(); });
    m_transport = Transport::of(m_near);
    QCOMPARE(Transport::of(m_near), m_transport);
    const auto note
        = [this](const QString &entry) { return [this, entry] { m_journal.add(entry); }; };
    connect(m_transport, &Transport::ended, this, note(u"end"_s));
    connect(m_transport, &Transport::drained, this, note(u"drain"_s));
    connect(m_transport, &Transport::timedOut, this, note(u"timeout"_s));
    connect(m_transport, &Transport::received, this, [this](const QByteArray &octets) {
        m_journal.add(u"data "_s + QString::fromLatin1(octets));
    });
    connect(m_transport, &Transport::errorOccurred, this,
        [this](const Error &error) { m_journal.add(u"error "_s + wire::name(error.code)); });
    connect(m_transport, &Transport::closed, this,
        [this](bool hadError) { m_journal.add(hadError ? u"close with error"_s : u"close"_s); });
    m_transport->resume();
}

void TransportTest::writes_callBackInOrder_onTicks()
{
    makePair();
    for (const char *piece : { "a", "b", "c" })
        m_transport->write(piece, [this, piece](const Error &error) {
            m_journal.add(QString::fromLatin1(piece) + (error ? u" failed"_s : QString()));
        });
    QCOMPARE(m_journal.text(), QString());
    QTRY_COMPARE(m_journal.text(), u"a | b | c"_s);
    QTRY_COMPARE(m_farReceived, "abc");
    QCOMPARE(m_transport->bytesWritten(), 3);
}

void TransportTest::corked_goesOutInOne()
{
    makePair();
    m_transport->cork();
    m_transport->cork();
    m_transport->write("a");
    m_transport->write("b");
    QCOMPARE(m_transport->writableLength(), 2);
    m_transport->uncork();
    QCOMPARE(m_transport->writableLength(), 2);
    m_transport->uncork();
    QCOMPARE(m_transport->writableLength(), 0);
    QTRY_COMPARE(m_farReceived, "ab");
}

void TransportTest::drain_followsAFullBuffer()
{
    makePair();
    QVERIFY(m_transport->write("x"));
    QVERIFY(!m_transport->write(
        QByteArray(8'000'000, 'x'), [this](const Error &) { m_journal.add(u"written"_s); }));
    QVERIFY(m_transport->needsDrain());
    QTRY_COMPARE(m_journal.text(), u"drain | written"_s);
    QVERIFY(!m_transport->needsDrain());
    QTRY_COMPARE(m_farReceived.size(), 8'000'001);
}

void TransportTest::end_closesOnlyOurHalf()
{
    makePair();
    QByteArray afterEnd;
    connect(m_far, &QTcpSocket::readChannelFinished, this, [this] { m_journal.add(u"far end"_s); });
    m_far->write("late");
    m_transport->write("bye");
    m_transport->end();
    QVERIFY(!m_transport->isWritable() && m_transport->isReadable());
    QTRY_VERIFY(m_journal.contains(u"data late"_s));
    QTRY_VERIFY(m_journal.contains(u"close"_s)); // the far socket closes when it sees the end
    QCOMPARE(m_farReceived, "bye");
    QTRY_VERIFY(!m_near);
}

void TransportTest::peerEnd_withoutHalfOpen_endsOurs()
{
    makePair();
    m_far->write("last");
    m_far->disconnectFromHost();
    QTRY_COMPARE(m_journal.text(), u"data last | end | close"_s);
    QTRY_VERIFY(!m_near); // the device goes with its transport
}

void TransportTest::destroy_tellsErrorThenClose()
{
    makePair();
    Error mine;
    mine.code = ErrorCode::Canceled;
    m_transport->destroy(mine);
    m_transport->destroy();
    QVERIFY(m_transport->isDestroyed());
    QCOMPARE(m_journal.text(), QString());
    QTRY_COMPARE(m_journal.text(), u"error ECANCELED | close with error"_s);
    QTRY_VERIFY(!m_near);
}

/// Recorded on the reference, as is the next.
void TransportTest::destroy_dropsWhatIsCorked()
{
    makePair();
    m_transport->cork();
    m_transport->write("never", [this](const Error &) { m_journal.add(u"written"_s); });
    m_transport->destroy();
    QTRY_COMPARE(m_journal.text(), u"close"_s);
    QCOMPARE(m_farReceived, "");
}

void TransportTest::destroy_beforeTheConnection_dropsWhatWasWritten()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    auto *socket = new QTcpSocket; // goes away after closed()
    socket->connectToHost(server.serverAddress(), server.serverPort());
    Transport *transport = Transport::of(socket);
    connect(transport, &Transport::closed, this, [this, transport] {
        m_journal.add(u"close, %1 octets"_s.arg(transport->writableLength()));
    });
    transport->write("never", [this](const Error &) { m_journal.add(u"written"_s); });
    transport->destroy();
    QTRY_COMPARE(m_journal.text(), u"close, 5 octets"_s);
}

void TransportTest::writtenBeforeTheConnection_isNotHeldByALaterCork()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    auto *socket = new QTcpSocket(this);
    socket->connectToHost(server.serverAddress(), server.serverPort());
    Transport *transport = Transport::of(socket);
    connect(transport, &Transport::connected, this, [this] { m_journal.add(u"connect"_s); });
    transport->write("a", [this](const Error &) { m_journal.add(u"a"_s); });
    transport->cork();
    transport->write("b", [this](const Error &) { m_journal.add(u"b"_s); });
    QTRY_COMPARE(m_journal.text(), u"connect | a"_s);
    transport->uncork();
    QTRY_COMPARE(m_journal.text(), u"connect | a | b"_s);
    transport->destroy();
}

void TransportTest::destroy_failsWhatWaitsBehindAWrite()
{
    makePair();
    m_far->setReadBufferSize(1000);
    m_transport->write(QByteArray(32'000'000, 'x'),
        [this](const Error &error) { m_journal.add(u"first "_s + wire::name(error.code)); });
    m_transport->cork();
    m_transport->write("never",
        [this](const Error &error) { m_journal.add(u"second "_s + wire::name(error.code)); });
    m_transport->destroy();
    QTRY_COMPARE(m_journal.text(), u"first  | second ERR_STREAM_DESTROYED | close"_s);
}

void TransportTest::writeAfterEnd_isRefused()
{
    makePair();
    m_transport->end();
    QVERIFY(!m_transport->write(
        "x", [this](const Error &error) { m_journal.add(wire::name(error.code)); }));
    QTRY_VERIFY(m_journal.contains(u"ERR_STREAM_WRITE_AFTER_END"_s));
}

void TransportTest::timeout_firesOnceUntilTouched()
{
    makePair();
    m_transport->setTimeout(30ms);
    QTRY_COMPARE(m_journal.text(), u"timeout"_s);
    m_far->write("x");
    QTRY_COMPARE(m_journal.text(), u"timeout | data x | timeout"_s);
    m_transport->setTimeout(0ms);
    QCOMPARE(m_transport->timeout(), 0ms);
}

void TransportTest::pause_stopsReceiving()
{
    makePair();
    m_transport->pause();
    m_far->write("held");
    m_far->flush();
    for (int turn = 0; turn < 50; ++turn)
        QCoreApplication::processEvents();
    QCOMPARE(m_journal.text(), QString());
    m_transport->resume();
    QTRY_COMPARE(m_journal.text(), u"data held"_s);
}

void TransportTest::ticks_runBeforeTheEventLoopGoesOn()
{
    QStringList order;
    QMetaObject::invokeMethod(
        this, [&] { order += u"queued"_s; }, Qt::QueuedConnection);
    {
        const IoScope outer;
        nextTick(this, [&] {
            order += u"first"_s;
            nextTick(this, [&] { order += u"nested"_s; });
        });
        {
            const IoScope inner;
            nextTick(this, [&] { order += u"second"_s; });
        }
        order += u"end of scope"_s;
    }
    QTRY_COMPARE(order.size(), 5);
    QCOMPARE(order.join(u','), u"end of scope,first,second,nested,queued"_s);
}

void TransportTest::ticks_ofADeletedContext_areDropped()
{
    bool ran = false;
    auto context = std::make_unique<QObject>();
    nextTick(context.get(), [&] { ran = true; });
    context.reset();
    bool after = false;
    nextTick(this, [&] { after = true; });
    QTRY_VERIFY(after);
    QVERIFY(!ran);
}

void TransportTest::localSocket_bothEnds()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"s"_s);
    Server server([](IncomingMessage *req, ServerResponse *res) {
        QVERIFY(qobject_cast<QLocalSocket *>(req->socket()));
        res->sendFrom(req->asDevice());
    });
    QVERIFY(!server.listenLocal(path));
    QByteArray body(3'000'000, 'l');
    RequestOptions options;
    options.socketPath = path;
    options.method = "POST";
    QPointer<ClientRequest> req = request(options);
    QByteArray got;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { got += octets; });
    });
    req->end(body);
    QTRY_VERIFY_WITH_TIMEOUT(!req, 20'000);
    QVERIFY(got == body);
    QTRY_COMPARE(server.connectionCount(), 0);
}

void TransportTest::localSocket_nobodyListens()
{
    RequestOptions options;
    options.socketPath = u"/nowhere/at/all"_s;
    QPointer<ClientRequest> req = get(options);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().contains(u"error ENOENT"_s), qPrintable(m_journal.text()));
    QVERIFY(m_journal.text().endsWith(u"close"_s));
}

void TransportTest::createConnection_isUsed()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    RequestOptions options;
    options.host = u"made.up"_s;
    options.port = 1234;
    options.createConnection
        = [&](const ConnectOptions &wanted, RequestOptions::ConnectionCallback) -> QIODevice * {
        m_journal.add(wanted.host + QString::number(wanted.port));
        auto *socket = new QTcpSocket;
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
        return socket;
    };
    QPointer<ClientRequest> req = get(options);
    QVERIFY(!req->agent());
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        u"made.up1234 | socket | finish | response 200 | res data ok | res end | close | res close"_s);
    QVERIFY(server.received().contains("\r\nHost: made.up:1234\r\nConnection: close\r\n"));
}

void TransportTest::createConnection_later_orFailed_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("later") << false;
    QTest::newRow("failed") << true;
}

void TransportTest::createConnection_later_orFailed()
{
    QFETCH(bool, fails);
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    RequestOptions::ConnectionCallback answer;
    RequestOptions options;
    options.createConnection
        = [&](const ConnectOptions &, RequestOptions::ConnectionCallback callback) -> QIODevice * {
        answer = callback;
        return nullptr;
    };
    QPointer<ClientRequest> req = get(options);
    m_journal.followRequest(req);
    if (fails) {
        Error error;
        error.code = ErrorCode::Canceled;
        error.message = u"no"_s;
        answer(error, nullptr);
    } else {
        auto *socket = new QTcpSocket;
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
        answer({}, socket);
    }
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(),
        fails ? u"error ECANCELED no"_s // and no 'close', as in the reference
              : u"socket | finish | response 200 | res data ok | res end | close | res close"_s);
}

void TransportTest::lookup_decidesTheAddress()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    RequestOptions options;
    options.host = u"made.up"_s;
    options.port = server.port();
    options.localAddress = u"127.0.0.1"_s;
    options.lookup = [this](const QString &host, const LookupOptions &,
                         ConnectOptions::LookupCallback answer) {
        m_journal.add(host);
        answer({}, { QHostAddress(QHostAddress::LocalHost) });
    };
    QPointer<ClientRequest> req = get(options);
    m_journal.followRequest(req);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.contains(u"response 200"_s), qPrintable(m_journal.text()));
    QVERIFY(m_journal.text().startsWith(u"made.up | "_s));
}

void TransportTest::injectedConnection_isServed()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    Server server([](IncomingMessage *, ServerResponse *res) {
        res->setSendDate(false);
        res->end("injected");
    });
    connect(&listener, &QTcpServer::newConnection, this,
        [&] { server.injectConnection(listener.nextPendingConnection()); });
    QVERIFY(talk(listener.serverPort(), closing()).endsWith("\r\n\r\ninjected"));
    QTRY_COMPARE(server.connectionCount(), 0);
}

QTEST_GUILESS_MAIN(TransportTest)
#include "tst_transport.moc"
