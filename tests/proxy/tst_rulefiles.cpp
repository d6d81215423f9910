#include "faketransit.h"

#include <proxy/rulebook.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;

/// Rules that answer from the disk.
class RuleFilesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &content)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static TransitMessage ask(
        const QString &place, const QByteArray &target, QString *summary = nullptr)
    {
        Rule rule;
        rule.id = rule.name = QStringLiteral("r");
        rule.action = MapLocal { place };
        RuleBook book;
        book.setRules({ rule });
        FakeTransit transit(target, { { "Host", "api.test" } }, {}, "GET");
        transit.pass(book, Direction::Request);
        if (summary)
            *summary = transit.summaries().join(u'|');
        return transit.answered.value_or(TransitMessage());
    }

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        write(QStringLiteral("site/index.html"), "<p>start</p>");
        write(QStringLiteral("site/a.json"), "{}");
        write(QStringLiteral("site/style.css"), "p{}");
        write(QStringLiteral("site/script.js"), "1");
        write(QStringLiteral("site/latin.txt"), "caf\xe9");
        write(QStringLiteral("site/with blank.txt"), "blank");
        write(QStringLiteral("site/caf\u00e9.txt"), "cafe");
        write(QStringLiteral("site/100%25.txt"), "percent");
        write(QStringLiteral("site/sub/index.html"), "<p>sub</p>");
        write(QStringLiteral("site/empty/.keep"), "");
        write(QStringLiteral("site/..hidden"), "dots");
        write(QStringLiteral("secret.txt"), "secret");
        write(QStringLiteral("site-secret/x.txt"), "secret");
        QVERIFY(
            QFile::link(path(QStringLiteral("secret.txt")), path(QStringLiteral("site/link.txt"))));
        QVERIFY(
            QFile::link(path(QStringLiteral("site-secret")), path(QStringLiteral("site/linked"))));
        QVERIFY(QFile::link(
            path(QStringLiteral("site/a.json")), path(QStringLiteral("site/inner.json"))));
    }

    void folder_answersTheFileOfThePath_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("type");
        const auto row = [](const char *title, const QByteArray &target, const char *content,
                             const char *type) {
            QTest::newRow(title) << target << 200 << QByteArray(content) << QByteArray(type);
        };
        const auto missing = [](const char *title, const QByteArray &target) {
            QTest::newRow(title) << target << 404 << QByteArray()
                                 << QByteArray("text/plain; charset=utf-8");
        };
        row("root", "/", "<p>start</p>", "text/html; charset=utf-8");
        row("root with query", "/?a=/../b", "<p>start</p>", "text/html; charset=utf-8");
        row("file", "/a.json?x", "{}", "application/json");
        row("absolute-form", "http://api.test/a.json", "{}", "application/json");
        row("absolute-form without path", "http://api.test", "<p>start</p>",
            "text/html; charset=utf-8");
        row("style", "/style.css", "p{}", "text/css; charset=utf-8");
        row("script", "/script.js", "1", "application/javascript; charset=utf-8");
        row("not UTF-8", "/latin.txt", "caf\xe9", "text/plain");
        row("encoded blank", "/with%20blank.txt", "blank", "text/plain; charset=utf-8");
        row("encoded letters", "/caf%C3%A9.txt", "cafe", "text/plain; charset=utf-8");
        row("percent in a name", "/100%2525.txt", "percent", "text/plain; charset=utf-8");
        row("folder", "/sub", "<p>sub</p>", "text/html; charset=utf-8");
        row("folder with slash", "/sub/", "<p>sub</p>", "text/html; charset=utf-8");
        row("double slash", "//a.json", "{}", "application/json");
        row("name that begins with dots", "/..hidden", "dots", "text/plain; charset=utf-8");
        row("link that stays inside", "/inner.json", "{}", "application/json");
        missing("no file", "/none.txt");
        missing("folder without index", "/empty/");
        missing("file with slash", "/a.json/");
        missing("below a file", "/a.json/b");
        missing("up", "/../secret.txt");
        missing("up from below", "/sub/../../secret.txt");
        missing("up and down again", "/../site/a.json");
        missing("encoded up", "/%2e%2e/secret.txt");
        missing("half encoded up", "/.%2E/secret.txt");
        missing("encoded slash", "/..%2fsecret.txt");
        missing("doubly encoded up", "/%252e%252e/secret.txt");
        missing("up at the end", "/sub/..");
        missing("folder of like name", "/../site-secret/x.txt");
        missing("NUL", "/a.json%00.txt");
        missing("NUL in the target", QByteArray("/a.json\0", 8));
        missing("link to the outside", "/link.txt");
        missing("folder linked to the outside", "/linked/x.txt");
        missing("absolute path", "//etc/passwd");
        missing("octets that are no text", "/%ff%fe");
    }

    void folder_answersTheFileOfThePath()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, type);
        QString summary;
        const TransitMessage answer = ask(path(QStringLiteral("site")), target, &summary);
        QCOMPARE(answer.head.statusCode(), status);
        QCOMPARE(answer.head.first("Content-Type").value_or("none"), type);
        if (status == 200) {
            QCOMPARE(answer.body, content);
            QVERIFY2(summary.startsWith(
                         QStringLiteral("r: answered from ") + path(QStringLiteral("site"))),
                qPrintable(summary));
        } else {
            QVERIFY2(answer.body.startsWith("There is no file for "), answer.body.constData());
            QVERIFY(!answer.body.contains("secret\n"));
            QVERIFY2(summary.startsWith(QStringLiteral("r: answered 404 in place of a file of ")),
                qPrintable(summary));
        }
    }

    void file_isTheAnswerForAnyPath()
    {
        const QString file = path(QStringLiteral("site/a.json"));
        QCOMPARE(ask(file, "/any/../path").body, QByteArray("{}"));
        QCOMPARE(ask(path(QStringLiteral("gone.json")), "/").head.statusCode(), 404);
    }

    void fileThatIsRead_isAnsweredAsItIsNow()
    {
        write(QStringLiteral("live.txt"), "one");
        QCOMPARE(ask(path(QStringLiteral("live.txt")), "/").body, QByteArray("one"));
        write(QStringLiteral("live.txt"), "two");
        QCOMPARE(ask(path(QStringLiteral("live.txt")), "/").body, QByteArray("two"));
    }

    void noRegularFile_isNotWaitedFor()
    {
#ifdef Q_OS_UNIX
        const QString pipe = path(QStringLiteral("pipe"));
        QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QCOMPARE(ask(pipe, "/x").head.statusCode(), 500);
        QCOMPARE(ask(m_folder.path(), "/pipe").head.statusCode(), 500);
#endif
    }

    void targetWithoutPath_isLeftAlone()
    {
        const TransitMessage answer = ask(path(QStringLiteral("site")), "*");
        QCOMPARE(answer, TransitMessage());
    }
};

QTEST_GUILESS_MAIN(RuleFilesTest)
#include "tst_rulefiles.moc"
