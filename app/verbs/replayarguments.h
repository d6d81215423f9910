#pragma once

#include <session/replay.h>

#include <QStringList>

namespace headrace::app {

/// What `headrace replay` was asked for.
struct ReplayArguments
{
    session::ReplayOptions options;
    QString file;
    QString filter;
    bool compares = false;
    bool wantsHelp = false;
    QString error; ///< Not empty: what is wrong.
};

ReplayArguments parseReplayArguments(QStringList arguments);

} // namespace headrace::app
