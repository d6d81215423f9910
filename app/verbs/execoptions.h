#pragma once

#include "verbs/proxyoptions.h"

namespace headrace::app {

/// What `headrace exec` was asked to do.
struct ExecOptions
{
    ProxyOptions proxy; ///< Any free port, unless one was named.
    bool isVerbose = false; ///< A line for each exchange.
    QStringList command; ///< Program and arguments.
    bool wantsHelp = false;
    QString error; ///< What is wrong with the arguments; empty when they are right.
};

ExecOptions parseExecOptions(const QStringList &arguments);

QString execHelp();

} // namespace headrace::app
