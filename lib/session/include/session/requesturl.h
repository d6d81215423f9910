#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace headrace::session {

/** What is typed as the URL of a request, taken apart without changing it: the target is, octet for octet
    (UTF-8), what stands between authority and fragment, so no dot segments go and nothing is encoded.
    Source: RFC 3986 section 3; RFC 9112 section 3.2.1. */
struct RequestUrl
{
    bool isSecure = false; ///< https
    QString host; ///< As it is looked up: ASCII (IDNA), IPv6 without brackets.
    quint16 port = 80; ///< As typed, or the scheme's own.
    bool isDefaultPort = true; ///< The port is the scheme's own.
    QByteArray target; ///< Path and query as typed; "/" when nothing is typed.
    QByteArray credentials; ///< "user:password", percent-decoded; empty without.

    /// Host and port as a Host field says it. RFC 9110 section 7.2.
    QByteArray authority() const;
};

/// A URL, or why it is none.
struct RequestUrlResult
{
    std::optional<RequestUrl> url;
    QString code; ///< "ERR_INVALID_URL", "ERR_INVALID_PROTOCOL", "ERR_UNESCAPED_CHARACTERS"
    QString message; ///< One sentence that says what to do.
};

/// Blanks around \a text do not count.
RequestUrlResult parseRequestUrl(const QString &text);

} // namespace headrace::session
