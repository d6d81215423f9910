// What a proxy records by itself, without the observer of lib/http.
#include <exchange/memorystore.h>
#include <exchange/recording.h>

#include <QTest>

using namespace headrace::exchange;
using namespace headrace;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Limit = 1 << 20;

http::MonotonicTime microseconds(qint64 time) { return time * 1000; }

Summary proxied()
{
    Summary summary;
    summary.source = Source::Proxy;
    return summary;
}

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void requestSent_ofAProxy_isWhenItWasForwarded()
    {
        MemoryStore store;
        Recording recording(store, proxied(), 0, false, Limit);
        recording.addOctets(
            http::Direction::Received, Part::Head, "GET / HTTP/1.1\r\n\r\n", microseconds(5));
        QCOMPARE(store.exchange(recording.id())->timings.requestSent, -1);
        recording.setRequestForwarded(microseconds(40));
        recording.addOctets(http::Direction::Received, Part::Body, "late", microseconds(50));
        recording.setEnd(http::Direction::Received, microseconds(50));
        QCOMPARE(store.exchange(recording.id())->timings.requestSent, 40);
        recording.setRequestForwarded(microseconds(60));
        recording.end(microseconds(70));
        const Timings timings = store.exchange(recording.id())->timings;
        QCOMPARE(timings.requestSent, 60);
        QCOMPARE(timings.ended, 70);
        QCOMPARE(timings.held, 0);
    }

    void requestSent_notForwarded_isItsEnd()
    {
        MemoryStore store;
        Recording recording(store, proxied(), 0, false, Limit);
        recording.setEnd(http::Direction::Received, microseconds(9));
        QCOMPARE(store.exchange(recording.id())->timings.requestSent, 9);
        recording.end(microseconds(10));
    }

    void held_addsUp()
    {
        MemoryStore store;
        Recording recording(store, proxied(), 0, false, Limit);
        recording.addHeldTime(1500us);
        recording.addHeldTime(2ms);
        recording.addHeldTime(-5ms); // a clock that went back
        QCOMPARE(store.exchange(recording.id())->timings.held, 3500);
        recording.end(microseconds(10'000));
        QCOMPARE(store.exchange(recording.id())->timings.held, 3500);
    }

    void clientAndChanges_areInTheRecord()
    {
        MemoryStore store;
        Recording recording(store, proxied(), 0, false, Limit);
        Connection client;
        client.id = 3;
        client.peerAddress = QStringLiteral("192.0.2.1");
        recording.setClient(client);
        Change change;
        change.cause = Change::Cause::Breakpoint;
        change.summary = QStringLiteral("edited");
        recording.addChange(change);
        recording.end(microseconds(1));
        const Exchange exchange = *store.exchange(recording.id());
        QCOMPARE(exchange.client->peerAddress, client.peerAddress);
        QCOMPARE(exchange.summary.connection, 0); // that is the origin's
        QCOMPARE(exchange.changes.size(), 1);
        QCOMPARE(exchange.changes.first().summary, change.summary);
    }

    void pattern_ofAProxiedExchange_isRecorded()
    {
        MemoryStore store;
        Recording recording(store, proxied(), 0, false, Limit);
        const auto tell = [&recording](const char *object, const char *name) {
            recording.addEvent(0, QLatin1String(object), QLatin1String(name), {});
        };
        tell("Server", "request");
        tell("ClientRequest", "socket");
        tell("Socket", "connect started");
        tell("ClientRequest", "error");
        tell("ServerResponse", "finish");
        recording.fail(QStringLiteral("ECONNREFUSED"), QStringLiteral("connect ECONNREFUSED"));
        recording.end(microseconds(1));
        QCOMPARE(store.summary(recording.id())->pattern, Pattern::ConnectionError);
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "tst_recording.moc"
