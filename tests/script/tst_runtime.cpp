#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>
#include <script/runtime.h>

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>

using namespace headrace;
using script::ProgramOptions;
using script::Runtime;
using script::ScriptError;

namespace {

ProgramOptions programOf(const QByteArray &source)
{
    ProgramOptions options;
    options.file = QStringLiteral("/nowhere/test.js");
    options.source = source;
    return options;
}

/// What a program printed, and how it ended.
class Run
{
public:
    explicit Run(ProgramOptions options)
        : runtime(std::move(options))
        , finished(&runtime, &Runtime::finished)
        , failed(&runtime, &Runtime::failed)
        , listening(&runtime, &Runtime::serverListening)
    {
        QObject::connect(&runtime, &Runtime::output, &runtime,
            [this](Runtime::Channel channel, const QByteArray &octets) {
                (channel == Runtime::Channel::Error ? errors : output) += octets;
            });
    }

    explicit Run(const QByteArray &source)
        : Run(programOf(source))
    {
    }

    bool end()
    {
        runtime.start();
        return !runtime.isRunning() || finished.wait();
    }

    int exitCode() const { return finished.value(0).value(0).toInt(); }

    ScriptError error() const { return failed.value(0).value(0).value<ScriptError>(); }

    Runtime runtime;
    QSignalSpy finished;
    QSignalSpy failed;
    QSignalSpy listening;
    QByteArray output;
    QByteArray errors;
};

QByteArray answerTo(quint16 port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    QSignalSpy closed(&socket, &QTcpSocket::disconnected);
    QByteArray answer;
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
    socket.write(request);
    return closed.wait() ? answer : QByteArray("no end: ") + answer;
}

const QByteArray simpleRequest = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

} // namespace

class RuntimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void end_nothingPending_exitsWithCode();
    void ticks_jobsTimersAndImmediates_comeInNodesOrder();
    void exit_inTheMiddle_runsNothingMore();
    void uncaught_error_hasPlaceAndCode1();
    void uncaught_rejection_failsAsError();
    void syntaxError_hasItsLine();
    void checkSyntax_data();
    void checkSyntax();
    void require_files_areReadAndTold();
    void environment_isLaidOver();
    void server_answersAndTellsItsPort();
    void stop_whileServing_freesThePort();
    void interrupt_endlessLoop_isEndedAndTold();
    void interrupt_whenNothingRuns_hasNoEffect();
    void handle_exportedFunction_answers();
    void handle_throws_isToldInsideAndGoesOn();
    void twoRuntimes_inOneThread_shareNoGlobals();
    void memory_isToldWhileRunning();
    void promiseJobs_ofTwoRuntimes_keepTheirWorlds();
};

void RuntimeTest::end_nothingPending_exitsWithCode()
{
    Run run("process.on('exit', (code) => console.log('exit', code)); process.exitCode = 3;"
            "console.error('to stderr');");
    QVERIFY(run.end());
    QCOMPARE(run.output, QByteArray("exit 3\n"));
    QCOMPARE(run.errors, QByteArray("to stderr\n"));
    QCOMPARE(run.exitCode(), 3);
    QCOMPARE(run.failed.count(), 0);
}

void RuntimeTest::ticks_jobsTimersAndImmediates_comeInNodesOrder()
{
    Run run(R"(
        const order = [];
        setTimeout(() => {
            setImmediate(() => order.push('immediate'));
            setTimeout(() => { order.push('timer'); console.log(order.join(' ')); }, 0);
            Promise.resolve().then(() => { order.push('job'); process.nextTick(() => order.push('tick of job')); })
                .then(() => order.push('job 2'));
            process.nextTick(() => { order.push('tick'); Promise.resolve().then(() => order.push('job of tick')); });
            process.nextTick(() => order.push('tick 2'));
            queueMicrotask(() => order.push('microtask'));
            order.push('main');
        }, 1);
    )");
    QVERIFY(run.end());
    QCOMPARE(run.output,
        QByteArray(
            "main tick tick 2 job microtask job of tick job 2 tick of job immediate timer\n"));
}

void RuntimeTest::exit_inTheMiddle_runsNothingMore()
{
    Run run(
        "setTimeout(() => console.log('late'), 1); process.exit(7); console.log('not reached');");
    QVERIFY(run.end());
    QCOMPARE(run.output, QByteArray());
    QCOMPARE(run.exitCode(), 7);
    QCOMPARE(run.failed.count(), 0);
}

void RuntimeTest::uncaught_error_hasPlaceAndCode1()
{
    Run run(
        "\nfunction broken() {\n  throw new TypeError('no good');\n}\nsetTimeout(broken, 1);\n");
    QVERIFY(run.end());
    QCOMPARE(run.exitCode(), 1);
    QCOMPARE(run.error().message, QStringLiteral("TypeError: no good"));
    QCOMPARE(run.error().file, QStringLiteral("/nowhere/test.js"));
    QCOMPARE(run.error().line, 3);
    QVERIFY2(run.error().stack.contains(u"at broken (/nowhere/test.js:3:"),
        qPrintable(run.error().stack));
}

