// Source: reference setHeader, getHeader, getHeaderNames, getHeaders, hasHeader, removeHeader, writeHead, statusCode,
// statusMessage, addTrailers; conformance server/write-head-*, header-validation-errors, status-*, get-header-family.
#include "talk.h"

#include <http/http.h>

#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

const QByteArray close_ = "Connection: close\r\n";
const QByteArray empty = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

using List = QList<QByteArray>;

void put(const Error &error) { QVERIFY2(!error, qPrintable(error.message)); }

/// Runs \a use on a response and answers what was sent.
QByteArray answerOf(const std::function<void(ServerResponse *)> &use, bool thenEnd = true)
{
    return serve(
        [&](IncomingMessage *, ServerResponse *res) {
            res->setSendDate(false);
            use(res);
            if (thenEnd)
                res->end();
        },
        closing());
}

} // namespace

class OutgoingHeadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerFamily();
    void invalidHeaders_areRefused_data();
    void invalidHeaders_areRefused();
    void writeHead_forms();
    void writeHead_mergesWithSetHeader();
    void writeHead_twice();
    void writeHead_emptyName();
    void writeRawHead_takesOneList();
    void writeHead_namesDifferingInCase();
    void statusCode_outOfRange_isRefused();
    void statusMessage_implicit_data();
    void statusMessage_implicit();
    void headersSent_refusesChanges();
    void trailerWithoutChunked_isRefused();
    void writeErrors_areThrownOrEmitted();
    void endTwice();
    void writeAfterEnd();
    void corking_joinsWrites();
    void corked_failedEnd_staysCorked();
    void writableState();
};

void OutgoingHeadersTest::headerFamily()
{
    const QByteArray answer = answerOf([](ServerResponse *res) {
        QVERIFY(res->getHeaderNames().isEmpty() && !res->getHeader("x") && !res->hasHeader("x"));
        put(res->setHeader("Content-Type", "text/html"));
        put(res->setHeader("X-Num", 42));
        put(res->setHeader("Set-Cookie", List { "a=1", "b=2" }));
        QCOMPARE(res->getHeader("content-TYPE"), HeaderValue("text/html"));
        QVERIFY(res->getHeader("x-num")->isNumber());
        QCOMPARE(res->getHeader("set-cookie")->toList(), (List { "a=1", "b=2" }));
        put(res->setHeader("CONTENT-type", "text/plain"));
        QCOMPARE(res->getHeaderNames(), (List { "content-type", "x-num", "set-cookie" }));
        QCOMPARE(res->getRawHeaderNames(), (List { "CONTENT-type", "X-Num", "Set-Cookie" }));
        QVERIFY(res->hasHeader("SET-COOKIE") && !res->hasHeader("nope"));
        put(res->removeHeader("x-NUM"));
        put(res->removeHeader("never-set"));
        QCOMPARE(res->getHeaders().size(), 2);
        QVERIFY(!res->hasHeader("date") && !res->hasHeader("connection"));
    });
    QCOMPARE(answer,
        "HTTP/1.1 200 OK\r\nCONTENT-type: text/plain\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            + close_ + "Content-Length: 0\r\n\r\n");
}

void OutgoingHeadersTest::invalidHeaders_areRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message"); ///< Empty: taken.
    const auto name = [](const QByteArray &bad) {
        QTest::addRow("name %s", bad.constData())
            << bad << QByteArray("x")
            << u"Header name must be a valid HTTP token [\"%1\"]"_s.arg(QString::fromLatin1(bad));
    };
    name("");
    name("a b");
    name("a:");
    name("a\r\nb");
    name("\xe9");
    const QString content = u"Invalid character in header content [\"X-A\"]"_s;
    QTest::newRow("line end") << QByteArray("X-A") << QByteArray("a\r\nInjected: 1") << content;
    QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("a\0", 2) << content;
    QTest::newRow("DEL") << QByteArray("X-A") << QByteArray("a\x7f") << content;
    QTest::newRow("tab and latin1") << QByteArray("X-A") << QByteArray("a\tb\xff") << QString();
    QTest::newRow("token characters")
        << QByteArray("!#$%&'*+-.^_`|~09aZ") << QByteArray("x") << QString();
}

