// The Events tab: what is shown, chosen, zoomed, copied and saved.
#include "eventsamples.h"
#include "samples.h"
#include "support/cputimer.h"

#include <inspector/eventchart.h>
#include <inspector/eventpicture.h>
#include <inspector/eventpreview.h>
#include <inspector/eventspage.h>
#include <inspector/inspector.h>
#include <shell/theme.h>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

using namespace headrace;
using namespace Qt::StringLiterals;
using exchange::Direction;
using exchange::WireSpan;
using ui::EventChart;
using ui::EventPicture;
using ui::EventRows;
using ui::EventsPage;
using ui::samples::chunkedExchange;
using ui::samples::eventOf;
using ui::samples::longExchange;

namespace {

constexpr int ResponseRow = 8;
constexpr int DataRow = 10;

/// A page in sight.
struct Shown
{
    explicit Shown(const ui::ExchangePointer &exchange, QSize size = { 1200, 500 })
    {
        page.resize(size);
        page.showExchange(exchange);
        page.show();
        QCoreApplication::processEvents();
    }

    EventChart &chart() { return *page.chart(); }

    const EventRows &rows() { return page.chart()->rows(); }

    void wheel(int delta, const QPointF &place)
    {
        QWheelEvent event(place, page.chart()->viewport()->mapToGlobal(place), {}, { 0, delta },
            Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(page.chart()->viewport(), &event);
    }

    EventsPage page;
};

} // namespace

class EventsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void empty_saysSo();
    void pattern_isNamed_withItsDeparture();
    void legend_counts_andSaysWhatIsNotHere();
    void departure_canBeGoneTo();
    void row_clicked_showsItsOctets();
    void row_withoutOctets_saysSo();
    void row_longOctets_areBounded();
    void row_chosen_emitsItsSpan();
    void span_fromElsewhere_choosesItsEvent();
    void span_betweenTabs_isCarried();
    void row_activated_isShownInRaw();
    void transfers_canBeHidden();
    void keys_moveAndExtend();
    void copy_isTheChosenLines();
    void copyAll_isAllLines();
    void hover_tellsOfTheLine();
    void scale_toggled_showsTheTimeAxis();
    void scale_zoomed_byWheelKeysAndButtons();
    void exchange_thatGrows_keepsThePlace();
    void exchange_thatGrows_isFollowedAtTheEnd();
    void picture_png_hasTheWholeChart();
    void picture_svg_canBeReadAgain();
    void picture_ofVeryMany_saysWhatIsLeftOut();
    void picture_thatCannotBeWritten_saysWhy();
    void narrow_showsObjectsAsText();
    void lanes_arePainted_inBothThemes();
    void hundredThousandEvents_stayFluid();
};

void EventsPageTest::empty_saysSo()
{
    auto exchange = std::make_shared<exchange::Exchange>();
    exchange->summary.id = 1;
    Shown shown(exchange);
    QVERIFY(!shown.chart().isVisible());
    QVERIFY(!shown.page.findChild<QAction *>()->isEnabled() || shown.rows().count() == 0);
    shown.page.savePicture(u"/nowhere/x.png"_s); // nothing to save
    QCOMPARE(shown.page.notice(), QString());
}

void EventsPageTest::pattern_isNamed_withItsDeparture()
{
    auto exchange = chunkedExchange();
    Shown shown(exchange);
    QCOMPARE(shown.page.patternText(), exchange::displayName(exchange::Pattern::Success));
    auto swapped = std::make_shared<exchange::Exchange>(*exchange);
    swapped->events.swapItemsAt(8, 10);
    shown.page.showExchange(swapped);
    QVERIFY(shown.page.patternText().contains(u"departs at event 11"_s));
    auto cut = std::make_shared<exchange::Exchange>(*exchange);
    cut->events.resize(10);
    shown.page.showExchange(cut);
    QVERIFY(shown.page.patternText().contains(u"too early"_s));
}

void EventsPageTest::legend_counts_andSaysWhatIsNotHere()
{
    auto exchange = chunkedExchange();
    Shown shown(exchange);
    QCOMPARE(shown.page.legend(), u"13 events · 3 reads and writes"_s);
    auto cut = std::make_shared<exchange::Exchange>(*exchange);
    cut->response.isPartial = true;
    shown.page.showExchange(cut);
    QVERIFY(shown.page.legend().endsWith(u"only the first octets are here"_s));
}

