#pragma once

#include <QByteArray>
#include <QList>

/// A command line as people write or copy it. `%1` stands for http://127.0.0.1:PORT, `%2` for 127.0.0.1:PORT.
struct CurlLine
{
    const char *name;
    const char *line;
    const char *forBash = nullptr; ///< The same for bash, where the line is of another shell.
};

const QList<CurlLine> &curlLines();