// conformance: server/header-validation-errors
void OutgoingHeadersTest::invalidHeaders_areRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, message);
    bool seen = false;
    answerOf([&](ServerResponse *res) {
        seen = true;
        const Error error = res->setHeader(name, value);
        QCOMPARE(error.message, message);
        if (error)
            QCOMPARE(
                error.code, value == "x" ? ErrorCode::InvalidHttpToken : ErrorCode::InvalidChar);
        QCOMPARE(bool(res->setHeader(name, List { "fine", value })), !message.isEmpty());
        if (!message.isEmpty()) {
            QCOMPARE(res->writeHead(200, { { name, value } }).message, message);
            QVERIFY(res->addTrailers({ { name, value } }));
        }
        QCOMPARE(res->getHeaderNames().size(), message.isEmpty() ? 1 : 0);
        QVERIFY(!res->headersSent());
    });
    QVERIFY(seen);
}

// conformance: server/write-head-forms (one list: writeRawHead_takesOneList)
void OutgoingHeadersTest::writeHead_forms()
{
    struct Form
    {
        std::function<void(ServerResponse *)> use;
        QByteArray head;
    };

    const QList<Form> forms {
        { [](auto *res) { put(res->writeHead(200)); }, "200 OK\r\n" },
        { [](auto *res) { put(res->writeHead(404, QByteArray("Nothing Here"))); },
            "404 Nothing Here\r\n" },
        { [](auto *res) {
             put(res->writeHead(201, { { "X-A", "1" }, { "X-B", List { "2", "3" } } }));
         },
            "201 Created\r\nX-A: 1\r\nX-B: 2\r\nX-B: 3\r\n" },
        { [](auto *res) {
             put(res->writeHead(202, "Fine", { { "X-A", 1 } }));
         },
            "202 Fine\r\nX-A: 1\r\n" },
        { [](auto *res) {
             put(res->writeHead(200, { { "X-A", "1" }, { "x-b", "2" }, { "X-A", "3" } }));
         },
            "200 OK\r\nX-A: 1\r\nx-b: 2\r\nX-A: 3\r\n" },
        { [](auto *res) { put(res->writeHead(299)); }, "299 unknown\r\n" },
        { [](auto *res) { put(res->writeHead(200, QByteArray(""))); }, "200 \r\n" },
        { [](auto *res) {
             res->setStatusMessage("Preset");
             put(res->writeHead(200));
         },
            "200 Preset\r\n" },
        { [](auto *res) {
             res->setStatusMessage("Preset");
             put(res->writeHead(200, QByteArray("Argument")));
         },
            "200 Argument\r\n" },
    };
    for (const Form &form : forms)
        QCOMPARE(answerOf(form.use), "HTTP/1.1 " + form.head + close_ + empty);
    QCOMPARE(answerOf([](ServerResponse *res) {
        res->setStatusCode(500);
        put(res->writeHead(204));
        QVERIFY(res->headersSent());
        QCOMPARE(res->statusCode(), 204);
        QCOMPARE(res->statusMessage(), "No Content");
    }),
        "HTTP/1.1 204 No Content\r\n" + close_ + "\r\n");
}

// conformance: server/write-head-merges-set-header (one list: writeRawHead_takesOneList)
void OutgoingHeadersTest::writeHead_mergesWithSetHeader()
{
    QCOMPARE(answerOf([](ServerResponse *res) {
        put(res->setHeader("Content-Type", "text/html"));
        put(res->setHeader("X-Foo", "bar"));
        put(res->writeHead(200, { { "content-type", "text/plain" }, { "X-New", "n" } }));
        QCOMPARE(res->getHeader("x-new"), HeaderValue("n"));
        QCOMPARE(res->getHeaderNames(), (List { "content-type", "x-foo", "x-new" }));
    }),
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nX-Foo: bar\r\nX-New: n\r\n" + close_
            + empty);
    QCOMPARE(answerOf([](ServerResponse *res) {
        put(res->setHeader("Set-Cookie", List { "a=1", "b=2" }));
        put(res->writeHead(200, { { "set-cookie", List { "c=3", "d=4" } } }));
    }),
        "HTTP/1.1 200 OK\r\nset-cookie: c=3\r\nset-cookie: d=4\r\n" + close_ + empty);
    QCOMPARE(answerOf([](ServerResponse *res) {
        put(res->writeHead(200, { { "Content-Type", "text/plain" } }));
        QVERIFY(!res->getHeader("content-type") && res->getHeaderNames().isEmpty());
    }),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + close_ + empty);
}

