#include <wire/headserializer.h>

#include <QTest>

#include <functional>

using namespace headrace::wire;

namespace {

using Change = std::function<void(HeadPolicy &)>;

/// A response of the server to a keep-alive request under HTTP/1.1 whose body is a lone `end('x')`.
HeadPolicy usual()
{
    HeadPolicy policy;
    policy.statusCode = 200;
    policy.knownLength = 1;
    policy.keepAliveHintSeconds = 5;
    return policy;
}

void unframed(HeadPolicy &policy) { policy.knownLength.reset(); }

void http10(HeadPolicy &policy) { policy.chunkedByDefault = false; }

void noContent(HeadPolicy &policy)
{
    policy.statusCode = 204;
    policy.hasBody = false;
    policy.knownLength = 0;
}

QByteArray flags(const RenderedHead &head)
{
    QByteArrayList list;
    if (head.chunked)
        list.append("chunked");
    if (head.last)
        list.append("last");
    if (head.keepAlive)
        list.append("keepAlive");
    if (head.expectsContinue)
        list.append("expects");
    return list.join(' ');
}

} // namespace

Q_DECLARE_METATYPE(Change)

/// Source: conformance `server-response-bytes`, `client-request-bytes`, `body-framing-decision`,
/// `connection-header-decision`; every row was run on the reference.
class HeadSerializerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void automaticFields_data()
    {
        QTest::addColumn<QList<FieldLine>>("fields");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("flagNames");
        using Lines = QList<FieldLine>;
        const auto row = [](const char *name, const Lines &fields, const Change &change,
                             const char *lines, const char *flagNames) {
            QTest::newRow(name) << fields << change << QByteArray(lines) << QByteArray(flagNames);
        };
        const Change none = [](HeadPolicy &) {};

        row("known length", {}, none,
            "Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1", "keepAlive");
        row("unknown length", {}, unframed,
            "Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked",
            "chunked keepAlive");
        row("own length", { { "content-length", "7" } }, unframed,
            "content-length: 7|Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row("own chunked", { { "Transfer-Encoding", "chunked" } }, none,
            "Transfer-Encoding: chunked|Connection: keep-alive|Keep-Alive: timeout=5",
            "chunked keepAlive");
        row("own coding list", { { "Transfer-Encoding", "gzip, CHUNKED" } }, none,
            "Transfer-Encoding: gzip, CHUNKED|Connection: keep-alive|Keep-Alive: timeout=5",
            "chunked keepAlive");
        row("own other coding", { { "Transfer-Encoding", "xchunked" } }, none,
            "Transfer-Encoding: xchunked|Connection: keep-alive|Keep-Alive: timeout=5",
            "keepAlive");
        row("both framings", { { "Transfer-Encoding", "chunked" }, { "Content-Length", "1" } },
            none,
            "Transfer-Encoding: chunked|Content-Length: 1|Connection: keep-alive|Keep-Alive: "
            "timeout=5",
            "chunked keepAlive");
        row("trailer announced", { { "Trailer", "X" } }, none,
            "Trailer: X|Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked",
            "chunked keepAlive");
        row(
            "length removed", {}, [](HeadPolicy &p) { p.contentLengthRemoved = true; },
            "Connection: keep-alive|Keep-Alive: timeout=5|Transfer-Encoding: chunked",
            "chunked keepAlive");
        row(
            "both framings removed", {},
            [](HeadPolicy &p) { p.contentLengthRemoved = p.transferEncodingRemoved = true; },
            "Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row(
            "already chunked", {}, [](HeadPolicy &p) { p.chunked = true; },
            "Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1", "chunked keepAlive");

        row("http/1.0", {}, http10, "Connection: close", "last keepAlive");
        row("http/1.0, own length", { { "Content-Length", "1" } }, http10,
            "Content-Length: 1|Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row("http/1.0, own chunked", { { "Transfer-Encoding", "chunked" } }, http10,
            "Transfer-Encoding: chunked|Connection: close", "chunked last keepAlive");
        row(
            "get request of an agent", {},
            [](HeadPolicy &p) {
                p.chunkedByDefault = false;
                p.hasAgent = true;
                p.keepAliveHintSeconds = -1;
            },
            "Connection: keep-alive", "last keepAlive");

        row("204", {}, noContent, "Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row(
            "304", {},
            [](HeadPolicy &p) {
                noContent(p);
                p.statusCode = 304;
            },
            "Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row(
            "304, own length", { { "Content-Length", "5" } },
            [](HeadPolicy &p) {
                noContent(p);
                p.statusCode = 304;
            },
            "Content-Length: 5|Connection: keep-alive|Keep-Alive: timeout=5", "keepAlive");
        row("204, own chunked", { { "Transfer-Encoding", "chunked" } }, noContent,
            "Transfer-Encoding: chunked|Connection: close", "last");
        row(
            "204, already chunked", {},
            [](HeadPolicy &p) {
                noContent(p);
                p.chunked = true;
            },
            "Connection: close", "last");
        row("204, own chunked, own keep-alive",
            { { "Connection", "keep-alive" }, { "Transfer-Encoding", "chunked" } }, noContent,
            "Connection: keep-alive|Transfer-Encoding: chunked", "");
        row(
            "response to head", {}, [](HeadPolicy &p) { p.hasBody = false; },
            "Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1", "keepAlive");

        row(
            "close wished", {}, [](HeadPolicy &p) { p.keepAlive = false; },
            "Connection: close|Content-Length: 1", "last");
        row("own close", { { "Connection", "close" } }, none, "Connection: close|Content-Length: 1",
            "last keepAlive");
        row(
            "own keep-alive", { { "connection", "keep-alive" } },
            [](HeadPolicy &p) { p.keepAlive = false; }, "connection: keep-alive|Content-Length: 1",
            "keepAlive");
        for (const char *value : { "a,close", "CLOSE", "\"close\"", "close-x", "a close b" }) {
            row(value, { { "Connection", value } }, none,
                (QByteArray("Connection: ") + value + "|Content-Length: 1").constData(),
                "last keepAlive");
        }
        for (const char *value : { "xclose", "closed", "_close", "", "upgrade" }) {
            row(*value ? value : "empty", { { "Connection", value } }, none,
                (QByteArray("Connection: ") + value + "|Content-Length: 1").constData(),
                "keepAlive");
        }
        row("keep-alive, close", { { "Connection", "keep-alive" }, { "Connection", "close" } },
            none, "Connection: keep-alive|Connection: close|Content-Length: 1", "last keepAlive");
        row("own hint", { { "Keep-Alive", "timeout=9" } }, none,
            "Keep-Alive: timeout=9|Connection: keep-alive|Content-Length: 1", "keepAlive");
        row(
            "hint of zero", {}, [](HeadPolicy &p) { p.keepAliveHintSeconds = 0; },
            "Connection: keep-alive|Keep-Alive: timeout=0|Content-Length: 1", "keepAlive");
        row(
            "no hint", {}, [](HeadPolicy &p) { p.keepAliveHintSeconds = -1; },
            "Connection: keep-alive|Content-Length: 1", "keepAlive");
        row(
            "connection removed", {}, [](HeadPolicy &p) { p.connectionRemoved = true; },
            "Content-Length: 1", "last");

        row(
            "date", {}, [](HeadPolicy &p) { p.date = "today"; },
            "Date: today|Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1",
            "keepAlive");
        row(
            "own date", { { "DATE", "x" } }, [](HeadPolicy &p) { p.date = "today"; },
            "DATE: x|Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1", "keepAlive");
        row("expect", { { "Expect", "100-continue" } }, none,
            "Expect: 100-continue|Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1",
            "keepAlive expects");
        row("order and case are kept", { { "b", "1" }, { "A", "" }, { "B", "2" } }, none,
            "b: 1|A: |B: 2|Connection: keep-alive|Keep-Alive: timeout=5|Content-Length: 1",
            "keepAlive");
        row(
            "large numbers", {},
            [](HeadPolicy &p) {
                p.knownLength = std::numeric_limits<qint64>::max();
                p.keepAliveHintSeconds = std::numeric_limits<int>::max();
            },
            "Connection: keep-alive|Keep-Alive: timeout=2147483647|Content-Length: "
            "9223372036854775807",
            "keepAlive");
    }

    void automaticFields()
    {
        QFETCH(QList<FieldLine>, fields);
        QFETCH(Change, change);
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, flagNames);
        HeadPolicy policy = usual();
        change(policy);
        const RenderedHead head = renderHead("HTTP/1.1 200 OK", fields, policy);
        QVERIFY(!head.error);
        QCOMPARE(head.octets, "HTTP/1.1 200 OK\r\n" + lines.replace("|", "\r\n") + "\r\n\r\n");
        QCOMPARE(flags(head), flagNames);
    }

    void trailer_withoutChunks_isRefused_data()
    {
        QTest::addColumn<QList<FieldLine>>("fields");
        QTest::addColumn<Change>("change");
        using Lines = QList<FieldLine>;
        const Lines trailer { { "Trailer", "X" } };
        QTest::newRow("own length")
            << Lines { { "trailer", "X" }, { "Content-Length", "1" } } << Change(unframed);
        QTest::newRow("204") << trailer << Change(noContent);
        QTest::newRow("http/1.0") << trailer << Change(http10);
        QTest::newRow("chunks removed")
            << trailer << Change([](HeadPolicy &p) { p.transferEncodingRemoved = true; });
    }

    void trailer_withoutChunks_isRefused()
    {
        QFETCH(QList<FieldLine>, fields);
        QFETCH(Change, change);
        HeadPolicy policy = usual();
        change(policy);
        const RenderedHead head = renderHead("HTTP/1.1 200 OK", fields, policy);
        QCOMPARE(head.error.code, ErrorCode::HttpTrailerInvalid);
        QCOMPARE(head.error.message,
            QLatin1StringView("Trailers are invalid with this transfer encoding"));
        QVERIFY(head.octets.isEmpty());
    }

    void chunks()
    {
        QCOMPARE(renderChunkHeader(0x11), "11\r\n");
        QCOMPARE(renderChunkHeader(0xabcdef, ";a=b"), "abcdef;a=b\r\n");
        QCOMPARE(renderChunkHeader(std::numeric_limits<qint64>::max()), "7fffffffffffffff\r\n");
        QCOMPARE(renderLastChunk({}), "0\r\n\r\n");
        QCOMPARE(renderLastChunk({ { "X-T", "v" }, { "b", "" } }), "0\r\nX-T: v\r\nb: \r\n\r\n");
    }
};

QTEST_GUILESS_MAIN(HeadSerializerTest)
#include "tst_headserializer.moc"
