#pragma once

#include <wire/errorcode.h>

#include <QMetaType>
#include <QString>

namespace headrace::tls {

/// Why there is no TLS, or no more of it. A value.
struct TlsFailure
{
    /** CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT, ERR_TLS_CERT_ALTNAME_INVALID, …: the peer's certificate.
        EPROTO: the peer does not speak TLS, or not ours, or it refused. ECONNRESET: it went away. ETIMEDOUT.
        EINVAL: our own certificate or key is none. Source: the reference's `tls` errors. */
    wire::ErrorCode code = wire::ErrorCode::None;
    QString message; ///< For people, with the cause.
    int alert
        = -1; ///< What the peer refused with: AlertDescription of RFC 8446 section 6; -1: it did not.

    /// The peer said by an alert that it does not take our certificate.
    bool isCertificateRefused = false;

    /// Servers: the client went away without a word after it had seen our certificate. Some clients refuse so.
    bool isSilent = false;

    explicit operator bool() const { return code != wire::ErrorCode::None; }
};

} // namespace headrace::tls

Q_DECLARE_METATYPE(headrace::tls::TlsFailure)