// conformance: server/write-head-names-differing-in-case
void OutgoingHeadersTest::writeHead_namesDifferingInCase()
{
    const HeaderList headers { { "X-A", "1" }, { "x-a", "2" }, { "CONTENT-LENGTH", 0 } };
    QCOMPARE(answerOf([&](ServerResponse *res) { put(res->writeHead(200, headers)); }),
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nCONTENT-LENGTH: 0\r\n" + close_ + "\r\n");
    QCOMPARE(answerOf([&](ServerResponse *res) {
        put(res->setHeader("X-Other", "0"));
        put(res->writeHead(200, headers));
        QCOMPARE(res->getHeader("x-a"), HeaderValue("2"));
    }),
        "HTTP/1.1 200 OK\r\nX-Other: 0\r\nx-a: 2\r\nCONTENT-LENGTH: 0\r\n" + close_ + "\r\n");
}

// conformance: server/status-code-errors
void OutgoingHeadersTest::statusCode_outOfRange_isRefused()
{
    const QByteArray answer = answerOf(
        [](ServerResponse *res) {
            for (const int code : { 99, 1000, 0, -1 }) {
                const Error error = res->writeHead(code);
                QCOMPARE(error.code, ErrorCode::HttpInvalidStatusCode);
                QCOMPARE(error.message, u"Invalid status code: %1"_s.arg(code));
            }
            QCOMPARE(res->writeHead(200, QByteArray("a\r\nb")).code, ErrorCode::InvalidChar);
            res->setStatusMessage("x\ny");
            Error error;
            res->write("x", {}, &error);
            QCOMPARE(error.message, u"Invalid character in statusMessage"_s);
            res->setStatusMessage({});
            res->setStatusCode(1234);
            for (int way = 0; way < 3; ++way) {
                error = {};
                if (way == 0)
                    res->write("x", {}, &error);
                else if (way == 1)
                    res->end("x", {}, &error);
                else
                    res->flushHeaders(&error);
                QCOMPARE(error.message, u"Invalid status code: 1234"_s);
            }
            QVERIFY(!res->headersSent() && !res->writableEnded());
            res->setStatusCode(999);
            res->end("fin");
        },
        false);
    QCOMPARE(answer, "HTTP/1.1 999 unknown\r\n" + close_ + "Content-Length: 3\r\n\r\nfin");
}

void OutgoingHeadersTest::statusMessage_implicit_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("200") << 200 << QByteArray() << QByteArray("200 OK");
    QTest::newRow("404") << 404 << QByteArray() << QByteArray("404 Not Found");
    QTest::newRow("404, own") << 404 << QByteArray("Not found") << QByteArray("404 Not found");
    QTest::newRow("418") << 418 << QByteArray() << QByteArray("418 I'm a Teapot");
    QTest::newRow("700") << 700 << QByteArray() << QByteArray("700 unknown");
    QTest::newRow("own") << 200 << QByteArray("Sure") << QByteArray("200 Sure");
    QTest::newRow("empty") << 404 << QByteArray("") << QByteArray("404 Not Found");
}

// conformance: server/status-message-implicit
void OutgoingHeadersTest::statusMessage_implicit()
{
    QFETCH(int, status);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, line);
    QCOMPARE(answerOf([&](ServerResponse *res) {
        res->setStatusCode(status);
        res->setStatusMessage(message);
        res->end();
        QCOMPARE(QByteArray::number(res->statusCode()) + ' ' + res->statusMessage(), line);
    }),
        "HTTP/1.1 " + line + "\r\n" + close_ + "Content-Length: 0\r\n\r\n");
}

void OutgoingHeadersTest::headersSent_refusesChanges()
{
    answerOf([](ServerResponse *res) {
        put(res->writeHead(200));
        QVERIFY(res->headersSent());
        const Error set = res->setHeader("X-A", "1");
        QCOMPARE(set.code, ErrorCode::HttpHeadersSent);
        QCOMPARE(set.message, u"Cannot set headers after they are sent to the client"_s);
        QCOMPARE(res->removeHeader("X-A").message,
            u"Cannot remove headers after they are sent to the client"_s);
        QCOMPARE(res->writeInformation(103).code, ErrorCode::HttpHeadersSent);
    });
}

