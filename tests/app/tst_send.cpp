#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

namespace {

const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
const QByteArray head
    = "HTTP/1.1 200 Fine\r\nX-a: 1\r\nx-A:  2\r\nTransfer-Encoding: chunked\r\n\r\n";
const QByteArray body("5;q=1\r\nhello\r\n4\r\n\0\x01\n\xff\r\n0\r\nX-T: t\r\nx-t: u\r\n\r\n", 44);

Outcome send(const QStringList &arguments, const QByteArray &input = {})
{
    return run(Program::headrace(), QStringList { u"send"_qs } + arguments, {}, input);
}

} // namespace

class SendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answer_isPrintedAsItCame()
    {
        RawServer server(RawServer::to(hints + head + body));
        const Outcome outcome = send({ server.url(u"/p%41?q=a%20b#f"_qs) });
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out,
            hints + head + QByteArray("hello\0\x01\n\xff\r\nX-T: t\r\nx-t: u\r\n", 27));
        QVERIFY2(server.received[0].startsWith("GET /p%41?q=a%20b HTTP/1.1\r\nHost: "),
            server.received[0]);
    }

    void raw_isEveryOctetOfBothDirections()
    {
        RawServer server(RawServer::to(hints + head + body));
        const Outcome outcome = send({ u"--raw"_qs, server.url() });
        QCOMPARE(outcome.exitCode, 0);
        QByteArray sent;
        QByteArray received;
        for (qsizetype at = 0; at < outcome.out.size();) {
            const qsizetype end = outcome.out.indexOf('\n', at);
            const qsizetype count = outcome.out.sliced(at + 2, end - at - 2).toLongLong();
            (outcome.out[at] == '>' ? sent : received) += outcome.out.sliced(end + 1, count);
            at = end + 1 + count;
            QCOMPARE(outcome.out[at++], '\n');
        }
        QCOMPARE(sent, server.received[0]);
        QCOMPARE(received, hints + head + body);
    }

    void events_standBehindTheAnswerInOrder()
    {
        RawServer server(RawServer::to(hints + head + body));
        const Outcome outcome = send({ u"--events"_qs, server.url() });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(eventOrder(outcome.out), u"socket finish information response data end close"_qs);
        const QString text = QString::fromLatin1(outcome.out);
        QVERIFY2(
            text.contains(QRegularExpression(u"ClientRequest +information +103 Early Hints\n"_qs)),
            outcome.out);
        QVERIFY2(
            text.contains(QRegularExpression(u"Wire +chunk received +5 B ;q=1\n"_qs)), outcome.out);
        QVERIFY2(text.contains(QRegularExpression(u"Wire +trailers received +X-T, x-t\n"_qs)),
            outcome.out);
        QVERIFY2(text.contains(QRegularExpression(u"Socket +connect ended\n"_qs)), outcome.out);
    }

    void request_isAsAsked()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("\r\nX-T: 1\r\n\r\n"))
                socket->write("HTTP/1.1 204 No Content\r\n\r\n");
        });
        const Outcome outcome = send({ u"-X"_qs, u"M-SEARCH"_qs, u"-H"_qs, u"X-b: 1"_qs, u"-H"_qs,
            u"x-B: 2"_qs, u"-d"_qs, u"hello"_qs, u"--trailer"_qs, u"X-T: 1"_qs, server.url() });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(server.received[0],
            "M-SEARCH / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(server.serverPort())
                + "\r\nX-b: 1\r\nx-B: 2\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n"
                  "Connection: close\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n");
    }

    void http10_isSaid()
    {
        RawServer server(RawServer::to("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"));
        QCOMPARE(send({ u"--http1.0"_qs, server.url() }).exitCode, 0);
        QVERIFY2(server.received[0].startsWith("GET / HTTP/1.0\r\n"), server.received[0]);
    }

    void bodyFile_andStandardInput()
    {
        RawServer server([](QTcpSocket *socket, const QByteArray &received) {
            if (received.endsWith("octets") || received.endsWith("0\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        QTemporaryDir folder;
        QFile file(folder.filePath(u"f"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("\0\xff octets", 9));
        file.close();
        QCOMPARE(send({ u"-d"_qs, u'@' + file.fileName(), server.url() }).exitCode, 0);
        QVERIFY(server.received[0].contains("\r\nContent-Length: 9\r\n"));
        QVERIFY(server.received[0].endsWith(QByteArray("\r\n\r\n\0\xff octets", 13)));
        QCOMPARE(send({ u"-d"_qs, u"@-"_qs, server.url() }, "from a pipe").exitCode, 0);
        QVERIFY2(server.received[1].endsWith("\r\n\r\nb\r\nfrom a pipe\r\n0\r\n\r\n"),
            server.received[1]);
    }

    void errorStatus_isAnAnswer()
    {
        RawServer server(RawServer::to("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        QCOMPARE(send({ server.url() }).exitCode, 0);
    }

    void failure_isOneLine_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("err");
        QTest::newRow("closes at once")
            << QByteArray() << QByteArray("headrace: ECONNRESET: socket hang up\n");
        QTest::newRow("closes in the body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
            << QByteArray("headrace: ECONNRESET: aborted\n");
        QTest::newRow("garbage") << QByteArray("garbage\r\n\r\n") << QByteArray("headrace: HPE_");
    }

    void failure_isOneLine()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, err);
        RawServer server([answer](QTcpSocket *socket, const QByteArray &) {
            socket->write(answer);
            socket->disconnectFromHost();
        });
        const Outcome outcome = send({ server.url() });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.startsWith(err), outcome.err);
        QCOMPARE(outcome.err.count('\n'), 1);
        QVERIFY(answer.contains(outcome.out)); // what came is printed
    }

    void refused_isOneLine()
    {
        quint16 port = 0;
        {
            QTcpServer closed;
            QVERIFY(closed.listen(QHostAddress::LocalHost));
            port = closed.serverPort();
        }
        const Outcome outcome = send({ u"--events"_qs, QStringLiteral("127.0.0.1:%1").arg(port) });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err,
            QStringLiteral("headrace: connect ECONNREFUSED 127.0.0.1:%1\n").arg(port).toUtf8());
        QCOMPARE(eventOrder(outcome.out), u"socket error close"_qs);
    }

    void timeout_isOneLine()
    {
        RawServer server([](QTcpSocket *, const QByteArray &) {});
        const Outcome outcome = send({ u"--timeout"_qs, u"0.1"_qs, server.url() });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err, "headrace: ETIMEDOUT: nothing came or went for 0.1 s\n");
    }

    void usage_isOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no URL") << QStringList();
        QTest::newRow("option") << QStringList { u"--no"_qs, u"h"_qs };
        QTest::newRow("URL") << QStringList { u"http://h:99999/"_qs };
        QTest::newRow("field name") << QStringList { u"-H"_qs, u"a b: c"_qs, u"h"_qs };
        QTest::newRow("field value") << QStringList { u"-H"_qs, u"a: b\nc: d"_qs, u"h"_qs };
        QTest::newRow("method") << QStringList { u"-X"_qs, u"A B"_qs, u"h"_qs };
    }

    void usage_isOneLine()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = send(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.startsWith("headrace: send: ") && outcome.err.count('\n') == 1,
            outcome.err);
        QCOMPARE(outcome.out, "");
    }

    void bodyFile_missing_isAFailure()
    {
        const Outcome outcome = send({ u"-d"_qs, u"@/no/such/file"_qs, u"h"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err, "headrace: ENOENT: There is no file /no/such/file.\n");
    }

    void interrupt_endsInOrder()
    {
        RawServer server(RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        Program program(Program::headrace(), { u"send"_qs, u"--events"_qs, server.url() });
        QVERIFY(!program.waitForLine(u"(abc)"_qs).isEmpty());
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(program.err(), "headrace: interrupted\n");
        QVERIFY2(eventOrder(program.out()).endsWith(u"close"_qs), program.out());
    }

    void largeBody_streams()
    {
        constexpr qsizetype size = 70 * 1024 * 1024;
        RawServer server([](QTcpSocket *socket, const QByteArray &) {
            socket->write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            socket->write(QByteArray(size, 'x'));
            socket->disconnectFromHost();
        });
        const Outcome outcome = send({ server.url() });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out.size() - outcome.out.indexOf("\r\n\r\n") - 4, size);
    }
};

QTEST_GUILESS_MAIN(SendTest)
#include "tst_send.moc"
