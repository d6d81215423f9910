#include <exchange/memorystore.h>
#include <exchange/recorder.h>

#include <QTest>

using namespace headrace;
using namespace headrace::exchange;
using Way = http::Direction;
using http::Emitter;
using http::EventKind;
using http::SocketPhase;
using wire::MessagePart;

namespace {

constexpr http::MonotonicTime beginning = 5'000'000'000; // nanoseconds

http::MonotonicTime at(qint64 microseconds) { return beginning + microseconds * 1000; }

// Enough of a parser to script heads with.
wire::Head headOf(const QByteArray &octets)
{
    wire::Head head;
    head.fields = wire::Fields(octets);
    const qsizetype lineEnd = octets.indexOf("\r\n");
    const qsizetype firstBlank = octets.indexOf(' ');
    const qsizetype secondBlank = octets.indexOf(' ', firstBlank + 1);
    if (octets.startsWith("HTTP/")) {
        head.version = { 5, firstBlank - 5 };
        head.status = { firstBlank + 1, 3 };
        head.statusCode = octets.sliced(firstBlank + 1, 3).toInt();
        head.reason = { secondBlank + 1, lineEnd - secondBlank - 1 };
    } else {
        head.method = { 0, firstBlank };
        head.target = { firstBlank + 1, secondBlank - firstBlank - 1 };
        head.version = { secondBlank + 6, lineEnd - secondBlank - 6 };
    }
    for (qsizetype begin = lineEnd + 2; octets[begin] != '\r';) {
        const qsizetype colon = octets.indexOf(": ", begin);
        const qsizetype end = octets.indexOf("\r\n", begin);
        head.fields.append({ { begin, colon - begin }, { colon + 2, end - colon - 2 } });
        begin = end + 2;
    }
    return head;
}

QStringList journal(const Exchange &exchange)
{
    QStringList result;
    for (const Event &event : exchange.events)
        result.append(event.name);
    return result;
}

const QByteArray requestHead = "GET /p?q HTTP/1.1\r\nHost: example.org\r\nX-a: 1\r\nx-A: 2\r\n\r\n";
const QByteArray hintsHead = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
const QByteArray finalHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; "
                             "charset=x\r\nTransfer-Encoding: chunked\r\n\r\n";

} // namespace

class RecorderTest : public QObject
{
    Q_OBJECT

private:
    struct Recording
    {
        MemoryStore store;
        Recorder recorder { store, Source::Composer };

        void begin(bool isClient = true)
        {
            http::ExchangeStart start;
            start.exchange = 17;
            start.isClient = isClient;
            start.host = QStringLiteral("example.org");
            start.port = 8080;
            start.method = isClient ? "GET" : "";
            start.target = isClient ? "/p?q" : "";
            start.time = beginning;
            recorder.exchangeBegan(start);
        }

        void octets(Way direction, MessagePart part, const QByteArray &octets, qint64 time)
        {
            recorder.octets(17, 3, direction, part, octets, at(time));
        }

        void head(Way direction, const QByteArray &octets, qint64 time)
        {
            this->octets(direction, MessagePart::Head, octets, time);
            recorder.headComplete(17, direction, headOf(octets), at(time));
        }

        void event(Emitter emitter, EventKind kind, qint64 time, const QString &detail = {})
        {
            recorder.event(17, emitter, kind, detail, at(time));
        }

        Exchange exchange() const { return *store.exchange(store.ids().last()); }
    };

private Q_SLOTS:

    void client_wholeExchange_isKept()
    {
        Recording r;
        r.begin();
        QCOMPARE(r.recorder.storeId(17), 1u);
        r.recorder.socketPhase(17, 3, SocketPhase::LookupStarted, at(10));
        r.event(Emitter::ClientRequest, EventKind::Socket, 11);
        r.recorder.socketPhase(17, 3, SocketPhase::LookupEnded, at(20));
        r.recorder.socketPhase(17, 3, SocketPhase::ConnectStarted, at(20));
        r.recorder.socketAssigned(17,
            { 3, false, QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.2"), 4000, 8080 },
            at(30));
        r.recorder.socketPhase(17, 3, SocketPhase::ConnectEnded, at(30));
        r.head(Way::Sent, requestHead, 40);
        r.recorder.messageComplete(17, Way::Sent, at(41));
        r.event(Emitter::ClientRequest, EventKind::Finish, 42);
        r.recorder.socketPhase(17, 3, SocketPhase::FirstByte, at(50));
        r.head(Way::Received, hintsHead, 51);
        r.event(
            Emitter::ClientRequest, EventKind::Information, 52, QStringLiteral("103 Early Hints"));
        r.head(Way::Received, finalHead, 53);
        r.event(Emitter::ClientRequest, EventKind::Response, 54, QStringLiteral("200 OK"));
        r.octets(Way::Received, MessagePart::ChunkHeader, "5;a=b\r\n", 60);
        r.recorder.chunkBegan(17, Way::Received, { 5, ";a=b" }, at(60));
        r.octets(Way::Received, MessagePart::Body, "hello", 60);
        r.event(Emitter::IncomingMessage, EventKind::Data, 61, QStringLiteral("5 B"));
        r.octets(Way::Received, MessagePart::ChunkEnd, "\r\n", 62);
        r.octets(Way::Received, MessagePart::ChunkHeader, "3\r\n", 63);
        r.recorder.chunkBegan(17, Way::Received, { 3, {} }, at(63));
        r.octets(Way::Received, MessagePart::Body, "you", 63);
        r.octets(Way::Received, MessagePart::ChunkEnd, "\r\n", 63);
        r.octets(Way::Received, MessagePart::Trailers, "0\r\nX-T: 1\r\n\r\n", 64);
        const QByteArray trailers = "X-T: 1\r\n\r\n";
        wire::Fields fields(trailers);
        fields.append({ { 0, 3 }, { 5, 1 } });
        r.recorder.trailersComplete(17, Way::Received, fields, at(64));
        r.recorder.messageComplete(17, Way::Received, at(65));
        r.event(Emitter::IncomingMessage, EventKind::End, 66);
        r.event(Emitter::ClientRequest, EventKind::Close, 67);
        r.recorder.exchangeEnded(17, at(70));

        const Exchange e = r.exchange();
        QCOMPARE(r.recorder.storeId(17), 0u);
        QCOMPARE(e.summary.state, State::Complete);
        QCOMPARE(e.summary.host, QStringLiteral("example.org:8080"));
        QCOMPARE(e.summary.target, QStringLiteral("/p?q"));
        QCOMPARE(e.summary.statusCode, 200);
        QCOMPARE(e.summary.contentType, QStringLiteral("text/plain"));
        QCOMPARE(e.summary.interimCount, 1);
        QCOMPARE(e.summary.responseBodyOctets, 8);
        QCOMPARE(e.summary.duration, 70);
        QCOMPARE(e.summary.pattern, Pattern::Success);
        QVERIFY(e.summary.hasTrailers);
        QVERIFY(!e.failure);
        QCOMPARE(e.request.raw(), requestHead);
        QCOMPARE(e.request.startLine, "GET /p?q HTTP/1.1");
        QCOMPARE(e.request.fields,
            (FieldList { { "Host", "example.org" }, { "X-a", "1" }, { "x-A", "2" } }));
        QCOMPARE(e.request.endTime, 41);
        QCOMPARE(e.interim.size(), 1);
        QCOMPARE(e.interim[0].raw(), hintsHead);
        QCOMPARE(e.interim[0].statusCode, 103);
        QCOMPARE(e.response.raw(), finalHead + "5;a=b\r\nhello\r\n3\r\nyou\r\n0\r\nX-T: 1\r\n\r\n");
        QCOMPARE(e.response.joined(Part::Body), "helloyou");
        QCOMPARE(e.response.reason, "OK");
        QCOMPARE(e.response.httpVersion, "1.1");
        QCOMPARE(e.response.chunks.size(), 2);
        QCOMPARE(e.response.chunks[0].extensions, ";a=b");
        QCOMPARE(e.response.chunks[1].offset, 5);
        QCOMPARE(e.response.trailers, (FieldList { { "X-T", "1" } }));
        QCOMPARE(e.connection.peerPort, 8080);
        QCOMPARE(e.timings.lookupStarted, 10);
        QCOMPARE(e.timings.connectEnded, 30);
        QCOMPARE(e.timings.tlsStarted, -1);
        QCOMPARE(e.timings.requestSent, 41);
        QCOMPARE(e.timings.firstByte, 50);
        QCOMPARE(e.timings.ended, 70);
        QCOMPARE(journal(e).join(u' '),
            QStringLiteral(
                "lookup started socket lookup ended connect started connect ended finish "
                "first byte information response chunk received data chunk received "
                "trailers received end close"));
        QCOMPARE(e.events[1].object, QStringLiteral("ClientRequest"));
        QCOMPARE(e.events[1].time, 11);
        QCOMPARE(e.events[7].detail, QStringLiteral("103 Early Hints"));
        QCOMPARE(e.events[9].object, QStringLiteral("Wire"));
        QCOMPARE(e.events[9].detail, QStringLiteral("5 B ;a=b"));
    }

    void server_directionsAreTheOtherWayRound()
    {
        Recording r;
        r.begin(false);
        r.head(Way::Received, requestHead, 1);
        r.recorder.messageComplete(17, Way::Received, at(2));
        r.head(Way::Sent, hintsHead, 3);
        r.head(Way::Sent, finalHead, 4);
        r.octets(Way::Sent, MessagePart::Body, "x", 5);
        r.recorder.messageComplete(17, Way::Sent, at(6));
        r.recorder.exchangeEnded(17, at(7));
        const Exchange e = r.exchange();
        QCOMPARE(e.summary.state, State::Complete);
        QCOMPARE(e.summary.method, QStringLiteral("GET"));
        QCOMPARE(e.summary.host, QStringLiteral("example.org")); // as the Host field says
        QCOMPARE(e.request.raw(), requestHead);
        QCOMPARE(e.interim.size(), 1);
        QCOMPARE(e.interim[0].raw(), hintsHead);
        QCOMPARE(e.response.raw(), finalHead + "x");
        QCOMPARE(e.timings.firstByte, 3);
        QCOMPARE(e.timings.requestSent, 2);
    }

    void sentHead_octetsBehindHeadComplete_goToThatMessage()
    {
        Recording r;
        r.begin(false);
        r.recorder.headComplete(17, Way::Sent, headOf(hintsHead), at(1));
        r.octets(Way::Sent, MessagePart::Head, hintsHead, 2);
        r.recorder.headComplete(17, Way::Sent, headOf(finalHead), at(3));
        r.octets(Way::Sent, MessagePart::Head, finalHead, 4);
        r.octets(Way::Sent, MessagePart::Body, "x", 4);
        r.recorder.exchangeEnded(17, at(5));
        const Exchange e = r.exchange();
        QCOMPARE(e.interim[0].raw(), hintsHead);
        QCOMPARE(e.response.raw(), finalHead + "x");
    }

    void head_inPieces_isOneHead()
    {
        Recording r;
        r.begin();
        for (qsizetype i = 0; i + 1 < hintsHead.size(); ++i)
            r.octets(Way::Received, MessagePart::Head, hintsHead.sliced(i, 1), i);
        r.head(Way::Received, finalHead, 100); // and the last octet of the first
        r.recorder.exchangeEnded(17, at(200));
        QCOMPARE(r.exchange().response.raw(), hintsHead.chopped(1) + finalHead);
    }

    void partialHead_belongsToTheResponse()
    {
        Recording r;
        r.begin();
        r.octets(Way::Received, MessagePart::Head, "HTTP/1.1 20", 1);
        r.octets(Way::Received, MessagePart::Unparsed, "\x01garbage", 2);
        r.recorder.failed(17,
            { wire::ErrorCode::ParserInvalidStatus, QStringLiteral("Invalid status"), -1, {} },
            at(3));
        r.recorder.failed(
            17, { wire::ErrorCode::ConnectionReset, QStringLiteral("later"), -1, {} }, at(3));
        r.recorder.exchangeEnded(17, at(4));
        const Exchange e = r.exchange();
        QCOMPARE(e.summary.state, State::Failed);
        QCOMPARE(e.failure->code, QStringLiteral("HPE_INVALID_STATUS")); // the first cause
        QCOMPARE(e.summary.errorMessage, QStringLiteral("Invalid status"));
        QCOMPARE(e.response.raw(), "HTTP/1.1 20\x01garbage");
        QVERIFY(!e.response.hasHead());
        QCOMPARE(e.response.octets.last().part, Part::Unparsed);
    }

    void end_withoutResponse_isAFailure()
    {
        Recording r;
        r.begin(false);
        r.head(Way::Received, requestHead, 1);
        r.recorder.exchangeEnded(17, at(2));
        const Exchange e = r.exchange();
        QCOMPARE(e.summary.state, State::Failed);
        QCOMPARE(e.failure->code, QStringLiteral("ERR_STREAM_PREMATURE_CLOSE"));
    }

    void markCanceled_winsOverTheFailure()
    {
        Recording r;
        r.begin();
        r.recorder.markCanceled(17);
        r.recorder.failed(17,
            { wire::ErrorCode::ConnectionReset, QStringLiteral("socket hang up"), -1, {} }, at(3));
        r.recorder.exchangeEnded(17, at(4));
        QCOMPARE(r.exchange().summary.state, State::Canceled);
    }

    void endAll_endsWhatGoesOn()
    {
        Recording r;
        r.begin();
        r.recorder.endAll();
        QCOMPARE(r.exchange().summary.state, State::Canceled);
        r.octets(Way::Received, MessagePart::Body, "late", 5); // and nothing happens
        QCOMPARE(r.exchange().response.wireOctets, 0);
    }

    void messageLimit_reached_countsGoOn()
    {
        Recording r;
        r.recorder.setMessageLimit(1000);
        r.begin();
        r.head(Way::Received, finalHead, 1);
        for (int i = 0; i < 100; ++i)
            r.octets(Way::Received, MessagePart::Body, QByteArray(100, 'x'), 10 + i);
        r.recorder.exchangeEnded(17, at(200));
        const Exchange e = r.exchange();
        QVERIFY(e.response.isTruncated);
        QVERIFY(e.response.raw().size() <= 1000);
        QVERIFY(e.response.raw().startsWith(finalHead));
        QCOMPARE(e.response.bodyOctets, 10'000);
        QCOMPARE(e.response.wireOctets, 10'000 + finalHead.size());
        QCOMPARE(e.summary.responseBodyOctets, 10'000);
        QVERIFY(!e.request.isTruncated);
    }

    void messageLimit_boundsTinyPiecesToo()
    {
        Recording r;
        r.recorder.setMessageLimit(10'000);
        r.begin();
        for (int i = 0; i < 10'000; ++i)
            r.octets(Way::Received, MessagePart::Body, "x", i);
        r.recorder.exchangeEnded(17, at(20'000));
        QVERIFY(r.exchange().response.octets.size() <= 10'000 / 64);
        QCOMPARE(r.exchange().response.bodyOctets, 10'000);
    }

    void manyEvents_areCountedBeyondTheBound()
    {
        Recording r;
        r.begin();
        for (int i = 0; i < 100'010; ++i)
            r.event(Emitter::IncomingMessage, EventKind::Data, i);
        r.recorder.exchangeEnded(17, at(200'000));
        const Exchange e = r.exchange();
        QCOMPARE(e.events.size(), 100'001);
        QCOMPARE(e.events.last().object, QStringLiteral("Recorder"));
        QCOMPARE(e.events.last().detail, QStringLiteral("10"));
    }

    void tls_isKnownToLaterExchangesOfTheConnection()
    {
        Recording r;
        r.begin();
        r.recorder.tlsEstablished(17, 3,
            { QStringLiteral("TLSv1.3"), QStringLiteral("C"), "", QStringLiteral("h"), {} }, at(1));
        r.recorder.exchangeEnded(17, at(2));
        QCOMPARE(r.exchange().connection.tls->protocol, QStringLiteral("TLSv1.3"));
        r.begin();
        r.recorder.socketAssigned(17, { 3, true, {}, {}, 0, 0 }, at(3));
        QVERIFY(r.exchange().connection.isReused);
        QCOMPARE(r.exchange().summary.connection, 3u);
        QCOMPARE(r.exchange().connection.tls->cipher, QStringLiteral("C"));
    }

    void host_ipv6AndOwnPort()
    {
        Recording r;
        http::ExchangeStart start;
        start.exchange = 1;
        start.isSecure = true;
        start.host = QStringLiteral("::1");
        start.port = 443;
        r.recorder.exchangeBegan(start);
        QCOMPARE(r.exchange().summary.host, QStringLiteral("[::1]"));
        QCOMPARE(r.exchange().summary.scheme, QStringLiteral("https"));
    }

    void unknownExchange_isIgnored()
    {
        Recording r;
        r.octets(Way::Received, MessagePart::Body, "x", 1);
        r.event(Emitter::Socket, EventKind::Close, 1);
        r.recorder.exchangeEnded(17, at(1));
        QCOMPARE(r.store.count(), 0);
    }
};

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
