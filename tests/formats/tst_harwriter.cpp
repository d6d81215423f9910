#include <formats/harwriter.h>

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

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

QJsonObject entryOf(const Exchange &exchange)
{
    const QJsonDocument document = QJsonDocument::fromJson(written({ exchange }));
    return document.object()[u"log"].toObject()[u"entries"].toArray().first().toObject();
}

Message message(const QByteArray &startLine, const FieldList &fields, const QByteArray &body)
{
    Message message;
    QByteArray head = startLine + "\r\n";
    for (const auto &[name, value] : fields)
        head += name + ": " + value + "\r\n";
    head += "\r\n";
    message.startLine = startLine;
    message.fields = fields;
    message.httpVersion = "1.1";
    message.octets = { { 0, Part::Head, head } };
    if (!body.isEmpty())
        message.octets.append({ 1, Part::Body, body });
    message.bodyOctets = body.size();
    message.wireOctets = head.size() + body.size();
    return message;
}

Exchange plain()
{
    Exchange exchange;
    exchange.summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123, Qt::UTC);
    exchange.summary.scheme = QStringLiteral("http");
    exchange.summary.host = QStringLiteral("a.test");
    exchange.summary.method = QStringLiteral("GET");
    exchange.summary.target = QStringLiteral("/x");
    exchange.request = message("GET /x HTTP/1.1", { { "Host", "a.test" } }, {});
    exchange.response = message("HTTP/1.1 200 OK", { { "Content-Type", "text/plain" } }, "hello");
    exchange.response.statusCode = 200;
    exchange.response.reason = "OK";
    return exchange;
}

/** Checks a log against the tables of the HAR 1.2 specification: members that have to be there, the types of all
    that are known, none that is not known but for those with an underscore. */
class SchemaCheck
{
public:
    QStringList problems;

    void log(const QJsonObject &log)
    {
        object(QStringLiteral("log"), log,
            "version:s creator:o entries:a browser:o? pages:a? comment:s?");
        object(
            QStringLiteral("creator"), log[u"creator"].toObject(), "name:s version:s comment:s?");
        const QJsonArray entries = log[u"entries"].toArray();
        for (const QJsonValue &value : entries)
            entry(value.toObject());
    }

private:
    void entry(const QJsonObject &entry)
    {
        object(QStringLiteral("entry"), entry,
            "startedDateTime:s time:n request:o response:o cache:o timings:o pageref:s? "
            "serverIPAddress:s? connection:s? comment:s?");
        static const QRegularExpression date(QStringLiteral(
            "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)$"));
        require(
            date.match(entry[u"startedDateTime"].toString()).hasMatch(), QStringLiteral("date"));
        request(entry[u"request"].toObject());
        response(entry[u"response"].toObject());
        const QJsonObject timings = entry[u"timings"].toObject();
        object(QStringLiteral("timings"), timings,
            "send:n wait:n receive:n blocked:n? dns:n? connect:n? ssl:n? comment:s?");
        double sum = 0;
        for (const char *name : { "blocked", "dns", "connect", "send", "wait", "receive" })
            sum += qMax(0.0, timings[QLatin1String(name)].toDouble());
        for (const char *name : { "send", "wait", "receive" })
            require(timings[QLatin1String(name)].toDouble() >= 0, QLatin1String(name));
        require(qAbs(sum - entry[u"time"].toDouble()) < 0.001, QStringLiteral("time"));
    }

    void request(const QJsonObject &request)
    {
        object(QStringLiteral("request"), request,
            "method:s url:s httpVersion:s cookies:a headers:a queryString:a headersSize:n "
            "bodySize:n postData:o? comment:s?");
        pairs(request[u"headers"], "name:s value:s comment:s?");
        pairs(request[u"queryString"], "name:s value:s comment:s?");
        pairs(request[u"cookies"], "name:s value:s comment:s?");
        if (!request.contains(u"postData"))
            return;
        const QJsonObject post = request[u"postData"].toObject();
        object(QStringLiteral("postData"), post, "mimeType:s params:a? text:s? comment:s?");
        pairs(post[u"params"], "name:s value:s? fileName:s? contentType:s? comment:s?");
    }

