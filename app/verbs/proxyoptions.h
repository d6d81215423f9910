#pragma once

#include <proxy/settings.h>

#include <QString>
#include <QStringList>

namespace headrace::app {

/// What `headrace proxy` was asked to do.
struct ProxyOptions
{
    proxy::Settings settings;
    QString record; ///< A session file; empty: nothing is kept.
    QString filter;
    QString rules; ///< A rule file.
    bool isQuiet = false; ///< No line for each exchange.
    bool wantsHelp = false;
    QString error; ///< What is wrong with the arguments; empty when they are right.
};

ProxyOptions parseProxyOptions(const QStringList &arguments);

QString proxyHelp();

} // namespace headrace::app
