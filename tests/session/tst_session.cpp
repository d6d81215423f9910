#include "support/rawserver.h"

#include <exchange/store.h>
#include <session/session.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::session;
using exchange::Exchange;
using exchange::Part;
using exchange::State;

namespace {

RequestDraft draftTo(const QString &url)
{
    RequestDraft draft;
    draft.url = url;
    return draft;
}

// "ClientRequest.socket", without the steps that no document names
QStringList journal(const Exchange &exchange)
{
    QStringList result;
    for (const exchange::Event &event : exchange.events) {
        if (event.object != u"Socket" && event.object != u"Wire" && event.object != u"Agent")
            result.append(event.name);
    }
    return result;
}

struct Sent
{
    explicit Sent(Session &session, const RequestDraft &draft)
        : session(session)
        , ended(&session, &Session::sendEnded)
        , failed(&session, &Session::sendFailed)
        , began(&session, &Session::sendBegan)
        , id(session.send(draft))
    {
    }

    bool wait()
    {
        return QTest::qWaitFor([this] { return ended.count() + failed.count() > 0; }, 15'000);
    }

    Exchange exchange() const
    {
        return *session.store()->exchange(ended.first().at(1).value<exchange::ExchangeId>());
    }

    Session &session;
    QSignalSpy ended;
    QSignalSpy failed;
    QSignalSpy began;
    SendId id;
};

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void send_isRecordedWhole()
    {
        const QByteArray answer = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                                  "HTTP/1.1 200 Fine\r\nX-a: 1\r\nx-A: 2\r\nTransfer-Encoding: "
                                  "chunked\r\nTrailer: X-T\r\n\r\n"
                                  "5;a=b\r\nhello\r\n3\r\nyou\r\n0\r\nX-T: t\r\n\r\n";
        RawServer server(RawServer::to(answer));
        Session session;
        RequestDraft draft = draftTo(server.url(u"/p%41?q#f"_qs));
        draft.fields = { { true, "X-b", "1" }, { true, "x-B", "2" } };
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QCOMPARE(sent.began.count(), 1);
        QCOMPARE(sent.began[0][0].toULongLong(), sent.id);
        const Exchange e = sent.exchange();
        QCOMPARE(e.summary.state, State::Complete);
        QCOMPARE(e.summary.source, exchange::Source::Composer);
        QCOMPARE(e.request.raw(), server.received[0]);
        QVERIFY2(server.received[0].startsWith("GET /p%41?q HTTP/1.1\r\nHost: 127.0.0.1:"),
            server.received[0]);
        QVERIFY(server.received[0].contains("\r\nX-b: 1\r\nx-B: 2\r\n"));
        QCOMPARE(e.interim[0].raw() + e.response.raw(), answer);
        QCOMPARE(e.response.joined(Part::Body), "helloyou");
        QCOMPARE(e.response.chunks[0].extensions, ";a=b");
        QCOMPARE(e.response.chunks[1].offset, 5);
        QCOMPARE(e.response.trailers.first().second, "t");
        QCOMPARE(e.response.reason, "Fine");
        QVERIFY(
            e.timings.connectEnded >= e.timings.connectStarted && e.timings.connectStarted >= 0);
        QVERIFY(e.timings.firstByte >= e.timings.requestSent);
        QCOMPARE(e.connection.peerPort, server.serverPort());
    }

    void events_areInTheDocumentedOrder()
    {
        RawServer server(
            RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        Session session;
        Sent sent(session, draftTo(server.url()));
        QVERIFY(sent.wait());
        QStringList names = journal(sent.exchange());
        names.removeAll(u"prefinish"_qs);
        QCOMPARE(names.mid(0, 6).join(u' '), u"socket finish response data end close"_qs);
    }

    void connections_areKeptAndReused()
    {
        RawServer server(RawServer::to("HTTP/1.1 204 No Content\r\n\r\n"));
        Session session;
        Sent first(session, draftTo(server.url()));
        QVERIFY(first.wait());
        QVERIFY(!first.exchange().connection.isReused);
        Sent second(session, draftTo(server.url()));
        QVERIFY(second.wait());
        QVERIFY(second.exchange().connection.isReused);
        QCOMPARE(second.exchange().timings.connectStarted, -1);
        QCOMPARE(server.connections, 1);
    }

    void textBody_isSentWithLength()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("caf\xc3\xa9"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.method = "POST";
        draft.bodyKind = RequestDraft::BodyKind::Text;
        draft.text = u"café"_qs;
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QVERIFY2(server.received[0].contains("\r\nContent-Length: 5\r\n"), server.received[0]);
        QCOMPARE(sent.exchange().request.bodyOctets, 5);
        QCOMPARE(sent.exchange().request.raw(), server.received[0]);
    }

    void trailers_areSentBehindAChunkedBody()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\nX-T: 1\r\nX-t: 2\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.method = "POST";
        draft.bodyKind = RequestDraft::BodyKind::Text;
        draft.text = u"hello"_qs;
        draft.trailers = { { true, "X-T", "1" }, { true, "X-t", "2" } };
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QVERIFY2(server.received[0].endsWith("\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\nX-t: 2\r\n\r\n"),
            server.received[0]);
        QCOMPARE(sent.exchange().request.raw(), server.received[0]);
        QCOMPARE(sent.exchange().request.trailers.size(), 2);
    }

