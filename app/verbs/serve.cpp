#include "verbs/serve.h"

#include "verbs/output.h"
#include "verbs/signalwatch.h"

#include <exchange/memorystore.h>
#include <exchange/recorder.h>
#include <mock/mockfile.h>
#include <mock/mockserver.h>
#include <wire/errorcode.h>

#include <QCoreApplication>
#include <QFile>

#include <optional>

namespace headrace::app {

namespace {

constexpr qint64 keptOctets = 64 * 1024; // of a message: only its line is printed

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
        "Usage: headrace serve [--port N] MOCKFILE.json\n"
        "Serves the routes of a mock file on 127.0.0.1 until it is interrupted. Prints the "
        "address, then one\n"
        "line for each exchange: time, method, target, status or error, octets of the answer's "
        "body, duration.\n"
        "\n"
        "  --port N     port to listen on, 0 for any free one; default: that of the file\n"
        "  -h, --help   this text\n"
        "\n"
        "Exit status: 0 stopped by SIGINT or SIGTERM; 1 the file is wrong or the port is not to be "
        "had; 2 the\n"
        "arguments are wrong.\n");
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
                    = QStringLiteral("one mock file at a time; \"%1\" is the second").arg(argument);
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
        options.error = QStringLiteral("which mock file?");
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
    const mock::ReadResult result = mock::fromJson(file.readAll());
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

class ServeRun
{
public:
    explicit ServeRun(const mock::Definition &definition)
        : m_recorder(m_store, exchange::Source::Mock)
    {
        m_recorder.setMessageLimit(keptOctets);
        m_recorder.setEndListener([this](http::ExchangeId, exchange::ExchangeId id) {
            m_output.writeLine(exchangeLine(*m_store.summary(id)));
            m_store.remove({ id });
        });
        m_server.setObserver(&m_recorder);
        m_server.setDefinition(definition);
    }

    ~ServeRun() { m_recorder.setEndListener({}); }

    int run(quint16 port)
    {
        QObject::connect(&m_server, &mock::MockServer::started, &m_server, [this](quint16 bound) {
            m_output.writeLine(QStringLiteral("listening on http://127.0.0.1:%1").arg(bound));
        });
        QObject::connect(
            &m_server, &mock::MockServer::failed, &m_server, [this](const http::Error &error) {
                const QString code(wire::name(error.code));
                complain(error.message.contains(code) ? error.message
                                                      : code + QLatin1String(": ") + error.message);
                m_hasFailed = true;
            });
        QObject::connect(&m_server, &mock::MockServer::stopped, &m_server, &QCoreApplication::quit);
        QObject::connect(
            &m_signals, &SignalWatch::stopRequested, &m_server, &mock::MockServer::stop);
        m_server.listen(port);
        if (m_hasFailed)
            return ExitFailure;
        return QCoreApplication::exec();
    }

private:
    Output m_output;
    exchange::MemoryStore m_store;
    exchange::Recorder m_recorder;
    mock::MockServer m_server;
    SignalWatch m_signals;
    bool m_hasFailed = false;
};

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
    const auto definition = readMockFile(options.file);
    if (!definition)
        return ExitFailure;
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    QCoreApplication application(count, values);
    return ServeRun(*definition).run(options.port.value_or(definition->port));
}

} // namespace headrace::app
