#pragma once

#include <QByteArray>
#include <QString>

namespace headrace::proxy {

/// What a rule answers from the disk, or why it cannot.
struct LocalFile
{
    QString path; ///< Empty: there is none.
    QByteArray content;
    QByteArray contentType;
    int statusCode = 200; ///< 404: it is not there; 500: it cannot be read.
    QString problem; ///< For people, and for the client: names nothing but what was asked for.

    /** Reads \a place if it is a file, or the file below it that \a path (of a target, percent-encoded) names; of a
        folder, its index.html. Nothing outside of the folder is read, by ".." or by links, and nothing but regular
        files. \a limit: of its size; octets. Thread: any; waits for the disk. */
    static LocalFile read(const QString &place, const QByteArray &path, qint64 limit);
};

} // namespace headrace::proxy
