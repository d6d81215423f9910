#include "samples.h"

#include <inspector/bodypage.h>
#include <inspector/bodyview.h>
#include <inspector/inspector.h>
#include <inspector/streamform.h>
#include <text/textview.h>

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace headrace;
using ui::BodyView;
using ui::StreamEventModel;
using ui::StreamForm;

namespace {

constexpr auto streamType = "text/event-stream";

StreamForm *streamOf(const BodyView &view)
{
    return static_cast<StreamForm *>(view.formOf(BodyView::Form::Stream));
}

QString shown(const StreamForm &form, int row, int column)
{
    return form.model()->index(row, column).data().toString();
}

} // namespace

/// text/event-stream as a list that follows while the exchange goes on.
class EventStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void events_areListedWithAllTheySay();
    void event_chosen_showsItsDataLaidOut();
    void event_long_isReadWhenItIsChosen();
    void stream_thatGoesOn_isFollowedWithTimes();
    void events_ofMany_areBounded();
};

void EventStreamTest::events_areListedWithAllTheySay()
{
    BodyView view;
    view.setBody(
        ui::bodySourceOf(
            ": hi\n\nid: 7\nevent: add\nretry: 3000\ndata: a\ndata: b\n\ndata: c", streamType),
        false);
    QTRY_VERIFY(!view.isWorking());
    QCOMPARE(view.form(), BodyView::Form::Stream);
    const StreamForm &form = *streamOf(view);
    const QAbstractItemModelTester tester(form.model());
    QCOMPARE(form.model()->rowCount(), 3);
    QCOMPARE(shown(form, 0, StreamEventModel::TypeColumn), QStringLiteral("comment"));
    QCOMPARE(shown(form, 0, StreamEventModel::DataColumn), QStringLiteral("hi"));
    QCOMPARE(shown(form, 1, StreamEventModel::TypeColumn), QStringLiteral("add"));
    QCOMPARE(shown(form, 1, StreamEventModel::IdColumn), QStringLiteral("7"));
    QCOMPARE(shown(form, 1, StreamEventModel::RetryColumn), QStringLiteral("3,000 ms"));
    QCOMPARE(shown(form, 1, StreamEventModel::DataColumn), QStringLiteral("a⏎b"));
    QCOMPARE(shown(form, 2, StreamEventModel::TypeColumn), QStringLiteral("incomplete"));
}

void EventStreamTest::event_chosen_showsItsDataLaidOut()
{
    BodyView view;
    view.setBody(ui::bodySourceOf("data: {\"a\":[1]}\n\ndata: plain\n\n", streamType), false);
    QTRY_VERIFY(!view.isWorking());
    const StreamForm &form = *streamOf(view);
    form.list()->selectRow(0);
    QVERIFY(form.dataView()->text().startsWith(QStringLiteral("{\n  \"a\"")));
    form.list()->selectRow(1);
    QCOMPARE(form.dataView()->text(), QStringLiteral("plain"));
}

void EventStreamTest::event_long_isReadWhenItIsChosen()
{
    BodyView view;
    const QByteArray data(50'000, 'x');
    view.setBody(ui::bodySourceOf("data: " + data + "\n\n", streamType), false);
    QTRY_VERIFY(!view.isWorking());
    const StreamForm &form = *streamOf(view);
    QVERIFY(shown(form, 0, StreamEventModel::DataColumn).size() < 500);
    form.list()->selectRow(0);
    QCOMPARE(form.dataView()->text(), QString::fromLatin1(data));
}

void EventStreamTest::stream_thatGoesOn_isFollowedWithTimes()
{
    exchange::MemoryStore store;
    ui::samples::Sample sample;
    const auto id = ui::samples::begin(store, sample);
    exchange::Message head;
    head.startLine = "HTTP/1.1 200 OK";
    head.statusCode = 200;
    head.fields = { { "Content-Type", streamType } };
    store.setHead(id, 0, head);
    ui::Inspector inspector;
    inspector.resize(900, 400);
    inspector.show();
    inspector.setCurrentTab(ui::Inspector::Tab::Body);
    inspector.setExchange(&store, id);
    BodyView *view = inspector.bodyPage()->view();
    const StreamForm &form = *streamOf(*view);
    for (int i = 1; i <= 40; ++i) {
        store.addOctets(
            id, 0, { i * 1000, exchange::Part::Body, "data: " + QByteArray::number(i) + "\n\n" });
        QTRY_COMPARE(form.model()->rowCount(), i);
    }
    QCOMPARE(shown(form, 39, StreamEventModel::DataColumn), QStringLiteral("40"));
    QCOMPARE(shown(form, 39, StreamEventModel::TimeColumn), QStringLiteral("0.040000"));
    QScrollBar *bar = form.list()->verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    // Who reads further up is left there.
    bar->setValue(0);
    store.addOctets(id, 0, { 50'000, exchange::Part::Body, "data: 41\n\n" });
    QTRY_COMPARE(form.model()->rowCount(), 41);
    QCOMPARE(bar->value(), 0);
}

void EventStreamTest::events_ofMany_areBounded()
{
    BodyView view;
    view.setBody(ui::bodySourceOf(
                     QByteArray("data:x\n\n").repeated(StreamEventModel::MostRows + 5), streamType),
        false);
    QTRY_VERIFY_WITH_TIMEOUT(!view.isWorking(), 20'000);
    QCOMPARE(streamOf(view)->model()->rowCount(), int(StreamEventModel::MostRows));
    QVERIFY(view.notice().contains(QStringLiteral("Only the first")));
}

QTEST_MAIN(EventStreamTest)
#include "tst_eventstream.moc"
