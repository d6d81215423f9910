#include "verbs/recordfile.h"

#include <session/sessionfiles.h>

#include <QEventLoop>
#include <QFileInfo>

namespace headrace::app {

using session::SessionFiles;

QString recordInto(SessionFiles *files, const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (QFileInfo::exists(absolute))
        return files->open(absolute);
    files->startNew();
    QEventLoop loop;
    QString problem;
    QObject::connect(files, &SessionFiles::saved, &loop, &QEventLoop::quit);
    QObject::connect(files, &SessionFiles::saveFailed, &loop, [&](const QString &message) {
        problem = message;
        loop.quit();
    });
    files->saveAs(absolute);
    if (files->isSaving())
        loop.exec();
    return problem;
}

} // namespace headrace::app
