#include <script/runtime.h>

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace headrace;
using script::ProgramOptions;
using script::Runtime;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

ProgramOptions handler(const QByteArray &source)
{
    ProgramOptions options;
    options.file = QStringLiteral("/nowhere/test.js");
    options.source = source;
    options.isHandler = true;
    return options;
}

/// What one call answered.
struct Heard
{
    int count = 0;
    Runtime::Answer answer;

    std::function<void(const Runtime::Answer &)> listener()
    {
        return [this](const Runtime::Answer &given) {
            ++count;
            answer = given;
        };
    }

    QString error() const { return answer.error ? answer.error->message : QString(); }
};

} // namespace

/// C++ calls functions that a script exports.
class CallsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void values_comeBack_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QString>("seen");
        const auto row = [](const char *title, const QVariant &value, const char *seen) {
            QTest::newRow(title) << value << QString::fromUtf8(seen);
        };
        row("nothing", QVariant(), "undefined");
        row("true", true, "true");
        row("number", 1.5, "1.5");
        row("text", QStringLiteral("caf\u00e9 \U0001f600"), "'caf\u00e9 \U0001f600'");
        row("empty text", QString(), "''");
        row("octets", QByteArray("\0\xff", 2), "Uint8Array(2) [ 0, 255 ]");
        row("empty octets", QByteArray(), "Uint8Array(0) []");
        row("list", QVariantList { 1.0, QStringLiteral("a"), QVariantList() }, "[ 1, 'a', [] ]");
        row("map",
            QVariantMap { { QStringLiteral("a"), 1.0 }, { QStringLiteral("b"), QVariantMap() } },
            "{ a: 1, b: {} }");
        QVariantList many;
        for (int i = 0; i < 300; ++i) // more than the engine finds on the stack
            many.append(QString::number(i));
        row("long list", QVariantList { many }, "");
    }

    void values_comeBack()
    {
        QFETCH(QVariant, value);
        QFETCH(QString, seen);
        Runtime runtime(handler("const { inspect } = require('util');"
                                "exports.same = (value) => ({ value, seen: inspect(value) });"));
        runtime.start();
        Heard heard;
        runtime.call(QStringLiteral("same"), { value }, heard.listener());
        QCOMPARE(heard.count, 1);
        QCOMPARE(heard.error(), QString());
        const QVariantMap answer = heard.answer.value.toMap();
        QCOMPARE(answer.value(QStringLiteral("value")), value);
        if (!seen.isEmpty())
            QCOMPARE(answer.value(QStringLiteral("seen")).toString(), seen);
    }

    void oddValues_areWhatTheyCanBe_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("null") << QByteArray("null") << QVariant();
        QTest::newRow("function") << QByteArray("() => 1") << QVariant();
        QTest::newRow("symbol") << QByteArray("Symbol('a')") << QVariant();
        QTest::newRow("buffer") << QByteArray("Buffer.from('abc')") << QVariant(QByteArray("abc"));
        QTest::newRow("part of a buffer")
            << QByteArray("Buffer.from('abcdef').subarray(2, 4)") << QVariant(QByteArray("cd"));
        QTest::newRow("array buffer")
            << QByteArray("Uint8Array.of(65).buffer") << QVariant(QByteArray("A"));
        QTest::newRow("array with holes")
            << QByteArray("[, 1]") << QVariant(QVariantList { QVariant(), 1.0 });
        QTest::newRow("getter that throws")
            << QByteArray("({ get a() { throw new Error('x'); } })")
            << QVariant(QVariantMap { { QStringLiteral("a"), QVariant() } });
    }

    void oddValues_areWhatTheyCanBe()
    {
        QFETCH(QByteArray, expression);
        QFETCH(QVariant, value);
        Runtime runtime(handler("exports.f = () => (" + expression + ");"));
        runtime.start();
        Heard heard;
        runtime.call(QStringLiteral("f"), {}, heard.listener());
        QCOMPARE(heard.error(), QString());
        QCOMPARE(heard.answer.value, value);
    }

    void errors_areTheAnswer_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("message");
        QTest::newRow("thrown") << QByteArray("exports.f = () => { throw new RangeError('no'); };")
                                << QStringLiteral("RangeError: no");
        QTest::newRow("rejected") << QByteArray(
            "exports.f = async () => { await null; throw new Error('late'); };")
                                  << QStringLiteral("Error: late");
        QTest::newRow("no error object")
            << QByteArray("exports.f = () => { throw 7; };") << QStringLiteral("Uncaught 7");
        QTest::newRow("not exported") << QByteArray(
            "exports.g = 1;") << QStringLiteral("TypeError: The script exports no function f");
        QTest::newRow("no function") << QByteArray(
            "exports.f = 1;") << QStringLiteral("TypeError: The script exports no function f");
        QTest::newRow("has itself in it")
            << QByteArray("const a = []; a.push(a); exports.f = () => a;")
            << QStringLiteral("The answer nests deeper than 64 levels");
        QTest::newRow("module fails")
            << QByteArray("throw new Error('at once');")
            << QStringLiteral("TypeError: The script exports no function f");
    }

    void errors_areTheAnswer()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, message);
        Runtime runtime(handler(source));
        runtime.start();
        QSignalSpy failed(&runtime, &Runtime::failed);
        Heard heard;
        runtime.call(QStringLiteral("f"), {}, heard.listener());
        QTRY_COMPARE(heard.count, 1);
        QCOMPARE(heard.error(), message);
        QCOMPARE(failed.count(), 0);
        QVERIFY(runtime.isRunning());
    }

    void error_hasItsPlace()
    {
        Runtime runtime(handler("exports.f = () => {\n  throw new Error('x');\n};"));
        runtime.start();
        Heard heard;
        runtime.call(QStringLiteral("f"), {}, heard.listener());
        QCOMPARE(heard.answer.error->file, QStringLiteral("/nowhere/test.js"));
        QCOMPARE(heard.answer.error->line, 2);
        QVERIFY(heard.answer.error->stack.contains(QStringLiteral("test.js:2")));
    }

    void promises_areAwaited()
    {
        Runtime runtime(handler("exports.f = (n) => new Promise((done) => setTimeout(done, n, n));"
                                "exports.g = (n) => ({ then(done) { done(n); } });"));
        runtime.start();
        Heard late, soon, thenable;
        runtime.call(QStringLiteral("f"), { 20 }, late.listener());
        runtime.call(QStringLiteral("f"), { 1 }, soon.listener());
        runtime.call(QStringLiteral("g"), { 3 }, thenable.listener());
        QCOMPARE(late.count + soon.count, 0);
        QTRY_COMPARE(late.count, 1);
        QCOMPARE(soon.count, 1);
        QCOMPARE(thenable.count, 1);
        QCOMPARE(late.answer.value, QVariant(20.0));
        QCOMPARE(soon.answer.value, QVariant(1.0));
        QCOMPARE(thenable.answer.value, QVariant(3.0));
    }

    void end_answersWhatWaits()
    {
        Runtime runtime(handler(
            "exports.f = () => new Promise(() => {}); exports.end = () => process.exit(3);"));
        runtime.start();
        Heard waiting, ending, after;
        runtime.call(QStringLiteral("f"), {}, waiting.listener());
        QCOMPARE(waiting.count, 0);
        runtime.call(QStringLiteral("end"), {}, ending.listener());
        QCOMPARE(waiting.count, 1);
        QCOMPARE(ending.count, 1);
        QCOMPARE(waiting.error(), QStringLiteral("The script has ended"));
        runtime.call(QStringLiteral("f"), {}, after.listener());
        QCOMPARE(after.error(), QStringLiteral("The script has ended"));
    }

    void beforeStart_isAnError()
    {
        Runtime runtime(handler("exports.f = () => 1;"));
        Heard heard;
        runtime.call(QStringLiteral("f"), {}, heard.listener());
        QCOMPARE(heard.error(), QStringLiteral("The script has ended"));
    }

    void destroyed_tellsNothing()
    {
        Heard heard;
        {
            Runtime runtime(handler("exports.f = () => new Promise(() => {});"));
            runtime.start();
            runtime.call(QStringLiteral("f"), {}, heard.listener());
        }
        QCOMPARE(heard.count, 0);
    }

    void destroyedInItsAnswer_isFine()
    {
        auto runtime
            = std::make_unique<Runtime>(handler("exports.f = () => 1; exports.g = async () => 2;"));
        runtime->start();
        runtime->call(QStringLiteral("f"), {}, [&](const Runtime::Answer &) { runtime.reset(); });
        QVERIFY(!runtime);
        runtime = std::make_unique<Runtime>(
            handler("exports.g = () => new Promise((done) => setTimeout(done, 1));"));
        runtime->start();
        runtime->call(QStringLiteral("g"), {},
            [&](const Runtime::Answer &) { runtime.release()->deleteLater(); });
        QTRY_VERIFY(!runtime);
    }

    void loop_isInterrupted()
    {
        Runtime runtime(handler("exports.f = () => { while (true) {} };"));
        runtime.start();
        std::unique_ptr<QThread> other(QThread::create([&runtime] {
            while (!QThread::currentThread()->isInterruptionRequested()) {
                QThread::msleep(20);
                runtime.interrupt();
            }
        }));
        other->start();
        QSignalSpy failed(&runtime, &Runtime::failed);
        Heard heard;
        runtime.call(QStringLiteral("f"), {}, heard.listener());
        other->requestInterruption();
        QVERIFY(other->wait(patience));
        QCOMPARE(heard.count, 1);
        QCOMPARE(heard.error(), QStringLiteral("Script execution was interrupted"));
        QCOMPARE(failed.count(), 1);
        QVERIFY(!runtime.isRunning());
    }
};

QTEST_GUILESS_MAIN(CallsTest)
#include "tst_calls.moc"
