#include "rules/localfile.h"

#include "rules/ruleaction.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

namespace headrace::proxy {

namespace {

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

// What browsers would else guess: text is UTF-8 nowadays, if it can be.
QByteArray contentTypeOf(const QString &path, const QByteArray &content)
{
    const QMimeDatabase types;
    const QMimeType type = types.mimeTypeForFileNameAndData(
        path, content.first(qMin<qsizetype>(content.size(), 16 * 1024)));
    const bool isText = type.name().startsWith(QLatin1String("text/"))
        || type.name() == QLatin1String("application/javascript");
    if (isText && content.isValidUtf8())
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

LocalFile readFile(const QFileInfo &info, const QByteArray &path, qint64 limit)
{
    if (!info.exists())
        return missing(path);
    if (!info.isFile()) // a pipe would be waited for
        return failure(
            500, QStringLiteral("What %1 is mapped to is no file.").arg(QString::fromLatin1(path)));
    if (info.size() > limit)
        return failure(500,
            QStringLiteral("The file for %1 is larger than %2 octets.")
                .arg(QString::fromLatin1(path), grouped(limit)));
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return failure(500,
            QStringLiteral("The file for %1 cannot be read: %2.")
                .arg(QString::fromLatin1(path), file.errorString()));
    LocalFile result;
    result.path = info.filePath();
    result.content = file.read(limit);
    if (file.error() != QFileDevice::NoError)
        return failure(500,
            QStringLiteral("The file for %1 cannot be read: %2.")
                .arg(QString::fromLatin1(path), file.errorString()));
    result.contentType = contentTypeOf(result.path, result.content);
    return result;
}

} // namespace

LocalFile LocalFile::read(const QString &place, const QByteArray &path, qint64 limit)
{
    const QFileInfo root(place);
    if (!root.isDir())
        return readFile(root, path, limit);
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
    return readFile(info, path, limit);
}

} // namespace headrace::proxy