    void file_isStreamedWithProgress()
    {
        constexpr qint64 size = 8 * 1024 * 1024;
        QTemporaryDir folder;
        QFile file(folder.filePath(u"body"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(size, 'x'));
        file.close();
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.size() > size && received.endsWith("xxxx"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
        });
        Session session;
        QSignalSpy progress(&session, &Session::sendProgress);
        RequestDraft draft = draftTo(server.url());
        draft.method = "PUT";
        draft.bodyKind = RequestDraft::BodyKind::File;
        draft.filePath = file.fileName();
        Sent sent(session, draft);
        QVERIFY2(sent.wait(), qPrintable(QString::number(server.received.value(0).size())));
        QCOMPARE(sent.exchange().summary.state, State::Complete);
        QCOMPARE(sent.exchange().request.bodyOctets, size);
        QVERIFY(server.received[0].contains("Content-Length: " + QByteArray::number(size)));
        qint64 last = 0;
        for (const QList<QVariant> &arguments : progress) {
            const auto told = arguments[1].value<TransferProgress>();
            QCOMPARE(told.toSend, size);
            QVERIFY(told.sent >= last && told.sent <= size);
            last = told.sent;
        }
    }

    void expectation_bodyWaitsForContinue()
    {
        bool headWasAlone = false;
        RawServer server([&](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n")) {
                headWasAlone = true;
                socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            } else if (received.endsWith("body")) {
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.method = "POST";
        draft.fields = { { true, "Expect", "100-continue" } };
        draft.bodyKind = RequestDraft::BodyKind::Text;
        draft.text = u"body"_qs;
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QVERIFY(headWasAlone);
        QCOMPARE(sent.exchange().summary.state, State::Complete);
        QCOMPARE(sent.exchange().interim.first().statusCode, 100);
    }

    void expectation_unknownToThePeer_bodyGoesOut()
    {
        RawServer server([&](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("body"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.method = "POST";
        draft.fields = { { true, "Expect", "100-continue" } };
        draft.bodyKind = RequestDraft::BodyKind::Text;
        draft.text = u"body"_qs;
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().summary.state, State::Complete);
    }

    void cancel_endsAsCanceled()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {}); // never answers
        Session session;
        Sent sent(session, draftTo(server.url()));
        QTRY_VERIFY(!server.received.isEmpty() && server.received[0].endsWith("\r\n\r\n"));
        session.cancel(sent.id);
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().summary.state, State::Canceled);
        session.cancel(sent.id); // over: nothing
        session.cancel(999);
    }

    void cancel_whileTheBodyComes()
    {
        RawServer server(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"));
        Session session;
        Sent sent(session, draftTo(server.url()));
        QTRY_VERIFY(sent.began.count() == 1);
        const auto id = sent.began[0][1].value<exchange::ExchangeId>();
        QTRY_VERIFY(session.store()->exchange(id)->response.bodyOctets == 4);
        session.cancel(sent.id);
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().summary.state, State::Canceled);
        QCOMPARE(sent.exchange().response.joined(Part::Body), "some"); // what came is kept
    }

    void timeout_saysSo()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.timeout = std::chrono::milliseconds(100);
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        const Exchange e = sent.exchange();
        QCOMPARE(e.summary.state, State::Failed);
        QCOMPARE(e.failure->code, u"ETIMEDOUT"_qs);
        QVERIFY2(e.failure->message.contains(u"0.1 s"), qPrintable(e.failure->message));
        QVERIFY(journal(e).contains(u"timeout"_qs));
    }

    void failure_isNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("closes at once") << QByteArray() << u"ECONNRESET"_qs;
        QTest::newRow("garbage") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n")
                                 << u"HPE_INVALID_CONSTANT"_qs;
        QTest::newRow("body too short")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") << u"ECONNRESET"_qs;
        QTest::newRow("bad chunk")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
            << u"HPE_INVALID_CHUNK_SIZE"_qs;
        QTest::newRow("half a head")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-") << u"ECONNRESET"_qs;
    }

