#include <exchange/exchangebuilder.h>
#include <formats/harreader.h>
#include <formats/harwriter.h>

#include <QBuffer>
#include <QFile>
#include <QTemporaryFile>
#include <QTest>

#include <madetraffic.h>

#include <limits>

namespace headrace::formats {

using namespace exchange;

namespace {

QByteArray written(const QList<Exchange> &exchanges)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    HarWriter writer(buffer, QStringLiteral("0.1"));
    bool isGood = !writer.begin();
    for (const Exchange &exchange : exchanges)
        isGood = isGood && !writer.add(exchange);
    return isGood && !writer.end() ? buffer.data() : QByteArray();
}

QList<Exchange> readAgain(QByteArray text)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    QList<Exchange> exchanges;
    const HarReading reading = readHar(buffer, [&exchanges](Exchange &&exchange) {
        exchanges.append(std::move(exchange));
        return true;
    });
    if (reading.error || !reading.notes.isEmpty())
        qWarning("%s %s", qPrintable(reading.error.message), qPrintable(reading.notes.join(u' ')));
    return exchanges;
}

Message message(const QByteArray &startLine, const FieldList &fields, const QByteArray &body)
{
    Message message;
    message.startLine = startLine;
    message.fields = fields;
    message.httpVersion = "1.1";
    message.headTime = 10;
    message.endTime = 20;
    message.octets = { { 10, Part::Head, startLine + "\r\n\r\n" }, { 12, Part::Body, body } };
    message.bodyOctets = body.size();
    message.wireOctets = startLine.size() + 4 + body.size();
    return message;
}

Exchange plain()
{
    Exchange exchange;
    exchange.summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123, Qt::UTC);
    exchange.summary.scheme = QStringLiteral("http");
    exchange.summary.host = QStringLiteral("a.test");
    exchange.summary.method = QStringLiteral("GET");
    exchange.summary.target = QStringLiteral("/x?a=1");
    exchange.summary.state = State::Complete;
    exchange.summary.pattern = Pattern::Success;
    exchange.request = message("GET /x?a=1 HTTP/1.1", { { "Host", "a.test" } }, {});
    exchange.response = message("HTTP/1.1 200 OK", { { "Content-Type", "text/plain" } }, "hello");
    exchange.response.statusCode = 200;
    exchange.response.reason = "OK";
    return exchange;
}

/// Peak of the resident memory of this process. Unit: KiB; 0 where the system does not say.
qint64 peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace

class HarRoundTripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exchange_writtenAndRead_isTheSame_data();
    void exchange_writtenAndRead_isTheSame();
    void traffic_writtenAndRead_isTheSame();
    void startedDateTime_zone_isKept();
    void entries_tenThousand_memoryIsBounded();
};

