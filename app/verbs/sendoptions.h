#pragma once

#include <session/requestdraft.h>

#include <QString>
#include <QStringList>

namespace headrace::app {

/// What `headrace send` was asked to do.
struct SendOptions
{
    session::RequestDraft draft;
    QString curlFile; ///< Of --curl: the draft is what the curl command in it says; "-": standard input.
    bool showsEvents = false;
    bool showsRaw = false;
    bool wantsHelp = false;
    QString error; ///< What is wrong with the arguments; empty when they are right.
};

SendOptions parseSendOptions(const QStringList &arguments);

QString sendHelp();

} // namespace headrace::app
