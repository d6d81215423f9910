#include "support/program.h"
#include "support/rawserver.h"

// Node 15.14 answering `http.createServer` with a 103 written by hand, three writes and addTrailers():
// what it put on the wire, write by write, as it was recorded once.
namespace {

const QList<QByteArray> recorded {
    "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTrailer: X-Checksum, X-Count\r\nX-Mixed-Case: "
    "kept\r\n"
    "Date: Sun, 22 Nov 2026 19:00:41 GMT\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5\r\nHello\r\n",
    "a\r\n, chunked \r\n",
    "6\r\nworld\n\r\n0\r\nX-Checksum: 2aae6c35\r\nX-Count: 3\r\n\r\n",
};

const QByteArray printed
    = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTrailer: X-Checksum, "
      "X-Count\r\nX-Mixed-Case: kept\r\n"
      "Date: Sun, 22 Nov 2026 19:00:41 GMT\r\nConnection: close\r\nTransfer-Encoding: "
      "chunked\r\n\r\n"
      "Hello, chunked world\nX-Checksum: 2aae6c35\r\nX-Count: 3\r\n";

// Each piece when the one before has left, so that most are read one by one; then the close.
RawServer::Answer inPieces(const QList<QByteArray> &pieces)
{
    return [pieces](QTcpSocket *socket, const QByteArray &received) {
        if (!received.endsWith("\r\n\r\n"))
            return;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        for (const QByteArray &piece : pieces) {
            socket->write(piece);
            socket->waitForBytesWritten();
        }
        socket->disconnectFromHost();
    };
}

QList<QByteArray> singly(const QByteArray &octets)
{
    QList<QByteArray> pieces;
    for (const char octet : octets)
        pieces.append(QByteArray(1, octet));
    return pieces;
}

} // namespace

class RecordedPeerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answer_isShownWholeAndInOrder_data()
    {
        QTest::addColumn<QList<QByteArray>>("pieces");
        QTest::newRow("as written") << recorded;
        QTest::newRow("at once") << QList<QByteArray> { recorded.join() };
        QTest::newRow("octet by octet") << singly(recorded.join());
    }

    void answer_isShownWholeAndInOrder()
    {
        QFETCH(QList<QByteArray>, pieces);
        RawServer server(inPieces(pieces));
        const Outcome outcome
            = run(Program::headrace(), { u"send"_qs, u"--events"_qs, server.url() });
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith(printed + '\n'), outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish information response data end close"_qs);

        QStringList framing;
        static const QRegularExpression line(QStringLiteral("Wire +(\\S+) received +(.*)$"));
        for (const QByteArray &text : outcome.out.split('\n')) {
            const QRegularExpressionMatch match = line.match(QString::fromUtf8(text));
            if (match.hasMatch())
                framing.append(match.captured(1) + u' ' + match.captured(2));
        }
        QCOMPARE(framing,
            (QStringList { u"chunk 5 B"_qs, u"chunk 10 B"_qs, u"chunk 6 B"_qs, u"chunk 0 B"_qs,
                u"trailers X-Checksum, X-Count"_qs }));
        const QStringList documented = documentedEvents(outcome.out);
        QCOMPARE(documented.mid(documented.size() - 3).join(u' '),
            u"IncomingMessage.end ClientRequest.close IncomingMessage.close"_qs);
    }

    void data_hasTheChunksBoundaries()
    {
        RawServer server(inPieces({ recorded.join() }));
        const Outcome outcome
            = run(Program::headrace(), { u"send"_qs, u"--events"_qs, server.url() });
        QStringList sizes;
        static const QRegularExpression line(QStringLiteral("IncomingMessage +data +(.*)$"));
        for (const QByteArray &text : outcome.out.split('\n')) {
            const QRegularExpressionMatch match = line.match(QString::fromUtf8(text));
            if (match.hasMatch())
                sizes.append(match.captured(1));
        }
        QCOMPARE(sizes, (QStringList { u"5 B"_qs, u"10 B"_qs, u"6 B"_qs }));
    }

    void raw_isWhatWasRecorded()
    {
        RawServer server(inPieces({ recorded.join() }));
        const Outcome outcome = run(Program::headrace(), { u"send"_qs, u"--raw"_qs, server.url() });
        QVERIFY2(outcome.out.endsWith("< " + QByteArray::number(recorded.join().size()) + '\n'
                     + recorded.join() + '\n'),
            outcome.out);
    }
};

QTEST_GUILESS_MAIN(RecordedPeerTest)
#include "tst_recordedpeer.moc"