void HarRoundTripTest::exchange_writtenAndRead_isTheSame_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::newRow("plain") << plain();
    QTest::newRow("nothing in it") << Exchange { { .began = plain().summary.began } };

    Exchange odd = plain();
    odd.response.trailers = { { "X-Sum", "1" }, { "x-sum", "" } };
    odd.request.trailers = { { "T", "\xff" } };
    odd.summary.hasTrailers = true;
    QTest::newRow("trailers") << odd;

    odd = plain();
    odd.interim
        = { message("HTTP/1.1 103 Early Hints", { { "Link", "<a>" }, { "link", "<b>" } }, {}),
              message("HTTP/1.1 100 Continue", {}, {}) };
    odd.interim[0].statusCode = 103;
    odd.interim[0].reason = "Early Hints";
    odd.interim[1].statusCode = 100;
    odd.summary.interimCount = 2;
    QTest::newRow("interim responses") << odd;

    odd = plain();
    odd.response.chunks = { { 11, 0, 5, ";a=\"b\"" }, { 12, 5, 0, ";\xff" } };
    odd.response.octets = { { 10, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" },
        { 11, Part::ChunkHeader, "5;a=\"b\"\r\n" }, { 11, Part::Body, "hello" },
        { 12, Part::ChunkEnd, "\r\n" }, { 13, Part::Trailers, "X: 1\r\n\r\n" } };
    QTest::newRow("chunks with extensions") << odd;

    odd = plain();
    odd.response = {};
    odd.summary.state = State::Canceled;
    odd.summary.pattern = Pattern::AbortedBeforeResponse;
    odd.events = { { 5, QStringLiteral("ClientRequest"), QStringLiteral("abort"), {} },
        { 6, QStringLiteral("Socket"), QStringLiteral("connect started"),
            QStringLiteral("ü \"x\"") } };
    QTest::newRow("aborted") << odd;

    odd = plain();
    odd.response.octets = { { 10, Part::Unparsed, QByteArray("\0\x16\x03 no HTTP", 11) } };
    odd.response.startLine.clear();
    odd.summary.state = State::Failed;
    odd.summary.pattern = Pattern::ParseError;
    odd.failure
        = Failure { QStringLiteral("HPE_INVALID_CONSTANT"), QStringLiteral("Parse Error: “x”") };
    odd.summary.errorCode = odd.failure->code;
    odd.summary.errorMessage = odd.failure->message;
    QTest::newRow("failed") << odd;

    odd = plain();
    odd.request.octets.append({ 30, Part::Tunnel, QByteArray("\x81\x05hello", 7) });
    odd.response.octets.append({ 31, Part::Tunnel, QByteArray("\0\0\xff\xfe", 4) });
    odd.summary.pattern = Pattern::Upgrade;
    QTest::newRow("upgraded") << odd;

    odd = plain();
    odd.request = message("POST /x HTTP/1.1", { { "Content-Type", "application/octet-stream" } },
        QByteArray("\xff\0\x80", 3));
    odd.response = message("HTTP/1.1 200 OK", { { "Content-Type", "image/png" } },
        QByteArray("\x89PNG\r\n\x1a\n\0", 9));
    QTest::newRow("binary") << odd;

    odd = plain();
    odd.response = message("HTTP/1.1 200 OK", { { "Content-Encoding", "deflate" } },
        qCompress(QByteArray(1000, 'a')).sliced(4));
    QTest::newRow("compressed") << odd;

    odd = plain();
    odd.response = message("HTTP/1.1 200 OK", { { "Content-Encoding", "gzip" } }, "no gzip");
    QTest::newRow("compressed wrong") << odd;

    odd = plain();
    odd.request.fields = { { "X-ID", "1" }, { "x-id", "" }, { "X-Id", "\xe9t\xe9" },
        { "\xfcml", "v" }, { "", "nameless" }, { "T", "a\tb" }, { "N", QByteArray("\0", 1) } };
    odd.response.startLine = "HTTP/1.1 200 \xd6K";
    odd.response.reason = "\xd6K";
    odd.response.fields = { { "Set-Cookie", "a=1" }, { "set-cookie", "=;;=" } };
    QTest::newRow("fields, odd case and octets") << odd;

    odd = plain();
    odd.summary.note = QStringLiteral("a note\nof two lines \"quoted\" \\ 😀");
    odd.summary.mark = Mark::Violet;
    QTest::newRow("note and mark") << odd;

    odd = plain();
    odd.response.isTruncated = true;
    odd.request.isPartial = true;
    odd.response.bodyOctets = std::numeric_limits<qint64>::max();
    odd.response.wireOctets = std::numeric_limits<qint64>::max();
    QTest::newRow("counts beyond what was kept") << odd;

    odd = plain();
    odd.timings = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    odd.summary.duration = 9;
    odd.connection = { std::numeric_limits<quint64>::max(), true, QStringLiteral("127.0.0.1"),
        QStringLiteral("::1"), 65535, 443,
        Tls { QStringLiteral("TLSv1.3"), QStringLiteral("C"), "http/1.1", QStringLiteral("a.test"),
            { QByteArray("\x30\0", 2), {} } } };
    QTest::newRow("timings, connection, TLS") << odd;

    for (int i = 0; i < PatternCount; ++i) {
        odd = plain();
        odd.summary.pattern = Pattern(i);
        odd.summary.state = State(i % 4);
        odd.summary.source = Source(i % 4);
        QTest::addRow("pattern %d", i) << odd;
    }
}

