#include "record/logreader.h"

#include "record/logformat.h"
#include "record/octetreader.h"

namespace headrace::store {

namespace {

QString word(OctetReader &reader)
{
    const quint64 number = reader.number();
    return number == 0 ? reader.text() : commonWord(number).value_or(QString());
}

exchange::FieldList fields(OctetReader &reader)
{
    exchange::FieldList result;
    for (quint64 count = reader.number(); count > 0 && !reader.hasFailed(); --count) {
        QByteArray name = reader.ownOctets();
        result.emplaceBack(std::move(name), reader.ownOctets());
    }
    return result;
}

exchange::Connection connection(OctetReader &reader)
{
    exchange::Connection result;
    result.id = reader.number();
    result.isReused = reader.byte() != 0;
    result.localAddress = reader.text();
    result.localPort = quint16(reader.number());
    result.peerAddress = reader.text();
    result.peerPort = quint16(reader.number());
    if (reader.byte() == 0)
        return result;
    exchange::Tls tls;
    tls.protocol = reader.text();
    tls.cipher = reader.text();
    tls.alpn = reader.ownOctets();
    tls.serverName = reader.text();
    for (quint64 count = reader.number(); count > 0 && !reader.hasFailed(); --count)
        tls.peerCertificates.append(reader.ownOctets());
    result.tls = std::move(tls);
    return result;
}

exchange::Timings timings(OctetReader &reader)
{
    exchange::Timings result;
    for (qint64 *time : { &result.lookupStarted, &result.lookupEnded, &result.connectStarted,
             &result.connectEnded, &result.tlsStarted, &result.tlsEnded, &result.requestSent,
             &result.firstByte, &result.ended })
        *time = reader.signedNumber();
    if (!reader.atEnd()) // files had no more before there was a proxy
        result.held = reader.signedNumber();
    return result;
}

exchange::Message head(OctetReader &reader)
{
    exchange::Message result;
    result.startLine = reader.ownOctets();
    result.statusCode = int(reader.number());
    result.reason = reader.ownOctets();
    result.httpVersion = reader.ownOctets();
    result.headTime = reader.signedNumber();
    result.fields = fields(reader);
    return result;
}

/// Borrowed from what is read.
exchange::Octets octets(OctetReader &reader)
{
    exchange::Octets result;
    result.time = reader.signedNumber();
    result.part = exchange::Part(reader.byte());
    const QByteArrayView rest = reader.rest();
    result.octets = QByteArray::fromRawData(rest.data(), rest.size());
    return result;
}

exchange::Chunk chunk(OctetReader &reader)
{
    exchange::Chunk result;
    result.time = reader.signedNumber();
    result.offset = qint64(reader.number());
    result.size = qint64(reader.number());
    result.extensions = reader.ownOctets();
    return result;
}

exchange::Event event(OctetReader &reader)
{
    exchange::Event result;
    result.time = reader.signedNumber();
    result.object = word(reader);
    result.name = word(reader);
    result.detail = reader.text();
    return result;
}

// A message that cannot be: of a damaged log, where it would make a list of that length.
constexpr int mostInterim = 100'000;

int message(OctetReader &reader)
{
    const qint64 result = reader.signedNumber();
    return result < -1 || result > mostInterim ? 0 : int(result);
}

exchange::Change change(OctetReader &reader)
{
    exchange::Change result;
    result.time = reader.signedNumber();
    result.message = message(reader);
    result.cause = exchange::Change::Cause(reader.byte());
    result.by = reader.text();
    result.part = exchange::Part(reader.byte());
    result.summary = reader.text();
    result.isCut = reader.byte() != 0;
    result.before = reader.ownOctets();
    result.after = reader.ownOctets();
    return result;
}

void replayCall(LogCall call, OctetReader &reader, exchange::Sink &sink,
    const std::function<bool(int message)> &keeps)
{
    switch (call) {
    case LogCall::Connection:
        sink.setConnection(0, connection(reader));
        break;
    case LogCall::Timings:
        sink.setTimings(0, timings(reader));
        break;
    case LogCall::Head: {
        const int which = message(reader);
        sink.setHead(0, which, head(reader));
        break;
    }
    case LogCall::Octets: {
        const int which = message(reader);
        exchange::Octets piece = octets(reader);
        if (!keeps || keeps(which))
            piece.octets.detach();
        sink.addOctets(0, which, piece);
        break;
    }
    case LogCall::Unkept: {
        const int which = message(reader);
        const auto part = exchange::Part(reader.byte());
        sink.addUnkept(0, which, part, qint64(reader.number()));
        break;
    }
    case LogCall::Chunk: {
        const int which = message(reader);
        sink.addChunk(0, which, chunk(reader));
        break;
    }
    case LogCall::Trailers: {
        const int which = message(reader);
        sink.setTrailers(0, which, fields(reader));
        break;
    }
    case LogCall::End: {
        const int which = message(reader);
        sink.setEnd(0, which, reader.signedNumber());
        break;
    }
    case LogCall::Event:
        sink.addEvent(0, event(reader));
        break;
    case LogCall::Client:
        sink.setClient(0, connection(reader));
        break;
    case LogCall::Change:
        sink.addChange(0, change(reader));
        break;
    case LogCall::Failure: {
        QString code = reader.text();
        sink.setFailure(0, { std::move(code), reader.text() });
        break;
    }
    }
}

} // namespace

bool replay(QByteArrayView log, exchange::Sink &sink, const std::function<bool(int message)> &keeps)
{
    OctetReader reader(log);
    while (!reader.atEnd()) {
        const auto call = LogCall(reader.byte());
        OctetReader arguments(reader.octets());
        if (reader.hasFailed())
            return false;
        replayCall(call, arguments, sink, keeps);
    }
    return true;
}

void replayHeads(QByteArrayView log, exchange::Sink &sink)
{
    OctetReader reader(log);
    while (!reader.atEnd()) {
        const auto call = LogCall(reader.byte());
        OctetReader arguments(reader.octets());
        if (reader.hasFailed())
            return;
        if (call == LogCall::Head)
            replayCall(call, arguments, sink, {});
    }
}

bool replayOctets(
    QByteArrayView log, int message, const std::function<bool(const exchange::Octets &)> &take)
{
    OctetReader reader(log);
    while (!reader.atEnd()) {
        const auto call = LogCall(reader.byte());
        OctetReader arguments(reader.octets());
        if (reader.hasFailed())
            break;
        if (call != LogCall::Octets || store::message(arguments) != message)
            continue;
        if (!take(octets(arguments)))
            return false;
    }
    return true;
}

} // namespace headrace::store
