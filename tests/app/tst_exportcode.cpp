#include "support/program.h"

#include <exchange/memorystore.h>
#include <store/exchangestore.h>

#include <QTemporaryDir>
#include <QTest>

#include <madetraffic.h>

using namespace headrace;

/// `headrace export --format` and the corners of `headrace send --curl`.
class ExportCodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        store::ExchangeStore store;
        QVERIFY(!store.open(m_folder.filePath(QStringLiteral("a.headrace"))));
        store::MadeTraffic traffic(5);
        for (int i = 0; i < 12; ++i)
            traffic.add(store);
    }

    void requests_areWritten_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("begin");
        const auto row = [](const char *format, const char *begin) {
            QTest::newRow(format) << QString::fromLatin1(format) << QByteArray(begin);
        };
        row("curl", "curl ");
        row("curl-cmd", "curl ");
        row("raw", " HTTP/1.");
        row("cpp", "#include <http/http.h>");
        row("js-fetch", "await fetch(");
        row("node", "require('node:http");
        row("python", "import requests");
    }

    void requests_areWritten()
    {
        QFETCH(const QString, format);
        QFETCH(const QByteArray, begin);
        const Outcome outcome = exported({ u"--format"_qs, format }, u"-"_qs);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.count(begin) >= 12, outcome.out.left(2000));
        const Outcome filed = exported({ u"--format"_qs, format }, m_folder.filePath(u"out"_qs));
        QCOMPARE(filed.exitCode, 0);
        QVERIFY(filed.out.startsWith("12 exchanges written"));
    }

    void format_unknown_isUsage()
    {
        const Outcome outcome = exported({ u"--format"_qs, u"cobol"_qs }, u"-"_qs);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.err.contains("there is no format cobol"));
    }

    void curlFile_broken_isOneLineWithItsPlace()
    {
        const Outcome outcome
            = run(Program::headrace(), { u"send"_qs, u"--curl"_qs, u"-"_qs }, {}, "curl h \\\n 'x");
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err, "headrace: -:2:2: The quote ' that begins here does not end.\n");
        QCOMPARE(outcome.out, "");
    }

    void curlFile_missing_isOneLine()
    {
        const Outcome outcome
            = run(Program::headrace(), { u"send"_qs, u"--curl"_qs, u"/no/file"_qs });
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.err.count('\n'), 1);
    }

    void curlFile_withUrl_isUsage()
    {
        QCOMPARE(
            run(Program::headrace(), { u"send"_qs, u"--curl"_qs, u"-"_qs, u"h"_qs }).exitCode, 2);
        QCOMPARE(
            run(Program::headrace(), { u"send"_qs, u"-k"_qs, u"--curl"_qs, u"-"_qs }).exitCode, 2);
    }

private:
    Outcome exported(const QStringList &options, const QString &to)
    {
        return run(Program::headrace(),
            QStringList { u"export"_qs } + options
                + QStringList { m_folder.filePath(u"a.headrace"_qs), to });
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ExportCodeTest)
#include "tst_exportcode.moc"
