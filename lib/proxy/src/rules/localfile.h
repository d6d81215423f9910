#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QFile>
#include <QString>

#include <memory>

namespace headrace::proxy {

/// A file that a rule answers from, or why there is none.
struct LocalFile
{
    std::unique_ptr<QFile> file; ///< Open; null: there is a problem.
    QString path; ///< What it is, links followed.
    QByteArray contentType;
    qint64 size = 0; ///< When it was opened. Unit: octets.
    QDateTime modified; ///< UTC.
    int statusCode = 200; ///< 404: it is not there; 500: it cannot be read.
    QString problem; ///< For people, and for the client: names nothing but what was asked for.

    /** Opens \a place if it is a file, or the file below it that \a path (of a target, percent-encoded) names; of a
        folder, its index.html. Nothing outside of the folder is opened, by ".." or by links, and nothing but regular
        files. Its type is told by its name and its beginning. Thread: any; waits for the disk. */
    static LocalFile open(const QString &place, const QByteArray &path);
};

} // namespace headrace::proxy
