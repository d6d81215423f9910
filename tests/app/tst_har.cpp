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
        QVERIFY(in.err.contains("line"));
        QCOMPARE(textsOf(path(QStringLiteral("e.headrace"))).size(), 9);
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
