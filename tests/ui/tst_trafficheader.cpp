#include "named.h"
#include "trafficfixture.h"

#include <traffic/trafficheader.h>

#include <QLineEdit>
#include <QMenu>

using namespace headrace;
using test::TrafficFixture;
using ui::TrafficColumn;
using ui::TrafficHeader;

class TrafficHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columns_atFirst_leaveRoomForThePath();
    void menu_choosesColumns();
    void lastColumn_cannotBeHidden();
    void layout_savedAndRestored_isTheSame();
    void layout_restored_sorts();
    void layout_ofNonsense_changesNothing_data();
    void layout_ofNonsense_changesNothing();
    void path_withoutRoom_keepsItsWidth();

private:
    static QMenu *menuOf(TrafficHeader *header)
    {
        header->showMenu({});
        return header->findChild<QMenu *>();
    }
};

void TrafficHeaderTest::columns_atFirst_leaveRoomForThePath()
{
    const TrafficFixture f(3);
    const TrafficHeader *header = f.view()->header();
    QVERIFY(header->isSectionHidden(int(TrafficColumn::Scheme)));
    QVERIFY(!header->isSectionHidden(int(TrafficColumn::Note)));
    QVERIFY(header->sectionSize(int(TrafficColumn::Path)) >= 140);
}

void TrafficHeaderTest::menu_choosesColumns()
{
    const TrafficFixture f(3);
    TrafficHeader *header = f.view()->header();
    actionOf(*menuOf(header), QStringLiteral("Scheme"))->trigger();
    QVERIFY(!header->isSectionHidden(int(TrafficColumn::Scheme)));
    actionOf(*menuOf(header), QStringLiteral("Scheme"))->trigger();
    header->moveSection(0, 5);
    actionOf(*menuOf(header), QStringLiteral("As at first"))->trigger();
    QCOMPARE(header->visualIndex(0), 0);
}

void TrafficHeaderTest::lastColumn_cannotBeHidden()
{
    const TrafficFixture f(3);
    TrafficHeader *header = f.view()->header();
    for (int column = 1; column < header->count(); ++column)
        header->setSectionHidden(column, true);
    QVERIFY(!actionOf(*menuOf(header), QStringLiteral("Number"))->isEnabled());
}

void TrafficHeaderTest::layout_savedAndRestored_isTheSame()
{
    const TrafficFixture f(3);
    TrafficHeader *header = f.view()->header();
    header->setSectionHidden(int(TrafficColumn::Scheme), false);
    header->setSectionHidden(int(TrafficColumn::Type), true);
    header->resizeSection(int(TrafficColumn::Host), 222);
    header->moveSection(header->visualIndex(int(TrafficColumn::Status)), 0);

    const TrafficFixture other(3);
    other.panel->restoreColumns(f.panel->saveColumns());
    const TrafficHeader *restored = other.view()->header();
    QCOMPARE(restored->visualIndex(int(TrafficColumn::Status)), 0);
    QVERIFY(!restored->isSectionHidden(int(TrafficColumn::Scheme)));
    QVERIFY(restored->isSectionHidden(int(TrafficColumn::Type)));
    QCOMPARE(restored->sectionSize(int(TrafficColumn::Host)), 222);
    QCOMPARE(other.panel->saveColumns(), f.panel->saveColumns());
}

void TrafficHeaderTest::layout_restored_sorts()
{
    TrafficFixture f(4);
    f.panel->restoreColumns(R"({"columns":[],"sort":"host","descending":true})");
    f.settle();
    QCOMPARE(f.model()->feed()->query().key, exchange::SortKey::Host);
    QVERIFY(f.model()->feed()->query().isDescending);
    QCOMPARE(f.model()->idAt(0), exchange::ExchangeId(3));
}

void TrafficHeaderTest::layout_ofNonsense_changesNothing_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::newRow("no JSON") << QByteArray("\xff\x00\x01", 3);
    QTest::newRow("another shape") << QByteArray("[1,2]");
    QTest::newRow("unknown columns")
        << QByteArray(R"({"columns":[{"name":"x","width":9},7,{}],"sort":"y"})");
    QTest::newRow("width beyond all")
        << QByteArray(R"({"columns":[{"name":"number","width":-7,"shown":true}]})");
}

void TrafficHeaderTest::layout_ofNonsense_changesNothing()
{
    QFETCH(const QByteArray, state);
    const TrafficFixture f(3);
    const QByteArray before = f.panel->saveColumns();
    f.panel->restoreColumns(state);
    QCOMPARE(f.panel->saveColumns(), before);
}

void TrafficHeaderTest::path_withoutRoom_keepsItsWidth()
{
    const TrafficFixture f(3);
    f.panel->resize(500, 400);
    TrafficHeader *header = f.view()->header();
    QCOMPARE(header->sectionSize(int(TrafficColumn::Path)), 140);
    f.panel->resize(2000, 400);
    QTRY_VERIFY(header->sectionSize(int(TrafficColumn::Path)) > 600);
}

QTEST_MAIN(TrafficHeaderTest)

#include "tst_trafficheader.moc"
