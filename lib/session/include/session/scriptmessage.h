#pragma once

#include <mock/route.h>

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace headrace::session {

/// Something that a script of the mock server says, or that is said about it.
struct ScriptMessage
{
    enum class Kind
    {
        Output, ///< Standard output.
        Error, ///< Standard error.
        Failure, ///< Nobody caught it, or the script could not be read.
        Note ///< Of ours: started, changed on disk, ended.
    };

    Kind kind = Kind::Output;
    QDateTime time;
    QString
        origin; ///< Which script: its file's name, or "GET /path"; empty: the program of the server.

    /// Output and Error: as written, so it may begin and end in mid-line. Else whole lines without the last end.
    /// Failure: the message, then the stack.
    QString text;

    mock::Script script; ///< Failure: which one failed.
    QString file; ///< Failure: where it was thrown; empty: not known.
    int line = -1; ///< Failure: from 1; -1: not known.
    int column = -1; ///< Failure: from 1; -1: not known.
};

/// The path that a script without a file is known by, in stacks and for its require().
QString untitledScriptPath();

} // namespace headrace::session

Q_DECLARE_METATYPE(headrace::session::ScriptMessage)
