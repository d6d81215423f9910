#include "samples.h"

#include <traffic/curlcommand.h>

#include <QProcess>
#include <QTest>

using namespace headrace;
using ui::curlCommand;
using ui::samples::Sample;

class CurlCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void word_quoted_isOneWordToTheShell_data();
    void word_quoted_isOneWordToTheShell();
    void command_ofGet_keepsOrderCaseAndDuplicates();
    void command_ofRequest_givesCurlTheSame_data();
    void command_ofRequest_givesCurlTheSame();
    void command_withOctetsNoWordHolds_feedsThemByPrintf();

private:
    static exchange::Exchange exchangeOf(const Sample &sample);

    /// What a program named curl is given by that command: its arguments, and its standard input.
    static QByteArrayList argumentsOf(const QString &command, QByteArray *input = nullptr);
};

exchange::Exchange CurlCommandTest::exchangeOf(const Sample &sample)
{
    exchange::MemoryStore store;
    return *store.exchange(ui::samples::add(store, sample));
}

QByteArrayList CurlCommandTest::argumentsOf(const QString &command, QByteArray *input)
{
    QProcess shell;
    const QString function = input ? QStringLiteral("curl() { cat; }\n")
                                   : QStringLiteral("curl() { printf '%s\\0' \"$@\"; }\n");
    shell.start(QStringLiteral("/bin/sh"), { QStringLiteral("-c"), function + command });
    shell.closeWriteChannel();
    if (!shell.waitForFinished() || shell.exitCode() != 0)
        return { shell.readAllStandardError() };
    const QByteArray output = shell.readAllStandardOutput();
    if (input)
        *input = output;
    QByteArrayList arguments = output.split('\0');
    arguments.removeLast();
    return arguments;
}

void CurlCommandTest::word_quoted_isOneWordToTheShell_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("plain") << QStringLiteral("http://a.test/b?");
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << QStringLiteral("a b");
    QTest::newRow("single quote") << QStringLiteral("it's");
    QTest::newRow("only quotes") << QStringLiteral("'''");
    QTest::newRow("double quote and dollar") << QStringLiteral("\"$HOME\" `id` $(id)");
    QTest::newRow("backslash") << QStringLiteral("a\\n\\");
    QTest::newRow("line feed") << QStringLiteral("a\nb");
    QTest::newRow("ampersand") << QStringLiteral("?a=1&b=2;c|d<e>f*?[x]!#~");
    QTest::newRow("not ASCII") << QStringLiteral("größe ‏שלום");
}

void CurlCommandTest::word_quoted_isOneWordToTheShell()
{
    QFETCH(const QString, word);
    QCOMPARE(argumentsOf(QStringLiteral("curl ") + ui::shellQuoted(word)),
        QByteArrayList { word.toUtf8() });
}

void CurlCommandTest::command_ofGet_keepsOrderCaseAndDuplicates()
{
    Sample sample;
    sample.requestFields = { { "Host", "api.example.test" }, { "x-b", "2" }, { "X-B", "1" },
        { "User-Agent", "t" }, { "Accept", "*/*" }, { "X-Empty", "" } };
    QCOMPARE(argumentsOf(curlCommand(exchangeOf(sample))),
        (QByteArrayList { "http://api.example.test/v1/items", "-H", "x-b: 2", "-H", "X-B: 1", "-H",
            "User-Agent: t", "-H", "Accept: */*", "-H", "X-Empty;" }));
}

void CurlCommandTest::command_ofRequest_givesCurlTheSame_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArrayList>("arguments");
    const QByteArrayList none { "-H", "User-Agent:", "-H", "Accept:" };
    const QByteArray url = "http://api.example.test";
    const auto row = [](const char *name, const char *method, const char *target,
                         const QByteArray &body, const QByteArrayList &arguments) {
        QTest::newRow(name) << QString::fromLatin1(method) << QString::fromLatin1(target) << body
                            << arguments;
    };
    row("HEAD", "HEAD", "/", {}, QByteArrayList { "--head", url + "/" } + none);
    row("DELETE", "DELETE", "/a", {}, QByteArrayList { "-X", "DELETE", url + "/a" } + none);
    row("POST with body", "POST", "/a", "@x=1",
        QByteArrayList { url + "/a" } + none
            + QByteArrayList { "-H", "Content-Type:", "--data-raw", "@x=1" });
    row("GET with body", "GET", "/a", "x",
        QByteArrayList { "-X", "GET", url + "/a" } + none
            + QByteArrayList { "-H", "Content-Type:", "--data-raw", "x" });
    row("POST without body", "POST", "/a", {}, QByteArrayList { "-X", "POST", url + "/a" } + none);
    row("dots", "GET", "/a/../b", {}, QByteArrayList { "--path-as-is", url + "/a/../b" } + none);
    row("brackets", "GET", "/?a[]=1", {}, QByteArrayList { "--globoff", url + "/?a[]=1" } + none);
    row("asterisk", "OPTIONS", "*", {},
        QByteArrayList { "-X", "OPTIONS", "--request-target", "*", url + "/" } + none);
}

void CurlCommandTest::command_ofRequest_givesCurlTheSame()
{
    QFETCH(const QString, method);
    QFETCH(const QString, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArrayList, arguments);
    Sample sample;
    sample.method = method;
    sample.target = target;
    sample.requestBody = body;
    sample.requestFields = { { "Host", "api.example.test" } };
    QCOMPARE(argumentsOf(curlCommand(exchangeOf(sample))), arguments);
}

void CurlCommandTest::command_withOctetsNoWordHolds_feedsThemByPrintf()
{
    Sample sample;
    sample.method = QStringLiteral("PUT");
    sample.requestBody = QByteArray("\0\1%d\\n'\xff\n7", 10);
    const QString command = curlCommand(exchangeOf(sample));
    QByteArray input;
    argumentsOf(command, &input);
    QCOMPARE(input, sample.requestBody);
    QVERIFY(command.contains(QStringLiteral("--data-binary @-")));
}

QTEST_MAIN(CurlCommandTest)

#include "tst_curlcommand.moc"
