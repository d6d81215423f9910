#include "proxyfixture.h"
#include "support/rawsocket.h"

#include <exchange/websocket.h>

#include <QTimer>

using namespace headrace;
using exchange::Direction;
using test::RawAcceptor;
using test::RawSocket;

namespace {

QByteArray hostOf(const QTcpServer &server)
{
    return "127.0.0.1:" + QByteArray::number(server.serverPort());
}

/// Changes what it is told to.
class Filter : public proxy::Interceptor
{
public:
    Verdict intercept(proxy::Transit &transit, proxy::Stage stage) override
    {
        if (stage == proxy::Stage::RequestHead) {
            if (request)
                transit.setPieceFilter(Direction::Request, request);
            if (response)
                transit.setPieceFilter(Direction::Response, response);
            transit.shaping(Direction::Response) = shaping;
        }
        const bool isSwitching
            = stage == proxy::Stage::ResponseHead && transit.response().head.statusCode() == 101;
        if (isSwitching && messages)
            transit.setWebSocketFilter(messages);
        return Verdict::Proceed;
    }

    proxy::Transit::PieceFilter request;
    proxy::Transit::PieceFilter response;
    proxy::Transit::WebSocketFilter messages;
    proxy::Shaping shaping;
};

QByteArray upper(const QByteArray &piece)
{
    return piece.isNull() ? QByteArray("!") : piece.toUpper();
}

/// At once, or by the event loop.
template <class Given, class Result>
auto makeFilter(bool isLater, Result (*function)(const Given &))
{
    return
        [isLater, function](const Given &given, const std::function<void(const Result &)> &done) {
            if (!isLater) {
                done(function(given));
                return;
            }
            QTimer::singleShot(1, qApp, [result = function(given), done] { done(result); });
        };
}

using Message = proxy::Transit::WebSocketMessage;

std::optional<Message> changed(const Message &message)
{
    if (message.payload == "secret")
        return std::nullopt;
    Message changed = message;
    changed.payload.replace("dog", "cat");
    return changed;
}

} // namespace

