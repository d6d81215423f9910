#include <formats/shellcommand.h>

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace headrace::formats;

namespace {

QByteArray joined(const QList<QByteArray> &words)
{
    QByteArray text;
    for (const QByteArray &word : words)
        text += '[' + word + ']';
    return text;
}

QByteArray wordsOf(const QByteArray &text, Shell shell = Shell::Posix)
{
    const ShellCommands commands = readCommands(text, shell);
    if (commands.error)
        return commands.error.message.toUtf8();
    return commands.commands.isEmpty() ? QByteArray() : joined(commands.commands.first().words);
}

/// What bash makes of it.
QByteArray wordsByBash(const QByteArray &text)
{
    QProcess shell;
    shell.start(QStringLiteral("bash"), { QStringLiteral("--norc") });
    shell.write("curl() { printf '[%s]' curl \"$@\"; exit; }\n" + text + '\n');
    shell.closeWriteChannel();
    shell.waitForFinished();
    return shell.readAllStandardOutput();
}

} // namespace

class ShellCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void posix_line_isReadAsBashDoes_data();
    void posix_line_isReadAsBashDoes();
    void other_line_isUnquoted_data();
    void other_line_isUnquoted();
    void shell_isDetected_data();
    void shell_isDetected();
    void unfinished_isAnErrorWithItsPlace_data();
    void unfinished_isAnErrorWithItsPlace();
    void substitutions_stayAndAreRemarked();
    void input_comesFromDocumentsAndPipes_data();
    void input_comesFromDocumentsAndPipes();
    void commands_areSeparated();
    void surrogates_areOneCharacter();
    void quoted_comesBack_data();
    void quoted_comesBack();
};

void ShellCommandTest::posix_line_isReadAsBashDoes_data()
{
    QTest::addColumn<QByteArray>("line");
    const char *const lines[] = {
        "curl a  b\tc",
        "curl 'a b' \"c d\" e\\ f",
        "curl '' \"\" x''y",
        "curl \"a\\\"b\\\\c\\$d\\`e\\nf\" 'a\\'",
        "curl a\\\n b\\\nc \"d\\\ne\" 'f\ng'",
        "curl $'a\\nb\\tc\\\\d\\'e\\\"f\\?g' $\"h\"",
        "curl $'\\x41\\x4a1\\101\\1012\\u00e9\\u20AC1\\U0001F600'",
        "curl $'\\x{41}' $'\\ca' $'\\e\\a\\b\\f\\v\\E'",
        "curl $'\\q\\z' $'\\xg'",
        "curl a#b #c d",
        "curl a # comment ' \"\ncurl x",
        "curl a; curl b",
        "curl a | cat",
        "curl a && curl b",
        "curl a >/dev/stdout 2>/dev/null b",
        "curl a 2>&1 b",
        "curl http://h/?a=1\\&b=2",
        "X=1 Y='2' curl a",
        "curl -d @- <<'E' x\nbody\nE\n",
        "curl \"$'a'\" \"it's\" 'say \"x\"'",
        "curl a'b'\"c\"d\\e$'f'",
        "curl \xc3\xa4'\xc3\xb6'",
    };
    for (const char *line : lines)
        QTest::newRow(QByteArray(line).simplified()) << QByteArray(line);
}

void ShellCommandTest::posix_line_isReadAsBashDoes()
{
    QFETCH(const QByteArray, line);
    const ShellCommands commands = readCommands(line, Shell::Posix);
    QVERIFY2(!commands.error, qPrintable(commands.error.message));
    QList<QByteArray> words = commands.commands.first().words;
    while (words.first() != "curl")
        words.removeFirst();
    QCOMPARE(joined(words), wordsByBash(line));
}

