#pragma once

#include "parserfault_p.h"
#include "wire/messageparser.h"

#include <llhttp.h>

namespace headrace::wire {

/** llhttp's judgement of one head after the other: is every octet well formed, and what do the fields
    say about framing and persistence. It sees heads only. */
class LlhttpHead
{
public:
    LlhttpHead(MessageKind kind, Lenience lenience);

    void begin();

    /// Octets behind the fed ones that were accepted; less than all of them: see fault().
    qsizetype feed(QByteArrayView octets);

    /// The blank line was read; what follows is valid only then.
    bool isComplete() const { return m_complete; }

    const ParserFault &fault() const { return m_fault; }

    bool hasContentLength() const { return m_parser.flags & F_CONTENT_LENGTH; }

    quint64 contentLength() const { return m_parser.content_length; }

    bool hasTransferEncoding() const { return m_parser.flags & F_TRANSFER_ENCODING; }

    bool isChunked() const ///< The last transfer coding is chunked.
    {
        return m_parser.flags & F_CHUNKED;
    }

    /// RFC 9112 section 9.3, by version and Connection field alone.
    bool connectionPersists() const
    {
        if (m_parser.http_major > 0 && m_parser.http_minor > 0)
            return !(m_parser.flags & F_CONNECTION_CLOSE);
        return m_parser.flags & F_CONNECTION_KEEP_ALIVE;
    }

    bool upgradeRequested() const { return m_parser.upgrade; }

private:
    static int onHeadersComplete(llhttp_t *parser);

    MessageKind m_kind;
    Lenience m_lenience;
    llhttp_t m_parser;
    bool m_complete = false;
    ParserFault m_fault;
};

} // namespace headrace::wire
