#include "rules/localfile.h"

#include <QFileInfo>
#include <QMimeDatabase>

namespace headrace::proxy {

namespace {

constexpr qint64 frontOctets = 64 * 1024; // what the type is told by

LocalFile failure(int statusCode, const QString &problem)
{
    LocalFile file;
    file.statusCode = statusCode;
    file.problem = problem;
    return file;
}

LocalFile missing(const QByteArray &path)
{
    return failure(404, QStringLiteral("There is no file for %1.").arg(QString::fromLatin1(path)));
}

/// \a text: what is there of a file; if that is not all, it can end within a character.
bool isUtf8(QByteArrayView text, bool isAll)
{
    if (isAll)
        return text.isValidUtf8();
    constexpr qsizetype longestCharacter = 4;
    for (qsizetype cut = 0; cut < longestCharacter && cut <= text.size(); ++cut) {
        if (text.chopped(cut).isValidUtf8())
            return true;
    }
    return false;
}

// What browsers would else guess: text is UTF-8 nowadays, if it can be.
QByteArray contentTypeOf(const QString &path, const QByteArray &front, bool isAll)
{
    const QMimeDatabase types;
    const QMimeType type = types.mimeTypeForFileNameAndData(
        path, front.first(qMin<qsizetype>(front.size(), 16 * 1024)));
    const bool isText = type.name().startsWith(QLatin1String("text/"))
        || type.name() == QLatin1String("application/javascript");
    if (isText && isUtf8(front, isAll))
        return type.name().toLatin1() + "; charset=utf-8";
    return type.name().toLatin1();
}

// One decoding only: what is "%252e" on the wire is "%2e" as a name, and no dot.
bool isSafe(const QByteArray &relative)
{
    if (relative.contains('\0'))
        return false;
#ifdef Q_OS_WIN
    if (relative.contains('\\') || relative.contains(':'))
        return false;
#endif
    return !relative.split('/').contains("..");
}

LocalFile openFile(const QFileInfo &info, const QByteArray &path)
{
    const QString asked = QString::fromLatin1(path);
    if (!info.exists())
        return missing(path);
    if (!info.isFile()) // a pipe would be waited for
        return failure(500, QStringLiteral("What %1 is mapped to is no file.").arg(asked));
    LocalFile result;
    result.path = info.canonicalFilePath();
    auto file = std::make_unique<QFile>(result.path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(500,
            QStringLiteral("The file for %1 cannot be read: %2.").arg(asked, file->errorString()));
    result.size = file->size();
    result.modified = file->fileTime(QFileDevice::FileModificationTime).toUTC();
    const QByteArray front = file->read(frontOctets);
    if (file->error() != QFileDevice::NoError)
        return failure(500,
            QStringLiteral("The file for %1 cannot be read: %2.").arg(asked, file->errorString()));
    result.contentType = contentTypeOf(result.path, front, front.size() >= result.size);
    result.file = std::move(file);
    return result;
}

} // namespace

LocalFile LocalFile::open(const QString &place, const QByteArray &path)
{
    const QFileInfo root(place);
    if (!root.isDir())
        return openFile(root, path);
    const QByteArray relative = QByteArray::fromPercentEncoding(path);
    if (!isSafe(relative))
        return missing(path);
    QFileInfo info(root.filePath() + u'/' + QString::fromUtf8(relative));
    if (info.isDir())
        info.setFile(info.filePath() + QStringLiteral("/index.html"));
    else if (relative.endsWith('/'))
        return missing(path);
    const QString folder = root.canonicalFilePath();
    const QString inside = folder.endsWith(u'/') ? folder : folder + u'/';
    if (info.exists() && !info.canonicalFilePath().startsWith(inside))
        return missing(path);
    return openFile(info, path);
}

} // namespace headrace::proxy
