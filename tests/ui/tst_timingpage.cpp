#include "samples.h"

#include <inspector/connectionlife.h>
#include <inspector/inspector.h>
#include <inspector/phasebars.h>
#include <inspector/timingfacts.h>
#include <inspector/timingpage.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace headrace;
using exchange::ExchangeId;
using ui::ConnectionLife;
using ui::Inspector;

namespace {

/// An exchange on \a connection that began and ended so many milliseconds after noon.
ExchangeId addOn(exchange::MemoryStore &store, quint64 connection, int began, int ended)
{
    exchange::Summary summary;
    summary.began = QDateTime(QDate(2026, 3, 14), QTime(12, 0)).addMSecs(began);
    summary.method = QStringLiteral("GET");
    summary.target = QStringLiteral("/%1").arg(began);
    const ExchangeId id = store.begin(summary);
    exchange::Connection carrier;
    carrier.id = connection;
    carrier.localAddress = QStringLiteral("127.0.0.1");
    carrier.localPort = 50'000;
    carrier.peerAddress = QStringLiteral("::1");
    carrier.peerPort = 80;
    store.setConnection(id, carrier);
    summary.statusCode = 200;
    summary.state = exchange::State::Complete;
    summary.duration = 1000 * (ended - began);
    store.setSummary(id, summary);
    store.end(id);
    return id;
}

QString cell(const ConnectionLife &life, int row, int column)
{
    return life.index(row, column).data().toString();
}

exchange::Event eventAt(qint64 time, const char *object, const char *name)
{
    return { time, QString::fromLatin1(object), QString::fromLatin1(name), {} };
}

QStringList namesOf(const QList<ui::Phase> &phases)
{
    QStringList names;
    for (const ui::Phase &phase : phases)
        names += QStringLiteral("%1 %2-%3").arg(phase.name).arg(phase.begin).arg(phase.end);
    return names;
}

} // namespace

class TimingPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void client_thatWaitedForASocket_wasQueued()
    {
        exchange::Exchange exchange;
        exchange.events = { eventAt(500, "ClientRequest", "socket") };
        exchange.timings.connectStarted = 510;
        exchange.timings.connectEnded = 700;
        exchange.timings.requestSent = 720;
        exchange.timings.firstByte = 900;
        exchange.timings.ended = 1000;
        QCOMPARE(namesOf(ui::phasesOf(exchange)),
            QStringList({ QStringLiteral("Queued 0-500"), QStringLiteral("Connect 510-700"),
                QStringLiteral("Sending 700-720"), QStringLiteral("Waiting 720-900"),
                QStringLiteral("Receiving 900-1000") }));
    }

    void server_receivesWorksAndAnswers()
    {
        exchange::Exchange exchange;
        exchange.events
            = { eventAt(100, "Server", "request"), eventAt(300, "ServerResponse", "finish") };
        exchange.request.headTime = 90;
        exchange.request.endTime = 120;
        exchange.response.headTime = 250;
        exchange.response.endTime = 280;
        exchange.timings.ended = 300;
        QCOMPARE(namesOf(ui::phasesOf(exchange)),
            QStringList({ QStringLiteral("Receiving 0-120"), QStringLiteral("Working 120-250"),
                QStringLiteral("Answering 250-280") }));
    }

    void life_ofAConnection_listsItsExchangesWithPauses()
    {
        exchange::MemoryStore store;
        addOn(store, 7, 0, 100);
        addOn(store, 8, 50, 60);
        const ExchangeId second = addOn(store, 7, 400, 500);
        ConnectionLife life;
        const QAbstractItemModelTester tester(&life);
        life.setConnection(&store, 7, second);
        QTRY_COMPARE(life.rowCount(), 2);
        QCOMPARE(life.exchangeCount(), 2);
        QCOMPARE(cell(life, 0, ConnectionLife::Idle), QString());
        QCOMPARE(cell(life, 1, ConnectionLife::Began), QStringLiteral("+400\u2009ms"));
        QCOMPARE(cell(life, 1, ConnectionLife::Idle), QStringLiteral("300\u2009ms"));
        QCOMPARE(cell(life, 1, ConnectionLife::Request), QStringLiteral("GET /400"));
        QVERIFY(life.index(1, 0).data(ConnectionLife::IsShownRole).toBool());
        QCOMPARE(life.index(1, 0).data(ConnectionLife::BeginRole).toDouble(), 0.8);
        QCOMPARE(life.wholeTime(), 500'000);
        QCOMPARE(life.busyTime(), 200'000);
        QCOMPARE(life.rowOf(second), 1);
    }

    void life_followsItsStore()
    {
        exchange::MemoryStore store;
        const ExchangeId first = addOn(store, 7, 0, 100);
        ConnectionLife life;
        life.setConnection(&store, 7, first);
        QTRY_COMPARE(life.rowCount(), 1);
        addOn(store, 7, 200, 300);
        QTRY_COMPARE(life.rowCount(), 2);
        store.remove({ first });
        QTRY_COMPARE(life.rowCount(), 1);
    }

    void life_ofVeryMany_showsThoseAround()
    {
        exchange::MemoryStore store;
        QList<ExchangeId> ids;
        for (int i = 0; i < 500; ++i)
            ids += addOn(store, 7, 10 * i, 10 * i + 5);
        ConnectionLife life;
        life.setConnection(&store, 7, ids.at(300));
        QTRY_COMPARE(life.exchangeCount(), 500);
        QCOMPARE(life.rowCount(), int(ConnectionLife::Window));
        QCOMPARE(life.idAt(0), ids.at(200));
        life.setConnection(&store, 7, ids.constLast());
        QCOMPARE(life.idAt(life.rowCount() - 1), ids.constLast());
    }

    void page_saysWhatTheConnectionCarried_andOpensAnother()
    {
        exchange::MemoryStore store;
        const ExchangeId first = addOn(store, 7, 0, 100);
        const ExchangeId second = addOn(store, 7, 400, 500);
        Inspector inspector;
        inspector.resize(1000, 500);
        inspector.show();
        inspector.setExchange(&store, first);
        inspector.setCurrentTab(Inspector::Tab::Timing);
        ui::TimingPage *page = inspector.timingPage();
        QTRY_COMPARE(page->lifeText(),
            QStringLiteral(
                "127.0.0.1:50000 → [::1]:80 · carried 2 exchanges in 500\u2009ms, idle for "
                "300\u2009ms of it"));
        QSignalSpy activated(&inspector, &Inspector::exchangeActivated);
        QTableView *table = page->lifeTable();
        Q_EMIT table->activated(table->model()->index(1, 0));
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.constFirst().constFirst().value<ExchangeId>(), second);
        inspector.setCurrentTab(Inspector::Tab::Overview); // out of sight it asks for nothing
        QCOMPARE(table->model()->rowCount(), 0);
        inspector.setCurrentTab(Inspector::Tab::Timing);
        QTRY_COMPARE(table->model()->rowCount(), 2);
    }

    void page_withoutAConnection_saysSo()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.setExchange(&store, addOn(store, 0, 0, 1));
        inspector.setCurrentTab(Inspector::Tab::Timing);
        QCOMPARE(inspector.timingPage()->lifeText(), QStringLiteral("The exchange had none."));
    }

    void facts_tellMomentsAndRates()
    {
        exchange::Exchange exchange;
        exchange.request.endTime = 700;
        exchange.request.wireOctets = 100;
        exchange.response.headTime = 2000;
        exchange.response.endTime = 12'000;
        exchange.response.wireOctets = 20'000;
        exchange.timings.ended = 12'100;
        const QList<ui::FactGroup> groups = ui::timingFactsOf(exchange);
        QCOMPARE(groups.size(), 2);
        QCOMPARE(groups.at(0).facts.constLast().value, QStringLiteral("12\u2009ms"));
        QCOMPARE(groups.at(1).facts.constLast().value,
            QStringLiteral("20\u2009kB in 10\u2009ms, 2.0\u2009MB/s"));
    }
};

QTEST_MAIN(TimingPageTest)
#include "tst_timingpage.moc"