    void response(const QJsonObject &response)
    {
        object(QStringLiteral("response"), response,
            "status:n statusText:s httpVersion:s cookies:a headers:a content:o redirectURL:s "
            "headersSize:n bodySize:n comment:s?");
        pairs(response[u"headers"], "name:s value:s comment:s?");
        pairs(response[u"cookies"],
            "name:s value:s path:s? domain:s? expires:s? httpOnly:b? secure:b? comment:s?");
        object(QStringLiteral("content"), response[u"content"].toObject(),
            "size:n mimeType:s compression:n? text:s? encoding:s? comment:s?");
    }

    void pairs(const QJsonValue &value, const char *members)
    {
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            object(QStringLiteral("pair"), item.toObject(), members);
    }

    void object(const QString &what, const QJsonObject &object, const char *members)
    {
        static const QMap<char, QJsonValue::Type> types { { 's', QJsonValue::String },
            { 'n', QJsonValue::Double }, { 'b', QJsonValue::Bool }, { 'a', QJsonValue::Array },
            { 'o', QJsonValue::Object } };
        QStringList known;
        for (const QByteArray &member : QByteArray(members).split(' ')) {
            const QString name = QString::fromLatin1(member.first(member.indexOf(':')));
            known.append(name);
            if (object.contains(name))
                require(object[name].type() == types[member[name.size() + 1]], what + u'.' + name);
            else
                require(member.endsWith('?'), what + u'.' + name);
        }
        for (const QString &name : object.keys())
            require(name.startsWith(u'_') || known.contains(name), what + u'.' + name);
    }

    void require(bool isGood, const QString &what)
    {
        if (!isGood)
            problems.append(what);
    }
};

} // namespace

class HarWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void log_anyExchange_keepsTheSchema_data();
    void log_anyExchange_keepsTheSchema();
    void log_empty_keepsTheSchema();
    void sizes_areThoseOfTheWire();
    void sizes_unknown_areMinusOne();
    void content_textBinaryAndCharset();
    void postData_formAndBinary();
    void cookiesAndQuery_areReadFromFields();
    void timings_addUp_data();
    void timings_addUp();
    void device_full_answersTheErrorAgain();
};

void HarWriterTest::log_anyExchange_keepsTheSchema_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::newRow("plain") << plain();
    QTest::newRow("nothing in it") << Exchange { { .began = plain().summary.began } };
    Exchange full = plain();
    full.summary.note = QStringLiteral("note");
    full.summary.mark = Mark::Red;
    full.summary.target = QStringLiteral("/x?a=1&b&=c&&%zz=%ff");
    full.connection.id = 7;
    full.connection.peerAddress = QStringLiteral("::1");
    full.connection.tls = Tls { {}, {}, "h", {}, { "der" } };
    full.failure = Failure { QStringLiteral("ECONNRESET"), QStringLiteral("socket hang up") };
    full.interim = { message("HTTP/1.1 103 Early Hints", { { "A", "\xff" } }, {}) };
    full.events = { { 1, QStringLiteral("o"), QStringLiteral("n"), QStringLiteral("d") } };
    full.request = message("POST / HTTP/1.1",
        { { "Cookie", "a=1; b; =c; d=" }, { "Content-Type", "application/x-www-form-urlencoded" } },
        "a=1&b=\xff");
    full.response.fields = {
        { "Set-Cookie",
            "a=1; Path=/; Domain=a.test; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly; Secure" },
        { "Set-Cookie", "" }, { "\xff", "\xfe" }
    };
    full.response.trailers = { { "T", "1" } };
    full.response.chunks = { { 1, 0, 5, ";x" } };
    QTest::newRow("full") << full;
}

void HarWriterTest::log_anyExchange_keepsTheSchema()
{
    QFETCH(Exchange, exchange);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(written({ exchange, exchange }), &error);
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QCOMPARE(document.object().keys(), QStringList(QStringLiteral("log")));
    SchemaCheck check;
    check.log(document.object()[u"log"].toObject());
    QCOMPARE(check.problems, QStringList());
}