void RuntimeTest::uncaught_rejection_failsAsError()
{
    Run run("Promise.reject(new Error('unheard'));");
    QVERIFY(run.end());
    QCOMPARE(run.exitCode(), 1);
    QCOMPARE(run.error().message, QStringLiteral("Error: unheard"));
}

void RuntimeTest::syntaxError_hasItsLine()
{
    Run run("let a = 1;\nlet b = ;\n");
    QVERIFY(run.end());
    QCOMPARE(run.exitCode(), 1);
    QCOMPARE(run.error().line, 2);
    QVERIFY(run.error().message.startsWith(u"SyntaxError"));
}

void RuntimeTest::checkSyntax_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("line");
    QTest::newRow("good") << QByteArray("const http = require('http');\nreturn;\n") << 0;
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("hashbang") << QByteArray("#!/usr/bin/env node\nlet a;\n") << 0;
    QTest::newRow("bad on the first line") << QByteArray("let = ;") << 1;
    QTest::newRow("bad on the third") << QByteArray("let a;\n\na ++ b;\n") << 3;
}

void RuntimeTest::checkSyntax()
{
    QFETCH(QByteArray, source);
    QFETCH(int, line);
    const std::optional<ScriptError> error
        = Runtime::checkSyntax(source, QStringLiteral("/nowhere/a.js"));
    QCOMPARE(error.has_value(), line > 0);
    if (error) {
        QCOMPARE(error->line, line);
        QVERIFY(error->message.startsWith(u"SyntaxError"));
    }
}

void RuntimeTest::require_files_areReadAndTold()
{
    const QTemporaryDir folder;
    const auto put = [&](const char *name, const QByteArray &text) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    put("main.js",
        "console.log(require('./part').twice(require('./data').n), __filename === "
        "require.main.filename);");
    put("part.js", "exports.twice = (n) => 2 * n;");
    put("data.json", "{ \"n\": 21 }");
    ProgramOptions options;
    options.file = folder.filePath(QStringLiteral("main.js"));
    Run run(options);
    QSignalSpy loaded(&run.runtime, &Runtime::fileLoaded);
    QVERIFY(run.end());
    QCOMPARE(run.output, QByteArray("42 true\n"));
    QStringList names;
    for (const QList<QVariant> &arguments : loaded)
        names += QFileInfo(arguments.value(0).toString()).fileName();
    QCOMPARE(names,
        QStringList(
            { QStringLiteral("main.js"), QStringLiteral("part.js"), QStringLiteral("data.json") }));
}

void RuntimeTest::environment_isLaidOver()
{
    ProgramOptions options
        = programOf("console.log(process.env.PORT, process.argv.slice(2).join());");
    options.environment = { { QStringLiteral("PORT"), QStringLiteral("8088") } };
    options.arguments = { QStringLiteral("a"), QStringLiteral("b c") };
    Run run(options);
    QVERIFY(run.end());
    QCOMPARE(run.output, QByteArray("8088 a,b c\n"));
}

void RuntimeTest::server_answersAndTellsItsPort()
{
    Run run("require('http').createServer((req, res) => res.end('you said ' + req.url)).listen(0, "
            "'127.0.0.1');");
    run.runtime.start();
    QCOMPARE(run.listening.count(), 1);
    const QByteArray answer
        = answerTo(quint16(run.listening.value(0).value(0).toUInt()), simpleRequest);
    QVERIFY2(answer.endsWith("you said /x"), answer.constData());
    QVERIFY(run.runtime.isRunning());
}

