#pragma once

#include <QByteArray>

#include <optional>

namespace headrace::session {

/// What of a recorded head does not go out as it is.
struct HeadRewriting
{
    bool isFromProxy = false; ///< Target in origin-form, without what is for proxies alone.
    std::optional<QByteArray> host; ///< Value of the first Host field.

    bool isNone() const { return !isFromProxy && !host; }
};

/// \a head with its line ends, up to the empty line. What is not changed stays octet for octet.
QByteArray rewritten(const QByteArray &head, const HeadRewriting &rewriting);

/// The target of a start line is in absolute-form (RFC 9112 section 3.2.2).
bool isAbsoluteForm(const QByteArray &startLine);

} // namespace headrace::session
