#pragma once

#include "session/requestdraft.h"

#include <http/requestoptions.h>

namespace headrace::session {

/// Octets, or a file, as a part of a body.
struct BodyPart
{
    QByteArray octets;
    QString filePath; ///< Empty: octets.
    qint64 size = 0; ///< -1: it is not known (a pipe or device).
};

/** What a draft comes to: all that http::request() and the body need. The fields are the draft's, in its
    order; Host stands before them (RFC 9110 section 7.2), what else is automatic behind them: Authorization
    for credentials in the URL, then Content-Length, or Transfer-Encoding and Trailer. A form whose Content-Type names no boundary is given one, and a
    form without Content-Type that of a form. Connection is the
    library's. */
struct PreparedRequest
{
    http::RequestOptions options; ///< Without agent and observer.
    bool isSecure = false;
    QByteArray body;
    QString filePath; ///< The body instead; empty without.
    QList<BodyPart> parts; ///< The body instead, one after the other; empty without.
    QByteArray boundary; ///< Of a form.
    http::HeaderList trailers;

    /// Of the body. Unit: octets; -1 is unknown (a pipe or device).
    qint64 bodyOctets = 0;

    /// `Expect: 100-continue` is sent: the body waits for the answer to that.
    bool waitsForContinue = false;
};

/// \a draft must have no problems(). \a boundary: of a form that has none; empty: a random one.
PreparedRequest prepare(const RequestDraft &draft, const QByteArray &boundary = {});

} // namespace headrace::session
