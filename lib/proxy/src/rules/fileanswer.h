#pragma once

#include "proxy/bodysource.h"
#include "proxy/messagehead.h"
#include "rules/localfile.h"

#include <memory>

namespace headrace::proxy {

/** What a request gets of a file: GET and HEAD all of it, a range or several, or that it has not changed, as their conditions
    want it; other methods the whole file. Clients are to ask before they use what they kept, as it is edited meanwhile.
    Source: RFC 9110 sections 8.8, 13 and 14. */
struct FileAnswer
{
    MessageHead head; ///< Without Content-Length.
    std::unique_ptr<BodySource> body; ///< Null: \a text.
    QByteArray text;

    /// \a file: open.
    static FileAnswer make(LocalFile file, const MessageHead &request);
};

} // namespace headrace::proxy