void RuntimeTest::stop_whileServing_freesThePort()
{
    Run run("require('http').createServer((req, res) => {}).listen(0, '127.0.0.1');");
    run.runtime.start();
    const auto port = quint16(run.listening.value(0).value(0).toUInt());
    QTcpSocket open;
    open.connectToHost(QHostAddress::LocalHost, port);
    open.write(simpleRequest);
    QSignalSpy closed(&open, &QTcpSocket::disconnected);
    QTRY_COMPARE(open.state(), QAbstractSocket::ConnectedState);
    run.runtime.stop();
    QCOMPARE(run.finished.count(), 1);
    QVERIFY(!run.runtime.isRunning());
    QVERIFY(closed.count() == 1 || closed.wait());
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void RuntimeTest::interrupt_endlessLoop_isEndedAndTold()
{
    // It says so when it has run for a while: the engine has looked by then, and goes on looking.
    Run run("const end = Date.now() + 200; while (Date.now() < end); console.log('loops'); for "
            "(;;) {}");
    std::atomic<bool> loops = false;
    connect(&run.runtime, &Runtime::output, &run.runtime, [&loops] {
        loops = true;
        loops.notify_one();
    });
    const std::unique_ptr<QThread> helper(QThread::create([&run, &loops] {
        loops.wait(false);
        run.runtime.interrupt();
    }));
    helper->start();
    QVERIFY(run.end());
    QVERIFY(helper->wait());
    QCOMPARE(run.exitCode(), 1);
    QCOMPARE(run.error().message, QStringLiteral("Script execution was interrupted"));
}

void RuntimeTest::interrupt_whenNothingRuns_hasNoEffect()
{
    Run run("setTimeout(() => { const end = Date.now() + 150; while (Date.now() < end); "
            "console.log('done'); }, 20);");
    run.runtime.start();
    run.runtime.interrupt();
    QVERIFY(run.finished.wait());
    QCOMPARE(run.output, QByteArray("done\n"));
}

void RuntimeTest::handle_exportedFunction_answers()
{
    ProgramOptions options = programOf("module.exports = async (req, res) => { let body = ''; for "
                                       "await (const part of req) body += part;"
                                       "res.statusCode = 201; res.setHeader('X-From', 'script'); "
                                       "res.end(req.method + ' ' + body); };");
    options.isHandler = true;
    Run run(options);
    run.runtime.start();
    QVERIFY(run.runtime.isRunning());

    for (const bool ownResponses : { true, false }) {
        http::ServerOptions serverOptions;
        if (ownResponses)
            serverOptions.makeServerResponse = Runtime::responseFactory();
        http::Server server(serverOptions,
            [&](auto *request, auto *response) { QVERIFY(run.runtime.handle(request, response)); });
        QVERIFY(!server.listen(0, QHostAddress::LocalHost));
        const QByteArray answer = answerTo(server.serverPort(),
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody");
        QVERIFY2(
            answer.startsWith("HTTP/1.1 201 Created\r\nX-From: script\r\n"), answer.constData());
        QVERIFY2(answer.contains("\r\nContent-Length: 9\r\n"), answer.constData());
        QVERIFY2(answer.endsWith("\r\n\r\nPOST body"), answer.constData());
    }
}

void RuntimeTest::handle_throws_isToldInsideAndGoesOn()
{
    ProgramOptions options = programOf("let n = 0; module.exports = (req, res) => { if (n++ === 0) "
                                       "throw new Error('first'); res.end('ok'); };");
    options.isHandler = true;
    Run run(options);
    run.runtime.start();
    http::Server server([&](http::IncomingMessage *request, http::ServerResponse *response) {
        const qsizetype before = run.failed.count();
        QVERIFY(run.runtime.handle(request, response));
        if (run.failed.count() > before)
            response->end("failed");
    });
    QVERIFY(!server.listen(0, QHostAddress::LocalHost));
    QVERIFY(answerTo(server.serverPort(), simpleRequest).endsWith("failed"));
    QVERIFY(answerTo(server.serverPort(), simpleRequest).endsWith("ok"));
    QCOMPARE(run.error().message, QStringLiteral("Error: first"));
    QVERIFY(run.runtime.isRunning());
}

void RuntimeTest::twoRuntimes_inOneThread_shareNoGlobals()
{
    Run one("globalThis.mine = 1; setTimeout(() => console.log(typeof mine, typeof other), 5);");
    Run two("globalThis.other = 1; setTimeout(() => console.log(typeof mine, typeof other), 5);");
    one.runtime.start();
    two.runtime.start();
    QTRY_COMPARE(one.output, QByteArray("number undefined\n"));
    QTRY_COMPARE(two.output, QByteArray("undefined number\n"));
    QTRY_COMPARE(one.finished.count() + two.finished.count(), 2);
}

void RuntimeTest::memory_isToldWhileRunning()
{
    Run run("globalThis.much = Array.from({ length: 100000 }, (_, i) => ({ i })); setTimeout(() => "
            "{}, 20);");
    run.runtime.start();
    QVERIFY(run.runtime.memoryOctets() > 1'000'000);
    QVERIFY(run.finished.wait());
    QCOMPARE(run.runtime.memoryOctets(), 0);
}

void RuntimeTest::promiseJobs_ofTwoRuntimes_keepTheirWorlds()
{
    Run one("(async () => { await null; console.log('one'); })();");
    Run two("(async () => { await null; console.log('two'); })();");
    QVERIFY(one.end());
    QVERIFY(two.end());
    QCOMPARE(one.output, QByteArray("one\n"));
    QCOMPARE(two.output, QByteArray("two\n"));
}

QTEST_GUILESS_MAIN(RuntimeTest)
#include "tst_runtime.moc"
