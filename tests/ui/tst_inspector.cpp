#include "samples.h"
#include "support/cputimer.h"

#include <inspector/bodypage.h>
#include <inspector/bodyview.h>
#include <inspector/fieldmodel.h>
#include <inspector/fieldtableview.h>
#include <inspector/framingpage.h>
#include <inspector/headspage.h>
#include <inspector/hexview.h>
#include <inspector/inspector.h>
#include <inspector/messagehead.h>
#include <inspector/overviewpage.h>
#include <inspector/rawlines.h>
#include <inspector/rawpage.h>
#include <inspector/rawpane.h>
#include <shell/noticebar.h>
#include <text/largetext.h>
#include <text/largetextview.h>
#include <text/textview.h>

#include <QBuffer>
#include <QImage>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextBlock>

using namespace headrace;
using ui::BodyView;
using ui::Inspector;
using ui::MessageHead;
using ui::samples::Sample;

class InspectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing_chosen_showsWhatThePlaceIsFor();
    void overview_ofAFailure_saysItInWords();
    void heads_keepOrderCaseAndDuplicates();
    void heads_interim_standAboveTheFinalResponse();
    void head_fieldSelected_marksItsLine();
    void trailers_areShownWithTheirOctets();
    void octets_chosenInOneTab_areMarkedInOthers();
    void body_json_isLaidOut();
    void body_invalidJson_saysWhere();
    void body_large_isShownAsHexUntilAskedFor();
    void body_picture_isShown();
    void body_brokenPicture_fallsBackToHex();
    void body_packed_isToldAndShownAsItPassed();
    void body_cut_isTold();
    void exchange_thatGoesOn_isFollowedAndKeepsTheTab();
    void exchange_removed_emptiesTheView();
    void heads_ofExtremeSize_stayResponsive();

private:
    static QList<MessageHead *> shownHeads(const QWidget &page);
    static void wait(BodyView *view);
};

QList<MessageHead *> InspectorTest::shownHeads(const QWidget &page)
{
    QList<MessageHead *> heads = page.findChildren<MessageHead *>();
    heads.removeIf([](const MessageHead *head) { return head->isHidden(); });
    const auto placeOf = [](const MessageHead *head) {
        const QPoint place = head->mapTo(head->window(), QPoint());
        return std::pair(place.y(), place.x());
    };
    std::sort(
        heads.begin(), heads.end(), [&placeOf](const MessageHead *one, const MessageHead *other) {
            return placeOf(one) < placeOf(other);
        });
    return heads;
}

void InspectorTest::wait(BodyView *view) { QTRY_VERIFY(!view->isWorking()); }

void InspectorTest::nothing_chosen_showsWhatThePlaceIsFor()
{
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.setExchange(&store, 0);
    QCOMPARE(inspector.exchangeId(), exchange::ExchangeId(0));
    QCOMPARE(inspector.headline(), QString());
    inspector.setExchange(&store, 17);
    QCOMPARE(inspector.exchangeId(), exchange::ExchangeId(0));
}

void InspectorTest::overview_ofAFailure_saysItInWords()
{
    exchange::MemoryStore store;
    const auto id = ui::samples::add(store,
        { .statusCode = 0,
            .errorCode = QStringLiteral("ECONNREFUSED"),
            .errorMessage = QStringLiteral("connect ECONNREFUSED 127.0.0.1:80") });
    Inspector inspector;
    inspector.setExchange(&store, id);
    inspector.show();
    auto *notice = inspector.overviewPage()->findChild<ui::NoticeBar *>();
    QVERIFY(notice && notice->isVisible());
    QVERIFY(notice->text().startsWith(QStringLiteral("Nothing accepts connections")));
    QVERIFY(notice->text().contains(QStringLiteral("ECONNREFUSED")));
}

void InspectorTest::heads_keepOrderCaseAndDuplicates()
{
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.resize(1400, 500);
    inspector.setExchange(&store, ui::samples::add(store));
    inspector.setCurrentTab(Inspector::Tab::Headers);
    inspector.show();
    QString lines;
    const auto heads = shownHeads(*inspector.headersPage());
    QCOMPARE(heads.size(), 2);
    for (const MessageHead *head : heads)
        lines += head->table()->fields()->allLines() + QStringLiteral("\n");
    QCOMPARE(lines,
        QStringLiteral("Host: api.example.test\nAccept: */*\n"
                       "Content-Type: application/json\nX-A: 1\nx-a: 2\n"));
    QVERIFY(heads.at(1)->raw()->toPlainText().startsWith(
        QStringLiteral("HTTP/1.1 200 OK\nContent-Type")));
    QCOMPARE(heads.at(1)->raw()->lineEnds(), QStringLiteral("CRLF"));
}

