#include "harfiles.h"
#include "oddexchanges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace headrace::formats {

using namespace exchange;

namespace {

QJsonObject entryOf(const Exchange &exchange)
{
    const QJsonDocument document = QJsonDocument::fromJson(written({ exchange }));
    return document.object()[u"log"].toObject()[u"entries"].toArray().first().toObject();
}

} // namespace

/// What programs find in files of ours.
class HarWritingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_areThoseOfTheWire();
    void sizes_unknown_areMinusOne();
    void content_textBinaryAndCharset();
    void postData_formAndBinary();
    void cookiesAndQuery_areReadFromFields();
    void timings_addUp_data();
    void timings_addUp();
    void webSocket_framesAreWrittenAsMessages();
    void device_full_answersTheErrorAgain();
};

void HarWritingTest::sizes_areThoseOfTheWire()
{
    const QByteArray body = qCompress(QByteArray(1000, 'a')).sliced(4);
    Exchange exchange = plainExchange();
    exchange.response = madeMessage("HTTP/1.1 200 OK",
        { { "Content-Type", "text/plain" }, { "Content-Encoding", "deflate" } }, body);
    const QJsonObject entry = entryOf(exchange);
    const QJsonObject response = entry[u"response"].toObject();
    const QJsonObject content = response[u"content"].toObject();
    QCOMPARE(entry[u"request"].toObject()[u"headersSize"].toInt(), 33);
    QCOMPARE(entry[u"request"].toObject()[u"bodySize"].toInt(-1), 0);
    QCOMPARE(response[u"headersSize"].toInt(), exchange.response.octets.first().octets.size());
    QCOMPARE(response[u"bodySize"].toInt(), body.size());
    QCOMPARE(content[u"size"].toInt(), 1000);
    QCOMPARE(content[u"compression"].toInt(), 1000 - body.size());
    QCOMPARE(content[u"text"].toString(), QString(1000, u'a'));
}

