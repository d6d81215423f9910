// Source: reference "Class: http.OutgoingMessage": write(), end(), cork(), 'drain', 'prefinish', 'finish', writable*.
// Each journal and all octets were recorded on the reference release with the same uses at the same moments.
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/ticks.h>
#include <http/transport.h>

#include <QPointer>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

/// Long runs of the body read <x20000>, the Host field reads "host".
QByteArray shortened(const QByteArray &octets)
{
    QString text = QString::fromLatin1(octets);
    static const QRegularExpression host(u"127\\.0\\.0\\.1:\\d+"_s);
    text.replace(host, u"host"_s);
    static const QRegularExpression run(u"x{50,}"_s);
    for (QRegularExpressionMatch match = run.match(text); match.hasMatch(); match = run.match(text))
        text.replace(
            match.capturedStart(), match.capturedLength(), u"<x%1>"_s.arg(match.capturedLength()));
    return text.toLatin1();
}

} // namespace

class WritableStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uses_data();
    void uses();

private:
    void follow(OutgoingMessage *message);
    void followSocket(ClientRequest *request);
    void perform(const QString &moment);
    Error use(const QString &name, const QByteArray &argument, QString *entry);
    OutgoingMessage::Callback noteCallback(int number);
    QString state() const;

    std::unique_ptr<QObject> m_context; ///< Of all listeners of one row.
    QStringList m_log;
    QHash<QString, QStringList> m_uses; ///< What is done at which moment.
    QPointer<OutgoingMessage> m_message;
    int m_pieces = 0;
    int m_drains = 0;
    bool m_started = false;
};