/// "Must only be called once": with fields set a second call fails, without them it replaces the head that
/// has not left.
void OutgoingHeadersTest::writeHead_twice()
{
    const QByteArray set = answerOf([](ServerResponse *res) {
        put(res->setHeader("x", "y"));
        put(res->writeHead(200));
        QCOMPARE(res->writeHead(201).message,
            u"Cannot render headers after they are sent to the client"_s);
        QCOMPARE(res->writeHead(201, { { "a", "b" } }).message,
            u"Cannot set headers after they are sent to the client"_s);
    });
    QCOMPARE(set, "HTTP/1.1 200 OK\r\nx: y\r\n" + close_ + empty);
    const QByteArray replaced = answerOf([](ServerResponse *res) {
        put(res->writeHead(200));
        put(res->writeHead(201, "M", { { "a", "b" } }));
        QCOMPARE(res->statusMessage(), "M");
    });
    QCOMPARE(replaced, "HTTP/1.1 201 M\r\na: b\r\n" + close_ + empty);
    const QByteArray left = answerOf([](ServerResponse *res) {
        put(res->writeHead(200));
        res->flushHeaders();
        QCOMPARE(res->writeHead(201).code, ErrorCode::HttpHeadersSent);
    });
    QCOMPARE(left, "HTTP/1.1 200 OK\r\n" + close_ + empty);
}