void HarWriterTest::log_empty_keepsTheSchema()
{
    const QJsonObject log = QJsonDocument::fromJson(written({})).object()[u"log"].toObject();
    SchemaCheck check;
    check.log(log);
    QCOMPARE(check.problems, QStringList());
    QCOMPARE(log[u"version"].toString(), QStringLiteral("1.2"));
    QCOMPARE(log[u"creator"].toObject()[u"version"].toString(), QStringLiteral("0.1"));
}

void HarWriterTest::sizes_areThoseOfTheWire()
{
    const QByteArray body = qCompress(QByteArray(1000, 'a')).sliced(4);
    Exchange exchange = plain();
    exchange.response = message("HTTP/1.1 200 OK",
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

void HarWriterTest::sizes_unknown_areMinusOne()
{
    Exchange exchange = plain();
    exchange.response = {};
    exchange.request.octets.first().octets.chop(2);
    const QJsonObject entry = entryOf(exchange);
    QCOMPARE(entry[u"request"].toObject()[u"headersSize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"headersSize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"bodySize"].toInt(), -1);
    QCOMPARE(entry[u"response"].toObject()[u"status"].toInt(-1), 0);
}

void HarWriterTest::content_textBinaryAndCharset()
{
    Exchange exchange = plain();
    exchange.response = message(
        "HTTP/1.1 200 OK", { { "Content-Type", "text/plain; charset=iso-8859-1" } }, "\xfc");
    QJsonObject content = entryOf(exchange)[u"response"].toObject()[u"content"].toObject();
    QCOMPARE(content[u"text"].toString(), QStringLiteral("ü"));
    QCOMPARE(content[u"size"].toInt(), 1);
    QVERIFY(!content.contains(u"encoding"));

    exchange.response = message(
        "HTTP/1.1 200 OK", { { "Content-Type", "image/png" } }, QByteArray("\x89PNG\0", 5));
    content = entryOf(exchange)[u"response"].toObject()[u"content"].toObject();
    QCOMPARE(content[u"encoding"].toString(), QStringLiteral("base64"));
    QCOMPARE(content[u"text"].toString(), QStringLiteral("iVBORwA="));
    QVERIFY(!content.contains(u"compression"));
}

void HarWriterTest::postData_formAndBinary()
{
    Exchange exchange = plain();
    exchange.request = message("POST / HTTP/1.1",
        { { "Content-Type", "application/x-www-form-urlencoded" } }, "a=1+2&b=%C3%BC&a=");
    const QJsonObject post = entryOf(exchange)[u"request"].toObject()[u"postData"].toObject();
    QCOMPARE(post[u"text"].toString(), QStringLiteral("a=1+2&b=%C3%BC&a="));
    const QJsonArray params = post[u"params"].toArray();
    QCOMPARE(params.size(), 3);
    QCOMPARE(params[0].toObject()[u"value"].toString(), QStringLiteral("1 2"));
    QCOMPARE(params[1].toObject()[u"value"].toString(), QStringLiteral("ü"));

    exchange.request = message("POST / HTTP/1.1", {}, "\xff\xfe");
    const QJsonObject request = entryOf(exchange)[u"request"].toObject();
    QCOMPARE(request[u"_content"].toObject()[u"text"].toString(), QStringLiteral("//4="));
}

void HarWriterTest::cookiesAndQuery_areReadFromFields()
{
    Exchange exchange = plain();
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

void HarWriterTest::timings_addUp_data()
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

void HarWriterTest::timings_addUp()
{
    QFETCH(QList<qint64>, times);
    QFETCH(qint64, duration);
    QFETCH(QList<double>, expected);
    Exchange exchange = plain();
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

void HarWriterTest::device_full_answersTheErrorAgain()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    HarWriter writer(buffer, QStringLiteral("0.1"));
    QVERIFY(!writer.begin());
    buffer.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("device not open")));
    const HarError error = writer.add(plain());
    QVERIFY(error);
    QCOMPARE(writer.end().message, error.message);
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarWriterTest)
#include "tst_harwriter.moc"
