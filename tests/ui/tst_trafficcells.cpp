#include <traffic/trafficcells.h>

#include <QTest>

using namespace headrace;
using exchange::Pattern;
using exchange::State;
using ui::TrafficColumn;

class TrafficCellsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_ofAnAnswer_readAsTheListShows_data();
    void cells_ofAnAnswer_readAsTheListShows();
    void remarks_tellPatternAndMore_data();
    void remarks_tellPatternAndMore();
    void toolTips_tellTheWhole();
    void long_texts_areBounded();
    void columns_haveNamesThatFindThem();
};

void TrafficCellsTest::cells_ofAnAnswer_readAsTheListShows_data()
{
    QTest::addColumn<TrafficColumn>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("number") << TrafficColumn::Number << QStringLiteral("7");
    QTest::newRow("mark, a picture") << TrafficColumn::Mark << QString();
    QTest::newRow("time") << TrafficColumn::Time << QStringLiteral("12:01:07.042");
    QTest::newRow("source, a picture") << TrafficColumn::Source << QString();
    QTest::newRow("method") << TrafficColumn::Method << QStringLiteral("GET");
    QTest::newRow("scheme") << TrafficColumn::Scheme << QStringLiteral("https");
    QTest::newRow("host") << TrafficColumn::Host << QStringLiteral("api.example.test");
    QTest::newRow("path") << TrafficColumn::Path << QStringLiteral("/v1/items");
    QTest::newRow("status") << TrafficColumn::Status << QStringLiteral("200");
    QTest::newRow("type") << TrafficColumn::Type << QStringLiteral("json");
    QTest::newRow("no request body") << TrafficColumn::RequestSize << QString();
    QTest::newRow("size") << TrafficColumn::Size << QStringLiteral("23\u2009B");
    QTest::newRow("duration") << TrafficColumn::Duration << QStringLiteral("91");
    QTest::newRow("note") << TrafficColumn::Note << QStringLiteral("first …");
}

void TrafficCellsTest::cells_ofAnAnswer_readAsTheListShows()
{
    QFETCH(const TrafficColumn, column);
    exchange::Summary summary;
    summary.id = 7;
    summary.began = QDateTime(QDate(2026, 3, 14), QTime(12, 1, 7, 42));
    summary.scheme = QStringLiteral("https");
    summary.host = QStringLiteral("api.example.test");
    summary.method = QStringLiteral("GET");
    summary.target = QStringLiteral("/v1/items");
    summary.statusCode = 200;
    summary.contentType = QStringLiteral("application/json");
    summary.responseBodyOctets = 23;
    summary.duration = 91'000;
    summary.note = QStringLiteral("first\nsecond");
    QTEST(ui::cellText(summary, column), "text");
}

void TrafficCellsTest::remarks_tellPatternAndMore_data()
{
    QTest::addColumn<exchange::Summary>("summary");
    QTest::addColumn<QString>("remarks");
    exchange::Summary summary;
    summary.state = State::Complete;
    summary.statusCode = 200;
    summary.pattern = Pattern::Success;
    const QString success = exchange::shortName(Pattern::Success);
    QTest::newRow("success") << summary << success;
    summary.interimCount = 2;
    summary.hasTrailers = true;
    QTest::newRow("and more") << summary << success + QStringLiteral(" · 1xx ×2 · trailers");
    summary.state = State::Failed;
    summary.pattern = Pattern::PrematureCloseAfterResponse;
    summary.errorCode = QStringLiteral("ECONNRESET");
    QTest::newRow("failed") << summary
                            << exchange::shortName(summary.pattern)
            + QStringLiteral(" · ECONNRESET · 1xx ×2 · trailers");
    exchange::Summary active;
    QTest::newRow("waiting") << active << QStringLiteral("… waiting");
    active.statusCode = 200;
    QTest::newRow("receiving") << active << QStringLiteral("▾ receiving");
}

void TrafficCellsTest::remarks_tellPatternAndMore()
{
    QFETCH(const exchange::Summary, summary);
    QTEST(ui::remarksOf(summary), "remarks");
}

void TrafficCellsTest::toolTips_tellTheWhole()
{
    exchange::Summary summary;
    summary.scheme = QStringLiteral("https");
    summary.host = QStringLiteral("h:8443");
    summary.target = QStringLiteral("/a?b");
    summary.mark = exchange::Mark::Blue;
    summary.source = exchange::Source::Proxy;
    summary.note = QStringLiteral("first\nsecond");
    QCOMPARE(ui::cellToolTip(summary, TrafficColumn::Path), QStringLiteral("https://h:8443/a?b"));
    QCOMPARE(ui::cellToolTip(summary, TrafficColumn::Mark), QStringLiteral("Blue"));
    QCOMPARE(ui::cellToolTip(summary, TrafficColumn::Source), QStringLiteral("Proxy"));
    QCOMPARE(ui::cellToolTip(summary, TrafficColumn::Note), summary.note);
}

void TrafficCellsTest::long_texts_areBounded()
{
    exchange::Summary summary;
    summary.target = u'/' + QString(100'000, u'a');
    summary.host = QString(100'000, u'h');
    summary.note = QString(100'000, u'n');
    for (int column = 0; column < ui::TrafficColumnCount; ++column) {
        QVERIFY(ui::cellText(summary, TrafficColumn(column)).size() <= 1000);
        QVERIFY(ui::cellToolTip(summary, TrafficColumn(column)).size() <= 2000);
    }
}

void TrafficCellsTest::columns_haveNamesThatFindThem()
{
    for (int column = 0; column < ui::TrafficColumnCount; ++column) {
        const auto which = TrafficColumn(column);
        QCOMPARE(ui::columnNamed(ui::nameOf(which).toString()), std::optional(which));
        QVERIFY(!ui::longTitleOf(which).isEmpty());
    }
    QCOMPARE(ui::columnNamed(u"unknown"), std::nullopt);
}

QTEST_GUILESS_MAIN(TrafficCellsTest)

#include "tst_trafficcells.moc"
