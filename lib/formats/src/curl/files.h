#pragma once

#include "formats/curlreader.h"

namespace headrace::formats::curl {

/// The files that a command names, and what there is to remark about it.
class Files
{
public:
    /// \a surroundings are borrowed. \a input: what the shell feeds the command; none: standard input.
    Files(const CurlSurroundings &surroundings, std::optional<QByteArray> input);

    /// Nothing, with a remark, when it cannot be read.
    std::optional<QByteArray> read(const QByteArray &path);
    qint64 size(const QString &path) const; ///< -1: it is not known.
    QByteArray boundary() const;

    void remark(const QString &sentence); ///< Each only once.
    QStringList takeRemarks();

private:
    const CurlSurroundings &m_surroundings;
    std::optional<QByteArray> m_input;
    QStringList m_remarks;
};

} // namespace headrace::formats::curl
