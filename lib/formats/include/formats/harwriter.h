#pragma once

#include "formats/harerror.h"

#include <exchange/exchange.h>

#include <QIODevice>

namespace headrace::formats {

/** Writes exchanges as HAR 1.2, entry by entry. Use: begin(), add() for each, end(). The text of an entry goes to the
    device piece by piece. After an error each call answers that error again; what was written stays in the device.

    Sizes are those of the wire: `headersSize` the octets of the head with start line and empty line (-1 if they were
    not all kept), `bodySize` the octets of the body as they passed without chunk framing (-1 without a response),
    `content.size` those of the decoded body, `content.compression` what the codings saved. `postData` has `text` as well
    as `params` for urlencoded forms, as browsers write it, though the specification wants one of them.
    `url` is a URI: what of a target must not stand in one is percent-encoded.
    `send`, `wait` and `receive` are never -1, as the specification wants; what of the time is none of the phases
    counts as `blocked`, so that `time` is their sum. `_held` beside them: how much of it a proxy held the exchange.

    HAR has no place for much of what is recorded. Fields with an underscore keep it, so that readHar() gives
    the same Exchange again, but for its id. Times: microseconds from `startedDateTime`. Octets: base64.
      entry: `_summary` (the row as listed), `_state`, `_source`, `_pattern`, `_mark`, `_error` {code, message}, `_events`,
        `_timings`, `_connection`, `_tls`, `_client` (of a proxy; a connection with its `tls`), `_changes` (by a proxy:
        {time, message, cause, by, part, summary, before, after, isCut}), `_interim` (messages), `_rawRequest` and `_rawResponse` (pieces {time, part, data}),
        `_webSocketMessages` {type, time, opcode, data} as Chrome has them, beside the octets of the tunnel
      request and response: `_message` {startLine, httpVersion, times and counts}, `_trailers`, `_chunks`; a request also
        `_content` {encoding, size, text} where text would lose octets
      name or value that is not UTF-8: read as ISO 8859-1, and `_name` or `_value` has its octets.
    Thread: one at a time. Source: HAR 1.2 Spec (softwareishard.com/blog/har-12-spec). */
class HarWriter
{
public:
    /// What readers can be expected to take: ask the store for no more of each message (Store::exchange()); of decoded
    /// bodies no more is written. Unit: octets.
    static constexpr qint64 OctetLimit = qint64(100) << 20;

    /// \a device: open for writing; not owned. \a creatorVersion: the program's, for `creator`.
    HarWriter(QIODevice &device, const QString &creatorVersion);

    [[nodiscard]] HarError begin();
    [[nodiscard]] HarError add(const exchange::Exchange &exchange);
    [[nodiscard]] HarError end();

private:
    HarError write(const QByteArray &text);
    HarError failure();

    QIODevice &m_device;
    QString m_creatorVersion;
    HarError m_error;
    bool m_isFirst = true;
};

} // namespace headrace::formats
