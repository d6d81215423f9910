#include "proxyfixture.h"
#include "support/rawsocket.h"

using namespace headrace;
using test::RawAcceptor;
using test::RawSocket;

// Origins and clients that break off, stall or lie: a clear record, the right status, nothing left behind.
class BadPeersTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray get(quint16 port, const QByteArray &more = {})
    {
        const QByteArray host = "127.0.0.1:" + QByteArray::number(port);
        return "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n";
    }

    static void verifyNothingIsLeft(ProxyFixture &fixture)
    {
        QTRY_COMPARE(fixture.proxy.counters().active, 0);
        QTRY_COMPARE(fixture.proxy.counters().originConnections, 0);
        QTRY_COMPARE(fixture.proxy.counters().clientConnections, 0);
        QCOMPARE(fixture.proxy.counters().tunnels, 0);
    }

private Q_SLOTS:

    void originThatFails_isToldToTheClient_data()
    {
        QTest::addColumn<QByteArray>("answer"); // of the origin, before…
        QTest::addColumn<bool>("resets"); // …it goes, one way or the other
        QTest::addColumn<QByteArray>("received"); // by the client; its beginning when it is a 502
        QTest::addColumn<QString>("code");
        const QByteArray bad = "HTTP/1.1 502 Bad Gateway\r\n";
        QTest::newRow("ends at once") << QByteArray() << false << bad << "ECONNRESET";
        QTest::newRow("resets at once") << QByteArray() << true << bad << "ECONNRESET";
        QTest::newRow("ends in its head")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << false << bad << "ECONNRESET";
        QTest::newRow("resets in its head")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << true << bad << "ECONNRESET";
        QTest::newRow("garbage") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << false << bad
                                 << "HPE_INVALID_CONSTANT";
        const QByteArray two
            = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Length: 3\r\n\r\nabcdef";
        QTest::newRow("two lengths") << two << false << bad << "HPE_UNEXPECTED_CONTENT_LENGTH";
        QTest::newRow("length and chunks") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                           << false << bad << "HPE_UNEXPECTED_CONTENT_LENGTH";
        QTest::newRow("switches unasked") << QByteArray(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
                                          << false << bad << "EPROTO";
        const QByteArray shorter = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
        QTest::newRow("shorter than it said") << shorter << false << shorter << "ECONNRESET";
        QTest::newRow("resets in its body") << shorter << true << shorter << "ECONNRESET";
        const QByteArray chunks
            = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
        QTest::newRow("ends between chunks") << chunks << false << chunks << "ECONNRESET";
        QTest::newRow("malformed chunk") << chunks + "zz\r\n"
                                         << false << chunks << "HPE_INVALID_CHUNK_SIZE";
        const QByteArray open = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
        QTest::newRow("reset in a body without length") << open << true << open << "ECONNRESET";
    }

    void originThatFails_isToldToTheClient()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, resets);
        QFETCH(QByteArray, received);
        QFETCH(QString, code);
        ProxyFixture fixture;
        RawSocket *toReset = nullptr;
        RawAcceptor origin([&](RawSocket *socket) {
            connect(socket, &RawSocket::received, socket, [&, socket] {
                socket->send(answer);
                if (!resets)
                    socket->finish();
                else if (received.startsWith("HTTP/1.1 502"))
                    socket->reset();
                else
                    toReset = socket; // when it has been read
            });
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(get(origin.serverPort()));
        QTRY_VERIFY(toReset || fixture.lastEnded());
        if (toReset) {
            QTRY_COMPARE(got.octets, received);
            toReset->reset();
        }
        QTRY_VERIFY(fixture.lastEnded());
        const exchange::Summary summary = fixture.lastEnded()->summary;
        QCOMPARE(summary.state, exchange::State::Failed);
        QCOMPARE(summary.errorCode, code);
        QTRY_VERIFY2(got.octets.startsWith(received), got.octets);
        if (received.startsWith("HTTP/1.1 502"))
            QVERIFY2(got.octets.contains("\r\nProxy-Status: headrace; error="), got.octets);
        else
            QTRY_COMPARE(
                client->state(), QAbstractSocket::UnconnectedState); // so it is not taken for whole
        if (!received.startsWith("HTTP/1.1 502"))
            QCOMPARE(got.octets, received);
        client->abort();
        verifyNothingIsLeft(fixture);
    }

    void closedPort_isTold()
    {
        ProxyFixture fixture;
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(get(port));
        QTRY_VERIFY2(got.octets.contains("error=connection_refused"), got.octets);
        QTRY_COMPARE(fixture.lastEnded()->summary.errorCode, u"ECONNREFUSED");
        QCOMPARE(fixture.lastEnded()->summary.pattern, exchange::Pattern::ConnectionError);
        got.octets.clear();
        client->write(
            "CONNECT 127.0.0.1:" + QByteArray::number(port) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY2(got.octets.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), got.octets);
        client->abort();
        verifyNothingIsLeft(fixture);
    }

    void loop_isFound_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("URL") << QByteArray(
            "GET http://127.0.0.1:P/x HTTP/1.1\r\nHost: 127.0.0.1:P\r\n\r\n");
        QTest::newRow("name") << QByteArray(
            "GET http://localhost:P/x HTTP/1.1\r\nHost: localhost:P\r\n\r\n");
        QTest::newRow("CONNECT") << QByteArray(
            "CONNECT 127.0.0.1:P HTTP/1.1\r\nHost: 127.0.0.1:P\r\n\r\n");
    }

    void loop_isFound()
    {
        QFETCH(QByteArray, request);
        ProxyFixture fixture;
        request.replace(":P", ':' + QByteArray::number(fixture.proxy.port()));
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(request);
        QTRY_VERIFY2(got.octets.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), got.octets);
        QTRY_VERIFY(fixture.lastEnded());
        client->abort();
        verifyNothingIsLeft(fixture);
        QVERIFY(fixture.store.count() <= 2); // it went round once at most
    }

    void clientThatGoes_letsGoOfTheOrigin_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<bool>("resets");
        QTest::addColumn<bool>("isAnswering");
        QTest::newRow("waiting, reset") << QByteArray("\r\n") << true << false;
        QTest::newRow("being answered, reset") << QByteArray("\r\n") << true << true;
        QTest::newRow("being answered, ended") << QByteArray("\r\n") << false << true;
        QTest::newRow("in its body, reset")
            << QByteArray("Content-Length: 10\r\n\r\nabc") << true << false;
        QTest::newRow("in its body, ended")
            << QByteArray("Content-Length: 10\r\n\r\nabc") << false << false;
        QTest::newRow("in its head, reset") << QByteArray("X: ") << true << false;
        QTest::newRow("in its head, ended") << QByteArray("X: ") << false << false;
    }

    void clientThatGoes_letsGoOfTheOrigin()
    {
        QFETCH(QByteArray, more);
        QFETCH(bool, resets);
        QFETCH(bool, isAnswering);
        ProxyFixture fixture;
        int open = 0;
        QByteArray received;
        RawAcceptor origin([&](RawSocket *socket) {
            ++open;
            connect(socket, &RawSocket::closed, socket, [&] { --open; });
            connect(socket, &RawSocket::ended, socket, [socket] { socket->finish(); });
            connect(socket, &RawSocket::received, socket, [&, socket](const QByteArray &octets) {
                received += octets;
                if (isAnswering)
                    socket->send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin");
            });
        });
        RawSocket *client = RawSocket::connectTo(fixture.proxy.port(), this);
        QByteArray got;
        connect(
            client, &RawSocket::received, this, [&](const QByteArray &octets) { got += octets; });
        const QByteArray whole = get(origin.serverPort());
        client->send(whole.first(whole.size() - 2) + more);
        if (more.contains("\r\n\r\n") || more == "\r\n")
            QTRY_VERIFY(!received.isEmpty());
        else
            QTRY_COMPARE(fixture.proxy.counters().active, 1);
        if (isAnswering)
            QTRY_VERIFY(got.endsWith("begin"));
        if (resets)
            client->reset();
        else
            client->finish();
        QTRY_VERIFY(fixture.lastEnded());
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Failed);
        delete client;
        verifyNothingIsLeft(fixture);
        QTRY_COMPARE(open, 0);
    }

    void halfClosedClient_stillGetsItsAnswer()
    {
        ProxyFixture fixture;
        RawAcceptor origin([](RawSocket *socket) {
            connect(socket, &RawSocket::ended, socket, [socket] {
                socket->send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
                socket->finish();
            });
        });
        RawSocket *client = RawSocket::connectTo(fixture.proxy.port(), this);
        QByteArray got;
        connect(
            client, &RawSocket::received, this, [&](const QByteArray &octets) { got += octets; });
        client->send(get(origin.serverPort()));
        client->finish();
        QTRY_VERIFY2(got.endsWith("late"), got);
        QTRY_VERIFY(fixture.lastEnded());
        QCOMPARE(fixture.lastEnded()->summary.state, exchange::State::Complete);
        delete client;
        verifyNothingIsLeft(fixture);
    }

    void keptConnectionThatWasClosed_isNoticed()
    {
        ProxyFixture fixture;
        int connections = 0;
        RawAcceptor origin([&](RawSocket *socket) {
            const bool isFirst = ++connections == 1;
            auto count = std::make_shared<int>(0);
            connect(socket, &RawSocket::received, socket, [isFirst, count, socket] {
                if (isFirst && ++*count == 2)
                    socket->reset(); // as a server does whose patience ends at that very moment
                else
                    socket->send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            });
        });
        const auto client = fixture.connectClient();
        Received got(*client);
        for (int i = 1; i <= 3; ++i) {
            client->write(get(origin.serverPort()));
            QTRY_COMPARE(got.octets.count("HTTP/1.1 200 OK"), i);
        }
        QCOMPARE(connections, 2);
        QVERIFY(!got.octets.contains("502"));
    }

    void pipelinedRequests_areAnsweredInOrder()
    {
        ProxyFixture fixture;
        RawServer origin([](QTcpSocket *socket, const QByteArray &received) {
            const QByteArray last = received.sliced(received.lastIndexOf("GET "));
            const QByteArray path = last.split(' ').at(1);
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(path.size())
                + "\r\n\r\n" + path);
        });
        const QByteArray host = "127.0.0.1:" + QByteArray::number(origin.serverPort());
        QByteArray requests;
        QByteArray answers;
        for (int i = 0; i < 50; ++i) {
            const QByteArray path = "/" + QByteArray::number(i);
            requests += "GET http://" + host + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            answers += "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(path.size())
                + "\r\n\r\n" + path;
        }
        const auto client = fixture.connectClient();
        Received got(*client);
        client->write(requests);
        QTRY_COMPARE(got.octets, answers);
        QCOMPARE(origin.connections, 1);
    }

    void credentials_areAskedFor()
    {
        proxy::Settings settings;
        settings.clientCredentials = proxy::Credentials { u"me"_qs, u"p:w\u00e9"_qs };
        ProxyFixture fixture(settings);
        RawServer origin(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const QByteArray right
            = "Proxy-Authorization: basic " + QByteArray("me:p:w\u00e9").toBase64() + "\r\n";
        for (const QByteArray &line :
            { QByteArray(), QByteArray("Proxy-Authorization: Basic bWU6\r\n"), right }) {
            const auto client = fixture.connectClient();
            Received got(*client);
            client->write(get(origin.serverPort(), line));
            QTRY_VERIFY(got.octets.contains("\r\n\r\n"));
            QCOMPARE(got.octets.startsWith("HTTP/1.1 200"), line == right);
            if (line != right)
                QVERIFY(got.octets.contains("\r\nProxy-Authenticate: Basic realm=\"Headrace\""));
        }
        QCOMPARE(origin.connections, 1);
        QVERIFY(!origin.received.first().contains("Authorization"));
    }
};

QTEST_GUILESS_MAIN(BadPeersTest)
#include "tst_badpeers.moc"
