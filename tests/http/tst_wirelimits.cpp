// What a live server and client take at most, at the exact boundary. Source: reference maxHeaderSize, maxHeadersCount;
// conformance NOTES "Messages" 4 and 5; counts of raw fields recorded on Node 15.14.
#include "wirerows.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using headrace::test::settle;
namespace wire = headrace::wire;

namespace {

QByteArray fields(int count, const QByteArray &prefix)
{
    QByteArray result;
    for (int number = 0; number < count; ++number)
        result += prefix + QByteArray::number(number) + ":\r\n";
    return result;
}

QByteArray counts(const IncomingMessage *message)
{
    return "headers " + QByteArray::number(message->headers().count()) + " raw "
        + QByteArray::number(message->rawHeaders().size() / 2) + " trailers "
        + QByteArray::number(message->trailers().count()) + " raw "
        + QByteArray::number(message->rawTrailers().size() / 2);
}

} // namespace

class WireLimitsTest : public QObject
{
    Q_OBJECT

private:
    /// What a server with \a options says of \a octets: "ok", or the code of its clientError.
    static QByteArray verdict(const QByteArray &octets, qsizetype maxHeaderSize)
    {
        ServerOptions options;
        options.maxHeaderSize = maxHeaderSize;
        MemoryServer server(
            [](Server *made, QByteArrayList *log) {
                connect(made, &Server::request, made,
                    [log](IncomingMessage *request, ServerResponse *response) {
                        request->resume();
                        connect(request, &IncomingMessage::ended, response,
                            [log] { log->append("ok"); });
                    });
                connect(made, &Server::clientError, made,
                    [log](const Error &error) { log->append(wire::name(error.code).data()); });
            },
            options);
        server.send(octets);
        return server.log().join(' ');
    }

private Q_SLOTS:

