#include "support/program.h"
#include "support/rawserver.h"

#include <exchange/exchangebuilder.h>
#include <store/exchangestore.h>

#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::exchange;

/// `headrace replay`.
class ReplayVerbTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<RawServer>(
            RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        store::ExchangeStore store;
        QVERIFY(!store.open(file()));
        add(store, "GET /same HTTP/1.1\r\n\r\n", 200, "hello");
        add(store, "GET /other HTTP/1.1\r\n\r\n", 404, "hello!");
        add(store, "CONNECT a:443 HTTP/1.1\r\n\r\n", 200, {});
    }

    void requests_goOutAgain_andAreAdded()
    {
        const Outcome outcome = replay({ u"--filter"_qs, u"path:/same"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("#1  GET http://127.0.0.1:"), outcome.out);
        QVERIFY(outcome.out.contains("/same  200  5 B  "));
        QCOMPARE(m_server->received, QByteArrayList { "GET /same HTTP/1.1\r\n\r\n" });
        store::ExchangeStore store;
        QVERIFY(!store.open(file()));
        QCOMPARE(store.count(), 4);
        QCOMPARE(store.summary(4)->note, u"replay of #1"_qs);
        QCOMPARE(store.summary(4)->statusCode, 200);
    }

    void compare_tellsWhatDiffers()
    {
        const Outcome outcome = replay({ u"--compare"_qs, u"--parallel"_qs, u"2"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.out.count('\n'), 3);
        QVERIFY2(outcome.out.contains(" ms  same\n"), outcome.out);
        QVERIFY2(outcome.out.contains("  200  5 B"), outcome.out);
        QVERIFY2(outcome.out.contains("was 404, was 6 B\n"), outcome.out);
        QVERIFY2(outcome.out.contains("not sent: A tunnel cannot be replayed.\n"), outcome.out);
    }

    void arguments_wrong_areSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const QStringList &arguments, const char *said) {
            QTest::newRow(said) << arguments << QByteArray(said);
        };
        row({ u"--parallel"_qs, u"many"_qs }, "--parallel needs a number, not many");
        row({ u"--parallel"_qs, u"0"_qs }, "Send 1 to 256 at once.");
        row({ u"--to"_qs, u"http://a/b"_qs }, "Name scheme, host and port only");
        row({ u"--loud"_qs }, "there is no option --loud");
        row({ u"--filter"_qs, u"status:x"_qs }, "headrace:");
        row({ u"twice"_qs }, "one session is needed, not 2");
    }

    void arguments_wrong_areSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const Outcome outcome = replay(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains(said), outcome.err);
        QCOMPARE(m_server->connections, 0);
    }

    void file_missing_isOneLine()
    {
        const Outcome outcome
            = run(Program::headrace(), { u"replay"_qs, m_folder->filePath(u"none"_qs) });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err.count('\n'), 1);
        const Outcome none = replay({ u"--filter"_qs, u"host:nowhere"_qs });
        QCOMPARE(none.exitCode, 1);
        QCOMPARE(none.err, "headrace: no exchange matches\n");
    }

private:
    QString file() const { return m_folder->filePath(u"a.headrace"_qs); }

    void add(Sink &sink, const QByteArray &head, int status, const QByteArray &body)
    {
        Exchange exchange;
        Summary &summary = exchange.summary;
        summary.began = QDateTime::currentDateTime();
        summary.scheme = u"http"_qs;
        summary.host = u"127.0.0.1:%1"_qs.arg(m_server->serverPort());
        summary.method = QString::fromLatin1(head.split(' ').at(0));
        summary.target = QString::fromLatin1(head.split(' ').at(1));
        summary.statusCode = status;
        summary.state = State::Complete;
        exchange.request.startLine = head.chopped(4);
        exchange.request.octets = { { 1, Part::Head, head } };
        exchange.request.endTime = 1;
        exchange.response.startLine = "HTTP/1.1 X";
        exchange.response.statusCode = status;
        exchange.response.octets = { { 2, Part::Body, body } };
        exchange.response.bodyOctets = body.size();
        exchange.response.endTime = 2;
        tellExchange(sink, exchange);
    }

    Outcome replay(QStringList arguments) const
    {
        return run(
            Program::headrace(), QStringList { u"replay"_qs } + arguments + QStringList { file() });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RawServer> m_server;
};

QTEST_GUILESS_MAIN(ReplayVerbTest)
#include "tst_replay.moc"