void EventsPageTest::departure_canBeGoneTo()
{
    auto exchange = chunkedExchange();
    exchange->events.swapItemsAt(8, 10);
    Shown shown(exchange);
    shown.page.goToDeparture();
    QVERIFY(shown.rows().isDeparture(shown.chart().current()));
    QVERIFY(shown.page.preview()->meaning().startsWith(u"Expected 'close' here."_s));
    shown.page.showExchange(chunkedExchange());
    shown.chart().clearSelection();
    shown.page.goToDeparture();
    QCOMPARE(shown.chart().current(), -1);
}

void EventsPageTest::row_clicked_showsItsOctets()
{
    Shown shown(chunkedExchange());
    QTest::mouseClick(
        shown.chart().viewport(), Qt::LeftButton, {}, shown.chart().rowRect(DataRow).center());
    QCOMPARE(shown.chart().current(), DataRow);
    const auto *preview = shown.page.preview();
    QVERIFY(preview->meaning().contains(u"piece of the body of the response"_s));
    QCOMPARE(preview->caption(), u"Octets 22 to 26 of what was answered (5 B)"_s);
    QVERIFY(preview->dump().startsWith(u"0016  68 65 6c 6c 6f"_s));
    QVERIFY(preview->dump().endsWith(u"hello"_s));
}

void EventsPageTest::row_withoutOctets_saysSo()
{
    Shown shown(chunkedExchange());
    shown.chart().setCurrent(1);
    QCOMPARE(shown.page.preview()->caption(), u"No octets caused it."_s);
    QCOMPARE(shown.page.preview()->dump(), QString());
    shown.chart().clearSelection();
    QCOMPARE(shown.page.preview()->caption(), QString());
}

void EventsPageTest::row_longOctets_areBounded()
{
    auto exchange = chunkedExchange();
    exchange->response.octets[2].octets = QByteArray(100'000, 'x');
    exchange->events[8].detail = u"100000 B"_s;
    Shown shown(exchange);
    shown.chart().setCurrent(DataRow);
    QVERIFY(shown.page.preview()->caption().endsWith(u"(100,000 B), the first 512"_s));
    QVERIFY(shown.page.preview()->dump().count(u'\n') < 64);
}

void EventsPageTest::row_chosen_emitsItsSpan()
{
    Shown shown(chunkedExchange());
    QSignalSpy spans(&shown.page, &EventsPage::spanSelected);
    shown.chart().setCurrent(ResponseRow); // not by the user
    QCOMPARE(spans.size(), 0);
    shown.chart().setFocus();
    QTest::keyClick(&shown.chart(), Qt::Key_Up);
    QCOMPARE(spans.size(), 1);
    QVERIFY(spans.at(0).at(0).value<std::optional<WireSpan>>()
        == WireSpan({ Direction::Response, 0, 29 })); // first byte: the read
    QTest::keyClick(&shown.chart(), Qt::Key_Home);
    QVERIFY(!spans.at(1).at(0).value<std::optional<WireSpan>>());
}

void EventsPageTest::span_fromElsewhere_choosesItsEvent()
{
    Shown shown(chunkedExchange(), { 1200, 160 });
    QSignalSpy spans(&shown.page, &EventsPage::spanSelected);
    shown.page.showSpan(WireSpan { Direction::Response, 23, 24 });
    QCOMPARE(shown.chart().current(), DataRow);
    QVERIFY(shown.chart().viewport()->rect().contains(shown.chart().rowRect(DataRow)));
    QCOMPARE(spans.size(), 0);
    // What is chosen already stays, also where others have the same octets.
    shown.chart().setCurrent(6);
    shown.page.showSpan(shown.rows().span(6));
    QCOMPARE(shown.chart().current(), 6);
    shown.page.showSpan({});
    QCOMPARE(shown.chart().current(), -1);
    shown.chart().setCurrent(1); // has none
    shown.page.showSpan({});
    QCOMPARE(shown.chart().current(), 1);
}

void EventsPageTest::span_betweenTabs_isCarried()
{
    exchange::MemoryStore store;
    const auto id = ui::samples::add(store);
    ui::Inspector inspector;
    inspector.resize(1200, 500);
    inspector.setExchange(&store, id);
    inspector.setCurrentTab(ui::Inspector::Tab::Events);
    inspector.show();
    EventChart *chart = inspector.eventsPage()->chart();
    chart->setFocus();
    const qsizetype chosen = chart->rows().rowOf({ Direction::Response, 1, 2 });
    QCOMPARE(chart->rows().name(chosen), u"response"_s);
    QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, chart->rowRect(chosen).center());
    inspector.setCurrentTab(ui::Inspector::Tab::Raw);
    inspector.setCurrentTab(ui::Inspector::Tab::Events);
    QCOMPARE(chart->current(), chosen);
}