// Bodies as they come, upgrades and tunnels.
class StreamsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void events_comeAsTheyAreSent()
    {
        ProxyFixture fixture;
        RawSocket *peer = nullptr;
        RawAcceptor origin([&](RawSocket *socket) {
            connect(socket, &RawSocket::received, socket, [&peer, socket] {
                peer = socket;
                socket->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            });
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(
            "GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n\r\n");
        QTRY_VERIFY(got.octets.endsWith("\r\n\r\n"));
        for (int i = 0; i < 3; ++i) {
            const QByteArray event = "data: " + QByteArray::number(i) + "\n\n";
            peer->send(event);
            QTRY_VERIFY(got.octets.endsWith(event));
        }
        const exchange::Exchange live = *fixture.store.exchange(fixture.store.ids().first());
        QCOMPARE(live.summary.state, exchange::State::Active);
        QVERIFY(live.response.raw().endsWith("data: 2\n\n")); // seen while it goes on
        peer->finish();
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(fixture.lastEnded()->summary.state, exchange::State::Complete);
    }

    /// Neither end is read faster than the other one reads.
    void slowReader_holdsTheWriterBack_data()
    {
        QTest::addColumn<bool>("isUpload");
        QTest::newRow("download") << false;
        QTest::newRow("upload") << true;
    }

    void slowReader_holdsTheWriterBack()
    {
        QFETCH(bool, isUpload);
        constexpr qsizetype size = 48 * 1024 * 1024; // more than what sockets hold
        ProxyFixture fixture;
        qint64 atOrigin = 0;
        RawSocket *peer = nullptr;
        RawAcceptor origin([&](RawSocket *socket) {
            connect(socket, &RawSocket::received, socket, [&, socket](const QByteArray &octets) {
                atOrigin += octets.size();
                if (std::exchange(peer, socket))
                    return;
                if (isUpload)
                    socket->setReading(false);
                else
                    socket->send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size)
                        + "\r\n\r\n" + QByteArray(size, 'x'));
            });
        });
        RawSocket *client = RawSocket::connectTo(fixture.proxy.port(), this);
        qint64 atClient = 0;
        connect(client, &RawSocket::received, this,
            [&](const QByteArray &octets) { atClient += octets.size(); });
        const QByteArray head
            = " http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n";
        client->setReading(false);
        client->send(isUpload ? "POST" + head + "Content-Length: " + QByteArray::number(size)
                    + "\r\n\r\n" + QByteArray(size, 'x')
                              : "GET" + head + "\r\n");
        QTRY_VERIFY(peer);
        // It comes to rest: what is under way fits into the buffers of the sockets.
        RawSocket *writer = isUpload ? client : peer;
        qint64 unsent = -1;
        QTRY_VERIFY(
            std::exchange(unsent, writer->unsent()) == writer->unsent() && writer->unsent() < size);
        QVERIFY(writer->unsent() > size / 4);
        client->setReading(true);
        peer->setReading(true);
        if (isUpload) {
            QTRY_VERIFY(atOrigin > size);
            peer->send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        } else {
            QTRY_VERIFY(atClient > size);
        }
        QTRY_VERIFY(fixture.lastEnded());
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Complete);
        delete client;
    }

    void upgrade_passesInBothDirections()
    {
        ProxyFixture fixture;
        RawSocket *peer = nullptr;
        QByteArray atOrigin;
        RawAcceptor origin([&](RawSocket *socket) {
            connect(socket, &RawSocket::received, socket, [&, socket](const QByteArray &octets) {
                atOrigin += octets;
                if (!std::exchange(peer, socket))
                    socket->send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd\r\nConnection: "
                                 "Upgrade\r\n\r\nfirst");
            });
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        const QByteArray fields = "Host: " + hostOf(origin)
            + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: odd\r\n\r\n";
        client->write("GET http://" + hostOf(origin) + "/up HTTP/1.1\r\n" + fields);
        QTRY_VERIFY(got.octets.endsWith("\r\n\r\nfirst"));
        QCOMPARE(atOrigin, "GET /up HTTP/1.1\r\n" + fields);
        client->write(QByteArray("\0\xff no HTTP", 10));
        QTRY_VERIFY(atOrigin.endsWith(QByteArray("\0\xff no HTTP", 10)));
        peer->send("answer");
        QTRY_VERIFY(got.octets.endsWith("answer"));
        peer->finish();
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Exchange exchange = *fixture.lastEnded();
        QCOMPARE(exchange.summary.pattern, exchange::Pattern::Upgrade);
        QCOMPARE(exchange.response.joined(exchange::Part::Tunnel), "firstanswer");
        QCOMPARE(exchange.request.joined(exchange::Part::Tunnel), QByteArray("\0\xff no HTTP", 10));
        QTRY_COMPARE(fixture.proxy.counters(), proxy::Counters { 1 });
    }

    void tunnel_passesWhatIsNoHttp_data()
    {
        QTest::addColumn<QByteArray>("fromClient");
        QTest::addColumn<QByteArray>("fromOrigin"); // first when the client says nothing
        QTest::newRow("client first")
            << QByteArray("\x00\x01\x02 binary", 10) << QByteArray("back");
        QTest::newRow("server first") << QByteArray() << QByteArray("220 mail.test ESMTP\r\n");
        QTest::newRow("almost HTTP") << QByteArray("HELO there\r\n") << QByteArray("250 ok\r\n");
        QTest::newRow("almost TLS") << QByteArray("\x16\x03\x01\xff\xff\xff", 6) << QByteArray("x");
    }

    void tunnel_passesWhatIsNoHttp()
    {
        QFETCH(QByteArray, fromClient);
        QFETCH(QByteArray, fromOrigin);
        ProxyFixture fixture;
        RawSocket *peer = nullptr;
        QByteArray atOrigin;
        RawAcceptor origin([&](RawSocket *socket) {
            peer = socket;
            connect(socket, &RawSocket::received, socket,
                [&](const QByteArray &octets) { atOrigin += octets; });
            connect(socket, &RawSocket::ended, socket, [socket] { socket->finish(); });
        });
        RawSocket *client = RawSocket::connectTo(fixture.proxy.port(), this);
        QByteArray got;
        connect(
            client, &RawSocket::received, this, [&](const QByteArray &octets) { got += octets; });
        client->send("CONNECT " + hostOf(origin) + " HTTP/1.1\r\nHost: x\r\n\r\n" + fromClient);
        QTRY_VERIFY(got.startsWith("HTTP/1.1 200 ") && got.endsWith("\r\n\r\n"));
        QTRY_VERIFY(peer);
        QTRY_COMPARE(atOrigin, fromClient);
        peer->send(fromOrigin);
        QTRY_VERIFY(got.endsWith(fromOrigin));
        client->send("more");
        QTRY_COMPARE(atOrigin, fromClient + "more");
        client->finish();
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Exchange exchange = *fixture.lastEnded();
        QCOMPARE(exchange.summary.method, u"CONNECT");
        QCOMPARE(exchange.summary.pattern, exchange::Pattern::PassedThrough);
        QCOMPARE(exchange.request.joined(exchange::Part::Tunnel), fromClient + "more");
        QCOMPARE(exchange.response.joined(exchange::Part::Tunnel), fromOrigin);
        delete client;
        QTRY_COMPARE(fixture.proxy.counters(), proxy::Counters { 1 });
    }

    /// Its first octets come in one read with the answer of the proxy between.
    void serverFirst_behindAnotherProxy_isHeard()
    {
        RawServer between([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\n\r\n220 mail.test ESMTP\r\n");
        });
        proxy::Settings settings;
        settings.upstream.choice = proxy::Upstream::Choice::Fixed;
        settings.upstream.url = QUrl(between.url());
        ProxyFixture fixture(settings);
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write("CONNECT mail.test:25 HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY2(got.octets.endsWith("\r\n\r\n220 mail.test ESMTP\r\n"), got.octets);
    }

    void httpInTunnel_isReadAndListed()
    {
        proxy::Settings settings;
        ProxyFixture fixture(settings);
        RawServer origin(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write("CONNECT " + hostOf(origin) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(got.octets.endsWith("\r\n\r\n"));
        const QByteArray request = "GET /inside HTTP/1.1\r\nHost: named.test\r\n\r\n";
        client->write(request + request);
        QTRY_VERIFY2(
            got.octets.count("HTTP/1.1 200 OK") == 2, got.octets + origin.received.join("|"));
        QCOMPARE(origin.received,
            QList<QByteArray> { request + request }); // the tunnel's connection serves both
        QTRY_VERIFY(fixture.lastEnded());
        QTRY_COMPARE(fixture.store.count(), 3);
        QCOMPARE(fixture.lastEnded()->summary.target, u"/inside");
    }

    void pieces_areFiltered_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QByteArray>("answered");
        QTest::newRow("chunks, trailers")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                          "chunked\r\n\r\n3;x\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                          "chunked\r\n\r\n3\r\nABC\r\n2\r\nDE\r\n1\r\n!\r\n0\r\nT: 1\r\n\r\n");
        QTest::newRow("length") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nA: 1\r\n\r\nabc")
                                << QByteArray("HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: "
                                              "chunked\r\n\r\n3\r\nABC\r\n1\r\n!\r\n0\r\n\r\n");
        QTest::newRow("until the end")
            << QByteArray("HTTP/1.1 200 OK\r\nA: 1\r\n\r\nabc")
            << QByteArray("HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: "
                          "chunked\r\n\r\n3\r\nABC\r\n1\r\n!\r\n0\r\n\r\n");
        QTest::newRow("no body") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n")
                                 << QByteArray("HTTP/1.1 204 No Content\r\n\r\n");
    }

    void pieces_areFiltered()
    {
        QFETCH(QByteArray, response);
        QFETCH(QByteArray, answered);
        const bool isUntilEnd
            = response.contains("\r\nA: 1\r\n\r\n") && !response.contains("Length");
        for (const bool isLater : { false, true }) {
            Filter filter;
            filter.response = makeFilter(isLater, upper);
            ProxyFixture fixture;
            fixture.proxy.setInterceptors({ &filter });
            RawServer origin([&](QTcpSocket *socket, const QByteArray &) {
                socket->write(response);
                if (isUntilEnd)
                    socket->disconnectFromHost();
            });
            const auto client = fixture.connectClient();
            Received got(*client);
            client->write("GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin)
                + "\r\n\r\n");
            QTRY_COMPARE(got.octets, answered);
            QTRY_VERIFY(fixture.lastEnded());
            QByteArray recorded = fixture.lastEnded()->response.raw();
            QCOMPARE(recorded, response); // as received; the change stands beside it
            if (isUntilEnd)
                continue;
            // The connection goes on.
            client->write("GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin)
                + "\r\n\r\n");
            QTRY_COMPARE(got.octets, answered + answered);
        }
    }

    /// Who sends is held back as long as the filter takes its time, both ways.
    void piecesThatWait_holdTheirSenderBack_data()
    {
        QTest::addColumn<bool>("isUpload");
        QTest::newRow("download") << false;
        QTest::newRow("upload") << true;
    }

    void piecesThatWait_holdTheirSenderBack()
    {
        QFETCH(bool, isUpload);
        constexpr qint64 size = 64 << 20;
        Filter filter;
        int asked = 0;
        bool answersAtOnce = false;
        std::function<void(const QByteArray &)> waiting;
        (isUpload ? filter.request : filter.response)
            = [&](const QByteArray &piece, const std::function<void(const QByteArray &)> &done) {
                  ++asked;
                  if (answersAtOnce)
                      done(piece);
                  else
                      waiting = [piece, done](const QByteArray &) { done(piece); };
              };
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &filter });
        qint64 sent = 0;
        const auto pour = [&sent](QTcpSocket *socket) {
            const auto fill = [socket, &sent] {
                for (; sent < size && socket->bytesToWrite() < 256 * 1024; sent += 64 * 1024)
                    socket->write(QByteArray(64 * 1024, 'x'));
            };
            QObject::connect(socket, &QTcpSocket::bytesWritten, socket, fill);
            fill();
        };
        RawServer origin([&](QTcpSocket *socket, const QByteArray &received) {
            if (isUpload || !received.endsWith("\r\n\r\n"))
                return;
            socket->write(
                "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n");
            pour(socket);
        });
        const auto client = fixture.connectClient();
        client->write((isUpload ? "POST http://" : "GET http://") + hostOf(origin)
            + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n"
            + (isUpload ? "Content-Length: " + QByteArray::number(size) + "\r\n" : QByteArray())
            + "\r\n");
        if (isUpload)
            pour(client.get());
        QTRY_COMPARE(asked, 1);
        qint64 before = -1; // until the system's buffers are full it goes on
        QTRY_VERIFY(std::exchange(before, sent) == sent);
        QVERIFY2(sent < size / 2, qPrintable(QString::number(sent)));
        QCOMPARE(asked, 1);
        for (int i = 1; i < 10; ++i) {
            std::exchange(waiting, {})({});
            QTRY_COMPARE(asked, i + 1);
        }
        client->abort(); // while it waits
        answersAtOnce = true;
        waiting({});
        QTRY_COMPARE(fixture.proxy.counters().active, 0);
        QTRY_COMPARE(fixture.proxy.counters().originConnections, 0);
    }

    /// What came of a body before its origin broke off goes through the filter, too.
    void pieceThatWaits_originBreaksOff_itGoesOn()
    {
        Filter filter;
        filter.response = makeFilter(true, upper);
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &filter });
        RawServer origin([](QTcpSocket *socket, const QByteArray &) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            socket->disconnectFromHost();
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(
            "GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n\r\n");
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(got.octets.endsWith("\r\n\r\n3\r\nABC\r\n"), got.octets);
        QTRY_VERIFY(fixture.lastEnded());
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Failed);
    }

    void faults_areCarriedOut_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<qint64>("at");
        QTest::newRow("truncated in the body")
            << int(proxy::Shaping::Fault::Truncate) << qint64(45);
        QTest::newRow("truncated in the head")
            << int(proxy::Shaping::Fault::Truncate) << qint64(10);
        QTest::newRow("reset") << int(proxy::Shaping::Fault::Reset) << qint64(45);
        QTest::newRow("at once") << int(proxy::Shaping::Fault::Reset) << qint64(0);
        QTest::newRow("malformed") << int(proxy::Shaping::Fault::MalformedChunk) << qint64(45);
    }

    void faults_areCarriedOut()
    {
        QFETCH(int, fault);
        QFETCH(qint64, at);
        Filter filter;
        filter.shaping.fault = proxy::Shaping::Fault(fault);
        filter.shaping.faultAt = at;
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &filter });
        const QByteArray answer
            = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n01234567890123456789";
        RawServer origin(RawServer::to(answer));
        RawSocket *client = RawSocket::connectTo(fixture.proxy.port(), this);
        QByteArray got;
        bool isReset = false;
        bool isClosed = false;
        connect(
            client, &RawSocket::received, this, [&](const QByteArray &octets) { got += octets; });
        connect(client, &RawSocket::failed, this, [&] { isReset = true; });
        connect(client, &RawSocket::ended, client, [client] { client->finish(); });
        connect(client, &RawSocket::closed, this, [&] { isClosed = true; });
        client->send(
            "GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n\r\n");
        QTRY_VERIFY(isClosed);
        QCOMPARE(isReset, filter.shaping.fault == proxy::Shaping::Fault::Reset);
        if (filter.shaping.fault == proxy::Shaping::Fault::MalformedChunk)
            QCOMPARE(got, answer.first(at) + "zz\r\n");
        else if (!isReset)
            QCOMPARE(got, answer.first(at));
        QTRY_VERIFY(fixture.lastEnded());
        QCOMPARE(fixture.lastEnded()->summary.errorCode, u"ABORT_ERR");
        delete client;
        QTRY_COMPARE(fixture.proxy.counters(), proxy::Counters { 1 });
    }

    void throttledAnswer_comesWhole()
    {
        Filter filter;
        filter.shaping.octetsPerSecond = 200'000;
        filter.shaping.latency = std::chrono::milliseconds(20);
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &filter });
        const QByteArray answer
            = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + QByteArray(100'000, 'x');
        RawServer origin(RawServer::to(answer));
        const auto client = fixture.connectClient();
        Received got(*client);
        QElapsedTimer timer;
        timer.start();
        client->write(
            "GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin) + "\r\n\r\n");
        QTRY_COMPARE(got.octets, answer);
        QVERIFY2(timer.elapsed() >= 400,
            "it came faster than it may"); // no less than 100,000 octets at that rate, nearly
        QTRY_COMPARE(fixture.lastEnded()->summary.state, exchange::State::Complete);
    }

    void webSocketMessages_areFiltered_data()
    {
        QTest::addColumn<bool>("isCompressed");
        QTest::addColumn<bool>("isLater");
        QTest::newRow("plain") << false << false;
        QTest::newRow("compressed") << true << false;
        QTest::newRow("plain, later") << false << true;
        QTest::newRow("compressed, later") << true << true;
    }

    void webSocketMessages_areFiltered()
    {
        QFETCH(bool, isCompressed);
        QFETCH(bool, isLater);
        Filter filter;
        filter.messages = makeFilter(isLater, changed);
        ProxyFixture fixture;
        fixture.proxy.setInterceptors({ &filter });
        const QByteArray extension
            = isCompressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
        exchange::Message response;
        if (isCompressed)
            response.fields.append(std::pair(
                QByteArray("Sec-WebSocket-Extensions"), QByteArray("permessage-deflate")));
        const auto deflate = exchange::webSocketDeflateOf(response);
        exchange::WebSocketReader reader(deflate);
        exchange::WebSocketWriter atClient(Direction::Request, deflate);
        exchange::WebSocketWriter atOrigin(Direction::Response, deflate);
        QByteArrayList received;
        RawAcceptor origin([&](RawSocket *socket) {
            auto isOpen = std::make_shared<bool>(false);
            connect(socket, &RawSocket::received, socket,
                [&, isOpen, socket](const QByteArray &octets) {
                    if (!std::exchange(*isOpen, true)) {
                        socket->send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: "
                                     "websocket\r\nConnection: Upgrade\r\n"
                            + extension + "\r\n" + atOrigin.write(1, "hot dog"));
                        return;
                    }
                    for (const auto &message : reader.feed(Direction::Request, octets, 0))
                        received.append(message.payload);
                });
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write("GET http://" + hostOf(origin) + "/ HTTP/1.1\r\nHost: " + hostOf(origin)
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        QTRY_VERIFY(got.octets.contains("\r\n\r\n"));
        QTRY_VERIFY(got.octets.size() > got.octets.indexOf("\r\n\r\n") + 4);
        const auto seen = reader.feed(
            Direction::Response, got.octets.sliced(got.octets.indexOf("\r\n\r\n") + 4), 0);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.first().payload, "hot cat");
        QByteArray sent;
        for (const char *text : { "a dog", "left alone", "secret", "dogdog" })
            sent += atClient.write(1, text);
        sent += atClient.write(9, "ping") + atClient.write(2, QByteArray(100'000, 'x'));
        for (qsizetype at = 0; at < sent.size(); at += 7) // however it is cut
            client->write(sent.mid(at, 7));
        client->disconnectFromHost(); // its end waits for what is filtered
        QTRY_COMPARE(received.size(), 5);
        QCOMPARE(received.first(4), (QByteArrayList { "a cat", "left alone", "catcat", "ping" }));
        QCOMPARE(received.last(), QByteArray(100'000, 'x'));
    }
};

QTEST_GUILESS_MAIN(StreamsTest)
#include "tst_streams.moc"