void HarWritingTest::sizes_unknown_areMinusOne()
{
    Exchange exchange = plainExchange();
    exchange.response = {};
    exchange.request.octets.first().octets.chop(2);
    const QJsonObject entry = entryOf(exchange);
    QCOMPARE(entry[u"request"].toObject()[u"headersSize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"headersSize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"bodySize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"status"].toInt(-1), 0);
}

void HarWritingTest::content_textBinaryAndCharset()
{
    Exchange exchange = plainExchange();
    exchange.response = madeMessage(
        "HTTP/1.1 200 OK", { { "Content-Type", "text/plain; charset=iso-8859-1" } }, "\xfc");
    QJsonObject content = entryOf(exchange)[u"response"].toObject()[u"content"].toObject();
    QCOMPARE(content[u"text"].toString(), QStringLiteral("ü"));
    QCOMPARE(content[u"size"].toInt(), 1);
    QVERIFY(!content.contains(u"encoding"));

    exchange.response = madeMessage(
        "HTTP/1.1 200 OK", { { "Content-Type", "image/png" } }, QByteArray("\x89PNG\0", 5));
    content = entryOf(exchange)[u"response"].toObject()[u"content"].toObject();
    QCOMPARE(content[u"encoding"].toString(), QStringLiteral("base64"));
    QCOMPARE(content[u"text"].toString(), QStringLiteral("iVBORwA="));
    QVERIFY(!content.contains(u"compression"));
}

void HarWritingTest::postData_formAndBinary()
{
    Exchange exchange = plainExchange();
    exchange.request = madeMessage("POST / HTTP/1.1",
        { { "Content-Type", "application/x-www-form-urlencoded" } }, "a=1+2&b=%C3%BC&a=");
    const QJsonObject post = entryOf(exchange)[u"request"].toObject()[u"postData"].toObject();
    QCOMPARE(post[u"text"].toString(), QStringLiteral("a=1+2&b=%C3%BC&a="));
    const QJsonArray params = post[u"params"].toArray();
    QCOMPARE(params.size(), 3);
    QCOMPARE(params[0].toObject()[u"value"].toString(), QStringLiteral("1 2"));
    QCOMPARE(params[1].toObject()[u"value"].toString(), QStringLiteral("ü"));

    exchange.request = madeMessage("POST / HTTP/1.1", {}, "\xff\xfe");
    const QJsonObject request = entryOf(exchange)[u"request"].toObject();
    QCOMPARE(request[u"_content"].toObject()[u"text"].toString(), QStringLiteral("//4="));
}

void HarWritingTest::cookiesAndQuery_areReadFromFields()
{
    Exchange exchange = plainExchange();
    exchange.summary.target = QStringLiteral("/?q=a%20b&flag&q=+");
    exchange.request.fields = { { "cookie", "a=1; b=\"x=y\"" }, { "Cookie", "c=3" } };
    exchange.response.fields = { { "set-cookie", "s=1; HttpOnly" }, { "Location", "/next" } };
    const QJsonObject entry = entryOf(exchange);
    const QJsonArray cookies = entry[u"request"].toObject()[u"cookies"].toArray();
    QCOMPARE(cookies.size(), 3);
    QCOMPARE(cookies[1].toObject()[u"value"].toString(), QStringLiteral("\"x=y\""));
    const QJsonArray query = entry[u"request"].toObject()[u"queryString"].toArray();
    QCOMPARE(query.size(), 3);
    QCOMPARE(query[0].toObject()[u"value"].toString(), QStringLiteral("a b"));
    QCOMPARE(query[2].toObject()[u"value"].toString(), QStringLiteral("+"));
    const QJsonObject response = entry[u"response"].toObject();
    QVERIFY(response[u"cookies"].toArray()[0].toObject()[u"httpOnly"].toBool());
    QCOMPARE(response[u"redirectURL"].toString(), QStringLiteral("/next"));
}

void HarWritingTest::timings_addUp_data()
{
    QTest::addColumn<QList<qint64>>("times"); // of Timings, in order
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QList<double>>("expected"); // blocked dns connect ssl send wait receive
    using Times = QList<qint64>;
    using Phases = QList<double>;
    QTest::newRow("all") << Times { 1000, 2000, 2500, 4000, 4000, 6000, 6500, 9000, 10'000 }
                         << qint64(10'000) << Phases { 1.5, 1, 3.5, 2, 0.5, 2.5, 1 };
    QTest::newRow("plain") << Times { -1, -1, 0, 1000, -1, -1, 1250, 2000, 3000 } << qint64(3000)
                           << Phases { 0, -1, 1, -1, 0.25, 0.75, 1 };
    QTest::newRow("reused") << Times { -1, -1, -1, -1, -1, -1, 500, 700, 900 } << qint64(900)
                            << Phases { -1, -1, -1, -1, 0.5, 0.2, 0.2 };
    QTest::newRow("connection refused") << Times { 0, 100, 100, -1, -1, -1, -1, -1, 900 }
                                        << qint64(900) << Phases { 0, 0.1, 0.8, -1, 0, 0, 0 };
    QTest::newRow("no answer") << Times { -1, -1, 0, 100, -1, -1, 200, -1, 900 } << qint64(900)
                               << Phases { 0, -1, 0.1, -1, 0.1, 0.7, 0 };
    QTest::newRow("answer before the request ended") << Times { -1, -1, -1, -1, -1, -1, 800, 300,
        900 } << qint64(900) << Phases { -1, -1, -1, -1, 0.8, 0, 0.1 };
    QTest::newRow("nothing known")
        << Times(9, -1) << qint64(-1) << Phases { -1, -1, -1, -1, 0, 0, 0 };
}

void HarWritingTest::timings_addUp()
{
    QFETCH(QList<qint64>, times);
    QFETCH(qint64, duration);
    QFETCH(QList<double>, expected);
    Exchange exchange = plainExchange();
    exchange.summary.duration = duration;
    exchange.timings = { times[0], times[1], times[2], times[3], times[4], times[5], times[6],
        times[7], times[8] };
    const QJsonObject entry = entryOf(exchange);
    const QJsonObject timings = entry[u"timings"].toObject();
    QList<double> phases;
    for (const char *name : { "blocked", "dns", "connect", "ssl", "send", "wait", "receive" })
        phases.append(timings[QLatin1String(name)].toDouble(-2));
    QCOMPARE(phases, expected);
    QCOMPARE(entry[u"time"].toDouble(), double(qMax<qint64>(duration, 0)) / 1000);
}

// Masked, in fragments with a control frame between them, two frames in one read; what is no whole frame is no message.
void HarWritingTest::webSocket_framesAreWrittenAsMessages()
{
    Exchange exchange = plainExchange();
    exchange.response.statusCode = 101;
    exchange.response.fields = { { "upgrade", "WebSocket" } };
    exchange.request.octets += { { 1'000, Part::Tunnel, QByteArray("\x81\x82\1\2\3\4", 6) },
        { 2'500, Part::Tunnel, QByteArray("ik\x82\x80\0\0\0\0\x81", 9) } };
    exchange.response.octets += { { 2'000, Part::Tunnel, QByteArray("\x01\1a\x89\0\x80\1b", 8) },
        { 3'000, Part::Tunnel, QByteArray("\x82\2\xff\0", 4) } };
    const auto messagesOf = [](const Exchange &of) {
        QStringList messages;
        for (const QJsonValue &message : entryOf(of)[u"_webSocketMessages"].toArray())
            messages.append(QStringLiteral("%1 %2 %3 %4")
                                .arg(message[u"type"].toString())
                                .arg(message[u"time"].toDouble(), 0, 'f', 4)
                                .arg(message[u"opcode"].toInt())
                                .arg(message[u"data"].toString()));
        return messages;
    };
    const QStringList expected { QStringLiteral("receive 1795000000.1250 1 ab"),
        QStringLiteral("send 1795000000.1255 1 hi"), QStringLiteral("send 1795000000.1255 2 "),
        QStringLiteral("receive 1795000000.1260 2 /wA=") };
    QCOMPARE(messagesOf(exchange), expected);
    QCOMPARE(entryOf(exchange)[u"_resourceType"].toString(), QStringLiteral("websocket"));

    exchange.response.octets.last().octets[0] = '\xc2'; // of an extension that was not agreed on
    QCOMPARE(messagesOf(exchange), expected.first(3));
    exchange.response.fields.emplaceBack("Sec-WebSocket-Extensions", "permessage-deflate");
    exchange.response.octets.last().octets = QByteArray::fromHex("c107f248cdc9c90700");
    QCOMPARE(messagesOf(exchange).mid(3),
        QStringList { QStringLiteral("receive 1795000000.1260 1 Hello") });
    exchange.response.fields = { { "Upgrade", "irc" } };
    QCOMPARE(messagesOf(exchange), QStringList());
}

void HarWritingTest::device_full_answersTheErrorAgain()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    HarWriter writer(buffer, QStringLiteral("0.1"));
    QVERIFY(!writer.begin());
    buffer.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("device not open")));
    const HarError error = writer.add(plainExchange());
    QVERIFY(error);
    QCOMPARE(writer.end().message, error.message);
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarWritingTest)
#include "tst_harwriting.moc"
