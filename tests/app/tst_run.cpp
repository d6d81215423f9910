#include "support/program.h"

#include <QTemporaryDir>

/// `headrace run` as a program: arguments, exit codes, what ends it.
class RunTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QByteArray &script)
    {
        QFile file(m_folder.filePath(u"script.js"_qs));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(script);
        return file.fileName();
    }

private Q_SLOTS:

    void exitCode_isTheProgramsOwn_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("ends") << QByteArray() << 0;
        QTest::newRow("exit(3)") << QByteArray("process.exit(3)") << 3;
        QTest::newRow("exitCode") << QByteArray("process.exitCode = 4") << 4;
        QTest::newRow("'exit' has the last word")
            << QByteArray("process.on('exit', () => { process.exitCode = 5; })") << 5;
        QTest::newRow("throws") << QByteArray("throw new Error('x')") << 1;
        QTest::newRow("throws later")
            << QByteArray("setImmediate(() => { throw new Error('x'); })") << 1;
        QTest::newRow("rejects") << QByteArray("Promise.reject(new Error('x'))") << 1;
        QTest::newRow("is no JavaScript") << QByteArray("let = = 1") << 1;
    }

    void exitCode_isTheProgramsOwn()
    {
        QFETCH(QByteArray, script);
        QFETCH(int, exitCode);
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, write(script) });
        QCOMPARE(outcome.exitCode, exitCode);
        QCOMPARE(outcome.out, "");
        QCOMPARE(outcome.err.isEmpty(), exitCode != 1);
    }

    void uncaughtError_isReportedWithItsPlace()
    {
        const QString file = write("console.log('before');\n\nnull.x;\n");
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.out, "before\n");
        QVERIFY2(outcome.err.startsWith(file.toUtf8() + ":3\nnull.x;\n"), outcome.err);
        QVERIFY2(outcome.err.contains("TypeError: "), outcome.err);
    }

    void arguments_afterTheScript_areItsOwn()
    {
        const QString file = write("console.log(JSON.stringify(process.argv.slice(2)))");
        const Outcome outcome = run(Program::headrace(),
            { u"run"_qs, u"--allow-write"_qs, m_folder.path(), file, u"--allow-write"_qs, u"-h"_qs,
                u"two words"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, "[\"--allow-write\",\"-h\",\"two words\"]\n");
    }

    void missingFile_isOneLine()
    {
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, u"/no/such.js"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err, "headrace: /no/such.js: no such file\n");
    }

    void usage_isOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no file") << QStringList();
        QTest::newRow("option") << QStringList { u"--nope"_qs, u"a.js"_qs };
        QTest::newRow("no folder") << QStringList { u"--allow-write"_qs };
        QTest::newRow("a folder that is none")
            << QStringList { u"--allow-write"_qs, u"/no/such"_qs, u"a.js"_qs };
        QTest::newRow("folder, no file") << QStringList { u"--allow-write"_qs, u"/tmp"_qs };
    }

    void usage_isOneLine()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(Program::headrace(), QStringList { u"run"_qs } + arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(
            outcome.err.startsWith("headrace: run: ") && outcome.err.count('\n') == 1, outcome.err);
    }

    void output_intoAPipeThatIsSlow_isWhole()
    {
        const QString file = write("for (let i = 0; i < 100000; i++) console.log('line ' + i);");
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out.count('\n'), 100000);
        QVERIFY(outcome.out.endsWith("\nline 99999\n"));
    }

    void terminate_endsIt()
    {
        const QString file = write("setInterval(() => {}, 1000); console.log('up');");
        Program program(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(program.waitForLine(u"^(up)$"_qs), u"up"_qs);
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), -1); // by the signal, as the shell expects it
    }

    void signal_thatIsListenedTo_isTold()
    {
        const QString file = write("process.on('SIGTERM', (name, number) => {"
                                   "  console.log(name, number); process.exit(7); });"
                                   "setInterval(() => {}, 1000); console.log('up');");
        Program program(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(program.waitForLine(u"^(up)$"_qs), u"up"_qs);
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 7);
        QVERIFY(program.out().endsWith("SIGTERM 15\n"));
    }

    void kill_ofItself_reachesIt()
    {
        const QString file
            = write("process.once('SIGUSR2', () => console.log('heard'));"
                    "process.kill(process.pid, 'SIGUSR2'); setTimeout(() => {}, 100);");
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(outcome.out, "heard\n");
        QCOMPARE(outcome.exitCode, 0);
    }

    /// Source: reference https.createServer(), https.Agent.
    void https_serverAndClient_talk()
    {
        const Outcome made = run(Program::tool(u"openssl"_qs),
            { u"req"_qs, u"-x509"_qs, u"-newkey"_qs, u"ec"_qs, u"-pkeyopt"_qs,
                u"ec_paramgen_curve:prime256v1"_qs, u"-nodes"_qs, u"-keyout"_qs,
                m_folder.filePath(u"key.pem"_qs), u"-out"_qs, m_folder.filePath(u"cert.pem"_qs),
                u"-days"_qs, u"2"_qs, u"-subj"_qs, u"/CN=localhost"_qs, u"-addext"_qs,
                u"subjectAltName=DNS:localhost,IP:127.0.0.1"_qs });
        QCOMPARE(made.exitCode, 0);
        const QString file = write(R"(
            const https = require('https');
            const { readFileSync } = require('fs');
            const read = (name) => readFileSync(`${__dirname}/${name}.pem`);
            const server = https.createServer({ key: read('key'), cert: read('cert') }, (req, res) => {
              res.end(`${req.url} ${req.socket.encrypted}`);
            });
            class Agent extends https.Agent {
              createConnection(options, callback) {
                console.log('connection to', options.servername);
                return super.createConnection(options, callback);
              }
            }
            const get = (options) => new Promise((done) => {
              https.get({ port: server.address().port, ...options }, async (res) => {
                const { authorized } = res.socket;
                let body = '';
                for await (const piece of res) body += piece;
                console.log(res.statusCode, authorized, body);
                done();
              }).on('error', (error) => {
                console.log(error.code);
                done();
              });
            });
            server.listen(0, '127.0.0.1', async () => {
              await get({ path: '/any', rejectUnauthorized: false });
              await get({ path: '/trusted', ca: read('cert') });
              await get({ path: '/strict' });
              await get({ path: '/agent', agent: new Agent({ ca: read('cert') }) });
              server.close();
            });
        )");
        const Outcome outcome = run(Program::headrace(), { u"run"_qs, file });
        QCOMPARE(outcome.err, QByteArray());
        QCOMPARE(outcome.out,
            "200 false /any true\n200 true /trusted true\nDEPTH_ZERO_SELF_SIGNED_CERT\n"
            "connection to localhost\n200 true /agent true\n");
    }
};

QTEST_GUILESS_MAIN(RunTest)
#include "tst_run.moc"