void InspectorTest::heads_interim_standAboveTheFinalResponse()
{
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.resize(900, 900); // Narrow: one below the other.
    inspector.setExchange(&store, ui::samples::add(store, { .hasEarlyHints = true }));
    inspector.setCurrentTab(Inspector::Tab::Headers);
    inspector.show();
    QTest::qWait(50);
    QStringList first;
    const auto heads = shownHeads(*inspector.headersPage());
    for (const MessageHead *head : heads)
        first += head->raw()->toPlainText().section(u'\n', 0, 0);
    QCOMPARE(first,
        (QStringList { QStringLiteral("GET /v1/items HTTP/1.1"),
            QStringLiteral("HTTP/1.1 103 Early Hints"), QStringLiteral("HTTP/1.1 200 OK") }));
}

void InspectorTest::head_fieldSelected_marksItsLine()
{
    MessageHead head;
    head.setLinesBeforeFields(1);
    head.setContent(QStringLiteral("GET / HTTP/1.1"), { { "A", "1 2" }, { "B", "3" } },
        "GET / HTTP/1.1\r\nA: 1\r\n  2\r\nB: 3\r\n\r\n");
    head.show();
    head.table()->selectRow(1);
    QCOMPARE(head.raw()->extraSelections().size(), 1);
    QCOMPARE(
        head.raw()->extraSelections().constFirst().cursor.block().text(), QStringLiteral("B: 3"));
    head.table()->clearSelection();
    QCOMPARE(head.raw()->extraSelections().size(), 0);
}

void InspectorTest::trailers_areShownWithTheirOctets()
{
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.setExchange(&store, ui::samples::add(store, { .trailers = { { "Digest", "x" } } }));
    inspector.setCurrentTab(Inspector::Tab::Trailers);
    inspector.show();
    const auto heads = shownHeads(*inspector.trailersPage());
    QCOMPARE(heads.size(), 1);
    QCOMPARE(heads.constFirst()->table()->fields()->allLines(), QStringLiteral("Digest: x"));
    QCOMPARE(heads.constFirst()->raw()->toPlainText(), QStringLiteral("Digest: x"));
    QCOMPARE(inspector.findChild<QTabBar *>()->tabText(int(Inspector::Tab::Trailers)),
        QStringLiteral("Trailers (1)"));
}

void InspectorTest::octets_chosenInOneTab_areMarkedInOthers()
{
    exchange::MemoryStore store;
    const auto id = ui::samples::add(store, { .trailers = { { "Digest", "x" } } });
    const QByteArray received = store.exchange(id)->response.raw();
    Inspector inspector;
    inspector.resize(1400, 700);
    inspector.setExchange(&store, id);
    inspector.setCurrentTab(Inspector::Tab::Headers);
    inspector.show();
    QTest::qWait(20); // for the layout
    shownHeads(*inspector.headersPage()).at(1)->table()->selectRow(1);
    inspector.setCurrentTab(Inspector::Tab::Raw);
    ui::RawView *raw = inspector.rawPage()->response()->view();
    const auto marked = [&] {
        const ui::RawRange mark = raw->mark().value_or(ui::RawRange());
        return received.mid(mark.begin, mark.end - mark.begin);
    };
    QCOMPARE(marked(), QByteArray("X-A: 1\r\n"));

    raw->setCaret(received.indexOf("Digest"));
    inspector.setCurrentTab(Inspector::Tab::Trailers);
    QTest::qWait(20);
    const ui::FieldTableView *trailers = shownHeads(*inspector.trailersPage()).at(0)->table();
    QCOMPARE(trailers->selectionModel()->selectedRows().size(), 1);
    inspector.setCurrentTab(Inspector::Tab::Framing);
    const QTableView *frames = inspector.framingPage()->table();
    QCOMPARE(frames->selectionModel()->selectedRows().size(), 1);

    inspector.framingPage()->table()->selectRow(1); // the body
    Q_EMIT inspector.framingPage()->rawRequested();
    QCOMPARE(inspector.currentTab(), Inspector::Tab::Raw);
    QVERIFY(marked().startsWith("{\"b\""));
}

void InspectorTest::body_json_isLaidOut()
{
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.setCurrentTab(Inspector::Tab::Body);
    inspector.setExchange(&store, ui::samples::add(store));
    BodyView *view = inspector.bodyPage()->view();
    wait(view);
    QCOMPARE(view->form(), BodyView::Form::Pretty);
    QVERIFY(view->textView()->text().startsWith(QStringLiteral("{\n  \"b\": 1,\n  \"a\": [")));
    view->showForm(BodyView::Form::Text);
    wait(view);
    QCOMPARE(view->textView()->text(), QStringLiteral(R"({"b":1,"a":[true,null]})"));
    view->showForm(BodyView::Form::Hex);
    QCOMPARE(view->hexView()->octets(), QByteArray(R"({"b":1,"a":[true,null]})"));
}

