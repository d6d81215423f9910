#include "formats/formdata.h"

#include <QRandomGenerator>

#include <array>
#include <utility>

namespace headrace::formats {

namespace {

QByteArray quoted(QByteArray text)
{
    text.replace('"', "%22");
    text.replace('\r', "%0D");
    text.replace('\n', "%0A");
    return '"' + text + '"';
}

QByteArray headOf(const FormPart &part)
{
    QByteArray head = "Content-Disposition: form-data";
    if (!part.name.isNull())
        head += "; name=" + quoted(part.name);
    if (!part.fileName.isNull())
        head += "; filename=" + quoted(part.fileName);
    head += "\r\n";
    if (!part.type.isEmpty())
        head += "Content-Type: " + part.type + "\r\n";
    for (const auto &[name, value] : part.fields)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

} // namespace

QList<BodyPiece> encodeForm(const QList<FormPart> &parts, const QByteArray &boundary)
{
    QList<BodyPiece> pieces;
    QByteArray literal;
    for (const FormPart &part : parts) {
        literal += "--" + boundary + "\r\n" + headOf(part);
        if (part.filePath.isEmpty()) {
            literal += part.value;
        } else {
            pieces.append({ std::exchange(literal, {}), {} });
            pieces.append({ {}, part.filePath });
        }
        literal += "\r\n";
    }
    literal += "--" + boundary + "--\r\n";
    pieces.append({ literal, {} });
    return pieces;
}

QByteArray makeBoundary()
{
    const QByteArray digits = QByteArray::number(QRandomGenerator::global()->generate64(), 16);
    return QByteArray(24, '-') + digits.rightJustified(16, '0');
}

// The ones that curl knows, so that a form is the same from both.
QByteArray typeOfFile(const QString &fileName)
{
    static constexpr std::array<std::pair<const char *, const char *>, 10> types { {
        { ".gif", "image/gif" },
        { ".jpg", "image/jpeg" },
        { ".jpeg", "image/jpeg" },
        { ".png", "image/png" },
        { ".svg", "image/svg+xml" },
        { ".txt", "text/plain" },
        { ".htm", "text/html" },
        { ".html", "text/html" },
        { ".pdf", "application/pdf" },
        { ".xml", "application/xml" },
    } };
    for (const auto &[ending, type] : types) {
        if (fileName.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            return type;
    }
    return "application/octet-stream";
}

} // namespace headrace::formats
