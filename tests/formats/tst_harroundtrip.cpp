#include <exchange/memorystore.h>
#include <formats/harreader.h>
#include <formats/harwriter.h>

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <madetraffic.h>

namespace headrace::formats {

using namespace headrace::exchange;

/// What is written as HAR is read as it was, with every oddity.
class HarRoundTripTest : public QObject
{
    Q_OBJECT

    static QList<Exchange> made(quint32 seed, int count)
    {
        MemoryStore store;
        store.setMemoryLimit(qint64(1) << 40);
        store::MadeTraffic traffic(seed);
        QList<Exchange> exchanges;
        for (int i = 0; i < count; ++i) {
            const ExchangeId id = traffic.add(store);
            if (i % 5 == 0) {
                store.setNote({ id }, QStringLiteral("Größe %1 \"quoted\"\n").arg(i));
                store.setMark({ id }, Mark(1 + i % 6));
            }
            exchanges.append(*store.exchange(id));
        }
        return exchanges;
    }

    static QByteArray written(const QList<Exchange> &exchanges)
    {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        HarWriter writer(buffer, QStringLiteral("0.1"));
        if (writer.begin())
            qFatal("begin");
        for (const Exchange &exchange : exchanges) {
            if (writer.add(exchange))
                qFatal("add");
        }
        if (writer.end())
            qFatal("end");
        return buffer.data();
    }

    static QList<Exchange> read(QByteArray har, HarReading *reading = nullptr)
    {
        QBuffer buffer(&har);
        buffer.open(QIODevice::ReadOnly);
        QList<Exchange> exchanges;
        const HarReading result = readHar(buffer, [&exchanges](Exchange &&exchange) {
            exchanges.append(std::move(exchange));
            return true;
        });
        if (reading)
            *reading = result;
        return exchanges;
    }

    static QString textOf(Exchange exchange)
    {
        exchange.summary.id = 0;
        return store::textOf(exchange);
    }

private Q_SLOTS:

    void madeTraffic_isTheSame()
    {
        const QList<Exchange> exchanges = made(5, 300);
        HarReading reading;
        const QList<Exchange> again = read(written(exchanges), &reading);
        QVERIFY2(!reading.error, qPrintable(reading.error.message));
        QCOMPARE(reading.notes, QStringList());
        QCOMPARE(again.size(), exchanges.size());
        for (qsizetype i = 0; i < exchanges.size(); ++i)
            QCOMPARE(textOf(again.at(i)), textOf(exchanges.at(i)));
    }

    void tunnelAndUnparsedOctets_areTheSame()
    {
        Exchange exchange;
        exchange.summary.method = QStringLiteral("GET");
        exchange.summary.statusCode = 101;
        exchange.summary.state = State::Complete;
        exchange.summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123);
        exchange.summary.host = QStringLiteral("a.test");
        exchange.summary.scheme = QStringLiteral("http");
        exchange.summary.target = QStringLiteral("/");
        exchange.request.startLine = "GET / HTTP/1.1";
        exchange.request.fields
            = { { "Host", "a.test" }, { "X-\xff", "\xfe\x01" }, { "x-empty", "" } };
        exchange.request.octets = { { 1, Part::Head, "GET / HTTP/1.1\r\n\r\n" },
            { 9, Part::Tunnel, QByteArray("\0\x01\xff", 3) } };
        exchange.response.startLine = "HTTP/1.1 101 Switching Protocols";
        exchange.response.statusCode = 101;
        exchange.response.octets = { { 5, Part::Unparsed, "\r\n??" } };
        const QList<Exchange> again = read(written({ exchange }));
        QCOMPARE(again.size(), 1);
        QCOMPARE(textOf(again.constFirst()), textOf(exchange));
    }

    // The members that HAR 1.2 asks for, with their types.
    void structure_isThatOfTheSpecification()
    {
        const QJsonObject log
            = QJsonDocument::fromJson(written(made(6, 100))).object().value(u"log").toObject();
        QCOMPARE(log.value(u"version").toString(), QStringLiteral("1.2"));
        QVERIFY(!log.value(u"creator").toObject().value(u"name").toString().isEmpty());
        QVERIFY(log.value(u"creator").toObject().value(u"version").isString());
        const QJsonArray entries = log.value(u"entries").toArray();
        QCOMPARE(entries.size(), 100);
        for (const QJsonValue &value : entries) {
            const QJsonObject entry = value.toObject();
            QVERIFY(
                QDateTime::fromString(entry.value(u"startedDateTime").toString(), Qt::ISODateWithMs)
                    .isValid());
            QVERIFY(entry.value(u"cache").isObject());
            const QJsonObject request = entry.value(u"request").toObject();
            const QJsonObject response = entry.value(u"response").toObject();
            for (const char *name : { "method", "url", "httpVersion" })
                QVERIFY(request.value(QLatin1String(name)).isString());
            for (const char *name : { "cookies", "headers", "queryString" })
                QVERIFY(request.value(QLatin1String(name)).isArray());
            for (const char *name : { "statusText", "httpVersion", "redirectURL" })
                QVERIFY(response.value(QLatin1String(name)).isString());
            for (const char *name : { "cookies", "headers" })
                QVERIFY(response.value(QLatin1String(name)).isArray());
            QVERIFY(response.value(u"status").isDouble());
            for (const QJsonObject &message : { request, response }) {
                QVERIFY(message.value(u"headersSize").isDouble());
                QVERIFY(message.value(u"bodySize").isDouble());
                for (const QJsonValue &header : message.value(u"headers").toArray()) {
                    QVERIFY(header.toObject().value(u"name").isString());
                    QVERIFY(header.toObject().value(u"value").isString());
                }
            }
            const QJsonObject content = response.value(u"content").toObject();
            QVERIFY(content.value(u"size").isDouble());
            QVERIFY(content.value(u"mimeType").isString());
            const QJsonObject timings = entry.value(u"timings").toObject();
            double sum = 0;
            for (const char *name : { "blocked", "dns", "connect", "send", "wait", "receive" })
                sum += std::max(0.0, timings.value(QLatin1String(name)).toDouble());
            for (const char *name : { "send", "wait", "receive" })
                QVERIFY(timings.value(QLatin1String(name)).toDouble(-1) >= 0);
            QVERIFY(std::abs(sum - entry.value(u"time").toDouble()) < 0.01);
        }
    }

    void manyEntries_areReadOneByOne()
    {
        const QList<Exchange> few = made(7, 100);
        QList<Exchange> many;
        for (int i = 0; i < 100; ++i)
            many += few;
        HarReading reading;
        QCOMPARE(read(written(many), &reading).size(), 10'000);
        QVERIFY(!reading.error);
    }
};

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarRoundTripTest)
#include "tst_harroundtrip.moc"