void ShellCommandTest::other_line_isUnquoted_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Shell>("shell");
    QTest::addColumn<QByteArray>("words");
    const auto row
        = [](const char *name, const QByteArray &line, Shell shell, const QByteArray &words) {
              QTest::newRow(name) << line << shell << words;
          };
    row("cmd: plain", "curl a  b", Shell::Cmd, "[curl][a][b]");
    row("cmd: quotes", "curl \"a b\" \"\" c\"d e\"f", Shell::Cmd, "[curl][a b][][cd ef]");
    row("cmd: backslashes", "curl \"a\\\\\" \"b\\\"c\" d\\e \"f\\\\\\\"g\"", Shell::Cmd,
        "[curl][a\\][b\"c][d\\e][f\\\"g]");
    row("cmd: two quotes", "curl \"{\"\"a\"\":1}\"", Shell::Cmd, "[curl][{\"a\":1}]");
    row("cmd: carets", "curl a^&b ^\"c d^\" e^^f", Shell::Cmd, "[curl][a&b][c d][e^f]");
    row("cmd: caret in quotes", "curl \"a^b\"", Shell::Cmd, "[curl][a^b]");
    row("cmd: continued", "curl a ^\r\n  b ^\n  c", Shell::Cmd, "[curl][a][b][c]");
    row("cmd: line feed", "curl ^\"a^\n\nb^\"", Shell::Cmd, "[curl][a\nb]");
    row("cmd: ends at &", "curl a & curl b", Shell::Cmd, "[curl][a]");
    row("cmd: redirected", "curl a > out.txt", Shell::Cmd, "[curl][a]");
    row("cmd: prompt", "C:\\Users\\me>curl a", Shell::Cmd, "[curl][a]");
    row("PowerShell: quotes", "curl.exe 'it''s' \"a`\"b\"\"c`n\" d`q", Shell::PowerShell,
        "[curl.exe][it's][a\"b\"c\n][dq]");
    row("PowerShell: continued", "curl.exe a `\n  b", Shell::PowerShell, "[curl.exe][a][b]");
    row("PowerShell: prompt", "PS C:\\> curl.exe a", Shell::PowerShell, "[curl.exe][a]");
    row("PowerShell: call", "& curl.exe a; b", Shell::PowerShell, "[curl.exe][a]");
    row("POSIX: prompt", "  $ curl a", Shell::Posix, "[curl][a]");
    row("POSIX: CRLF", "curl a \\\r\n b\r\n", Shell::Posix, "[curl][a][b]");
    row("POSIX: backslash at the end", "curl a \\", Shell::Posix, "[curl][a]");
}

void ShellCommandTest::other_line_isUnquoted()
{
    QFETCH(const QByteArray, line);
    QFETCH(const Shell, shell);
    QTEST(wordsOf(line, shell), "words");
}

void ShellCommandTest::shell_isDetected_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Shell>("shell");
    QTest::newRow("plain") << QByteArray("curl http://h") << Shell::Posix;
    QTest::newRow("caret in JSON") << QByteArray("curl -d '{\"a\":\"^\"}' h") << Shell::Posix;
    QTest::newRow("caret at the end") << QByteArray("curl h ^\n -d x") << Shell::Cmd;
    QTest::newRow("caret and quote") << QByteArray("curl ^\"h^\"") << Shell::Cmd;
    QTest::newRow("backtick") << QByteArray("curl.exe h `\r\n -d x") << Shell::PowerShell;
    QTest::newRow("substitution") << QByteArray("curl `cat u` -d x") << Shell::Posix;
}

void ShellCommandTest::shell_isDetected()
{
    QFETCH(const QByteArray, line);
    QTEST(readCommands(line).shell, "shell");
}

void ShellCommandTest::unfinished_isAnErrorWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Shell>("shell");
    QTest::addColumn<qsizetype>("errorLine");
    QTest::addColumn<qsizetype>("column");
    QTest::newRow("'") << QByteArray("curl a \\\n  'b") << Shell::Posix << qsizetype(2)
                       << qsizetype(3);
    QTest::newRow("\"") << QByteArray("curl \"b\\\"") << Shell::Posix << qsizetype(1)
                        << qsizetype(6);
    QTest::newRow("$'") << QByteArray("curl $'b\\'") << Shell::Posix << qsizetype(1)
                        << qsizetype(6);
    QTest::newRow("$(") << QByteArray("curl $(b") << Shell::Posix << qsizetype(1) << qsizetype(6);
    QTest::newRow("here") << QByteArray("curl -d @- <<E\nx\n") << Shell::Posix << qsizetype(1)
                          << qsizetype(12);
    QTest::newRow("prompt counts")
        << QByteArray("$ curl 'b") << Shell::Posix << qsizetype(1) << qsizetype(8);
    QTest::newRow("cmd") << QByteArray("curl ^\n ^\"b") << Shell::Cmd << qsizetype(2)
                         << qsizetype(3);
    QTest::newRow("PowerShell") << QByteArray("curl 'b''") << Shell::PowerShell << qsizetype(1)
                                << qsizetype(6);
}