void WritableStreamTest::uses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("uses");
    QTest::addColumn<QString>("journal");
    QTest::addColumn<QByteArray>("octets");
    const auto row = [](const char *name, const char *method, const char *uses, const char *journal,
                         const char *octets) {
        QTest::newRow(name) << QByteArray(method) << QString::fromLatin1(uses)
                            << QString::fromLatin1(journal) << QByteArray(octets);
    };
    // The method is that of the request which is answered; "request": a request is written instead.
    // "write:3" writes three octets, "#1" numbers the pieces and their callbacks ("cb1").
    row("write and end", "GET",
        "start: state, write:3, state; step1: state, end:4, state; finish: state",
        "[socket] | -write 3 #1 true | [headersSent, socket, corked 1, queued] | cb1 | "
        "(step1) | [headersSent, socket] | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "[headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("end only", "GET", "start: end:4, state",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "cb1 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("nothing is written until end", "GET", "step1: state; step2: end",
        "(step1) | [socket] | (step2) | prefinish [headersSent, socket, ended, finished] | "
        "-end #1 | finish [headersSent, ended, finished] | cb1 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    row("an empty piece sends the head", "GET", "start: write:0, state; step1: end",
        "-write 0 #1 true | [headersSent, socket, corked 1, queued] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        "\r\n");
    row("flushHeaders sends the head", "GET", "start: flush, state; step1: write:3; step2: end",
        "-flush | [headersSent, socket] | (step1) | -write 3 #1 true | cb1 | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\n\r\n");
    row("write says false", "GET", "start: write:20000, state; drain1: state; step1: end",
        "-write 20000 #1 false | [headersSent, socket, corked 1, queued, needDrain] | "
        "drain | [headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("each false is followed by one drain", "GET",
        "start: write:20000, write:3, write:20000; drain1: write:20000; drain2: end",
        "-write 20000 #1 false | -write 3 #2 false | -write 20000 #3 false | drain | "
        "-write 20000 #4 false | cb1 | cb2 | cb3 | drain | "
        "prefinish [headersSent, socket, ended, finished] | -end #5 | cb4 | "
        "finish [headersSent, ended, finished] | cb5 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n3\r\nxxx\r\n4e20\r\n<x20000>\r\n4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("true at 16383 octets queued", "GET",
        "start: cork, write:16270, state, write:1, state; step1: uncork; step2: end",
        "-cork | -write 16270 #1 true | [headersSent, socket, corked 1, queued] | "
        "-write 1 #2 true | [headersSent, socket, corked 1, queued] | (step1) | -uncork | "
        "cb1 | cb2 | (step2) | prefinish [headersSent, socket, ended, finished] | -end #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3f8e\r\n<x16270>\r\n1\r\nx\r\n0\r\n\r\n");
    row("no drain after end", "GET", "start: write:20000, end, state",
        "-write 20000 #1 false | prefinish [headersSent, socket, ended, finished] | "
        "-end #2 | [headersSent, socket, ended, finished] | cb1 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("corked pieces wait", "GET",
        "start: cork, cork, write:3, write:3, uncork, state; step1: uncork, state; step2: end",
        "-cork | -cork | -write 3 #1 true | -write 3 #2 true | -uncork | "
        "[headersSent, socket, corked 1, queued] | (step1) | -uncork | "
        "[headersSent, socket] | cb1 | cb2 | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("end uncorks", "GET", "start: cork, cork, write:3; step1: end:4, state",
        "-cork | -cork | -write 3 #1 true | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | cb1 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("uncork without cork", "GET",
        "start: uncork, write:3, uncork, state, uncork, state; step1: end",
        "-uncork | -write 3 #1 true | -uncork | [headersSent, socket] | -uncork | "
        "[headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\n\r\n");
    row("write inside its callback", "GET", "start: write:3; cb1: write:3; cb2: end:4",
        "-write 3 #1 true | cb1 | -write 3 #2 true | cb2 | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #3 | "
        "finish [headersSent, ended, finished] | cb3 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("callbacks keep their order", "GET", "start: write:3, write:0, write:3, end:4",
        "-write 3 #1 true | -write 0 #2 true | -write 3 #3 true | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #4 | cb1 | cb2 | cb3 | "
        "finish [headersSent, ended, finished] | cb4 | close | (step1) | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("end inside drain", "GET", "start: write:20000; drain1: end:4",
        "-write 20000 #1 false | drain | prefinish [headersSent, socket, ended, finished] | "
        "-end 4 #2 | cb1 | finish [headersSent, ended, finished] | cb2 | close | (step1) | "
        "(step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4e20\r\n<x20000>\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("write after end", "GET", "start: end:4, write:3; step1: state",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | -write 3 #2 false | "
        "finish [headersSent, ended, finished] | cb1 | cb2 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | close | (step1) | GONE | "
        "(step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("end again", "GET", "start: end:4, end, end:4; finish: end, end:4; step1: end",
        "prefinish [headersSent, socket, ended, finished] | -end 4 #1 | "
        "cb2 ERR_STREAM_ALREADY_FINISHED | -end #2 | -end 4 #3 | "
        "finish [headersSent, ended, finished] | cb4 ERR_STREAM_ALREADY_FINISHED | -end #4 | "
        "-end 4 #5 | cb1 | cb3 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | close | "
        "cb5 ERR_STREAM_WRITE_AFTER_END | (step1) | GONE | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nyyyy");
    row("write after destroy", "GET",
        "start: write:3; step1: destroy, write:3, state; step2: state",
        "-write 3 #1 true | cb1 | (step1) | -destroy | -write 3 #2 false | "
        "[headersSent, socket, destroyed] | cb2 ERR_STREAM_DESTROYED | close | (step2) | "
        "GONE | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n");
    row("end after destroy", "GET", "start: flush; step1: destroy, end:4, state",
        "-flush | (step1) | -destroy | "
        "prefinish [headersSent, socket, ended, finished, destroyed] | -end 4 #1 | "
        "[headersSent, socket, ended, finished, destroyed] | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("destroy before anything", "GET", "start: destroy, state, write:3",
        "-destroy | [socket, destroyed] | -write 3 #1 false | cb1 ERR_STREAM_DESTROYED | "
        "close | (step1) | (step2) | (step3)",
        "");
    row("declared length", "GET", "start: length:6, write:3, state; step1: length:9, end:3",
        "-length | -write 3 #1 true | [headersSent, socket, corked 1, queued] | cb1 | "
        "(step1) | THROWN ERR_HTTP_HEADERS_SENT | "
        "prefinish [headersSent, socket, ended, finished] | -end 3 #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nxxxyyy");
    row("HEAD", "HEAD", "start: write:20000, state; step1: end:4, state",
        "-write 20000 #1 true | [headersSent, socket] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "[headersSent, socket, ended, finished] | finish [headersSent, ended, finished] | "
        "cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("trailers", "GET", "start: trailer:a, write:3, trailer:b; step1: end",
        "-trailer | -write 3 #1 true | -trailer | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, ended, finished] | cb2 | close | (step2) | (step3)",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"
        "xxx\r\n0\r\nX-T: b\r\n\r\n");
    row("request, end before the socket", "request",
        "start: state, end:4, state; socket: state; connect: state; finish: state",
        "[] | -end 4 #1 | [headersSent, queued 84, ended] | socket | "
        "[headersSent, socket, queued, ended] | "
        "prefinish [headersSent, socket, queued, ended] | connect | "
        "[headersSent, socket, queued, ended] | "
        "finish [headersSent, socket, ended, finished] | "
        "[headersSent, socket, ended, finished] | cb1 | (step1) | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
        "yyyy");
    row("request, queued without a socket", "request",
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
    row("request, drain without a socket", "request", "start: write:20000, state; step1: end",
        "-write 20000 #1 false | [headersSent, queued 20097, needDrain] | socket | connect | "
        "drain | cb1 | (step1) | prefinish [headersSent, socket, ended, finished] | "
        "-end #2 | finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n4e20\r\n<x20000>\r\n0\r\n\r\n");
    row("request, corked before the socket", "request",
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
    row("request, corked while connecting", "request",
        "start: write:3; socket: state; connect: cork, state, write:3; step1: uncork; step2: end",
        "-write 3 #1 true | socket | [headersSent, socket, queued] | connect | -cork | "
        "[headersSent, socket, corked 1, queued] | -write 3 #2 true | cb1 | (step1) | "
        "-uncork | cb2 | (step2) | prefinish [headersSent, socket, ended, finished] | "
        "-end #3 | finish [headersSent, socket, ended, finished] | cb3 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("request, corked after what was written", "request",
        "start: write:3; connect: state; prefinish: state; step1: cork, write:3; step2: uncork, "
        "end",
        "-write 3 #1 true | socket | connect | [headersSent, socket, queued] | cb1 | "
        "(step1) | -cork | -write 3 #2 true | (step2) | -uncork | "
        "prefinish [headersSent, socket, ended, finished] | "
        "[headersSent, socket, ended, finished] | -end #3 | cb2 | "
        "finish [headersSent, socket, ended, finished] | cb3 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("request, flushHeaders before the socket", "request",
        "start: flush, state; step1: write:3; step2: end",
        "-flush | [headersSent, queued 89] | socket | connect | (step1) | -write 3 #1 true | "
        "cb1 | (step2) | prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("request, written when connected", "request", "connect: write:3, state; step1: end:4",
        "socket | connect | -write 3 #1 true | [headersSent, socket, corked 1, queued] | "
        "cb1 | (step1) | prefinish [headersSent, socket, ended, finished] | -end 4 #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n4\r\nyyyy\r\n0\r\n\r\n");
    row("request, written with the socket", "request",
        "socket: write:3, state; connect: state; step1: end",
        "socket | -write 3 #1 true | [headersSent, socket, corked 1, queued] | connect | "
        "[headersSent, socket, queued] | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\n\r\n");
    row("request, nothing is sent until end", "request", "start: state; step1: state; step2: end",
        "[] | socket | connect | (step1) | [socket] | (step2) | "
        "prefinish [headersSent, socket, ended, finished] | -end #1 | "
        "finish [headersSent, socket, ended, finished] | cb1 | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    row("request, write after end", "request", "start: end:4, write:3; step1: write:3",
        "-end 4 #1 | -write 3 #2 false | socket | "
        "prefinish [headersSent, socket, queued, ended] | cb2 ERR_STREAM_WRITE_AFTER_END | "
        "error ERR_STREAM_WRITE_AFTER_END write after end | connect | "
        "finish [headersSent, socket, ended, finished] | cb1 | (step1) | -write 3 #3 false | "
        "cb3 ERR_STREAM_WRITE_AFTER_END | error ERR_STREAM_WRITE_AFTER_END write after end | "
        "(step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
        "yyyy");
    row("request, declared length", "request", "start: length:6, write:3; step1: end:3",
        "-length | -write 3 #1 true | socket | connect | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end 3 #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nContent-Length: 6\r\nConnection: close\r\n\r\n"
        "xxxyyy");
    row("request, trailers", "request", "start: trailer:a, write:3; step1: end",
        "-trailer | -write 3 #1 true | socket | connect | cb1 | (step1) | "
        "prefinish [headersSent, socket, ended, finished] | -end #2 | "
        "finish [headersSent, socket, ended, finished] | cb2 | (step2) | (step3)",
        "POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n3\r\nxxx\r\n0\r\nX-T: a\r\n\r\n");
}

void WritableStreamTest::uses()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, uses);
    QFETCH(QString, journal);
    QFETCH(QByteArray, octets);
    m_context = std::make_unique<QObject>();
    m_log.clear();
    m_uses.clear();
    m_pieces = m_drains = 0;
    m_started = false;
    for (const QString &moment : uses.split(u"; "_s)) {
        const qsizetype colon = moment.indexOf(u':');
        m_uses.insert(moment.first(colon), moment.sliced(colon + 2).split(u", "_s));
    }

    RawServer peer([](QTcpSocket *, const QByteArray &) {});
    Agent agent;
    Server server([this](IncomingMessage *request, ServerResponse *response) {
        response->setSendDate(false);
        request->resume();
        follow(response);
        perform(u"start"_s);
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    const bool isRequest = method == "request";
    if (isRequest) {
        const IoScope scope;
        RequestOptions options;
        options.host = u"127.0.0.1"_s;
        options.port = peer.port();
        options.method = "POST";
        options.agent = &agent;
        ClientRequest *request = headrace::http::request(options);
        follow(request);
        followSocket(request);
        perform(u"start"_s);
    } else {
        client.send(closing("/", {}, method));
    }
    if (isRequest)
        QTRY_VERIFY(m_log.contains(u"connect"_s));
    else
        QTRY_VERIFY(m_started);
    for (int step = 1; step <= 3; ++step) {
        turn(50);
        const IoScope scope;
        const QString moment = u"step"_s + QString::number(step);
        m_log.append(u'(' + moment + u')');
        perform(moment);
    }
    QTRY_COMPARE(shortened(isRequest ? peer.received() : client.received()), octets);
    turn(50);
    m_context.reset();
    QCOMPARE(m_log.join(u" | "_s), journal);
}

void WritableStreamTest::follow(OutgoingMessage *message)
{
    m_message = message;
    m_started = true;
    const auto note = [this](const QString &entry) {
        return [this, entry] {
            m_log.append(entry + u' ' + state());
            perform(entry);
        };
    };
    connect(message, &OutgoingMessage::prefinish, m_context.get(), note(u"prefinish"_s));
    connect(message, &OutgoingMessage::finish, m_context.get(), note(u"finish"_s));
    connect(message, &OutgoingMessage::drain, m_context.get(), [this] {
        m_log.append(u"drain"_s);
        perform(u"drain"_s + QString::number(++m_drains));
    });
    connect(
        message, &OutgoingMessage::closed, m_context.get(), [this] { m_log.append(u"close"_s); });
    connect(message, &OutgoingMessage::errorOccurred, m_context.get(), [this](const Error &error) {
        m_log.append(u"error "_s + wire::name(error.code) + u' ' + error.message);
    });
}

void WritableStreamTest::followSocket(ClientRequest *request)
{
    connect(request, &ClientRequest::socketAssigned, m_context.get(), [this](QIODevice *socket) {
        m_log.append(u"socket"_s);
        perform(u"socket"_s);
        connect(Transport::of(socket), &Transport::connected, m_context.get(), [this] {
            m_log.append(u"connect"_s);
            perform(u"connect"_s);
        });
    });
}

OutgoingMessage::Callback WritableStreamTest::noteCallback(int number)
{
    return [this, context = QPointer(m_context.get()), number](const Error &error) {
        if (!context)
            return;
        const QString entry = u"cb"_s + QString::number(number);
        m_log.append(error ? entry + u' ' + wire::name(error.code) : entry);
        perform(entry);
    };
}

void WritableStreamTest::perform(const QString &moment)
{
    const QStringList uses = m_uses.value(moment);
    if (!uses.isEmpty() && !m_message)
        m_log.append(u"GONE"_s);
    for (const QString &word : uses) {
        if (!m_message)
            return;
        const QString name = word.section(u':', 0, 0);
        QString entry = u'-' + name;
        const Error thrown = use(name, word.section(u':', 1).toLatin1(), &entry);
        m_log.append(thrown ? u"THROWN "_s + wire::name(thrown.code) : entry);
    }
}

Error WritableStreamTest::use(const QString &name, const QByteArray &argument, QString *entry)
{
    Error thrown;
    if (name == u"state") {
        *entry = state();
    } else if (name == u"cork") {
        m_message->cork();
    } else if (name == u"uncork") {
        m_message->uncork();
    } else if (name == u"destroy") {
        m_message->destroy();
    } else if (name == u"flush") {
        m_message->flushHeaders(&thrown);
    } else if (name == u"length") {
        thrown = m_message->setHeader("Content-Length", argument);
    } else if (name == u"trailer") {
        thrown = m_message->addTrailers({ { "X-T", argument } });
    } else if (name == u"write") {
        const int piece = ++m_pieces;
        const bool below
            = m_message->write(QByteArray(argument.toInt(), 'x'), noteCallback(piece), &thrown);
        *entry += u" %1 #%2 %3"_s.arg(
            QString::fromLatin1(argument), QString::number(piece), below ? u"true"_s : u"false"_s);
    } else if (name == u"end") {
        const int piece = ++m_pieces;
        m_message->end(QByteArray(argument.toInt(), 'y'), noteCallback(piece), &thrown);
        if (!argument.isEmpty())
            *entry += u' ' + QString::fromLatin1(argument);
        *entry += u" #"_s + QString::number(piece);
    }
    return thrown;
}

QString WritableStreamTest::state() const
{
    QStringList words;
    const auto add = [&](bool holds, const QString &word) {
        if (holds)
            words.append(word);
    };
    add(m_message->headersSent(), u"headersSent"_s);
    add(m_message->socket(), u"socket"_s);
    const int corked = m_message->writableCorked();
    add(corked > 0, u"corked "_s + QString::number(corked));
    const qsizetype length = m_message->writableLength();
    add(length > 0, m_message->socket() ? u"queued"_s : u"queued "_s + QString::number(length));
    add(m_message->writableNeedDrain(), u"needDrain"_s);
    add(m_message->writableEnded(), u"ended"_s);
    add(m_message->writableFinished(), u"finished"_s);
    add(m_message->isDestroyed(), u"destroyed"_s);
    return u'[' + words.join(u", "_s) + u']';
}

QTEST_GUILESS_MAIN(WritableStreamTest)
#include "tst_writablestream.moc"