void InspectorTest::body_invalidJson_saysWhere()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("{\"a\":1,}", "application/json", {}, 8), false);
    wait(&view);
    QVERIFY2(view.notice().contains(QStringLiteral("line 1"), Qt::CaseInsensitive),
        qPrintable(view.notice()));
    QVERIFY(!view.textView()->isEmpty());
}

void InspectorTest::body_large_isShownAsHexUntilAskedFor()
{
    QByteArray json = "[";
    while (json.size() <= ui::BodySource::LargeFrom)
        json += "1234567890,";
    json += "0]";
    BodyView view;
    view.setBody(ui::bodySourceOf(json, "application/json"), false);
    QCOMPARE(view.form(), BodyView::Form::Text);
    QTRY_VERIFY(!view.isWorking());
    QTRY_VERIFY(!view.largeText()->view()->shownRows().isEmpty());
    QVERIFY(view.notice().contains(QStringLiteral("was not laid out")));
    view.formatAnyway();
    QCOMPARE(view.form(), BodyView::Form::Pretty);
    QTRY_VERIFY_WITH_TIMEOUT(!view.isWorking(), 20'000);
    QTRY_COMPARE(view.largeText()->view()->shownRows().constFirst(), QStringLiteral("["));
}

void InspectorTest::body_picture_isShown()
{
    QImage image(4, 3, QImage::Format_ARGB32);
    image.fill(Qt::red);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    BodyView view;
    view.setBody(ui::bodySourceOf(png, "image/png", {}, png.size()), false);
    wait(&view);
    QCOMPARE(view.form(), BodyView::Form::Image);
    bool isNamed = false;
    const auto labels = view.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        isNamed = isNamed || label->text().contains(QStringLiteral("4 × 3 PNG"));
    QVERIFY(isNamed);
}

void InspectorTest::body_brokenPicture_fallsBackToHex()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("no picture", "image/png", {}, 10), false);
    wait(&view);
    QCOMPARE(view.form(), BodyView::Form::Hex);
    QVERIFY(view.notice().contains(QStringLiteral("cannot be shown")));
}

void InspectorTest::body_packed_isToldAndShownAsItPassed()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("\x1f\x8b\x08", "application/json", "gzip", 3), false);
    wait(&view);
    QCOMPARE(view.form(), BodyView::Form::Hex);
    QVERIFY(view.notice().contains(QStringLiteral("gzip")));
}

void InspectorTest::body_cut_isTold()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("abc", "text/plain", {}, 5000), false);
    wait(&view);
    QVERIFY(view.notice().contains(QStringLiteral("first 3 of 5,000 octets")));
}

void InspectorTest::exchange_thatGoesOn_isFollowedAndKeepsTheTab()
{
    exchange::MemoryStore store;
    const Sample sample;
    const auto id = ui::samples::begin(store, sample);
    Inspector inspector;
    inspector.setExchange(&store, id);
    inspector.setCurrentTab(Inspector::Tab::Body);
    QVERIFY(inspector.headline().contains(QStringLiteral("waiting…")));
    ui::samples::finish(store, id, sample);
    QTRY_VERIFY(inspector.headline().contains(QStringLiteral("200 OK")));
    QCOMPARE(inspector.currentTab(), Inspector::Tab::Body);
    QTRY_VERIFY(!inspector.bodyPage()->view()->textView()->isEmpty());
}

void InspectorTest::exchange_removed_emptiesTheView()
{
    exchange::MemoryStore store;
    const auto id = ui::samples::add(store);
    Inspector inspector;
    inspector.setExchange(&store, id);
    QSignalSpy announced(&store, &exchange::Store::added);
    QVERIFY(announced.wait());
    store.remove({ id });
    QTRY_COMPARE(inspector.exchangeId(), exchange::ExchangeId(0));
}

void InspectorTest::heads_ofExtremeSize_stayResponsive()
{
    Sample sample;
    for (int i = 0; i < 150; ++i)
        sample.fields.emplaceBack(
            "X-Field-" + QByteArray::number(i), QByteArray(i == 7 ? 16'384 : 20, 'v'));
    sample.fields.emplaceBack("X-Right-To-Left", QStringLiteral("שלום עולם").toUtf8());
    exchange::MemoryStore store;
    Inspector inspector;
    inspector.resize(1280, 400);
    inspector.setCurrentTab(Inspector::Tab::Headers);
    inspector.show();
    const headrace::test::CpuTimer timer;
    inspector.setExchange(&store, ui::samples::add(store, sample));
    inspector.grab();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(shownHeads(*inspector.headersPage()).last()->table()->fields()->rowCount(),
        sample.fields.size());
}

QTEST_MAIN(InspectorTest)

#include "tst_inspector.moc"
