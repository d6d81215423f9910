#pragma once

#include <session/hartransfer.h>

#include <QStringList>

namespace headrace::app {

/// The arguments of a verb that makes one file of another.
struct FileArguments
{
    QString from;
    QString to;
    QString filter; ///< Of --filter, where the verb has it.
    QString format = QStringLiteral("har"); ///< Of --format, where the verb has it.
    bool wantsHelp = false;
    QString error; ///< Not empty: what is wrong.
};

/// \a isExport: --filter and --format are options.
FileArguments parseFileArguments(QStringList arguments, bool isExport);

/// Says what was not as it stood, on standard error.
void tellNotes(const session::HarOutcome &outcome);

/// How far it is, in one line that stays, on standard error when that is a terminal; else nothing.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine(); ///< Takes the line away.

    void tell(const QString &what, double share); ///< \a share: 0 to 1; -1: it is not known.

private:
    bool m_isShown = false;
    bool m_isTerminal = false;
};

} // namespace headrace::app
