#pragma once

#include <session/requestdraft.h>

#include <QList>
#include <QString>

namespace headrace::app {

/// The requests of the curl commands in a file.
struct CurlFile
{
    QList<session::RequestDraft> drafts;
    QStringList remarks; ///< What is not as curl would do it.
    QString error; ///< Not empty: there is nothing to send.
};

/// \a path: "-" is standard input, which the commands then cannot read any more.
CurlFile readCurlFile(const QString &path);

} // namespace headrace::app
