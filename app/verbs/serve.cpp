#include "verbs/serve.h"

#include "verbs/output.h"
#include "verbs/scriptlines.h"
#include "verbs/signalwatch.h"

#include <mock/mockfile.h>
#include <session/session.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <optional>

namespace headrace::app {

namespace {

struct ServeOptions
{
    QString file;
    std::optional<quint16> port; // else the file's
    bool wantsHelp = false;
    QString error;
};

QString serveHelp()
{
    return QStringLiteral(
        "Usage: headrace serve [--port N] MOCKFILE.json | SCRIPT.js\n"
        "Serves the routes of a mock file on 127.0.0.1 until it is interrupted, or runs a Node "
        "program that is\n"
        "the server. Prints the address, what scripts print, and one line for each exchange: "
        "time, method,\n"
        "target, status or error, octets of the answer's body, duration. A script that changes on "
        "disk is loaded\n"
        "anew.\n"
        "\n"
        "  --port N     port to listen on, 0 for any free one; default: that of the file. A "
        "program "
        "finds it in\n"
        "               process.env.PORT, which is 0 without the option\n"
        "  -h, --help   this text\n"
        "\n"
        "Exit status: 0 stopped by SIGINT or SIGTERM, or a program ended well; 1 the file is "
        "wrong, "
        "the port is not\n"
        "to be had, or a program failed; 2 the arguments are wrong.\n");
}

void takePort(const QString &value, ServeOptions &options)
{
    bool isNumber = false;
    const uint port = value.toUInt(&isNumber);
    if (isNumber && port <= 65535)
        options.port = quint16(port);
    else
        options.error
            = QStringLiteral("--port takes a number from 0 to 65535; \"%1\" is none").arg(value);
}

ServeOptions parse(QStringList arguments)
{
    ServeOptions options;
    bool onlyFiles = false;
    while (!arguments.isEmpty() && options.error.isEmpty()) {
        const QString argument = arguments.takeFirst();
        if (onlyFiles || !argument.startsWith(u'-')) {
            if (!options.file.isEmpty())
                options.error
                    = QStringLiteral("one file at a time; \"%1\" is the second").arg(argument);
            options.file = argument;
        } else if (argument == u"--") {
            onlyFiles = true;
        } else if (argument == u"-h" || argument == u"--help") {
            options.wantsHelp = true;
        } else if (argument.startsWith(QLatin1String("--port="))) {
            takePort(argument.sliced(7), options);
        } else if (argument != u"--port") {
            options.error = QStringLiteral("there is no option %1").arg(argument);
        } else if (arguments.isEmpty()) {
            options.error = QStringLiteral("--port needs a value");
        } else {
            takePort(arguments.takeFirst(), options);
        }
    }
    if (options.error.isEmpty() && !options.wantsHelp && options.file.isEmpty())
        options.error = QStringLiteral("which mock file or script?");
    return options;
}

/// Nothing after saying why.
std::optional<mock::Definition> readMockFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        complain(QStringLiteral("%1: %2").arg(path, file.errorString()));
        return std::nullopt;
    }
    const mock::ReadResult result = mock::fromJson(file.readAll(), QFileInfo(path).absolutePath());
    for (const mock::Problem &problem : result.problems) {
        const QString place = problem.line > 0 ? path + u':' + QString::number(problem.line) : path;
        complain(place + QLatin1String(": ") + problem.message);
    }
    return result.definition;
}

QString exchangeLine(const exchange::Summary &summary)
{
    const QString outcome
        = summary.errorCode.isEmpty() ? QString::number(summary.statusCode) : summary.errorCode;
    return QStringLiteral("%1  %2 %3  %4  %5 B  %6 ms")
        .arg(summary.began.toString(QStringLiteral("HH:mm:ss.zzz")),
            summary.method.isEmpty() ? QStringLiteral("-") : summary.method,
            summary.target.isEmpty() ? QStringLiteral("-") : summary.target, outcome,
            QString::number(summary.responseBodyOctets),
            QString::number(double(summary.duration) / 1000.0, 'f', 3));
}

