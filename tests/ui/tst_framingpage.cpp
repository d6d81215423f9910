#include "support/cputimer.h"
#include "wiresamples.h"

#include <inspector/framingmodel.h>
#include <inspector/framingpage.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace headrace;
using exchange::Direction;
using exchange::WireSpan;
using ui::FramingModel;
using ui::FramingPage;

namespace {

QStringList rowsOf(const FramingPage &page)
{
    const QAbstractItemModel *model = page.table()->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells += model->index(row, column).data().toString();
        rows += cells.join(u'|');
    }
    return rows;
}

QByteArray octetsOf(const exchange::Exchange &exchange, const QVariant &span)
{
    const auto found = span.value<std::optional<WireSpan>>();
    if (!found)
        return "nothing";
    QByteArray all = exchange.request.raw();
    if (found->direction == Direction::Response)
        all = exchange.interim.constFirst().raw() + exchange.response.raw();
    return all.mid(found->begin, found->end - found->begin);
}

} // namespace

/// Frames of an exchange in a table, tied to their octets.
class FramingPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void rows_haveChunksInterimResponsesAndTrailers()
    {
        FramingPage page;
        page.showExchange(ui::samples::chunkedExchange());
        const QAbstractItemModelTester tester(page.table()->model());
        QCOMPARE(rowsOf(page),
            (QStringList { QStringLiteral("0.000005|||Interim · HTTP/1.1 103 Early Hints|||0|37||"),
                QStringLiteral("0.000010|0.005||Head · HTTP/1.1 200 OK|||37|45||"),
                QStringLiteral("0.000020|0.010|1.500|Chunk 1|5|;a=1|82|14|0|5"),
                QStringLiteral("0.001530|1.510||Last chunk|0||96|3||"),
                QStringLiteral("0.001530|0.000||Trailer · X-Sum: 1|||99|10||"),
                QStringLiteral("0.001530|0.000||Trailer · Y: 2|||109|6||"),
                QStringLiteral("0.001530|0.000||End|||115|2||") }));
        page.setDirection(Direction::Request);
        QCOMPARE(rowsOf(page),
            QStringList { QStringLiteral("0.000001|||Head · GET / HTTP/1.1|||0|27||") });
    }

    void rowSelected_tellsItsOctets()
    {
        const auto exchange = ui::samples::chunkedExchange();
        FramingPage page;
        page.showExchange(exchange);
        QSignalSpy chosen(&page, &FramingPage::spanSelected);
        const auto octetsOfRow = [&](int row) {
            page.table()->selectRow(row);
            return octetsOf(*exchange, chosen.takeLast().constFirst());
        };
        QCOMPARE(octetsOfRow(2), QByteArray("5;a=1\r\nhello\r\n"));
        QCOMPARE(octetsOfRow(4), QByteArray("X-Sum: 1\r\n"));
        QCOMPARE(octetsOfRow(6), QByteArray("\r\n"));
        QCOMPARE(octetsOfRow(0), exchange->interim.constFirst().raw());
        page.table()->clearSelection();
        QCOMPARE(octetsOf(*exchange, chosen.takeLast().constFirst()), QByteArray("nothing"));
    }

    void spanOfAnotherPage_selectsItsRowQuietly()
    {
        FramingPage page;
        page.showExchange(ui::samples::chunkedExchange());
        QSignalSpy chosen(&page, &FramingPage::spanSelected);
        const auto rowAt = [&](Direction direction, qint64 begin, qint64 end) {
            page.showSpan(WireSpan { direction, begin, end });
            const QModelIndexList rows = page.table()->selectionModel()->selectedRows();
            return rows.isEmpty() ? -1 : rows.constFirst().row();
        };
        QCOMPARE(rowAt(Direction::Response, 91, 92), 2);
        QCOMPARE(rowAt(Direction::Response, 109, 115), 5);
        QCOMPARE(rowAt(Direction::Response, 26, 35), 0);
        QCOMPARE(rowAt(Direction::Response, 117, 120), -1);
        QCOMPARE(rowAt(Direction::Request, 16, 25), 0);
        QCOMPARE(page.direction(), Direction::Request);
        page.showSpan({});
        QVERIFY(!page.table()->selectionModel()->hasSelection());
        QCOMPARE(chosen.size(), 0);
    }

    void growingExchange_keepsSelectionAndPlace()
    {
        auto exchange = ui::samples::manyChunks(500, 10);
        FramingPage page;
        page.resize(900, 300);
        page.show();
        page.showExchange(exchange);
        const QAbstractItemModelTester tester(page.table()->model());
        page.table()->selectRow(100);
        page.table()->verticalScrollBar()->setValue(80);
        QSignalSpy reset(page.table()->model(), &QAbstractItemModel::modelReset);
        page.showExchange(ui::samples::manyChunks(600, 10));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(page.table()->model()->rowCount(), 601);
        QCOMPARE(page.table()->selectionModel()->selectedRows().constFirst().row(), 100);
        QCOMPARE(page.table()->verticalScrollBar()->value(), 80);
        auto other = ui::samples::manyChunks(600, 10);
        other->summary.id = 77;
        page.showExchange(other);
        QCOMPARE(reset.size(), 1);
        QVERIFY(!page.table()->selectionModel()->hasSelection());
    }

    void messageInTheStore_isReadFromThere()
    {
        exchange::MemoryStore store;
        const exchange::ExchangeId id = store.begin({});
        ui::samples::addChunks(store, id, 0, 5000);
        FramingPage page;
        page.resize(900, 300);
        page.setStore(&store);
        page.show();
        page.showExchange(ui::samples::begun(store, id, 2000));
        QVERIFY(page.table()->model()->rowCount() < 30);
        page.showSpan(WireSpan { Direction::Response, 19 + 4000 * 106, 19 + 4001 * 106 });
        QTRY_COMPARE(page.table()->model()->rowCount(), 5001);
        QCOMPARE(page.table()->selectionModel()->selectedRows().constFirst().row(), 4001);
    }

    void enterAndDoubleClick_askForTheRawOctets()
    {
        FramingPage page;
        page.resize(900, 300);
        page.show();
        page.showExchange(ui::samples::chunkedExchange());
        QSignalSpy asked(&page, &FramingPage::rawRequested);
        QTest::keyClick(page.table(), Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        page.table()->selectRow(2);
        QTest::keyClick(page.table(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        const QRect cell = page.table()->visualRect(page.table()->model()->index(3, 0));
        QTest::mouseClick(page.table()->viewport(), Qt::LeftButton, {}, cell.center());
        QTest::mouseDClick(page.table()->viewport(), Qt::LeftButton, {}, cell.center());
        QCOMPARE(asked.size(), 2);
    }

    void rows_areCopiedWithTheirTitles()
    {
        FramingPage page;
        page.showExchange(ui::samples::chunkedExchange());
        page.table()->selectRow(2);
        QTest::keyClick(page.table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
            QStringLiteral("Time (s)\tΔ (ms)\tTook (ms)\tWhat\tSize\tExtension\tOffset\tOctets\t"
                           "In the body at\tData\n"
                           "0.000020\t0.010\t1.500\tChunk 1\t5\t;a=1\t82\t14\t0\t5\n"));
    }

    void hundredThousandChunks_openAtOnce()
    {
        const auto exchange = ui::samples::manyChunks(100'000, 100);
        FramingPage page;
        page.resize(1200, 600);
        page.show();
        const headrace::test::CpuTimer timer;
        page.showExchange(exchange);
        page.showSpan(WireSpan { Direction::Response, 5'000'000, 5'000'001 });
        page.grab();
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(page.table()->model()->rowCount(), 100'001);
    }
};

QTEST_MAIN(FramingPageTest)

#include "tst_framingpage.moc"
