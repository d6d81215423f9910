#pragma once

#include "proxy/bodysource.h"
#include "rules/octetranges.h"

#include <QFile>

#include <deque>
#include <memory>

namespace headrace::proxy {

/// Pieces of a file, and texts between them, read as they are sent. A file that goes away stays readable; of one that becomes
/// shorter what is missing is a problem. Waits for the disk, as long as it takes for Step.
class FileBody : public BodySource
{
public:
    static constexpr qint64 Step = 128 * 1024; ///< Octets of one read().

    explicit FileBody(std::unique_ptr<QFile> file);

    void add(const QByteArray &text);
    void add(const OctetRange &range);

    qint64 size() const override { return m_size; }

    QByteArray read() override;

    QString problem() const override { return m_problem; }

private:
    struct Piece
    {
        QByteArray text;
        OctetRange range; ///< Without a text.
    };

    std::unique_ptr<QFile> m_file;
    std::deque<Piece> m_pieces; ///< That are left.
    qint64 m_size = 0;
    QString m_problem;
};

} // namespace headrace::proxy
