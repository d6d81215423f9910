#include "support/program.h"

#include <exchange/memorystore.h>
#include <store/exchangestore.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <madetraffic.h>

using namespace headrace;

/// `headrace export` and `headrace import`.
class HarTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    static QStringList textsOf(const QString &path)
    {
        store::ExchangeStore store;
        if (store.open(path))
            qFatal("cannot open a session");
        QStringList texts;
        for (const exchange::ExchangeId id : store.ids())
            texts += store::textOf(*store.exchange(id));
        return texts;
    }

    void make(const QString &name, int count) const
    {
        store::ExchangeStore store;
        if (store.open(path(name)))
            qFatal("cannot make a session");
        store::MadeTraffic traffic(9);
        for (int i = 0; i < count; ++i) {
            const exchange::ExchangeId id = traffic.add(store);
            if (i % 7 == 0) {
                store.setNote({ id }, QStringLiteral("note %1").arg(i));
                store.setMark({ id }, exchange::Mark::Green);
            }
        }
    }

private Q_SLOTS:

    void session_outAndIn_isTheSame()
    {
        make(QStringLiteral("a.headrace"), 80);
        const Outcome out = run(Program::headrace(),
            { QStringLiteral("export"), path(QStringLiteral("a.headrace")),
                path(QStringLiteral("a.har")) });
        QCOMPARE(out.exitCode, 0);
        QVERIFY(out.out.contains("80 exchanges"));
        const Outcome in = run(Program::headrace(),
            { QStringLiteral("import"), path(QStringLiteral("a.har")),
                path(QStringLiteral("b.headrace")) });
        QCOMPARE(in.exitCode, 0);
        QCOMPARE(in.err, QByteArray());
        QCOMPARE(textsOf(path(QStringLiteral("b.headrace"))),
            textsOf(path(QStringLiteral("a.headrace"))));
    }

    void filter_choosesWhatIsWritten()
    {
        make(QStringLiteral("c.headrace"), 80);
        const Outcome out = run(Program::headrace(),
            { QStringLiteral("export"), QStringLiteral("--filter"), QStringLiteral("note:*"),
                path(QStringLiteral("c.headrace")), path(QStringLiteral("c.har")) });
        QCOMPARE(out.exitCode, 0);
        QVERIFY(out.out.contains("12 exchanges"));
    }

    void brokenFile_keepsWhatWasRead_andSaysWhere()
    {
        make(QStringLiteral("d.headrace"), 10);
        const Outcome out = run(Program::headrace(),
            { QStringLiteral("export"), path(QStringLiteral("d.headrace")),
                path(QStringLiteral("d.har")) });
        QCOMPARE(out.exitCode, 0);
        QFile file(path(QStringLiteral("d.har")));
        QVERIFY(file.resize(file.size() - 100));
        const Outcome in = run(Program::headrace(),
            { QStringLiteral("import"), file.fileName(), path(QStringLiteral("e.headrace")) });
        QCOMPARE(in.exitCode, 1);
        QVERIFY(in.err.contains("entry 10, line 11, column "));
        QVERIFY(in.err.contains("ends in the middle"));
        QVERIFY(in.out.contains("9 exchanges"));
        QCOMPARE(textsOf(path(QStringLiteral("e.headrace"))).size(), 9);
    }

    void fileThatIsNone_makesNoSession()
    {
        QFile file(path(QStringLiteral("none.har")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"a\":1}");
        file.close();
        const QString session = path(QStringLiteral("none.headrace"));
        const Outcome in
            = run(Program::headrace(), { QStringLiteral("import"), file.fileName(), session });
        QCOMPARE(in.exitCode, 1);
        QVERIFY(in.err.contains("no HAR"));
        QCOMPARE(in.out, QByteArray());
        QCOMPARE(
            QDir(m_folder.path()).entryList({ QStringLiteral("none.headrace*") }), QStringList());
        // One that was there stays.
        make(QStringLiteral("none.headrace"), 2);
        QCOMPARE(run(Program::headrace(), { QStringLiteral("import"), file.fileName(), session })
                     .exitCode,
            1);
        QCOMPARE(textsOf(session).size(), 2);
    }

    void standardStreams_areFilesToo()
    {
        make(QStringLiteral("g.headrace"), 30);
        const Outcome out = run(Program::headrace(),
            { QStringLiteral("export"), path(QStringLiteral("g.headrace")), QStringLiteral("-") });
        QCOMPARE(out.exitCode, 0);
        QCOMPARE(out.err, QByteArray());
        QVERIFY(out.out.startsWith("{\"log\""));
        const Outcome in = run(Program::headrace(),
            { QStringLiteral("import"), QStringLiteral("-"), path(QStringLiteral("h.headrace")) },
            {}, out.out);
        QCOMPARE(in.exitCode, 0);
        QCOMPARE(textsOf(path(QStringLiteral("h.headrace"))),
            textsOf(path(QStringLiteral("g.headrace"))));
        const Outcome cut = run(Program::headrace(),
            { QStringLiteral("import"), QStringLiteral("-"), path(QStringLiteral("i.headrace")) },
            {}, out.out.chopped(50));
        QCOMPARE(cut.exitCode, 1);
        QCOMPARE(textsOf(path(QStringLiteral("i.headrace"))).size(), 29);
    }

    void import_goesBehindWhatIsThere_withOtherConnections()
    {
        make(QStringLiteral("j.headrace"), 5);
        const QStringList arguments { QStringLiteral("export"), path(QStringLiteral("j.headrace")),
            path(QStringLiteral("j.har")) };
        QCOMPARE(run(Program::headrace(), arguments).exitCode, 0);
        const Outcome in = run(Program::headrace(),
            { QStringLiteral("import"), path(QStringLiteral("j.har")),
                path(QStringLiteral("j.headrace")) });
        QCOMPARE(in.exitCode, 0);
        store::ExchangeStore store;
        QVERIFY(!store.open(path(QStringLiteral("j.headrace"))));
        const QList<exchange::Summary> rows = store.summaries(store.ids());
        QCOMPARE(rows.size(), 10);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(rows.at(i + 5).target, rows.at(i).target);
            for (int k = 0; k < 5; ++k)
                QVERIFY(rows.at(i).connection == 0
                    || rows.at(i).connection != rows.at(k + 5).connection);
        }
    }

    void export_failed_leavesTheFileThatWasThere()
    {
        QFile file(path(QStringLiteral("k.har")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("old");
        file.close();
        const Outcome none = run(Program::headrace(),
            { QStringLiteral("export"), file.fileName(), path(QStringLiteral("l.har")) });
        QCOMPARE(none.exitCode, 1);
        QVERIFY(!QFile::exists(path(QStringLiteral("l.har"))));
        make(QStringLiteral("k.headrace"), 3);
        const QString session = path(QStringLiteral("k.headrace"));
        QCOMPARE(
            run(Program::headrace(), { QStringLiteral("export"), session, session }).exitCode, 2);
        QCOMPARE(textsOf(session).size(), 3);
        QCOMPARE(
            run(Program::headrace(),
                { QStringLiteral("export"), session, path(QStringLiteral("no/such/folder/k.har")) })
                .exitCode,
            1);
        QCOMPARE(run(Program::headrace(), { QStringLiteral("export"), session, file.fileName() })
                     .exitCode,
            0);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("{\"log\""));
    }

    void wrongArguments_areSaid()
    {
        for (const QStringList &arguments : { QStringList { QStringLiteral("export") },
                 QStringList { QStringLiteral("export"), QStringLiteral("--filter"),
                     QStringLiteral("status>="), QStringLiteral("a"), QStringLiteral("b") },
                 QStringList { QStringLiteral("import"), QStringLiteral("--what"),
                     QStringLiteral("a"), QStringLiteral("b") } }) {
            const Outcome program = run(Program::headrace(), arguments);
            QCOMPARE(program.exitCode, 2);
            QCOMPARE(program.err.count('\n'), 1);
        }
        const Outcome missing = run(Program::headrace(),
            { QStringLiteral("import"), QStringLiteral("/no/such.har"),
                path(QStringLiteral("f.headrace")) });
        QCOMPARE(missing.exitCode, 1);
        QVERIFY(!QFile::exists(path(QStringLiteral("f.headrace"))));
    }
};

QTEST_GUILESS_MAIN(HarTest)
#include "tst_har.moc"
