#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace headrace::formats::curl {

/// A URL taken apart and made regular, as curl does before it is sent.
struct CurlUrl
{
    QByteArray scheme; ///< "http", "https"
    std::optional<QByteArray> credentials; ///< "user:password", decoded.
    QByteArray host; ///< In ASCII; as written otherwise.
    QByteArray port; ///< Empty: the scheme's own.
    QByteArray path; ///< From "/" on; dot segments are gone, octets above ASCII encoded.
    QByteArray query; ///< Without "?".
    bool hasQuery = false;

    QByteArray authority() const; ///< As the Host field says it.
    QByteArray url() const; ///< Without credentials.

    /// Behind "?" or "&", up to a "#". False: it has a blank or a control character.
    bool appendQuery(const QByteArray &data);
};

/// Nothing when curl would refuse it; \a problem says why.
std::optional<CurlUrl> parseCurlUrl(
    const QByteArray &text, const QByteArray &defaultScheme, bool isPathAsIs, QString *problem);

} // namespace headrace::formats::curl
