#include "verbs/curlfile.h"

#include <formats/curlreader.h>
#include <session/draftconversion.h>

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <optional>

namespace headrace::app {

namespace {

std::optional<QByteArray> readAll(const QString &path, QString *problem)
{
    QFile file(path);
    const bool isOpen
        = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        *problem = file.errorString();
        return std::nullopt;
    }
    const QByteArray content = file.readAll();
    if (file.error() == QFileDevice::NoError)
        return content;
    *problem = file.errorString();
    return std::nullopt;
}

} // namespace

CurlFile readCurlFile(const QString &path)
{
    CurlFile result;
    QString problem;
    const std::optional<QByteArray> text = readAll(path, &problem);
    if (!text) {
        result.error = QStringLiteral("%1: %2").arg(path, problem);
        return result;
    }
    formats::CurlSurroundings surroundings;
    surroundings.readFile = [isInputTaken = path == u"-"](
                                const QString &name, QString *why) -> std::optional<QByteArray> {
        if (name == u"-" && isInputTaken) {
            *why = QStringLiteral("the command itself was read from there");
            return std::nullopt;
        }
        return readAll(name, why);
    };
    surroundings.fileSize = [](const QString &name) {
        const QFileInfo info(name);
        return info.isFile() ? info.size() : qint64(-1);
    };
    const formats::CurlReading reading = formats::readCurl(*text, surroundings);
    result.remarks = reading.remarks;
    if (reading.error) {
        result.error = QStringLiteral("%1:%2:%3: %4")
                           .arg(path)
                           .arg(reading.error.line)
                           .arg(reading.error.column)
                           .arg(reading.error.message);
        return result;
    }
    for (const formats::Request &request : reading.requests) {
        result.drafts.append(session::draftOf(request, session::Automatic::Given));
        result.remarks += session::shortcomingsOf(request);
    }
    result.remarks.removeDuplicates();
    return result;
}

} // namespace headrace::app
