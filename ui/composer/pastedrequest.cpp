#include "composer/pastedrequest.h"

#include <formats/curlreader.h>
#include <formats/rawrequest.h>
#include <session/draftconversion.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <optional>

namespace headrace::ui {

namespace {

constexpr qint64 LargestFile = 16 * 1024 * 1024;

QString tr(const char *text) { return QCoreApplication::translate("PastedRequest", text); }

std::optional<QByteArray> contentOf(const QString &path, QString *problem)
{
    const QFileInfo info(path);
    if (path == QStringLiteral("-"))
        *problem = tr("there is none here");
    else if (!info.exists())
        *problem = tr("there is no such file");
    else if (!info.isFile())
        *problem = tr("it is no ordinary file");
    else if (info.size() > LargestFile)
        *problem = tr("it is larger than 16 MiB");
    if (!problem->isEmpty())
        return std::nullopt;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    *problem = file.errorString();
    return std::nullopt;
}

formats::CurlSurroundings surroundings()
{
    formats::CurlSurroundings result;
    result.readFile = [](const QString &path, QString *problem) {
        problem->clear();
        return contentOf(path, problem);
    };
    result.fileSize = [](const QString &path) {
        const QFileInfo info(path);
        return info.isFile() ? info.size() : qint64(-1);
    };
    return result;
}

QString placed(const formats::TextError &error)
{
    if (error.line <= 1 && error.column <= 1)
        return error.message;
    return tr("%1 (line %2, column %3)").arg(error.message).arg(error.line).arg(error.column);
}

} // namespace

bool looksLikeRequest(const QString &text)
{
    return formats::looksLikeCurl(text) || formats::looksLikeRawRequest(text);
}

PastedRequest readPastedRequest(const QString &text, const QString &scheme)
{
    PastedRequest pasted;
    const auto take = [&pasted](const formats::Request &request) {
        pasted.drafts.append(session::draftOf(request, session::Automatic::Recognized));
    };
    if (formats::looksLikeCurl(text)) {
        const formats::CurlReading reading = formats::readCurl(text.toUtf8(), surroundings());
        pasted.remarks = reading.remarks;
        pasted.error = placed(reading.error);
        for (const formats::Request &request : reading.requests) {
            take(request);
            pasted.remarks += session::shortcomingsOf(request);
        }
    } else {
        const formats::RawRequest reading = formats::readRawRequest(text.toUtf8(), scheme);
        pasted.remarks = reading.remarks;
        pasted.error = placed(reading.error);
        if (reading.request)
            take(*reading.request);
    }
    pasted.remarks.removeDuplicates();
    if (!pasted.error.isEmpty())
        pasted.drafts.clear();
    return pasted;
}

} // namespace headrace::ui
