#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

/// `headrace exec` as a program: the command's environment, its exit status, its streams, and what is recorded.
class ExecTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString &name) const { return m_folder->filePath(name); }

    Outcome exec(const QStringList &arguments)
    {
        return run(Program::headrace(), QStringList { u"exec"_qs } + arguments);
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("HEADRACE_CA_DIR", QFile::encodeName(path(u"ca"_qs)));
        for (const char *name : { "http_proxy", "https_proxy", "all_proxy", "no_proxy" })
            qunsetenv(name);
    }

    void exitCode_isTheCommands_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("ends") << QStringList { u"true"_qs } << 0;
        QTest::newRow("behind --")
            << QStringList { u"--"_qs, u"sh"_qs, u"-c"_qs, u"exit 7"_qs } << 7;
        QTest::newRow("ended by a signal")
            << QStringList { u"sh"_qs, u"-c"_qs, u"kill -TERM $$"_qs } << 143;
        QTest::newRow("no such command") << QStringList { u"no-such-command"_qs } << 127;
        QTest::newRow("no such path") << QStringList { u"/no/such/command"_qs } << 127;
        QTest::newRow("no program") << QStringList { u"/etc/passwd"_qs } << 126;
    }

    void exitCode_isTheCommands()
    {
        QFETCH(QStringList, command);
        QFETCH(int, exitCode);
        const Outcome outcome = exec(command);
        QCOMPARE(outcome.exitCode, exitCode);
        QCOMPARE(outcome.out, "");
        const bool isOurs = exitCode == 126 || exitCode == 127;
        QCOMPARE(outcome.err.count('\n'), isOurs ? 1 : 0);
    }

    void usage_isOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no command") << QStringList();
        QTest::newRow("nothing behind --") << QStringList { u"-v"_qs, u"--"_qs };
        QTest::newRow("unknown option") << QStringList { u"--nope"_qs, u"true"_qs };
        QTest::newRow("option of the proxy alone")
            << QStringList { u"--reverse"_qs, u"http://a.test"_qs, u"true"_qs };
        QTest::newRow("port") << QStringList { u"--port"_qs, u"x"_qs, u"true"_qs };
        QTest::newRow("filter") << QStringList { u"--filter"_qs, u"(a"_qs, u"true"_qs };
    }

    void usage_isOneLine()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = exec(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.err.count('\n'), 1);
    }

    void arguments_ofTheCommand_areItsOwn()
    {
        const Outcome outcome
            = exec({ u"printf"_qs, u"%s|"_qs, u"-v"_qs, u"--help"_qs, u"two words"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, "-v|--help|two words|");
    }

    void streams_areTheCommands()
    {
        Program program(
            Program::headrace(), { u"exec"_qs, u"sh"_qs, u"-c"_qs, u"cat; echo said >&2"_qs });
        program.giveInput("given");
        QVERIFY(program.wait());
        QCOMPARE(program.out(), "given");
        QCOMPARE(program.err(), "said\n");
    }

    void curl_comesThrough_andIsTold()
    {
        const RawServer server(
            RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        const QString url = server.url(u"/told"_qs);
        const Outcome outcome = exec({ u"-v"_qs, u"--"_qs, u"curl"_qs, u"-sS"_qs, url });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, "ok");
        QVERIFY2(outcome.err.contains("GET " + url.toUtf8() + "  200  2 B"), outcome.err);
        QCOMPARE(outcome.err.count('\n'), 1);
    }

    void filter_leavesOthersUntold()
    {
        const RawServer server(
            RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        const QString url = server.url(u"/told"_qs);
        const Outcome outcome = exec(
            { u"-v"_qs, u"--filter"_qs, u"status:404"_qs, u"--"_qs, u"curl"_qs, u"-sS"_qs, url });
        QCOMPARE(outcome.out, "ok");
        QCOMPARE(outcome.err, "");
    }

    void record_newFile_hasTheExchange()
    {
        const RawServer server(
            RawServer::to("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        const QString url = server.url(u"/kept"_qs);
        const QString file = path(u"a.headrace"_qs);
        QCOMPARE(exec({ u"--record"_qs, file, u"curl"_qs, u"-sS"_qs, url }).out, QByteArray("ok"));
        const Outcome har = run(Program::headrace(), { u"export"_qs, file, u"-"_qs });
        QCOMPARE(har.exitCode, 0);
        QVERIFY2(har.out.contains("/kept"), har.out);
    }

    void record_folderMissing_isOneLine()
    {
        const Outcome outcome
            = exec({ u"--record"_qs, path(u"no/such/a.headrace"_qs), u"true"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err.count('\n'), 1);
    }

    void terminate_reachesTheCommand()
    {
        Program program(Program::headrace(),
            { u"exec"_qs, u"sh"_qs, u"-c"_qs,
                u"trap 'echo heard; exit 9' TERM; echo up; while :; do sleep 0.05; done"_qs });
        QCOMPARE(program.waitForLine(u"^(up)$"_qs), u"up"_qs);
        program.terminate();
        QVERIFY(program.wait());
        QCOMPARE(program.exitCode(), 9);
        QVERIFY(program.out().endsWith("heard\n"));
    }

    void environment_namesProxyAndFiles()
    {
        const Outcome outcome = exec({ u"sh"_qs, u"-c"_qs,
            u"echo $https_proxy; test -r \"$SSL_CERT_FILE\" && test -r \"$NODE_EXTRA_CA_CERTS\" "
            "&& echo trusted; echo \"[$NO_PROXY]\""_qs });
        const QByteArrayList lines = outcome.out.split('\n');
        QVERIFY2(lines.at(0).startsWith("http://127.0.0.1:"), outcome.out);
        QCOMPARE(lines.at(1), "trusted");
        QCOMPARE(lines.at(2), "[]");
    }
};

QTEST_GUILESS_MAIN(ExecTest)

#include "tst_exec.moc"
