#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

class ServeTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QByteArray &json)
    {
        QFile file(m_folder.filePath(u"mock.json"_qs));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(json);
        return file.fileName();
    }

private Q_SLOTS:

    void serves_andSaysWhat()
    {
        const QString file = write(R"({ "routes": [ { "path": "/a/:id", "body": "hello" } ] })");
        Program program(Program::headrace(), { u"serve"_qs, u"--port"_qs, u"0"_qs, file });
        const QString address
            = program.waitForLine(u"^listening on (http://127\\.0\\.0\\.1:\\d+)$"_qs);
        QVERIFY2(!address.isEmpty(), program.err());
        const Outcome outcome = run(Program::headrace(), { u"send"_qs, address + u"/a/1?x"_qs });
        QVERIFY(outcome.out.endsWith("\r\n\r\nhello"));
        QVERIFY2(
            !program
                 .waitForLine(
                     u"^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  GET /a/1\\?x  200  5 B  [0-9.]+ ms)$"_qs)
                 .isEmpty(),
            program.out());
        run(Program::headrace(), { u"send"_qs, u"-X"_qs, u"PUT"_qs, address + u"/b"_qs });
        QVERIFY2(!program.waitForLine(u"  (PUT /b  404  )"_qs).isEmpty(), program.out());
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.err(), "");
    }

    void script_isTheServer_onThePortGiven()
    {
        QFile file(m_folder.filePath(u"server.js"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("require('http').createServer((req, res) => { res.end('scripted'); })\n"
                   "  .listen(process.env.PORT, () => console.log('ready'));\n");
        file.close();
        Program program(
            Program::headrace(), { u"serve"_qs, u"--port"_qs, u"0"_qs, file.fileName() });
        const QString address
            = program.waitForLine(u"^listening on (http://127\\.0\\.0\\.1:\\d+)$"_qs);
        QVERIFY2(!address.isEmpty(), program.err());
        QVERIFY(!program.waitForLine(u"^(ready)$"_qs).isEmpty());
        const Outcome outcome = run(Program::headrace(), { u"send"_qs, address + u"/a"_qs });
        QVERIFY2(outcome.out.endsWith("\r\n\r\nscripted"), outcome.out);
        QVERIFY(!program.waitForLine(u"  (GET /a  200  8 B  )"_qs).isEmpty());
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 0);
    }

    void script_thatFails_isToldAndEndsWith1()
    {
        QFile file(m_folder.filePath(u"broken.js"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\nthrow new Error('no luck');\n");
        file.close();
        const Outcome outcome = run(Program::headrace(), { u"serve"_qs, file.fileName() });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.contains("Error: no luck"), outcome.err);
        QVERIFY2(outcome.err.contains("broken.js:2:"), outcome.err);
    }

    void stop_withAnOpenConnection_isOrderly()
    {
        const QString file = write(R"({ "routes": [ { "path": "/", "delay": 600000 } ] })");
        Program program(Program::headrace(), { u"serve"_qs, file });
        const QString port = program.waitForLine(u":(\\d+)$"_qs);
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port.toUShort());
        socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 0);
    }

    void brokenFile_everyProblemHasItsLine()
    {
        const QString file
            = write("{ \"routes\": [\n  { \"path\": \"x\" },\n  { \"stauts\": 200 } ] }");
        const Outcome outcome = run(Program::headrace(), { u"serve"_qs, file });
        QCOMPARE(outcome.exitCode, 1);
        const QList<QByteArray> lines = outcome.err.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], "headrace: " + file.toUtf8() + ":2: Start the path with a slash.");
        QVERIFY2(
            lines[1].startsWith("headrace: " + file.toUtf8() + ":3: \"stauts\" is not known here"),
            lines[1]);
    }

    void missingFile_isOneLine()
    {
        const Outcome outcome = run(Program::headrace(), { u"serve"_qs, u"/no/such.json"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err, "headrace: /no/such.json: No such file or directory\n");
    }

    void portInUse_isOneLine()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const QString file = write(R"({ "routes": [] })");
        const Outcome outcome = run(Program::headrace(),
            { u"serve"_qs, u"--port"_qs, QString::number(other.serverPort()), file });
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.contains("EADDRINUSE") && outcome.err.count('\n') == 1, outcome.err);
        QCOMPARE(outcome.out, "");
    }

    void usage_isOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no file") << QStringList();
        QTest::newRow("two files") << QStringList { u"a"_qs, u"b"_qs };
        QTest::newRow("option") << QStringList { u"--prot"_qs, u"1"_qs, u"a"_qs };
        QTest::newRow("port") << QStringList { u"--port"_qs, u"65536"_qs, u"a"_qs };
        QTest::newRow("no port") << QStringList { u"a"_qs, u"--port"_qs };
    }

    void usage_isOneLine()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(Program::headrace(), QStringList { u"serve"_qs } + arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.startsWith("headrace: serve: ") && outcome.err.count('\n') == 1,
            outcome.err);
    }
};

QTEST_GUILESS_MAIN(ServeTest)
#include "tst_serve.moc"
