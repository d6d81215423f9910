#include "verbs/filearguments.h"

#include "verbs/output.h"

#include <unistd.h>

#include <cstdio>

namespace headrace::app {

FileArguments parseFileArguments(QStringList arguments, bool isExport)
{
    FileArguments result;
    QStringList files;
    bool onlyFiles = false;
    while (!arguments.isEmpty() && result.error.isEmpty()) {
        const QString argument = arguments.takeFirst();
        if (onlyFiles || !argument.startsWith(u'-') || argument == u"-") {
            files += argument;
        } else if (argument == u"--") {
            onlyFiles = true;
        } else if (argument == u"-h" || argument == u"--help") {
            result.wantsHelp = true;
        } else if (isExport && (argument == u"--filter" || argument == u"--format")) {
            if (arguments.isEmpty())
                result.error = QStringLiteral("%1 needs a value").arg(argument);
            else
                (argument == u"--filter" ? result.filter : result.format) = arguments.takeFirst();
        } else {
            result.error = QStringLiteral("there is no option %1").arg(argument);
        }
    }
    if (result.error.isEmpty() && !result.wantsHelp && files.size() != 2)
        result.error = QStringLiteral("two files are needed, not %1").arg(files.size());
    result.from = files.value(0);
    result.to = files.value(1);
    return result;
}

void tellNotes(const session::HarOutcome &outcome)
{
    for (const QString &note : outcome.notes)
        complain(note);
    if (outcome.noteCount > outcome.notes.size())
        complain(QStringLiteral("and %1 more notes").arg(outcome.noteCount - outcome.notes.size()));
}

ProgressLine::ProgressLine()
    : m_isTerminal(isatty(STDERR_FILENO) != 0)
{
}

ProgressLine::~ProgressLine()
{
    if (m_isShown)
        std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::tell(const QString &what, double share)
{
    if (!m_isTerminal)
        return;
    m_isShown = true;
    const QString line
        = share < 0 ? what : QStringLiteral("%1, %2 %").arg(what).arg(int(share * 100));
    std::fprintf(stderr, "\r\x1b[K%s", line.toUtf8().constData());
    std::fflush(stderr);
}

} // namespace headrace::app
