#include "harfiles.h"
#include "oddexchanges.h"
#include "support/program.h"

#include <exchange/exchangebuilder.h>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <madetraffic.h>

namespace headrace::formats {

using namespace exchange;

/// Files of ours as another program validates them: har-validator of npm, with its JSON schema of HAR 1.2.
class HarSchemaTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Outcome validated(const QByteArray &text) const
    {
        const QString path = m_folder.filePath(QStringLiteral("a.har"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write a file");
        file.close();
        return run(Program::tool(QStringLiteral("node")),
            { qEnvironmentVariable("VALIDATE_HAR"), path },
            { QStringLiteral("NODE_PATH=/usr/share/nodejs") });
    }

private Q_SLOTS:
    void oddExchanges_keepTheSchema();
    void traffic_keepsTheSchema();
    void noExchange_keepsTheSchema();
    void foreignFiles_writtenAgain_keepTheSchema();
    void validator_refusesWhatIsWrong_data();
    void validator_refusesWhatIsWrong();
};

void HarSchemaTest::oddExchanges_keepTheSchema()
{
    QList<Exchange> exchanges;
    for (const NamedExchange &odd : oddExchanges())
        exchanges.append(odd.exchange);
    const Outcome outcome = validated(written(exchanges));
    QCOMPARE(outcome.out + outcome.err, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
}

void HarSchemaTest::traffic_keepsTheSchema()
{
    store::MadeTraffic traffic(12);
    QList<Exchange> exchanges;
    for (int i = 0; i < 300; ++i) {
        ExchangeBuilder builder;
        traffic.add(builder);
        exchanges.append(builder.exchange());
    }
    const Outcome outcome = validated(written(exchanges));
    QCOMPARE(outcome.out + outcome.err, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
}

void HarSchemaTest::noExchange_keepsTheSchema()
{
    const Outcome outcome = validated(written({}));
    QCOMPARE(outcome.out + outcome.err, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
}

void HarSchemaTest::foreignFiles_writtenAgain_keepTheSchema()
{
    QList<Exchange> exchanges;
    const QDir folder(QFINDTESTDATA("foreign"));
    for (const QString &name : folder.entryList({ QStringLiteral("*.har") }))
        exchanges += readText(contentOf(folder.filePath(name))).exchanges;
    QVERIFY(!exchanges.isEmpty());
    const Outcome outcome = validated(written(exchanges));
    QCOMPARE(outcome.out + outcome.err, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
}

// The test itself: a validator that takes everything would prove nothing.
void HarSchemaTest::validator_refusesWhatIsWrong_data()
{
    QTest::addColumn<QString>("member"); // of the entry, or of its part behind the point
    QTest::addColumn<QJsonValue>("value"); // undefined: without it
    QTest::newRow("no date") << QStringLiteral("startedDateTime")
                             << QJsonValue(QStringLiteral("now"));
    QTest::newRow("no time") << QStringLiteral("time") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no URI") << QStringLiteral("request.url") << QJsonValue(QStringLiteral("a b"));
    QTest::newRow("size is a text")
        << QStringLiteral("response.bodySize") << QJsonValue(QStringLiteral("1"));
    QTest::newRow("no timings") << QStringLiteral("timings") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("no address") << QStringLiteral("serverIPAddress")
                                << QJsonValue(QStringLiteral("a.test"));
}

void HarSchemaTest::validator_refusesWhatIsWrong()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject file = QJsonDocument::fromJson(written({ plainExchange() })).object();
    QJsonObject log = file[u"log"].toObject();
    QJsonObject entry = log[u"entries"].toArray()[0].toObject();
    if (member.contains(u'.')) {
        QJsonObject part = entry[member.section(u'.', 0, 0)].toObject();
        part[member.section(u'.', 1)] = value;
        entry[member.section(u'.', 0, 0)] = part;
    } else {
        entry[member] = value;
    }
    log[u"entries"] = QJsonArray { entry };
    file[u"log"] = log;
    QCOMPARE(validated(QJsonDocument(file).toJson()).exitCode, 1);
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarSchemaTest)
#include "tst_harschema.moc"