void EventsPageTest::row_activated_isShownInRaw()
{
    Shown shown(chunkedExchange());
    QSignalSpy raw(&shown.page, &EventsPage::rawRequested);
    QSignalSpy spans(&shown.page, &EventsPage::spanSelected);
    const QPoint place = shown.chart().rowRect(DataRow).center();
    QTest::mouseClick(shown.chart().viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(shown.chart().viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(raw.size(), 1);
    QVERIFY(spans.constLast().at(0).value<std::optional<WireSpan>>()
        == WireSpan({ Direction::Response, 22, 27 }));
    shown.chart().setCurrent(ResponseRow);
    QTest::keyClick(&shown.chart(), Qt::Key_Return);
    QCOMPARE(raw.size(), 2);
    shown.chart().setCurrent(1); // has no octets
    QTest::keyClick(&shown.chart(), Qt::Key_Return);
    QCOMPARE(raw.size(), 2);
}

void EventsPageTest::transfers_canBeHidden()
{
    Shown shown(chunkedExchange());
    QVERIFY(shown.page.showsTransfers());
    QCOMPARE(shown.rows().count(), 16);
    shown.chart().setCurrent(DataRow);
    shown.page.setShowsTransfers(false);
    QCOMPARE(shown.rows().count(), 13);
    QCOMPARE(shown.rows().name(shown.chart().current()), u"data"_s); // the same event
    shown.page.setShowsTransfers(true);
    QCOMPARE(shown.chart().current(), DataRow);
    shown.chart().setCurrent(3); // a write
    shown.page.setShowsTransfers(false);
    QCOMPARE(shown.chart().current(), -1);
}

void EventsPageTest::keys_moveAndExtend()
{
    Shown shown(longExchange(100));
    EventChart &chart = shown.chart();
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_Down);
    QCOMPARE(chart.current(), 0);
    QTest::keyClick(&chart, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&chart, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(chart.selection(), (std::pair<qsizetype, qsizetype>(0, 2)));
    QTest::keyClick(&chart, Qt::Key_PageDown);
    QVERIFY(chart.current() > 8);
    QCOMPARE(chart.selection().first, chart.current());
    QTest::keyClick(&chart, Qt::Key_End);
    QCOMPARE(chart.current(), shown.rows().count() - 1);
    QCOMPARE(chart.verticalScrollBar()->value(), chart.verticalScrollBar()->maximum());
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chart.verticalScrollBar()->value(), 0);
    QTest::keyClick(&chart, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(chart.selection(), (std::pair<qsizetype, qsizetype>(0, shown.rows().count() - 1)));
    QVERIFY(!chart.accessibleDescription().isEmpty());
}

void EventsPageTest::copy_isTheChosenLines()
{
    Shown shown(chunkedExchange());
    shown.chart().setCurrent(ResponseRow);
    shown.chart().setCurrent(ResponseRow + 2, true);
    shown.chart().copy();
    const QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text, shown.rows().toText(ResponseRow, ResponseRow + 2));
    QCOMPARE(text.count(u'\n'), 3);
    QVERIFY(text.startsWith(u"0.040410"_s));
}

void EventsPageTest::copyAll_isAllLines()
{
    Shown shown(chunkedExchange());
    shown.page.copyAll();
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), shown.rows().count());
}