void ShellCommandTest::unfinished_isAnErrorWithItsPlace()
{
    QFETCH(const QByteArray, line);
    QFETCH(const Shell, shell);
    const TextError error = readCommands(line, shell).error;
    QVERIFY(error);
    QTEST(error.line, "errorLine");
    QTEST(error.column, "column");
}

void ShellCommandTest::substitutions_stayAndAreRemarked()
{
    const ShellCommands commands
        = readCommands("curl \"h/$ID\" $(cat x) `y z` ${A} '$B' \"\\$C\" $TOKEN $TOKEN");
    QCOMPARE(joined(commands.commands.first().words),
        "[curl][h/$ID][$(cat x)][`y z`][${A}][$B][$C][$TOKEN][$TOKEN]");
    QCOMPARE(commands.remarks.size(), 5);
    QVERIFY(commands.remarks.first().contains(QStringLiteral("$ID")));
}

void ShellCommandTest::input_comesFromDocumentsAndPipes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("here-document")
        << QByteArray("curl -d @- <<'E' -v\na $b\n E2\nE\nnext") << QByteArray("a $b\n E2\n");
    QTest::newRow("tabs") << QByteArray("curl -d @- <<-E\n\t\ta\n\tE\n") << QByteArray("a\n");
    QTest::newRow("here-string") << QByteArray("curl -d @- <<< 'a b'") << QByteArray("a b\n");
    QTest::newRow("printf") << QByteArray("printf 'a\\000%%\\n\\\\\\x41' | curl -d @-")
                            << QByteArray("a\0%\n\\A", 6);
    QTest::newRow("echo") << QByteArray("echo '{}' | curl -d @-") << QByteArray("{}\n");
    QTest::newRow("echo -n") << QByteArray("echo -n '{}' | curl -d @-") << QByteArray("{}");
}

void ShellCommandTest::input_comesFromDocumentsAndPipes()
{
    QFETCH(const QByteArray, line);
    const ShellCommands commands = readCommands(line);
    QVERIFY2(!commands.error, qPrintable(commands.error.message));
    for (const ShellCommand &command : commands.commands) {
        if (command.words.first() == "curl") {
            QVERIFY(command.input);
            QTEST(*command.input, "input");
            return;
        }
    }
    QFAIL("no curl");
}

void ShellCommandTest::commands_areSeparated()
{
    const ShellCommands commands = readCommands("a 1 | b 2 && c; d\ne & f || g");
    QByteArray all;
    for (const ShellCommand &command : commands.commands)
        all += (command.isFedByPipe ? "|" : "") + joined(command.words);
    QCOMPARE(all, "[a][1]|[b][2][c][d][e][f][g]");
}

void ShellCommandTest::surrogates_areOneCharacter()
{
    QCOMPARE(wordsOf("curl $'\\ud83d\\ude00'"), "[curl][\xf0\x9f\x98\x80]");
}

void ShellCommandTest::quoted_comesBack_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("plain") << QByteArray("http://a.test/b?");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("quotes") << QByteArray("it's \"said\"");
    QTest::newRow("only quotes") << QByteArray("'''\"\"\"");
    QTest::newRow("shell characters")
        << QByteArray("$HOME `id` %PATH% ?a=1&b=2;c|d<e>f*[x]!#~^(y)");
    QTest::newRow("backslashes") << QByteArray("a\\b\\\\ c\\\"d\\");
    QTest::newRow("lines") << QByteArray("a\nb\n\nc");
    QTest::newRow("not ASCII") << QByteArray("gr\xc3\xb6\xc3\x9f"
                                             "e \xe2\x80\x8f");
    QTest::newRow("octets") << QByteArray("\x01\xff\x7f 7\r\n\t'\\");
}

void ShellCommandTest::quoted_comesBack()
{
    QFETCH(const QByteArray, word);
    const QByteArray expected = "[curl][" + word + ']';
    QCOMPARE(wordsByBash("curl " + quotedForPosix(word)), expected);
    QCOMPARE(wordsByBash("curl " + quotedForBash(word)), expected);
    QCOMPARE(wordsOf("curl " + quotedForPosix(word)), expected);
    QCOMPARE(wordsOf("curl " + quotedForBash(word)), expected);
    QByteArray forCmd = word; // a carriage return before a line feed is dropped there
    forCmd.replace("\r\n", "\n");
    QCOMPARE(wordsOf("curl " + quotedForCmd(word), Shell::Cmd), "[curl][" + forCmd + ']');
}

QTEST_GUILESS_MAIN(ShellCommandTest)

#include "tst_shellcommand.moc"