    void failure_isNamed()
    {
        QFETCH(QByteArray, answer);
        RawServer server([answer](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n")) {
                socket->write(answer);
                socket->disconnectFromHost();
            }
        });
        Session session;
        Sent sent(session, draftTo(server.url()));
        QVERIFY(sent.wait());
        const Exchange e = sent.exchange();
        QCOMPARE(e.summary.state, State::Failed);
        QTEST(e.failure->code, "code");
        QVERIFY(!e.failure->message.isEmpty());
        QByteArray kept = e.response.raw();
        QCOMPARE(kept, answer); // what came is there to be seen
    }

    void refused_isNamed()
    {
        quint16 port = 0;
        {
            QTcpServer closed;
            QVERIFY(closed.listen(QHostAddress::LocalHost));
            port = closed.serverPort();
        }
        Session session;
        Sent sent(session, draftTo(QStringLiteral("http://127.0.0.1:%1/").arg(port)));
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().failure->code, u"ECONNREFUSED"_qs);
        QCOMPARE(sent.exchange().summary.state, State::Failed);
    }

    void unknownHost_isNamed()
    {
        Session session;
        Sent sent(session, draftTo(u"http://no-such-host.invalid/"_qs));
        QVERIFY(sent.wait());
        const QString code = sent.exchange().failure->code;
        QVERIFY2(code == u"ENOTFOUND" || code == u"EAI_AGAIN", qPrintable(code));
    }

    void invalidDraft_failsWithoutAnExchange()
    {
        Session session;
        Sent sent(session, draftTo(u"nonsense"_qs));
        QCOMPARE(sent.failed.count(), 0); // the id is known first
        QVERIFY(sent.wait());
        QCOMPARE(sent.failed.count(), 1);
        QCOMPARE(sent.failed[0][0].toULongLong(), sent.id);
        QCOMPARE(sent.failed[0][1].toString(), u"ERR_INVALID_URL"_qs);
        QCOMPARE(session.store()->count(), 0);
    }

    void upgrade_isAnsweredAndClosed()
    {
        RawServer server(RawServer::to(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw"));
        Session session;
        RequestDraft draft = draftTo(server.url());
        draft.fields = { { true, "Connection", "upgrade" }, { true, "Upgrade", "x" } };
        Sent sent(session, draft);
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().summary.statusCode, 101);
        QCOMPARE(sent.exchange().summary.state, State::Complete);
    }

    void largeResponse_isBounded()
    {
        constexpr qint64 size = 80 * 1024 * 1024;
        qint64 left = size;
        RawServer server([&](QTcpSocket *socket, const QByteArray &) {
            socket->write(
                "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n");
            const auto more = [socket, &left] {
                while (left > 0 && socket->bytesToWrite() < 1024 * 1024) {
                    socket->write(QByteArray(qMin<qint64>(left, 256 * 1024), 'x'));
                    left -= qMin<qint64>(left, 256 * 1024);
                }
            };
            connect(socket, &QTcpSocket::bytesWritten, socket, more);
            more();
        });
        Session session;
        QSignalSpy progress(&session, &Session::sendProgress);
        Sent sent(session, draftTo(server.url()));
        QVERIFY(sent.wait());
        const Exchange e = sent.exchange();
        QCOMPARE(e.summary.state, State::Complete);
        QCOMPARE(e.response.bodyOctets, size);
        QVERIFY(e.response.isTruncated);
        QVERIFY(e.response.raw().size() <= 64 * 1024 * 1024);
        QVERIFY(progress.count() > 0);
        QCOMPARE(progress.last()[1].value<TransferProgress>().toReceive, size);
    }

    void mock_startsServesAndStops()
    {
        Session session;
        mock::Route route;
        route.path = u"/hello"_qs;
        route.body = "world";
        session.setMockDefinition({ {}, 0, { route } });
        QSignalSpy started(&session, &Session::mockStarted);
        QSignalSpy stopped(&session, &Session::mockStopped);
        session.startMock(0);
        QTRY_COMPARE(started.count(), 1);
        QVERIFY(session.isMockRunning());
        QCOMPARE(session.mockPort(), started[0][0].value<quint16>());
        Sent sent(
            session, draftTo(QStringLiteral("http://127.0.0.1:%1/hello").arg(session.mockPort())));
        QVERIFY(sent.wait());
        QCOMPARE(sent.exchange().response.joined(Part::Body), "world");
        QTRY_COMPARE(session.store()->count(), 2); // both sides
        session.stopMock();
        QTRY_COMPARE(stopped.count(), 1);
        QVERIFY(!session.isMockRunning());
        QCOMPARE(session.mockPort(), 0);
    }

    void mock_portInUse_fails()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Session session;
        QSignalSpy failed(&session, &Session::mockFailed);
        session.startMock(other.serverPort());
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].toString(), u"EADDRINUSE"_qs);
        QVERIFY(!session.isMockRunning());
    }

    void end_whileAllGoesOn_isOrderly()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        for (int i = 0; i < 10; ++i) {
            Session session;
            session.startMock(0);
            for (int j = 0; j < 5; ++j)
                session.send(draftTo(server.url()));
            if (i % 2)
                QTest::qWait(20);
        }
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