void EventsPageTest::hover_tellsOfTheLine()
{
    Shown shown(chunkedExchange());
    const QPoint place = shown.chart().rowRect(ResponseRow).center();
    QHelpEvent help(QEvent::ToolTip, place, shown.chart().viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(shown.chart().viewport(), &help);
    QVERIFY(QToolTip::text().contains(u"<b>response</b>"_s));
    QVERIFY(QToolTip::text().contains(u"40,410 µs"_s));
    QCOMPARE(shown.chart().rowAt({ 5, 5 }), -1); // the header
    QHelpEvent header(
        QEvent::ToolTip, { 5, 5 }, shown.chart().viewport()->mapToGlobal(QPoint(5, 5)));
    QCoreApplication::sendEvent(shown.chart().viewport(), &header);
    QTRY_VERIFY(!QToolTip::isVisible());
}

void EventsPageTest::scale_toggled_showsTheTimeAxis()
{
    Shown shown(chunkedExchange());
    QVERIFY(!shown.chart().scene().layout.gaps().isEmpty());
    const QImage before = shown.chart().grab().toImage();
    shown.page.setToScale(true);
    QVERIFY(shown.chart().isToScale());
    QVERIFY(shown.chart().scene().layout.gaps().isEmpty());
    QVERIFY(shown.chart().scene().columns->isToScale());
    QVERIFY(shown.chart().grab().toImage() != before);
    shown.page.setToScale(false);
    QCOMPARE(shown.chart().grab().toImage(), before);
}

void EventsPageTest::scale_zoomed_byWheelKeysAndButtons()
{
    Shown shown(chunkedExchange());
    EventChart &chart = shown.chart();
    const auto &axis = chart.scene().axis;
    QTest::keyClick(&chart, Qt::Key_Plus); // not to scale: nothing to zoom
    QVERIFY(axis.isFit());
    shown.page.setToScale(true);
    QTest::keyClick(&chart, Qt::Key_Plus);
    QVERIFY(!axis.isFit());
    QVERIFY(chart.horizontalScrollBar()->maximum() > 0);
    const double span = axis.span();
    const QPointF place(chart.scene().columns->axisLeft() + 100, 100);
    const double time = axis.timeAt(100);
    shown.wheel(240, place);
    QVERIFY(axis.span() < span / 2);
    QVERIFY(std::abs(axis.timeAt(100) - time) < 1);
    chart.horizontalScrollBar()->setValue(0);
    QCOMPARE(axis.begin(), 0.0);
    chart.setCurrent(shown.rows().count() - 1);
    QVERIFY(axis.begin() + axis.span() >= double(shown.rows().at(chart.current()).time));
    for (int i = 0; i < 60; ++i)
        chart.zoomIn();
    QVERIFY(axis.isLargest());
    chart.zoomOut();
    QVERIFY(!axis.isLargest());
    QTest::keyClick(&chart, Qt::Key_0);
    QVERIFY(axis.isFit());
    QCOMPARE(chart.horizontalScrollBar()->maximum(), 0);
}

void EventsPageTest::exchange_thatGrows_keepsThePlace()
{
    const auto whole = longExchange(200);
    auto begun = std::make_shared<exchange::Exchange>(*whole);
    begun->events.resize(100);
    begun->response.octets.resize(90);
    Shown shown(begun);
    shown.page.setToScale(true);
    shown.chart().setCurrent(20);
    shown.chart().zoomIn();
    shown.chart().verticalScrollBar()->setValue(300);
    const double span = shown.chart().scene().axis.span();
    shown.page.showExchange(whole);
    QCOMPARE(shown.chart().current(), 20);
    QCOMPARE(shown.chart().scene().axis.span(), span);
    auto other = chunkedExchange();
    other->summary.id = 8;
    shown.page.showExchange(other);
    QCOMPARE(shown.chart().current(), -1);
    QVERIFY(shown.chart().scene().axis.isFit());
    QCOMPARE(shown.chart().verticalScrollBar()->value(), 0);
}

void EventsPageTest::exchange_thatGrows_isFollowedAtTheEnd()
{
    const auto whole = longExchange(200);
    auto begun = std::make_shared<exchange::Exchange>(*whole);
    begun->events.resize(100);
    Shown shown(begun);
    QScrollBar *bar = shown.chart().verticalScrollBar();
    bar->setValue(bar->maximum());
    const int before = bar->maximum();
    shown.page.showExchange(whole);
    QVERIFY(bar->maximum() > before);
    QCOMPARE(bar->value(), bar->maximum());
}

void EventsPageTest::picture_png_hasTheWholeChart()
{
    const QTemporaryDir folder;
    Shown shown(longExchange(60), { 1200, 200 });
    const QString path = folder.filePath(u"events.png"_s);
    shown.page.savePicture(path);
    QCOMPARE(shown.page.notice(), u"Saved as events.png."_s);
    const QImage image(path);
    QVERIFY(!image.isNull());
    // All lines, not only those in sight; twice as fine.
    QVERIFY(image.height() > 2 * 22 * shown.rows().count());
    const QColor ground = shown.page.palette().color(QPalette::Base);
    bool hasInk = false;
    for (int x = 0; x < image.width(); ++x)
        hasInk = hasInk || image.pixelColor(x, image.height() - 50) != ground;
    QVERIFY(hasInk);
}

void EventsPageTest::picture_svg_canBeReadAgain()
{
    const QTemporaryDir folder;
    Shown shown(chunkedExchange());
    for (const bool isToScale : { false, true }) {
        shown.page.setToScale(isToScale);
        const QString path = folder.filePath(u"events.SVG"_s);
        shown.page.savePicture(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        for (const char *part : { "chunk received", "first byte", "GET /v1/items", "Server" })
            QVERIFY2(text.contains(part), part);
        QSvgRenderer renderer(text);
        QVERIFY(renderer.isValid());
        QVERIFY(renderer.defaultSize().height() > 22 * shown.rows().count());
        QCOMPARE(text.contains("Waiting"), isToScale);
    }
}

void EventsPageTest::picture_ofVeryMany_saysWhatIsLeftOut()
{
    const QTemporaryDir folder;
    Shown shown(longExchange(1'000));
    const QString path = folder.filePath(u"events.png"_s);
    shown.page.savePicture(path);
    const QImage image(path);
    QVERIFY(image.height() < 17'000);
    const qsizetype left = shown.rows().count() - EventPicture::MostLines + 1;
    QVERIFY2(shown.page.notice().contains(QLocale(QLocale::English).toString(left) + u" of "_s),
        qPrintable(shown.page.notice()));
    const EventPicture svg(
        shown.rows(), {}, false, shown.page.palette(), EventPicture::Format::Svg);
    QCOMPARE(svg.linesLeftOut(), 0);
}

void EventsPageTest::picture_thatCannotBeWritten_saysWhy()
{
    Shown shown(chunkedExchange());
    shown.page.savePicture(u"/nowhere/at/all.png"_s);
    QVERIFY(shown.page.notice().startsWith(u"The picture was not saved. all.png: "_s));
    auto other = chunkedExchange();
    other->summary.id = 9;
    shown.page.showExchange(other);
    QCOMPARE(shown.page.notice(), QString());
}

void EventsPageTest::narrow_showsObjectsAsText()
{
    Shown wide(chunkedExchange());
    QVERIFY(wide.chart().scene().columns->hasTitles());
    QCOMPARE(wide.chart().scene().columns->object().width, 0);
    Shown narrow(chunkedExchange(), { 500, 400 });
    const auto &columns = *narrow.chart().scene().columns;
    QVERIFY(!columns.hasTitles());
    QVERIFY(columns.object().width > 0);
    QVERIFY(columns.width() > narrow.chart().viewport()->width());
    QVERIFY(narrow.chart().horizontalScrollBar()->maximum() > 0);
}

void EventsPageTest::lanes_arePainted_inBothThemes()
{
    for (const QPalette &palette : { ui::Theme::lightPalette(), ui::Theme::darkPalette() }) {
        Shown shown(chunkedExchange());
        shown.page.setPalette(palette);
        const QImage image = shown.chart().viewport()->grab().toImage();
        const auto at = [&](qsizetype row) {
            return image.pixelColor(
                int(shown.chart().scene().columns->laneMiddle(shown.rows().at(row).lane)),
                shown.chart().rowRect(row).center().y());
        };
        QCOMPARE(at(ResponseRow), ui::Theme::accentColor(palette));
        QVERIFY(at(ResponseRow) != at(6));
    }
}

void EventsPageTest::hundredThousandEvents_stayFluid()
{
    const auto exchange = longExchange(100'000);
    Shown shown(exchange);
    QVERIFY(shown.rows().count() > 200'000);
    QScrollBar *bar = shown.chart().verticalScrollBar();
    for (const bool isToScale : { false, true }) {
        shown.page.setToScale(isToScale);
        shown.chart().grab();
        const test::CpuTimer timer;
        for (int i = 0; i < 50; ++i) {
            bar->setValue(bar->maximum() / 50 * i);
            shown.chart().grab();
        }
        QVERIFY2(timer.elapsed() < 50 * 100, qPrintable(QString::number(timer.elapsed())));
    }
    shown.page.showSpan(WireSpan { Direction::Response, 500'000, 500'001 });
    QVERIFY(shown.chart().current() > 90'000);
}

QTEST_MAIN(EventsPageTest)
#include "tst_eventspage.moc"
