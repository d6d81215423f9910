#include "rules/filebody.h"

#include <utility>

namespace headrace::proxy {

FileBody::FileBody(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
{
}

void FileBody::add(const QByteArray &text)
{
    m_size += text.size();
    m_pieces.push_back({ text, {} });
}

void FileBody::add(const OctetRange &range)
{
    m_size += range.length;
    m_pieces.push_back({ {}, range });
}

QByteArray FileBody::read()
{
    if (m_pieces.empty())
        return {};
    Piece &piece = m_pieces.front();
    if (!piece.text.isEmpty()) {
        const QByteArray text = std::exchange(piece.text, {});
        m_pieces.pop_front();
        return text;
    }
    OctetRange &range = piece.range;
    QByteArray octets;
    if (m_file->pos() == range.first || m_file->seek(range.first))
        octets = m_file->read(qMin(range.length, Step));
    if (octets.isEmpty()) {
        m_problem = m_file->error() == QFileDevice::NoError
            ? QStringLiteral("The file has become shorter while it was sent.")
            : QStringLiteral("The file cannot be read any more: %1.").arg(m_file->errorString());
        m_pieces.clear();
        return {};
    }
    range.first += octets.size();
    range.length -= octets.size();
    if (range.length == 0)
        m_pieces.pop_front();
    return octets;
}

} // namespace headrace::proxy
