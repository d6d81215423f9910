#include "curl/files.h"

#include <utility>

namespace headrace::formats::curl {

Files::Files(const CurlSurroundings &surroundings, std::optional<QByteArray> input)
    : m_surroundings(surroundings)
    , m_input(std::move(input))
{
}

std::optional<QByteArray> Files::read(const QByteArray &path)
{
    if (path == "-" && m_input)
        return m_input;
    QString problem = QStringLiteral("no files are read here");
    std::optional<QByteArray> content;
    if (m_surroundings.readFile)
        content = m_surroundings.readFile(QString::fromUtf8(path), &problem);
    if (!content) {
        const QString what = path == "-"
            ? QStringLiteral("Standard input")
            : QStringLiteral("The file %1").arg(QString::fromUtf8(path));
        remark(QStringLiteral("%1 is left out: %2.").arg(what, problem));
    }
    return content;
}

qint64 Files::size(const QString &path) const
{
    return m_surroundings.fileSize ? m_surroundings.fileSize(path) : -1;
}

QByteArray Files::boundary() const
{
    return m_surroundings.boundary.isEmpty() ? makeBoundary() : m_surroundings.boundary;
}

void Files::remark(const QString &sentence)
{
    if (!m_remarks.contains(sentence))
        m_remarks.append(sentence);
}

QStringList Files::takeRemarks() { return std::exchange(m_remarks, {}); }

} // namespace headrace::formats::curl
