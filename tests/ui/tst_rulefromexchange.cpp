#include "samples.h"

#include <exchange/filter.h>
#include <proxy/rulefromexchange.h>

#include <QTest>

using namespace headrace;
using ui::ActionKind;

/// Rules and breakpoints that begin with an exchange.
class RuleFromExchangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filter_takesThoseLikeIt_data();
    void filter_takesThoseLikeIt();
    void answer_isTheRecordedOne();
    void answer_coded_isDecoded();
    void answer_notWholeInTheRecord_isAnExample();
    void mapRemote_beginsWithWhereItWent();
    void ids_areNew();

private:
    static exchange::Exchange exchangeOf(const ui::samples::Sample &sample)
    {
        exchange::MemoryStore store;
        return *store.exchange(ui::samples::add(store, sample));
    }
};

void RuleFromExchangeTest::filter_takesThoseLikeIt_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("filter");
    const auto row
        = [](const char *title, const char *method, const char *target, const char *filter) {
              QTest::newRow(title) << QString::fromLatin1(method) << QString::fromLatin1(target)
                                   << QString::fromLatin1(filter);
          };
    row("path", "GET", "/v1/items", "host=api.example.test & path=/v1/items");
    row("query goes", "POST", "/v1/items?page=7", "host=api.example.test & path=/v1/items");
    row("URL as the target", "GET", "http://api.example.test/a?b",
        "host=api.example.test & path=/a");
    row("wildcards are plain", "GET", "/a*b?c", "host=api.example.test & path=\"/a*b\"");
    row("blank and quote", "GET", "/a b\"c", "host=api.example.test & path=\"/a b\\\"c\"");
    row("tunnel", "CONNECT", "api.example.test:443", "host=api.example.test");
    row("server as a whole", "OPTIONS", "*", "host=api.example.test");
}

void RuleFromExchangeTest::filter_takesThoseLikeIt()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    exchange::Summary summary;
    summary.method = method;
    summary.scheme = QStringLiteral("https");
    summary.host = QStringLiteral("api.example.test");
    summary.target = target;
    const QString text = ui::filterLike(summary);
    QTEST(text, "filter");
    QVERIFY(!exchange::parseFilter(text).error);
    QCOMPARE(exchange::parseFilter(text).filter.toString(), text);
}

void RuleFromExchangeTest::answer_isTheRecordedOne()
{
    ui::samples::Sample sample;
    sample.statusCode = 404;
    sample.reason = "Gone Fishing";
    sample.fields = { { "Content-Type", "text/plain" }, { "Content-Length", "4" }, { "X-a", "1" },
        { "Connection", "close" }, { "x-A", "2" } };
    sample.body = "body";
    const proxy::Rule rule = ui::ruleFor(ActionKind::Answer, exchangeOf(sample));
    const auto answer = std::get<proxy::Answer>(rule.action);
    QCOMPARE(answer.statusCode, 404);
    QCOMPARE(answer.reason, QStringLiteral("Gone Fishing"));
    QCOMPARE(answer.fields,
        (exchange::FieldList { { "Content-Type", "text/plain" }, { "X-a", "1" }, { "x-A", "2" } }));
    QCOMPARE(answer.body, QByteArray("body"));
    QCOMPARE(rule.filter, QStringLiteral("host=api.example.test & path=/v1/items"));
}

void RuleFromExchangeTest::answer_coded_isDecoded()
{
    ui::samples::Sample sample;
    sample.fields = { { "Content-Encoding", "deflate" } };
    sample.body = qCompress(QByteArray("decoded")).sliced(4); // without Qt's length
    const auto answer
        = std::get<proxy::Answer>(ui::ruleFor(ActionKind::Answer, exchangeOf(sample)).action);
    QCOMPARE(answer.body, QByteArray("decoded"));
    QVERIFY(answer.fields.isEmpty());
}

void RuleFromExchangeTest::answer_notWholeInTheRecord_isAnExample()
{
    exchange::Exchange exchange = exchangeOf({});
    exchange.response.isPartial = true;
    const proxy::Action example = ui::exampleAction(ActionKind::Answer);
    QVERIFY(ui::ruleFor(ActionKind::Answer, exchange).action == example);
    exchange.response.isPartial = false;
    exchange.response.endTime = -1;
    QVERIFY(ui::ruleFor(ActionKind::Answer, exchange).action == example);
    exchange.response = {};
    QVERIFY(ui::ruleFor(ActionKind::Answer, exchange).action == example);
}

void RuleFromExchangeTest::mapRemote_beginsWithWhereItWent()
{
    exchange::Exchange exchange = exchangeOf({});
    exchange.summary.scheme = QStringLiteral("https");
    const proxy::Rule rule = ui::ruleFor(ActionKind::MapRemote, exchange);
    QCOMPARE(
        std::get<proxy::MapRemote>(rule.action).url, QStringLiteral("https://api.example.test"));
}

void RuleFromExchangeTest::ids_areNew()
{
    const exchange::Exchange exchange = exchangeOf({});
    QVERIFY(
        ui::ruleFor(ActionKind::Block, exchange).id != ui::ruleFor(ActionKind::Block, exchange).id);
    QVERIFY(!ui::breakpointFor(exchange.summary).id.isEmpty());
    QCOMPARE(ui::breakpointFor(exchange.summary).filter, ui::filterLike(exchange.summary));
}

QTEST_GUILESS_MAIN(RuleFromExchangeTest)
#include "tst_rulefromexchange.moc"