/// What the window runs as its mock server, with lines in the place of views.
class ServeRun
{
public:
    explicit ServeRun(const mock::Definition &definition)
    {
        using session::Session;
        connect(&Session::mockStarted, [this](quint16 port) {
            if (port != 0)
                tellAddress(port);
        });
        connect(&Session::mockPortsChanged, [this](const QList<quint16> &ports) {
            for (const quint16 port : ports) {
                if (!m_ports.contains(port))
                    tellAddress(port);
            }
            m_ports = ports;
        });
        connect(&Session::mockFailed, [this](const QString &code, const QString &message) {
            complain(message.contains(code) ? message : code + QLatin1String(": ") + message);
            QCoreApplication::exit(ExitFailure);
        });
        connect(&Session::mockProgramEnded, [this](int exitCode) { m_exitCode = exitCode; });
        connect(&Session::mockStopped, [this] {
            tellExchanges(m_session.store()->ids());
            QCoreApplication::exit(m_exitCode);
        });
        connect(&Session::scriptMessages, [this](const QList<session::ScriptMessage> &messages) {
            for (const session::ScriptMessage &message : messages)
                tellScript(message, m_output);
        });
        const auto tellEnded
            = [this](const QList<exchange::ExchangeId> &ids) { tellExchanges(ids); };
        QObject::connect(m_session.store(), &exchange::Store::added, m_session.store(), tellEnded);
        QObject::connect(
            m_session.store(), &exchange::Store::changed, m_session.store(), tellEnded);
        QObject::connect(&m_signals, &SignalWatch::stopRequested, &m_session, &Session::stopMock);
        m_session.setMockDefinition(definition);
    }

    int run(quint16 port)
    {
        m_session.startMock(port);
        return QCoreApplication::exec();
    }

private:
    template <class Signal, class Function>
    void connect(Signal signal, Function function)
    {
        QObject::connect(&m_session, signal, &m_session, function);
    }

    void tellAddress(quint16 port)
    {
        m_output.writeLine(QStringLiteral("listening on http://127.0.0.1:%1").arg(port));
    }

    // Each once, when it is over; then nobody needs it any more.
    void tellExchanges(const QList<exchange::ExchangeId> &ids)
    {
        QList<exchange::ExchangeId> ended;
        for (const exchange::ExchangeId id : ids) {
            const auto summary = m_session.store()->summary(id);
            if (!summary || summary->state == exchange::State::Active)
                continue;
            m_output.writeLine(exchangeLine(*summary));
            ended.append(id);
        }
        if (!ended.isEmpty())
            m_session.store()->remove(ended);
    }

    Output m_output;
    session::Session m_session;
    SignalWatch m_signals;
    QList<quint16> m_ports;
    int m_exitCode = ExitSuccess;
};

bool isScript(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix();
    return suffix == u"js" || suffix == u"cjs";
}

/// Nothing after saying why.
std::optional<mock::Definition> definitionOf(const QString &path)
{
    if (!isScript(path))
        return readMockFile(path);
    const QFileInfo file(path);
    if (!file.isFile() || !file.isReadable()) {
        complain(QStringLiteral("%1: no such file that can be read").arg(path));
        return std::nullopt;
    }
    mock::Definition definition;
    definition.script.file = file.absoluteFilePath();
    definition.isScripted = true;
    return definition;
}

} // namespace

int runServe(const QStringList &arguments)
{
    const ServeOptions options = parse(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("serve"), options.error);
    if (options.wantsHelp) {
        Output().write(serveHelp().toUtf8());
        return ExitSuccess;
    }
    const auto definition = definitionOf(options.file);
    if (!definition)
        return ExitFailure;
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    QCoreApplication application(count, values);
    return ServeRun(*definition).run(options.port.value_or(definition->port));
}

} // namespace headrace::app
