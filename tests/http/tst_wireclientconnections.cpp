// Connections of a live client: reuse, surplus octets, tunnels, and the octets it sends. Source: reference
// http.request(), "Class: http.Agent"; conformance wire/client-*.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using headrace::test::MemorySocket;
using headrace::test::settle;
namespace wire = headrace::wire;

class WireClientConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cutAtEveryOctet_data()
    {
        columns();
        row("content-length",
            "HTTP/1.1 200 All  Right\r\nX-Name:  a value \r\nContent-Length: 9\r\n\r\nhello\r\n!!",
            "response HTTP/1.1 200 'All  Right' ['X-Name','a value','Content-Length','9']\n"
            "body 'hello\\r\\n!!' trailers [] complete true");
        row("chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00A;x=y\r\n"
            "0123456789\r\n0\r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'hello0123456789' trailers [] complete true");
        row("chunked, trailers",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-T: 1\r\n"
            "Y-T:  two \r\n\r\n",
            "response HTTP/1.1 200 'OK' ['Transfer-Encoding','chunked']\n"
            "body 'x' trailers ['X-T','1','Y-T','two'] complete true");
        row("until close", "HTTP/1.0 404 No\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\nbody\r\n\r\n",
            "response HTTP/1.0 404 'No' ['Set-Cookie','a','set-cookie','b']\n"
            "body 'body\\r\\n\\r\\n' trailers [] complete true");
        row("100, 103, 200",
            "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: x\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "information 100 'C' []\ninformation 103 'E' ['Link','x']\n"
            "response HTTP/1.1 200 'OK' ['Content-Length','2']\n"
            "body 'ok' trailers [] complete true");
        row("204", "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n",
            "response HTTP/1.1 204 'No Content' ['A','b']\nbody '' trailers [] complete true");
        row("no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
            "response HTTP/1.1 200 '' ['Content-Length','0']\nbody '' trailers [] complete true");
    }

    // conformance: wire/client-split-at-every-byte
    void cutAtEveryOctet() { checkReceived(); }

    void surplus_behindResponse_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        const QByteArray chunked
            = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        const QByteArray quiet = "response 200\nbody ok complete true";
        const QByteArray fault = "response 200\nerror HPE_INVALID_CONSTANT\nbody ok complete true";
        QTest::newRow("nothing") << ok << quiet;
        QTest::newRow("a second response")
            << ok + "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno" << quiet;
        QTest::newRow("garbage") << ok + "garbage" << fault;
        QTest::newRow("an empty line") << ok + "\r\n" << quiet;
        QTest::newRow("a second response behind chunks") << chunked + ok << quiet;
        QTest::newRow("body longer than its length") << ok + "more" << fault;
        QTest::newRow("a late informational") << ok + "HTTP/1.1 103 Early\r\n\r\n" << quiet;
    }

    // conformance: wire/client-extra-bytes-after-response
    void surplus_behindResponse()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        AgentOptions keepAlive;
        keepAlive.keepAlive = true;
        MemoryAgent agent(keepAlive);
        RequestOptions options;
        options.agent = &agent;
        QByteArrayList log;
        int closes = 0;
        ClientRequest *sent = get(options);
        connect(sent, &ClientRequest::information, sent, [&](const Information &information) {
            log.append("information " + QByteArray::number(information.statusCode));
        });
        connect(sent, &ClientRequest::response, sent, [&](IncomingMessage *response) {
            log.append("response " + QByteArray::number(response->statusCode()));
            const auto body = std::make_shared<QByteArray>();
            connect(response, &IncomingMessage::data, response,
                [body](const QByteArray &piece) { *body += piece; });
            connect(response, &IncomingMessage::aborted, response, [&] { log.append("aborted"); });
            connect(response, &IncomingMessage::ended, response, [&log, body, response] {
                log.append("body " + *body
                    + (response->isComplete() ? " complete true" : " complete false"));
            });
        });
        connect(sent, &ClientRequest::errorOccurred, sent, [&](const Error &error) {
            log.append("error " + QByteArray(wire::name(error.code).data()));
        });
        connect(sent, &ClientRequest::closed, sent, [&] { ++closes; });
        settle();
        agent.peers().first()->write(octets);
        settle();
        QCOMPARE(log.join('\n'), expected);
        QCOMPARE(closes, 1);
    }

    void reuse_ofAConnection_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("reuses");
        QTest::addColumn<bool>("ends");
        const auto add = [](const char *name, const QByteArray &fields, bool reuses,
                             const QByteArray &version = "1.1") {
            QTest::newRow(name) << "HTTP/" + version + " 200 OK\r\n" + fields
                    + "Content-Length: 2\r\n\r\nok"
                                << QByteArray("ok") << reuses << false;
        };
        const auto addChunked
            = [](const char *name, const QByteArray &fields, const QByteArray &trailers,
                  bool reuses, const QByteArray &version = "1.1") {
                  QTest::newRow(name) << "HTTP/" + version + " 200 OK\r\n" + fields
                          + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n" + trailers + "\r\n"
                                      << QByteArray("ok") << reuses << false;
              };
        const auto addBodiless = [](const char *name, const QByteArray &head, bool reuses) {
            QTest::newRow(name) << head + "\r\n\r\n" << QByteArray() << reuses << false;
        };
        const auto addUntilClose = [](const char *name, const QByteArray &head) {
            QTest::newRow(name) << head + "\r\n\r\nok" << QByteArray("ok") << false << true;
        };
        add("1.1, length", "", true);
        add("1.1, close", "Connection: close\r\n", false);
        add("1.1, Close", "Connection: Close\r\n", false);
        add("1.1, keep-alive", "Connection: keep-alive\r\n", true);
        add("1.1, close in a list", "Connection: foo, close\r\n", false);
        add("1.1, foo", "Connection: foo\r\n", true);
        add("1.0, length", "", false, "1.0");
        add("1.0, keep-alive", "Connection: keep-alive\r\n", true, "1.0");
        addChunked("1.1, chunked", "", "", true);
        addBodiless("1.1, 204", "HTTP/1.1 204 No", true);
        addBodiless("1.1, 304", "HTTP/1.1 304 No", true);
        addBodiless("1.1, length 0", "HTTP/1.1 200 OK\r\nContent-Length: 0", true);
        // Beside the conformance case; recorded on the reference.
        add("close, keep-alive", "Connection: close, keep-alive\r\n", false);
        add("keep-alive, close", "Connection: keep-alive, close\r\n", false);
        add("close and a tab", "Connection: close\t\r\n", true);
        add("closed", "Connection: closed\r\n", true);
        add("empty", "Connection:\r\n", true);
        add("upgrade", "Connection: upgrade\r\nUpgrade: x\r\n", true);
        add("two fields", "Connection: keep-alive\r\nConnection: close\r\n", false);
        add("proxy-connection", "Proxy-Connection: close\r\n", false);
        addChunked("chunked, close", "Connection: close\r\n", "", false);
        addChunked("1.0, chunked, keep-alive", "Connection: keep-alive\r\n", "", true, "1.0");
        addChunked("close among the trailers", "", "Connection: close\r\n", true);
        addUntilClose("until close", "HTTP/1.1 200 OK");
        addUntilClose("1.0, keep-alive, no length", "HTTP/1.0 200 OK\r\nConnection: keep-alive");
        addUntilClose("another coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip");
        addBodiless("204, close", "HTTP/1.1 204 No\r\nConnection: close", false);
        addBodiless("1.0, 204", "HTTP/1.0 204 No", false);
        addBodiless("1.0, 204, keep-alive", "HTTP/1.0 204 No\r\nConnection: keep-alive", true);
        addBodiless("304 with a length", "HTTP/1.1 304 No\r\nContent-Length: 5", true);
    }

    // conformance: wire/client-keep-alive-decision
    void reuse_ofAConnection()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, body);
        QFETCH(bool, reuses);
        QFETCH(bool, ends);
        const auto exchange = [ends](const QByteArrayList &pieces) {
            AgentOptions keepAlive;
            keepAlive.keepAlive = true;
            keepAlive.maxSockets = 1;
            MemoryAgent agent(keepAlive);
            RequestOptions options;
            options.agent = &agent;
            QByteArrayList log;
            for (int round = 0; round < 2; ++round) {
                ClientRequest *sent = get(options);
                QByteArray received;
                connect(sent, &ClientRequest::response, sent, [&](IncomingMessage *response) {
                    connect(response, &IncomingMessage::data, response,
                        [&](const QByteArray &piece) { received += piece; });
                    connect(response, &IncomingMessage::ended, response, [&, sent] {
                        log.append(received + (sent->reusedSocket() ? " reused" : " new"));
                    });
                });
                settle();
                for (const QByteArray &piece : pieces) {
                    agent.peers().last()->write(piece);
                    settle();
                }
                if (ends)
                    agent.peers().last()->finish();
                settle();
            }
            return log.join(", ") + "; connections " + QByteArray::number(agent.peers().size());
        };
        QCOMPARE(atEveryCut(octets, exchange),
            body + " new, " + body + (reuses ? " reused; connections 1" : " new; connections 2"));
    }

    void connectAnswer_data()
    {
        columns();
        const auto add = [](const char *name, const QByteArray &octets, const QByteArray &fields,
                             const QByteArray &got) {
            addRow(name, octets,
                "server got 'CONNECT h.example:443 HTTP/1.1'\nconnect 200 " + fields
                    + "\nrequest closed\nclient got " + got,
                Sending::Open, "CONNECT");
        };
        add("200", "HTTP/1.1 200 Connected\r\n\r\n", "[]", "pong");
        add("200, head", "HTTP/1.1 200 Connected\r\n\r\nhead-", "[]", "head-pong");
        add("200, length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhead-",
            "['Content-Length','2']", "head-pong");
        add("200, chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhead-",
            "['Transfer-Encoding','chunked']", "head-pong");
        add("http/1.0", "HTTP/1.0 200 OK\r\n\r\nhead-", "[]", "head-pong");
        addRow("no listener", "HTTP/1.1 200 Connected\r\n\r\nhead-",
            "server got 'CONNECT h.example:443 HTTP/1.1'\nrequest closed", Sending::Open, "");
    }

    // conformance: wire/client-connect-response-raw
    void connectAnswer()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, method);
        const bool listens = !method.isEmpty();
        const auto exchange = [listens](const QByteArrayList &pieces) {
            MemoryAgent agent;
            RequestOptions options;
            options.agent = &agent;
            options.method = "CONNECT";
            options.path = "h.example:443";
            QByteArrayList log;
            QByteArray got;
            ClientRequest *sent = request(options);
            connect(sent, &ClientRequest::response, sent, [&] { log.append("response"); });
            connect(sent, &ClientRequest::errorOccurred, sent, [&](const Error &error) {
                log.append("error " + QByteArray(wire::name(error.code).data()));
            });
            connect(sent, &ClientRequest::closed, sent, [&] { log.append("request closed"); });
            const auto onConnect
                = [&](IncomingMessage *response, QIODevice *socket, const QByteArray &head) {
                      log.append("connect " + QByteArray::number(response->statusCode()) + ' '
                          + quoted(response->rawHeaders()));
                      got = head;
                      connect(socket, &QIODevice::readyRead, socket,
                          [&, socket] { got += socket->readAll(); });
                      connect(socket, &QIODevice::readChannelFinished, socket, [&, socket] {
                          log.append("client got " + got);
                          socket->deleteLater();
                      });
                      socket->write("ping");
                  };
            if (listens)
                connect(sent, &ClientRequest::connectRequested, sent, onConnect);
            sent->end();
            settle();
            MemorySocket *peer = agent.peers().first();
            log.append("server got " + quoted(peer->takeAll().split('\r').first()));
            for (const QByteArray &piece : pieces) {
                peer->write(piece);
                settle();
            }
            if (peer->takeAll() == "ping")
                peer->write("pong");
            peer->finish();
            settle();
            return log.join('\n');
        };
        QCOMPARE(atEveryCut(octets, exchange), expected);
    }
};

QTEST_GUILESS_MAIN(WireClientConnectionsTest)
#include "tst_wireclientconnections.moc"
