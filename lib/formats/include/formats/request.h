#pragma once

#include "formats/formdata.h"

#include <exchange/exchange.h>

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace headrace::formats {

/** A request between two notations: what a curl line, raw text or a piece of code says, or is to say. Its fields are
    all that is sent, in order: Host, Connection, Content-Length or Transfer-Encoding and those of the body are
    among them, and nothing is added. */
struct Request
{
    enum class BodyKind
    {
        None,
        Octets,
        File,
        Form
    };

    QByteArray method = QByteArrayLiteral("GET");
    QString url; ///< "http://host:port/path?query", without user, password and fragment.
    QByteArray
        target; ///< The request target where it is not the URL's path and query ("*"); else empty.
    QString connectTo; ///< "host:port" to connect to instead of the URL's; empty: the URL's.
    exchange::FieldList fields;
    BodyKind bodyKind = BodyKind::None;
    QByteArray body; ///< Octets; without chunk framing.
    QString filePath; ///< File.
    QList<FormPart> parts; ///< Form.
    QByteArray boundary; ///< Form: as the Content-Type among the fields says.
    exchange::FieldList trailers;
    bool isHttp10 = false;
    bool verifiesCertificates = true;
    bool followsRedirects = false;
    std::optional<std::chrono::milliseconds> timeout; ///< None: that of whoever sends it.

    /// First value of that name, case-insensitive; null if there is none.
    QByteArray field(QByteArrayView name) const;
    bool isChunked() const; ///< Transfer-Encoding says so.

    /// As the request line has it: `target`, or path and query of the URL.
    QByteArray wireTarget() const;
    bool isSecure() const; ///< https
    QString authority() const; ///< Of the URL: "host:port", as written.
    QString host() const; ///< Of the URL; IPv6 without brackets.
    int port() const; ///< Of the URL, or its scheme's own.
};

/// The request of \a exchange. \a lost: if given, one sentence on what it does not have of it; else empty.
Request requestOf(const exchange::Exchange &exchange, QString *lost = nullptr);

} // namespace headrace::formats
