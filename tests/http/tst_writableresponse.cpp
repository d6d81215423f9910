// Source: reference "Class: http.OutgoingMessage": write(), end(), cork(), 'drain', 'prefinish', 'finish', writable*; a response.
// Each journal and all octets were recorded on the reference release with the same uses at the same moments.
#include "writablefixture.h"

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class WritableResponseTest : public WritableFixture
{
    Q_OBJECT

private Q_SLOTS:
    void uses_data();
    void uses();
};

void WritableResponseTest::uses_data()
{
    QTest::addColumn<QString>("uses");
    QTest::addColumn<QString>("journal");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("method");
    const auto row = [](const char *name, const char *uses, const char *journal, const char *octets,
                         const char *method = "GET") {
        QTest::newRow(name) << QString::fromLatin1(uses) << QString::fromLatin1(journal)
                            << QByteArray(octets) << QByteArray(method);
    };
    row("write and end", "start: state, write:3, state; step1: state, end:4, state; finish: state",
        "[socket] | -write 3 #1 true | [headersSent, socket, corked 1, queued] | cb1 | "
        "(step1) | [headersSent, socket] | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "[headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("end only", "start: end:4, state",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "cb1 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("nothing is written until end", "step1: state; step2: end",
        "(step1) | [socket] | (step2) | prefinish [headersSent, socket, ended, finished] | "
        "-end #1 | finish [headersSent, ended, finished] | cb1 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    row("an empty piece sends the head", "start: write:0, state; step1: end",
        "-write 0 #1 true | [headersSent, socket, corked 1, queued] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        "\r\n");
    row("flushHeaders sends the head", "start: flush, state; step1: write:3; step2: end",
        "-flush | [headersSent, socket] | (step1) | -write 3 #1 true | cb1 | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\n\r\n");
    row("write says false", "start: write:20000, state; drain1: state; step1: end",
        "-write 20000 #1 false | [headersSent, socket, corked 1, queued, needDrain] | "
        "drain | [headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("each false is followed by one drain",
        "start: write:20000, write:3, write:20000; drain1: write:20000; drain2: end",
        "-write 20000 #1 false | -write 3 #2 false | -write 20000 #3 false | drain | "
        "-write 20000 #4 false | cb1 | cb2 | cb3 | drain | "
        "prefinish [headersSent, socket, ended, finished] | -end #5 | cb4 | "
        "finish [headersSent, ended, finished] | cb5 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n3\r\nxxx\r\n4e20\r\n<x20000>\r\n4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("true at 16383 octets queued",
        "start: cork, write:16270, state, write:1, state; step1: uncork; step2: end",
        "-cork | -write 16270 #1 true | [headersSent, socket, corked 1, queued] | "
        "-write 1 #2 true | [headersSent, socket, corked 1, queued] | (step1) | -uncork | "
        "cb1 | cb2 | (step2) | prefinish [headersSent, socket, ended, finished] | -end #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3f8e\r\n<x16270>\r\n1\r\nx\r\n0\r\n\r\n");
    row("no drain after end", "start: write:20000, end, state",
        "-write 20000 #1 false | prefinish [headersSent, socket, ended, finished] | "
        "-end #2 | [headersSent, socket, ended, finished] | cb1 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("corked pieces wait",
        "start: cork, cork, write:3, write:3, uncork, state; step1: uncork, state; step2: end",
        "-cork | -cork | -write 3 #1 true | -write 3 #2 true | -uncork | "
        "[headersSent, socket, corked 1, queued] | (step1) | -uncork | "
        "[headersSent, socket] | cb1 | cb2 | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("end uncorks", "start: cork, cork, write:3; step1: end:4, state",
        "-cork | -cork | -write 3 #1 true | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | cb1 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("uncork without cork", "start: uncork, write:3, uncork, state, uncork, state; step1: end",
        "-uncork | -write 3 #1 true | -uncork | [headersSent, socket] | -uncork | "
        "[headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\n\r\n");
    row("write inside its callback", "start: write:3; cb1: write:3; cb2: end:4",
        "-write 3 #1 true | cb1 | -write 3 #2 true | cb2 | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("callbacks keep their order", "start: write:3, write:0, write:3, end:4",
        "-write 3 #1 true | -write 0 #2 true | -write 3 #3 true | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #4 | cb1 | cb2 | cb3 | "
        "finish [headersSent, ended, finished] | cb4 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("end inside drain", "start: write:20000; drain1: end:4",
        "-write 20000 #1 false | drain | prefinish [headersSent, socket, ended, finished] | "
        "-end 4 #2 | cb1 | finish [headersSent, ended, finished] | cb2 | close | (step1) | "
        "(step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("write after end", "start: end:4, write:3; step1: state",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | -write 3 #2 false | "
        "finish [headersSent, ended, finished] | cb1 | cb2 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | close | (step1) | GONE | "
        "(step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("end again", "start: end:4, end, end:4; finish: end, end:4; step1: end",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | "
        "cb2 ERR_STREAM_ALREADY_FINISHED | -end #2 | -end 4 #3 | "
        "finish [headersSent, ended, finished] | cb4 ERR_STREAM_ALREADY_FINISHED | -end #4 | "
        "-end 4 #5 | cb1 | cb3 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | close | "
        "cb5 ERR_STREAM_WRITE_AFTER_END | (step1) | GONE | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("write after destroy", "start: write:3; step1: destroy, write:3, state; step2: state",
        "-write 3 #1 true | cb1 | (step1) | -destroy | -write 3 #2 false | "
        "[headersSent, socket, destroyed] | cb2 ERR_STREAM_DESTROYED | close | (step2) | "
        "GONE | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n");
    row("end after destroy", "start: flush; step1: destroy, end:4, state",
        "-flush | (step1) | -destroy | "
        "prefinish [headersSent, socket, ended, finished, destroyed] | -end 4 #1 | "
        "[headersSent, socket, ended, finished, destroyed] | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("destroy before anything", "start: destroy, state, write:3",
        "-destroy | [socket, destroyed] | -write 3 #1 false | cb1 ERR_STREAM_DESTROYED | "
        "close | (step1) | (step2) | (step3)",
        "");
    row("declared length", "start: length:6, write:3, state; step1: length:9, end:3",
        "-length | -write 3 #1 true | [headersSent, socket, corked 1, queued] | cb1 | "
        "(step1) | THROWN ERR_HTTP_HEADERS_SENT | "
        "prefinish [headersSent, socket, ended, finished] | -end 3 #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nxxxyyy");
    row("HEAD", "start: write:20000, state; step1: end:4, state",
        "-write 20000 #1 true | [headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n", "HEAD");
    row("trailers", "start: trailer:a, write:3, trailer:b; step1: end",
        "-trailer | -write 3 #1 true | -trailer | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\nX-T: b\r\n\r\n");
    row("destroy drops what was corked", "start: write:3, destroy, state",
        "-write 3 #1 true | -destroy | [headersSent, socket, corked 1, queued, destroyed] | "
        "close | (step1) | (step2) | (step3)",
        "");
    row("destroy inside a callback", "start: write:3; cb1: write:3, destroy",
        "-write 3 #1 true | cb1 | -write 3 #2 true | -destroy | cb2 ERR_STREAM_DESTROYED | "
        "close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n");
}

void WritableResponseTest::uses()
{
    QFETCH(QString, uses);
    QFETCH(QString, journal);
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, method);
    beginRow(uses);
    Server server([this](IncomingMessage *request, ServerResponse *response) {
        response->setSendDate(false);
        request->resume();
        follow(response);
        perform(u"start"_s);
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    client.send(closing("/", {}, method));
    QTRY_VERIFY(isStarted());
    performSteps();
    QTRY_COMPARE(shortened(client.received()), octets);
    QCOMPARE(endRow(), journal);
}

QTEST_GUILESS_MAIN(WritableResponseTest)
#include "tst_writableresponse.moc"