void OutgoingHeadersTest::writeRawHead_takesOneList()
{
    const List raw { "X-A", "1", "x-b", "2", "X-A", "3" };
    QCOMPARE(answerOf([&](ServerResponse *res) { put(res->writeRawHead(200, raw)); }),
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nx-b: 2\r\nX-A: 3\r\n" + close_ + empty);
    QCOMPARE(answerOf([&](ServerResponse *res) { put(res->writeRawHead(202, "Fine", raw)); }),
        "HTTP/1.1 202 Fine\r\nX-A: 1\r\nx-b: 2\r\nX-A: 3\r\n" + close_ + empty);
    QCOMPARE(answerOf([&](ServerResponse *res) {
        put(res->setHeader("Content-Type", "text/html"));
        put(res->setHeader("X-Foo", "bar"));
        put(res->writeRawHead(200, { "Content-Type", "text/plain", "X-New", "n" }));
        QCOMPARE(res->getHeader("content-type"), HeaderValue("text/plain"));
    }),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Foo: bar\r\nX-New: n\r\n" + close_
            + empty);
    QCOMPARE(answerOf([&](ServerResponse *res) {
        put(res->writeRawHead(200, { "Content-Type", "text/plain" }));
        QVERIFY(!res->getHeader("content-type") && res->getHeaderNames().isEmpty());
    }),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + close_ + empty);
    answerOf([](ServerResponse *res) {
        const Error odd = res->writeRawHead(200, { "a" });
        QCOMPARE(odd.code, ErrorCode::InvalidArgValue);
        QCOMPARE(odd.message, u"The argument 'headers' is invalid. Received [ 'a' ]"_s);
        QVERIFY(!res->headersSent());
    });
}

/// An empty name is no token, but skipped where fields were set before.
void OutgoingHeadersTest::writeHead_emptyName()
{
    const QByteArray answer = answerOf([](ServerResponse *res) {
        QCOMPARE(res->writeHead(200, { { "", "1" } }).code, ErrorCode::InvalidHttpToken);
        put(res->setHeader("x", "y"));
        put(res->writeHead(200, { { "", "1" } }));
    });
    QCOMPARE(answer, "HTTP/1.1 200 OK\r\nx: y\r\n" + close_ + empty);
}

void OutgoingHeadersTest::trailerWithoutChunked_isRefused()
{
    const QByteArray answer = answerOf(
        [](ServerResponse *res) {
            const Error error
                = res->writeHead(200, { { "Trailer", "X" }, { "Content-Length", 1 } });
            QCOMPARE(error.code, ErrorCode::HttpTrailerInvalid);
            QVERIFY(!res->headersSent());
            res->end("recovered");
        },
        false);
    QVERIFY2(answer.endsWith("recovered"), answer);
}

void OutgoingHeadersTest::writeErrors_areThrownOrEmitted()
{
    QStringList emitted;
    const QByteArray answer = answerOf(
        [&](ServerResponse *res) {
            connect(res, &ServerResponse::errorOccurred, this, [&, res](const Error &error) {
                emitted += wire::name(error.code);
                res->setStatusCode(200);
                res->end("ok");
            });
            res->setStatusCode(5);
            res->end("not taken");
            QVERIFY(emitted.isEmpty());
        },
        false);
    QCOMPARE(emitted.join(u' '), u"ERR_HTTP_INVALID_STATUS_CODE"_s);
    QVERIFY2(answer.endsWith("\r\n\r\nok"), answer);
}

void OutgoingHeadersTest::endTwice()
{
    QStringList order;
    const QByteArray answer = answerOf(
        [&](ServerResponse *res) {
            connect(res, &ServerResponse::errorOccurred, this,
                [&](const Error &error) { order += u"error "_s + wire::name(error.code); });
            connect(res, &ServerResponse::finish, this, [&, res] {
                order += u"finish"_s;
                QVERIFY(res->writableFinished());
                const auto note
                    = [&](const Error &error) { order += u"late "_s + wire::name(error.code); };
                res->end({}, note);
                res->end("data", note);
            });
            res->end(
                "body", [&](const Error &error) { order += error ? u"failed"_s : u"ended"_s; });
            res->end();
        },
        false);
    QVERIFY(answer.endsWith("\r\n\r\nbody"));
    QCOMPARE(order.join(u','),
        u"finish,late ERR_STREAM_ALREADY_FINISHED,ended,late ERR_STREAM_WRITE_AFTER_END"_s);
}

// conformance: server/write-after-end
void OutgoingHeadersTest::writeAfterEnd()
{
    QStringList order;
    const QByteArray answer = answerOf(
        [&](ServerResponse *res) {
            connect(res, &ServerResponse::errorOccurred, this,
                [&](const Error &error) { order += u"error "_s + error.message; });
            connect(res, &ServerResponse::finish, this, [&] { order += u"finish"_s; });
            res->end("complete");
            QVERIFY(
                !res->write("late", [&](const Error &error) { order += wire::name(error.code); }));
            QVERIFY(order.isEmpty());
        },
        false);
    QVERIFY(answer.endsWith("\r\n\r\ncomplete"));
    QCOMPARE(order.join(u','), u"finish,ERR_STREAM_WRITE_AFTER_END,error write after end"_s);
}

void OutgoingHeadersTest::corking_joinsWrites()
{
    qint64 unsent = -1;
    const QByteArray answer = answerOf(
        [&](ServerResponse *res) {
            res->cork();
            res->cork();
            QCOMPARE(res->writableCorked(), 2);
            res->write("a");
            res->write("b");
            res->uncork();
            unsent = res->writableLength();
            QVERIFY(unsent > 0);
            res->end("c"); // uncorks fully
            QCOMPARE(res->writableCorked(), 0);
        },
        false);
    QVERIFY(answer.endsWith("\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"));
}

/// end() that fails takes back its own cork only.
void OutgoingHeadersTest::corked_failedEnd_staysCorked()
{
    qint64 written = -1;
    const QByteArray answer = answerOf(
        [&](ServerResponse *res) {
            res->cork();
            res->writeContinue();
            res->setStatusMessage("bad\1");
            Error failed;
            res->end("x", {}, &failed);
            QCOMPARE(failed.code, ErrorCode::InvalidChar);
            QCOMPARE(res->writableCorked(), 1);
            written = res->writableLength();
            res->setStatusMessage({});
            res->end("fine");
        },
        false);
    QCOMPARE(written, 25);
    QCOMPARE(answer,
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + close_
            + "Content-Length: 4\r\n\r\nfine");
}

void OutgoingHeadersTest::writableState()
{
    answerOf(
        [](ServerResponse *res) {
            QVERIFY(
                !res->writableObjectMode() && !res->writableEnded() && !res->writableFinished());
            QCOMPARE(res->writableHighWaterMark(), 16384);
            QCOMPARE(res->writableLength(), 0);
            QVERIFY(res->socket() && !res->isDestroyed());
            QVERIFY(!res->write(QByteArray(20'000'000, 'x')));
            QVERIFY(res->writableNeedDrain() && res->isChunked());
            res->end();
            QVERIFY(!res->writableNeedDrain() && res->writableEnded());
        },
        false);
}

QTEST_GUILESS_MAIN(OutgoingHeadersTest)
#include "tst_outgoingheaders.moc"
