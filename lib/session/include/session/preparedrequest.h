#pragma once

#include "session/requestdraft.h"

#include <http/requestoptions.h>

namespace headrace::session {

/** What a draft comes to: all that http::request() and the body need. The fields are the draft's, in its
    order; Host stands before them (RFC 9110 section 7.2), what else is automatic behind them: Authorization
    for credentials in the URL, then Content-Length, or Transfer-Encoding and Trailer. Connection is the
    library's. */
struct PreparedRequest
{
    http::RequestOptions options; ///< Without agent and observer.
    bool isSecure = false;
    QByteArray body;
    QString filePath; ///< The body instead; empty without.
    http::HeaderList trailers;

    /// Of the body. Unit: octets; -1 is unknown (a pipe or device).
    qint64 bodyOctets = 0;

    /// `Expect: 100-continue` is sent: the body waits for the answer to that.
    bool waitsForContinue = false;
};

/// \a draft must have no problems().
PreparedRequest prepare(const RequestDraft &draft);

} // namespace headrace::session
