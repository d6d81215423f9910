#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QStringList>
#include <QTest>

/// A program that runs beside the test; ended with it. The test's event loop goes on while it is waited for.
class Program
{
public:
    static constexpr int patience = 90'000; ///< Milliseconds; only a fault takes so long.

    /// The program under test.
    static QString headrace()
    {
        const QString path = qEnvironmentVariable("HEADRACE_PROGRAM");
        if (path.isEmpty())
            qFatal("HEADRACE_PROGRAM is not set");
        return path;
    }

    /// A tool that the tests need; its absence is a failure (packaging/build-deps test).
    static QString tool(const QString &name)
    {
        const QString path = QStandardPaths::findExecutable(name,
            qEnvironmentVariable("PATH").split(u':')
                + QStringList { QStringLiteral("/usr/sbin"), QStringLiteral("/sbin") });
        if (path.isEmpty())
            qFatal("%s is not installed: packaging/build-deps test", qPrintable(name));
        return path;
    }

    explicit Program(
        const QString &path, const QStringList &arguments, const QStringList &environment = {})
    {
        QProcessEnvironment full = QProcessEnvironment::systemEnvironment();
        for (const QString &entry : environment)
            full.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        m_process.setProcessEnvironment(full);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process,
            [this] { m_out += m_process.readAllStandardOutput(); });
        QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
            [this] { m_err += m_process.readAllStandardError(); });
        m_process.start(path, arguments);
        if (!m_process.waitForStarted(patience))
            qFatal("cannot start %s", qPrintable(path));
    }

    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// More of its input; giveInput() is the last of it.
    void write(const QByteArray &octets) { m_process.write(octets); }

    void giveInput(const QByteArray &octets)
    {
        m_process.write(octets);
        m_process.closeWriteChannel();
    }

    void terminate()
    {
        m_process.terminate(); // SIGTERM
    }

    /// Until it has ended. False: it goes on for too long.
    bool wait()
    {
        return waitFor([this] { return !isRunning(); });
    }

    /// Until it has said something that matches; the first capture. Empty: it ended, or it took too long.
    QString waitForLine(const QString &pattern)
    {
        const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
        QString found;
        waitFor([&] {
            found = expression.match(QString::fromUtf8(m_out + m_err)).captured(1);
            return !found.isEmpty() || !isRunning();
        });
        return found;
    }

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    int exitCode() const
    {
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

    QByteArray out() const { return m_out; }

    QByteArray err() const { return m_err; }

private:
    template <class Condition>
    bool waitFor(Condition condition)
    {
        return QTest::qWaitFor(condition, patience);
    }

    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

/// What a program that runs to its end says.
struct Outcome
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

inline Outcome run(const QString &path, const QStringList &arguments,
    const QStringList &environment = {}, const QByteArray &input = {})
{
    Program program(path, arguments, environment);
    program.giveInput(input);
    if (!program.wait())
        return { -1, program.out(), program.err() + "\n(did not end)" };
    return { program.exitCode(), program.out(), program.err() };
}

/// The event lines behind the answer: "Object.name", in order. Without those that no document names.
inline QStringList documentedEvents(const QByteArray &out)
{
    QStringList events;
    static const QRegularExpression line(
        QStringLiteral("^ *\\d+\\.\\d{3}  (\\S+) +(\\S+)(?:  .*)?$"));
    for (const QByteArray &text : out.split('\n')) {
        const QRegularExpressionMatch match = line.match(QString::fromUtf8(text));
        if (match.hasMatch() && match.captured(1) != u"Socket" && match.captured(1) != u"Wire")
            events.append(match.captured(1) + u'.' + match.captured(2));
    }
    return events;
}

/// The same, in which repetitions of one event stand once and 'prefinish' is left out: "socket finish …".
inline QString eventOrder(const QByteArray &out)
{
    QStringList names;
    for (const QString &event : documentedEvents(out)) {
        const QString name = event.section(u'.', 1);
        if (name != u"prefinish" && (names.isEmpty() || names.last() != name))
            names.append(name);
    }
    return names.join(u' ');
}

/// Without the Date field, which differs from run to run.
inline QByteArray withoutDate(QByteArray text)
{
    const qsizetype begin = text.indexOf("\r\nDate: ");
    return begin < 0 ? text : text.remove(begin, text.indexOf("\r\n", begin + 2) - begin);
}