    void maxHeadersCount_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("sent");
        QTest::addColumn<int>("trailers");
        QTest::addColumn<QByteArray>("expected");
        const auto add = [](int limit, int sent, int trailers, const char *expected) {
            QTest::addRow("%d of %d, %d trailers", limit, sent, trailers)
                << limit << sent << trailers << QByteArray(expected);
        };
        add(-1, 1000, 0, "headers 1000 raw 1000 trailers 0 raw 0");
        add(-1, 1001, 0, "headers 1000 raw 1001 trailers 0 raw 0");
        add(-1, 1500, 1100, "headers 1000 raw 1023 trailers 1023 raw 1023");
        add(0, 1500, 1500, "headers 1500 raw 1500 trailers 1500 raw 1500");
        add(5, 4, 40, "headers 4 raw 4 trailers 31 raw 31");
        add(5, 5, 5, "headers 5 raw 5 trailers 5 raw 5");
        add(5, 6, 6, "headers 5 raw 6 trailers 6 raw 6");
        add(1, 10, 33, "headers 1 raw 10 trailers 31 raw 31");
        add(40, 33, 33, "headers 33 raw 33 trailers 33 raw 33");
        add(40, 41, 41, "headers 40 raw 41 trailers 41 raw 41");
        add(40, 70, 70, "headers 40 raw 62 trailers 62 raw 62");
    }

    /// A body is framed by fields that are not shown as well.
    void maxHeadersCount()
    {
        QFETCH(int, limit);
        QFETCH(int, sent);
        QFETCH(int, trailers);
        QFETCH(QByteArray, expected);
        const QByteArray chunked = "Connection: close\r\nTransfer-Encoding: chunked\r\n";
        const QByteArray rest = fields(sent - 2, "a") + chunked + "\r\n1\r\nx\r\n0\r\n"
            + fields(trailers, "t") + "\r\n";

        MemoryServer server([limit](Server *made, QByteArrayList *log) {
            made->setMaxHeadersCount(limit);
            connect(made, &Server::request, made,
                [log](IncomingMessage *request, ServerResponse *response) {
                    request->resume();
                    connect(request, &IncomingMessage::ended, response, [=] {
                        log->append(counts(request));
                        response->end();
                    });
                });
        });
        server.send("POST / HTTP/1.1\r\n" + rest);
        QCOMPARE(server.log(), QByteArrayList { expected });
        QVERIFY(server.isClosed());

        MemoryAgent agent;
        RequestOptions options;
        options.agent = &agent;
        QByteArray seen;
        ClientRequest *sentRequest = get(options);
        sentRequest->setMaxHeadersCount(limit);
        connect(sentRequest, &ClientRequest::response, sentRequest, [&](IncomingMessage *response) {
            response->resume();
            connect(response, &IncomingMessage::ended, response,
                [&seen, response] { seen = counts(response); });
        });
        settle();
        agent.peers().first()->write("HTTP/1.1 200 OK\r\n" + rest);
        settle();
        QCOMPARE(seen, expected);
    }

    void maxHeadersCount_ofInformation()
    {
        MemoryAgent agent;
        RequestOptions options;
        options.agent = &agent;
        QByteArray seen;
        ClientRequest *sent = get(options);
        sent->setMaxHeadersCount(2);
        connect(sent, &ClientRequest::information, sent, [&](const Information &information) {
            seen = QByteArray::number(information.headers.count()) + ' '
                + QByteArray::number(information.rawHeaders.size() / 2);
        });
        settle();
        agent.peers().first()->write("HTTP/1.1 103 Early\r\n" + fields(3, "a") + "\r\n");
        settle();
        QCOMPARE(seen, "2 3");
    }

    void maxHeaderSize_ofServer_data()
    {
        QTest::addColumn<qsizetype>("option");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("default") << qsizetype(0) << qsizetype(16384);
        QTest::newRow("given") << qsizetype(100) << qsizetype(100);
        QTest::newRow("large") << qsizetype(200000) << qsizetype(200000);
    }

    /// Target, names and values count; the sum must stay below. Trailers have the same for themselves.
    void maxHeaderSize_ofServer()
    {
        QFETCH(qsizetype, option);
        QFETCH(qsizetype, limit);
        const QByteArray most(limit - 4, 'v'); // with "/" and "ab"
        const QByteArray head = "GET / HTTP/1.1\r\nab: ";
        QCOMPARE(verdict(head + most + "\r\n\r\n", option), "ok");
        QCOMPARE(verdict(head + most + "v\r\n\r\n", option), "HPE_HEADER_OVERFLOW");
        QCOMPARE(verdict("GET /" + most + " HTTP/1.1\r\na:b\r\n\r\n", option), "ok");
        QCOMPARE(
            verdict("GET /" + most + "v HTTP/1.1\r\na:b\r\n\r\n", option), "HPE_HEADER_OVERFLOW");
        const QByteArray chunked = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nabc: ";
        QCOMPARE(verdict(chunked + most + "\r\n\r\n", option), "ok");
        QCOMPARE(verdict(chunked + most + "v\r\n\r\n", option), "HPE_HEADER_OVERFLOW");
    }

    void maxHeaderSize_ofClient()
    {
        for (const qsizetype option : { qsizetype(0), qsizetype(100) }) {
            const qsizetype limit = option ? option : 16384;
            for (const bool exceeds : { false, true }) {
                MemoryAgent agent;
                RequestOptions options;
                options.agent = &agent;
                options.maxHeaderSize = option;
                QByteArray seen;
                ClientRequest *sent = get(options);
                connect(sent, &ClientRequest::response, sent, [&] { seen += "response"; });
                connect(sent, &ClientRequest::errorOccurred, sent,
                    [&](const Error &error) { seen += wire::name(error.code).data(); });
                settle();
                // "OK" and "ab" count as well
                agent.peers().first()->write(
                    "HTTP/1.1 200 OK\r\nab: " + QByteArray(limit - 5 + exceeds, 'v') + "\r\n\r\n");
                settle();
                QCOMPARE(seen, exceeds ? "HPE_HEADER_OVERFLOW" : "response");
            }
        }
    }
};

QTEST_GUILESS_MAIN(WireLimitsTest)
#include "tst_wirelimits.moc"
