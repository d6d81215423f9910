#include "verbs/run.h"

#include "verbs/output.h"
#include "verbs/signalwatch.h"

#include <script/runtime.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "Usage: headrace run [--allow-write DIR] FILE.js [ARGUMENT...]\n"
      "Runs a program that is written for Node's http, https, net and the modules around them, on "
      "Headrace's\n"
      "own HTTP library, until nothing is pending.\n"
      "\n"
      "  --allow-write DIR  the program may write files below DIR; without it, nowhere\n"
      "  -h, --help         this text\n"
      "\n"
      "Exit status: that of the program; 1 after an uncaught error; 2 the arguments are wrong.\n";

struct RunOptions
{
    QString file;
    QString writeDirectory;
    QStringList arguments;
    bool wantsHelp = false;
    QString error;
};

RunOptions parse(QStringList arguments)
{
    RunOptions options;
    while (!arguments.isEmpty() && options.file.isEmpty() && options.error.isEmpty()) {
        const QString argument = arguments.takeFirst();
        if (!argument.startsWith(u'-')) {
            options.file = argument;
        } else if (argument == u"--" && !arguments.isEmpty()) {
            options.file = arguments.takeFirst();
        } else if (argument == u"-h" || argument == u"--help") {
            options.wantsHelp = true;
        } else if (argument.startsWith(QLatin1String("--allow-write="))) {
            options.writeDirectory = argument.sliced(14);
        } else if (argument != u"--allow-write") {
            options.error = QStringLiteral("there is no option %1").arg(argument);
        } else if (arguments.isEmpty()) {
            options.error = QStringLiteral("--allow-write needs a folder");
        } else {
            options.writeDirectory = arguments.takeFirst();
        }
    }
    options.arguments = arguments;
    if (options.error.isEmpty() && !options.wantsHelp && options.file.isEmpty())
        options.error = QStringLiteral("which script?");
    return options;
}

/// As Node resolves its first argument: the name, or with .js.
std::optional<QString> findScript(const QString &name)
{
    for (const QString &path :
        { name, name + QStringLiteral(".js"), name + QStringLiteral("/index.js") }) {
        const QFileInfo info(path);
        if (info.isFile())
            return info.absoluteFilePath();
    }
    return std::nullopt;
}

/// All of it, whatever write() takes at once; a reader that has gone is no error of the script's.
void writeAll(int descriptor, const QByteArray &octets)
{
    qsizetype written = 0;
    while (written < octets.size()) {
        const ssize_t count
            = ::write(descriptor, octets.constData() + written, size_t(octets.size() - written));
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return;
        written += std::max<ssize_t>(count, 0);
    }
}

/// As Node prints it: the place and the line of the file with a mark under it, then the stack.
QByteArray reportOf(const script::ScriptError &error)
{
    QString report;
    if (!error.file.isEmpty() && error.line > 0) {
        report = QStringLiteral("%1:%2\n").arg(error.file).arg(error.line);
        QFile file(error.file);
        if (file.open(QIODevice::ReadOnly)) {
            const QList<QByteArray> lines = file.readAll().split('\n');
            if (error.line <= lines.size()) {
                report += QString::fromUtf8(lines.at(error.line - 1)) + u'\n';
                if (error.column > 0)
                    report += QString(error.column - 1, u' ') + QLatin1String("^\n");
            }
        }
        report += u'\n';
    }
    report += error.stack.isEmpty() ? error.message : error.stack;
    return report.toUtf8() + '\n';
}

struct SignalNumber
{
    const char *name;
    int number;
};

/// Those that a program may listen to; the engine stops its threads by SIGUSR1.
constexpr SignalNumber signalNumbers[] = { { "SIGHUP", SIGHUP }, { "SIGINT", SIGINT },
    { "SIGQUIT", SIGQUIT }, { "SIGTERM", SIGTERM }, { "SIGUSR2", SIGUSR2 }, { "SIGALRM", SIGALRM },
    { "SIGCHLD", SIGCHLD }, { "SIGCONT", SIGCONT }, { "SIGWINCH", SIGWINCH } };

std::optional<int> signalNumber(const QString &name)
{
    for (const SignalNumber &known : signalNumbers) {
        if (name == QLatin1String(known.name))
            return known.number;
    }
    return std::nullopt;
}

QString signalName(int number)
{
    for (const SignalNumber &known : signalNumbers) {
        if (known.number == number)
            return QString::fromLatin1(known.name);
    }
    return {};
}

} // namespace

int runScript(const QStringList &arguments)
{
    const RunOptions options = parse(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("run"), options.error);
    if (options.wantsHelp) {
        Output().write(Help);
        return ExitSuccess;
    }
    if (!options.writeDirectory.isEmpty() && !QFileInfo(options.writeDirectory).isDir())
        return complainOfUsage(QStringLiteral("run"),
            QStringLiteral("--allow-write: %1 is no folder").arg(options.writeDirectory));
    const std::optional<QString> file = findScript(options.file);
    if (!file) {
        complain(QStringLiteral("%1: no such file").arg(options.file));
        return ExitFailure;
    }

    // Whoever started us may ignore them.
    for (const int number : { SIGINT, SIGTERM, SIGQUIT })
        std::signal(number, SIG_DFL);
    std::signal(SIGPIPE, SIG_IGN); // a reader that has gone is an error of write()
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    QCoreApplication application(count, values);

    script::ProgramOptions program;
    program.file = *file;
    program.arguments = options.arguments;
    program.writeDirectory = options.writeDirectory;
    program.ownsProcess = true;
    program.canInterrupt = false; // there are signals for that
    script::Runtime runtime(std::move(program));
    QObject::connect(&runtime, &script::Runtime::output, &runtime,
        [](script::Runtime::Channel channel, const QByteArray &octets) {
            writeAll(
                channel == script::Runtime::Channel::Error ? STDERR_FILENO : STDOUT_FILENO, octets);
        });
    QObject::connect(&runtime, &script::Runtime::failed, &runtime,
        [](const script::ScriptError &error) { writeAll(STDERR_FILENO, reportOf(error)); });
    // Only what the script listens to: a loop for ever must still be ended by Ctrl-C.
    SignalWatch signalWatch { SignalWatch::Nothing() };
    QObject::connect(&runtime, &script::Runtime::signalListened, &signalWatch,
        [&signalWatch](const QString &name, bool listens) {
            if (const auto number = signalNumber(name))
                listens ? signalWatch.watch(*number) : signalWatch.forget(*number);
        });
    QObject::connect(&signalWatch, &SignalWatch::arrived, &runtime,
        [&runtime](int number) { runtime.deliverSignal(signalName(number)); });
    // The system takes back what is open faster than anything here could.
    QObject::connect(
        &runtime, &script::Runtime::finished, &runtime, [](int exitCode) { ::_exit(exitCode); });
    QTimer::singleShot(0, &runtime, &script::Runtime::start);
    return QCoreApplication::exec();
}

} // namespace headrace::app
