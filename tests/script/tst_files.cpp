#include <script/runtime.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headrace;
using script::ProgramOptions;
using script::Runtime;

/// Where a program may write. Source: reference "File system"; `headrace run --allow-write`.
class FilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void write_belowTheFolder_isDone();
    void write_elsewhere_isRefused_data();
    void write_elsewhere_isRefused();
    void write_withoutAFolder_isRefused();
    void descriptor_ofTheProcess_isUnknown();

private:
    /// What a program prints that may write below \a folder; in it, `allowed` and `other` are two folders.
    QByteArray outputOf(const QByteArray &source, const QString &folder) const;

    QString allowed() const { return m_folder->filePath(QStringLiteral("allowed")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void FilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const QDir dir(m_folder->path());
    QVERIFY(dir.mkdir(QStringLiteral("allowed")) && dir.mkdir(QStringLiteral("other")));
    QFile file(dir.filePath(QStringLiteral("other/kept")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("kept") == 4);
    QVERIFY(QFile::link(
        dir.filePath(QStringLiteral("other")), dir.filePath(QStringLiteral("allowed/link"))));
    QVERIFY(QFile::link(dir.filePath(QStringLiteral("other/new")),
        dir.filePath(QStringLiteral("allowed/dangling"))));
}

QByteArray FilesTest::outputOf(const QByteArray &source, const QString &folder) const
{
    ProgramOptions options;
    options.file = m_folder->filePath(QStringLiteral("test.js"));
    options.source
        = "const fs = require('fs'); const root = __dirname, allowed = root + '/allowed', "
          "other = root + '/other'; const tried = (run) => { try { run(); console.log('done') } "
          "catch (e) { console.log(e.code, /--allow-write/.test(e.message)) } };"
        + source;
    options.writeDirectory = folder;
    Runtime runtime(options);
    QByteArray output;
    connect(&runtime, &Runtime::output, this,
        [&](Runtime::Channel, const QByteArray &octets) { output += octets; });
    QSignalSpy finished(&runtime, &Runtime::finished);
    runtime.start();
    if (runtime.isRunning())
        finished.wait();
    return output;
}

void FilesTest::write_belowTheFolder_isDone()
{
    QCOMPARE(outputOf("fs.mkdirSync(allowed + '/a/b', { recursive: true });"
                      "fs.writeFileSync(allowed + '/a/b/f', 'one'); fs.appendFileSync(allowed + "
                      "'/a/b/f', 'two');"
                      "fs.renameSync(allowed + '/a/b/f', allowed + '/g');"
                      "console.log(fs.readFileSync(allowed + '/g', 'utf8'));"
                      "const s = fs.createWriteStream(allowed + '/s'); s.end('three', () => {"
                      "console.log(fs.readFileSync(allowed + '/s', 'utf8'));"
                      "fs.rmSync(allowed + '/a', { recursive: true }); "
                      "console.log(fs.existsSync(allowed + '/a')) });",
                 allowed()),
        QByteArray("onetwo\nthree\nfalse\n"));
}

void FilesTest::write_elsewhere_isRefused_data()
{
    QTest::addColumn<QByteArray>("source");

    QTest::newRow("a new file") << QByteArray("fs.writeFileSync(other + '/new', 'x')");
    QTest::newRow("a file that is there") << QByteArray("fs.writeFileSync(other + '/kept', 'x')");
    QTest::newRow("by two dots") << QByteArray("fs.writeFileSync(allowed + '/../other/kept', 'x')");
    QTest::newRow("by a link to a folder")
        << QByteArray("fs.writeFileSync(allowed + '/link/kept', 'x')");
    QTest::newRow("by a link to nothing")
        << QByteArray("fs.writeFileSync(allowed + '/dangling', 'x')");
    QTest::newRow("a folder whose name begins alike") << QByteArray("fs.mkdirSync(allowed + 'x')");
    QTest::newRow("the folder itself") << QByteArray("fs.rmdirSync(allowed)");
    QTest::newRow("rename out") << QByteArray("fs.renameSync(allowed + '/link', other + '/link')");
    QTest::newRow("rename in") << QByteArray("fs.renameSync(other + '/kept', allowed + '/kept')");
    QTest::newRow("unlink") << QByteArray("fs.unlinkSync(other + '/kept')");
    QTest::newRow("truncate on open")
        << QByteArray("fs.openSync(other + '/kept', fs.constants.O_TRUNC)");
}

void FilesTest::write_elsewhere_isRefused()
{
    QFETCH(const QByteArray, source);
    QCOMPARE(outputOf("tried(() => " + source + ")", allowed()), QByteArray("EACCES true\n"));
    QFile kept(m_folder->filePath(QStringLiteral("other/kept")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("kept"));
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("other/new"))));
}

void FilesTest::write_withoutAFolder_isRefused()
{
    QCOMPARE(outputOf("tried(() => fs.writeFileSync(allowed + '/f', 'x'))", {}),
        QByteArray("EACCES true\n"));
}

void FilesTest::descriptor_ofTheProcess_isUnknown()
{
    QFile file(m_folder->filePath(QStringLiteral("other/kept")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(outputOf("tried(() => fs.readSync(" + QByteArray::number(file.handle())
                     + ", Buffer.alloc(4)))",
                 {}),
        QByteArray("EBADF false\n"));
}

QTEST_GUILESS_MAIN(FilesTest)

#include "tst_files.moc"
