#include "oddexchanges.h"

#include <limits>

namespace headrace::formats {

using namespace exchange;

Message madeMessage(const QByteArray &startLine, const FieldList &fields, const QByteArray &body)
{
    QByteArray head = startLine + "\r\n";
    for (const auto &[name, value] : fields)
        head += name + ": " + value + "\r\n";
    head += "\r\n";
    Message message;
    message.startLine = startLine;
    message.fields = fields;
    message.httpVersion = "1.1";
    message.headTime = 10;
    message.endTime = 20;
    message.octets = { { 10, Part::Head, head } };
    if (!body.isEmpty())
        message.octets.append({ 12, Part::Body, body });
    message.bodyOctets = body.size();
    message.wireOctets = head.size() + body.size();
    return message;
}

Exchange plainExchange()
{
    Exchange exchange;
    exchange.summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'123, Qt::UTC);
    exchange.summary.scheme = QStringLiteral("http");
    exchange.summary.host = QStringLiteral("a.test");
    exchange.summary.method = QStringLiteral("GET");
    exchange.summary.target = QStringLiteral("/x");
    exchange.summary.state = State::Complete;
    exchange.summary.pattern = Pattern::Success;
    exchange.request = madeMessage("GET /x HTTP/1.1", { { "Host", "a.test" } }, {});
    exchange.response
        = madeMessage("HTTP/1.1 200 OK", { { "Content-Type", "text/plain" } }, "hello");
    exchange.response.statusCode = 200;
    exchange.response.reason = "OK";
    return exchange;
}

QList<NamedExchange> oddExchanges()
{
    QList<NamedExchange> rows;
    Exchange nothing;
    nothing.summary.began = plainExchange().summary.began;
    rows.append({ "plain", plainExchange() });
    rows.append({ "nothing in it", nothing });

    Exchange odd = plainExchange();
    odd.response.trailers = { { "X-Sum", "1" }, { "x-sum", "" } };
    odd.request.trailers = { { "T", "\xff" } };
    odd.summary.hasTrailers = true;
    rows.append({ "trailers", odd });

    odd = plainExchange();
    odd.interim
        = { madeMessage("HTTP/1.1 103 Early Hints", { { "Link", "<a>" }, { "link", "<b>" } }, {}),
              madeMessage("HTTP/1.1 100 Continue", {}, {}) };
    odd.interim[0].statusCode = 103;
    odd.interim[0].reason = "Early Hints";
    odd.interim[1].statusCode = 100;
    odd.summary.interimCount = 2;
    rows.append({ "interim responses", odd });

    odd = plainExchange();
    odd.response.chunks = { { 11, 0, 5, ";a=\"b\"" }, { 12, 5, 0, ";\xff" } };
    odd.response.octets = { { 10, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" },
        { 11, Part::ChunkHeader, "5;a=\"b\"\r\n" }, { 11, Part::Body, "hello" },
        { 12, Part::ChunkEnd, "\r\n" }, { 13, Part::Trailers, "X: 1\r\n\r\n" } };
    rows.append({ "chunks with extensions", odd });

    odd = plainExchange();
    odd.response = {};
    odd.summary.state = State::Canceled;
    odd.summary.pattern = Pattern::AbortedBeforeResponse;
    odd.events = { { 5, QStringLiteral("ClientRequest"), QStringLiteral("abort"), {} },
        { 6, QStringLiteral("Socket"), QStringLiteral("connect started"),
            QStringLiteral("ü \"x\"") } };
    rows.append({ "aborted", odd });

    odd = plainExchange();
    odd.response.octets = { { 10, Part::Unparsed, QByteArray("\0\x16\x03 no HTTP", 11) } };
    odd.response.startLine.clear();
    odd.summary.state = State::Failed;
    odd.summary.pattern = Pattern::ParseError;
    odd.failure
        = Failure { QStringLiteral("HPE_INVALID_CONSTANT"), QStringLiteral("Parse Error: “x”") };
    odd.summary.errorCode = odd.failure->code;
    odd.summary.errorMessage = odd.failure->message;
    rows.append({ "failed", odd });

    odd = plainExchange();
    odd.request.octets.append({ 30, Part::Tunnel, QByteArray("\x81\x05hello", 7) });
    odd.response.octets.append({ 31, Part::Tunnel, QByteArray("\0\0\xff\xfe", 4) });
    odd.summary.pattern = Pattern::Upgrade;
    rows.append({ "upgraded", odd });

    odd = plainExchange();
    odd.request = madeMessage("POST /x HTTP/1.1",
        { { "Content-Type", "application/octet-stream" } }, QByteArray("\xff\0\x80", 3));
    odd.response = madeMessage("HTTP/1.1 200 OK", { { "Content-Type", "image/png" } },
        QByteArray("\x89PNG\r\n\x1a\n\0", 9));
    rows.append({ "binary", odd });

    odd = plainExchange();
    odd.response = madeMessage("HTTP/1.1 200 OK", { { "Content-Encoding", "deflate" } },
        qCompress(QByteArray(1000, 'a')).sliced(4));
    rows.append({ "compressed", odd });

    odd = plainExchange();
    odd.response = madeMessage("HTTP/1.1 200 OK", { { "Content-Encoding", "gzip" } }, "no gzip");
    rows.append({ "compressed wrong", odd });

    odd = plainExchange();
    odd.request.fields = { { "X-ID", "1" }, { "x-id", "" }, { "X-Id", "\xe9t\xe9" },
        { "\xfcml", "v" }, { "", "nameless" }, { "T", "a\tb" }, { "N", QByteArray("\0", 1) } };
    odd.response.startLine = "HTTP/1.1 200 \xd6K";
    odd.response.reason = "\xd6K";
    odd.response.fields = { { "Set-Cookie", "a=1" }, { "set-cookie", "=;;=" } };
    rows.append({ "fields, odd case and octets", odd });

    odd = plainExchange();
    odd.summary.target = QStringLiteral("/\u00fc x?a=1&b&=c&&%zz=%ff<\">");
    odd.connection.peerAddress = QStringLiteral("/run/a socket");
    rows.append({ "odd target and no address", odd });

    odd = plainExchange();
    odd.request = madeMessage("POST / HTTP/1.1",
        { { "Cookie", "a=1; b; =c; d=" }, { "Content-Type", "application/x-www-form-urlencoded" } },
        "a=1&b=\xff&&=");
    odd.response.fields = { { "Set-Cookie",
                                "a=1; Path=/; Domain=a.test; Expires=Wed, 21 Oct 2026 07:28:00 "
                                "GMT; HttpOnly; Secure" },
        { "Set-Cookie", "" }, { "Set-Cookie", "e=; Expires=never" } };
    rows.append({ "form and cookies", odd });

    odd = plainExchange();
    odd.summary.note = QStringLiteral("a note\nof two lines \"quoted\" \\ 😀");
    odd.summary.mark = Mark::Violet;
    rows.append({ "note and mark", odd });

    odd = plainExchange();
    odd.response.isTruncated = true;
    odd.request.isPartial = true;
    odd.response.bodyOctets = std::numeric_limits<qint64>::max();
    odd.response.wireOctets = std::numeric_limits<qint64>::max();
    rows.append({ "counts beyond what was kept", odd });

    odd = plainExchange();
    odd.timings = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    odd.summary.duration = 9;
    odd.connection = { std::numeric_limits<quint64>::max(), true, QStringLiteral("127.0.0.1"),
        QStringLiteral("::1"), 65535, 443,
        Tls { QStringLiteral("TLSv1.3"), QStringLiteral("C"), "http/1.1", QStringLiteral("a.test"),
            { QByteArray("\x30\0", 2), {} } } };
    rows.append({ "timings, connection, TLS", odd });

    odd = plainExchange();
    odd.summary.source = Source::Proxy;
    odd.timings.held = 2'500'000;
    odd.interim = { madeMessage("HTTP/1.1 103 Early Hints", {}, {}) };
    odd.interim[0].statusCode = 103;
    odd.client
        = Connection { 7, true, QStringLiteral("127.0.0.1"), QStringLiteral("::1"), 8080, 50'000,
              Tls { QStringLiteral("TLSv1.2"), QStringLiteral("C"), {}, QStringLiteral("a.test"),
                  { QByteArray("\x30\0", 2) } } };
    for (int i = 0; i <= int(Change::Cause::Leniency); ++i)
        odd.changes.append({ 10 + i, i % 3 - 1, Change::Cause(i),
            i % 2 == 0 ? QString() : QStringLiteral("Map “ü”"),
            i % 2 == 0 ? Part::Head : Part::Trailers, QStringLiteral("set header X"), "X: \xff\r\n",
            QByteArray("\0", 1), i == 3 });
    rows.append({ "proxied and changed", odd });

    for (int i = 0; i < PatternCount; ++i) {
        odd = plainExchange();
        odd.summary.pattern = Pattern(i);
        odd.summary.state = State(i % 4);
        odd.summary.source = Source(i % 4);
        rows.append({ "pattern " + QByteArray::number(i), odd });
    }
    return rows;
}

} // namespace headrace::formats
