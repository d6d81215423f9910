// Source: reference "Class: http.OutgoingMessage": write(), end(), cork(), 'drain', 'prefinish', 'finish', writable*; a request.
// Each journal and all octets were recorded on the reference release with the same uses at the same moments.
#include "writablefixture.h"

#include <http/ticks.h>

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class WritableRequestTest : public WritableFixture
{
    Q_OBJECT

private Q_SLOTS:
    void uses_data();
    void uses();
};

void WritableRequestTest::uses_data()
{
    QTest::addColumn<QString>("uses");
    QTest::addColumn<QString>("journal");
    QTest::addColumn<QByteArray>("octets");
    const auto row
        = [](const char *name, const char *uses, const char *journal, const char *octets) {
              QTest::newRow(name) << QString::fromLatin1(uses) << QString::fromLatin1(journal)
                                  << QByteArray(octets);
          };
    row("end before the socket",
        "start: state, end:4, state; socket: state; connect: state; finish: state",
        "[] | -end 4 #1 | [headersSent, queued 84, ended] | socket | "
        "[headersSent, socket, queued, ended] | "
        "prefinish [headersSent, socket, queued, ended] | connect | "
        "[headersSent, socket, queued, ended] | "
        "finish [headersSent, socket, ended, finished] | "
        "[headersSent, socket, ended, finished] | cb1 | (step1) | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
        "yyyy");
    row("queued without a socket",
        "start: write:3, state, write:3, state, write:20000, state; socket: state; drain1: state; "
        "step1: end",
        "-write 3 #1 true | [headersSent, queued 97] | -write 3 #2 true | "
        "[headersSent, queued 105] | -write 20000 #3 false | "
        "[headersSent, queued 20113, needDrain] | socket | "
        "[headersSent, socket, queued, needDrain] | connect | drain | "
        "[headersSent, socket] | cb1 | cb2 | cb3 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #4 | "
        "finish [headersSent, socket, ended, finished] | cb4 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("drain without a socket", "start: write:20000, state; step1: end",
        "-write 20000 #1 false | [headersSent, queued 20097, needDrain] | socket | connect | "
        "drain | cb1 | (step1) | prefinish [headersSent, socket, ended, finished] | "
        "-end #2 | finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("corked before the socket",
        "start: cork, cork, write:3, state; socket: state; connect: state; step1: uncork, state; "
        "step2: uncork, state; step3: end",
        "-cork | -cork | -write 3 #1 true | [headersSent, corked 2, queued 97] | socket | "
        "[headersSent, socket, corked 2, queued] | connect | "
        "[headersSent, socket, corked 2, queued] | (step1) | -uncork | "
        "[headersSent, socket, corked 1, queued] | (step2) | -uncork | "
        "[headersSent, socket] | cb1 | (step3) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("corked while connecting",
        "start: write:3; socket: state; connect: cork, state, write:3; step1: uncork; step2: end",
        "-write 3 #1 true | socket | [headersSent, socket, queued] | connect | -cork | "
        "[headersSent, socket, corked 1, queued] | -write 3 #2 true | cb1 | (step1) | "
        "-uncork | cb2 | (step2) | prefinish [headersSent, socket, ended, finished] | "
        "-end #3 | finish [headersSent, socket, ended, finished] | cb3 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("corked after what was written",
        "start: write:3; connect: state; prefinish: state; step1: cork, write:3; step2: uncork, "
        "end",
        "-write 3 #1 true | socket | connect | [headersSent, socket, queued] | cb1 | "
        "(step1) | -cork | -write 3 #2 true | (step2) | -uncork | "
        "prefinish [headersSent, socket, ended, finished] | "
        "[headersSent, socket, ended, finished] | -end #3 | cb2 | "
        "finish [headersSent, socket, ended, finished] | cb3 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("flushHeaders before the socket", "start: flush, state; step1: write:3; step2: end",
        "-flush | [headersSent, queued 89] | socket | connect | (step1) | -write 3 #1 true | "
        "cb1 | (step2) | prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("written when connected", "connect: write:3, state; step1: end:4",
        "socket | connect | -write 3 #1 true | [headersSent, socket, corked 1, queued] | "
        "cb1 | (step1) | prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("written with the socket", "socket: write:3, state; connect: state; step1: end",
        "socket | -write 3 #1 true | [headersSent, socket, corked 1, queued] | connect | "
        "[headersSent, socket, queued] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("nothing is sent until end", "start: state; step1: state; step2: end",
        "[] | socket | connect | (step1) | [socket] | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #1 | "
        "finish [headersSent, socket, ended, finished] | cb1 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    row("write after end", "start: end:4, write:3; step1: write:3",
        "-end 4 #1 | -write 3 #2 false | socket | "
        "prefinish [headersSent, socket, queued, ended] | cb2 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | connect | "
        "finish [headersSent, socket, ended, finished] | cb1 | (step1) | -write 3 #3 false | "
        "cb3 ERR_STREAM_WRITE_AFTER_END | error ERR_STREAM_WRITE_AFTER_END write after end | "
        "(step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
        "yyyy");
    row("declared length", "start: length:6, write:3; step1: end:3",
        "-length | -write 3 #1 true | socket | connect | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 3 #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nContent-Length: 6\r\nConnection: close\r\n\r\n"
        "xxxyyy");
    row("trailers", "start: trailer:a, write:3; step1: end",
        "-trailer | -write 3 #1 true | socket | connect | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\nX-T: a\r\n\r\n");
    row("destroyed when connected", "start: write:3, write:10; connect: destroy",
        "-write 3 #1 true | -write 10 #2 true | socket | connect | -destroy | "
        "cb1 ERR_SOCKET_CLOSED | cb2 ERR_SOCKET_CLOSED | error ECONNRESET socket hang up | "
        "close | (step1) | (step2) | (step3)",
        "");
    row("destroyed behind what waits", "start: write:3; connect: write:3, destroy",
        "-write 3 #1 true | socket | connect | -write 3 #2 true | -destroy | "
        "cb1 ERR_SOCKET_CLOSED | cb2 ERR_STREAM_DESTROYED | "
        "error ECONNRESET socket hang up | close | (step1) | (step2) | (step3)",
        "");
    row("destroyed inside a callback", "start: write:3; cb1: write:3, destroy",
        "-write 3 #1 true | socket | connect | cb1 | -write 3 #2 true | -destroy | "
        "cb2 ERR_STREAM_DESTROYED | error ECONNRESET socket hang up | close | (step1) | "
        "(step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n");
}

void WritableRequestTest::uses()
{
    QFETCH(QString, uses);
    QFETCH(QString, journal);
    QFETCH(QByteArray, octets);
    beginRow(uses);
    RawServer peer([](QTcpSocket *, const QByteArray &) {});
    Agent agent;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = peer.port();
    options.method = "POST";
    options.agent = &agent;
    {
        const IoScope scope;
        ClientRequest *message = request(options);
        follow(message);
        followSocket(message);
        perform(u"start"_s);
    }
    QTRY_VERIFY(isConnected());
    performSteps();
    QTRY_COMPARE(shortened(peer.received()), octets);
    QCOMPARE(endRow(), journal);
}

QTEST_GUILESS_MAIN(WritableRequestTest)
#include "tst_writablerequest.moc"