void HarRoundTripTest::exchange_writtenAndRead_isTheSame()
{
    QFETCH(Exchange, exchange);
    const QList<Exchange> again = readAgain(written({ exchange }));
    QCOMPARE(again.size(), 1);
    QCOMPARE(store::textOf(again.first()), store::textOf(exchange));
    QCOMPARE(again.first().request.octets.size(), exchange.request.octets.size());
    QCOMPARE(again.first().response.octets.size(), exchange.response.octets.size());
    QCOMPARE(again.first().failure.has_value(), exchange.failure.has_value());
    if (exchange.connection.tls)
        QCOMPARE(again.first().connection.tls->peerCertificates,
            exchange.connection.tls->peerCertificates);
}

void HarRoundTripTest::traffic_writtenAndRead_isTheSame()
{
    store::MadeTraffic traffic(20261127);
    QList<Exchange> exchanges;
    for (int i = 0; i < 300; ++i) {
        ExchangeBuilder builder;
        traffic.add(builder);
        exchanges.append(builder.exchange());
    }
    const QList<Exchange> again = readAgain(written(exchanges));
    QCOMPARE(again.size(), exchanges.size());
    for (qsizetype i = 0; i < again.size(); ++i)
        QCOMPARE(store::textOf(again.at(i)), store::textOf(exchanges.at(i)));
}

void HarRoundTripTest::startedDateTime_zone_isKept()
{
    Exchange exchange = plain();
    exchange.summary.began
        = QDateTime(QDate(2026, 11, 27), QTime(5, 6, 7, 89), Qt::OffsetFromUTC, -12'600);
    const QByteArray text = written({ exchange });
    QVERIFY(text.contains("\"startedDateTime\":\"2026-11-27T05:06:07.089-03:30\""));
    const QDateTime again = readAgain(text).first().summary.began;
    QCOMPARE(again, exchange.summary.began);
    QCOMPARE(again.offsetFromUtc(), -12'600);
}

// 10,000 entries with 20,000 octets of body each: more than 500 MB of text.
void HarRoundTripTest::entries_tenThousand_memoryIsBounded()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    HarWriter writer(file, QStringLiteral("0.1"));
    Exchange exchange = plain();
    exchange.response.octets.last().octets = QByteArray(20'000, 'x');
    const qint64 before = peakMemory();
    QVERIFY(!writer.begin());
    for (int i = 0; i < 10'000; ++i) {
        exchange.summary.target = u'/' + QString::number(i);
        QVERIFY(!writer.add(exchange));
    }
    QVERIFY(!writer.end());
    QVERIFY(file.seek(0));

    int count = 0;
    double last = 0;
    HarReadOptions options;
    options.progress = [&last](double share) {
        const bool isForward = share > last && share <= 1;
        last = share;
        return isForward;
    };
    const HarReading reading = readHar(
        file,
        [&count](Exchange &&again) {
            return again.summary.target == u'/' + QString::number(count++)
                && again.response.bodyOctets == 5;
        },
        options);
    QVERIFY2(!reading.error, qPrintable(reading.error.message));
    QVERIFY(!reading.isStopped);
    QCOMPARE(count, 10'000);
    QCOMPARE(reading.entries, 10'000);
    QVERIFY(last > 0.9);
    QVERIFY2(peakMemory() - before < 32 * 1024, qPrintable(QString::number(peakMemory() - before)));
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarRoundTripTest)
#include "tst_harroundtrip.moc"
