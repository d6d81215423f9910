#include "verbs/replayarguments.h"

namespace headrace::app {

using session::ReplayOptions;

namespace {

/// Options with a value.
bool takesValue(const QString &option)
{
    return option == u"--filter" || option == u"--parallel" || option == u"--to"
        || option == u"--timeout";
}

void take(const QString &option, const QString &value, ReplayArguments &result)
{
    bool isNumber = true;
    if (option == u"--filter") {
        result.filter = value;
    } else if (option == u"--to") {
        result.options.origin = value;
    } else if (option == u"--parallel") {
        result.options.pace = ReplayOptions::Pace::Parallel;
        result.options.parallel = value.toInt(&isNumber);
    } else {
        const double seconds = value.toDouble(&isNumber);
        isNumber = isNumber && seconds >= 0 && seconds < 1e6;
        result.options.timeout = std::chrono::milliseconds(isNumber ? qint64(seconds * 1000) : 0);
    }
    if (!isNumber)
        result.error = QStringLiteral("%1 needs a number, not %2").arg(option, value);
}

} // namespace

ReplayArguments parseReplayArguments(QStringList arguments)
{
    ReplayArguments result;
    QStringList files;
    bool onlyFiles = false;
    while (!arguments.isEmpty() && result.error.isEmpty()) {
        const QString argument = arguments.takeFirst();
        if (onlyFiles || !argument.startsWith(u'-'))
            files += argument;
        else if (argument == u"--")
            onlyFiles = true;
        else if (argument == u"-h" || argument == u"--help")
            result.wantsHelp = true;
        else if (argument == u"--timing")
            result.options.pace = ReplayOptions::Pace::Recorded;
        else if (argument == u"--compare")
            result.compares = true;
        else if (argument == u"--keep-host")
            result.options.keepsHost = true;
        else if (argument == u"-k")
            result.options.verifyCertificates = false;
        else if (!takesValue(argument))
            result.error = QStringLiteral("there is no option %1").arg(argument);
        else if (arguments.isEmpty())
            result.error = QStringLiteral("%1 needs a value").arg(argument);
        else
            take(argument, arguments.takeFirst(), result);
    }
    if (!result.error.isEmpty() || result.wantsHelp)
        return result;
    result.error = session::problemOf(result.options);
    if (result.error.isEmpty() && files.size() != 1)
        result.error = QStringLiteral("one session is needed, not %1").arg(files.size());
    result.file = files.value(0);
    return result;
}

} // namespace headrace::app
