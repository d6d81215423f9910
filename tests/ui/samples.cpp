#include "samples.h"

namespace headrace::ui::samples {

using exchange::Event;
using exchange::ExchangeId;
using exchange::FieldList;
using exchange::MemoryStore;
using exchange::Message;
using exchange::Octets;
using exchange::Part;
using exchange::State;
using exchange::Summary;

namespace {

constexpr int Request = -1;
constexpr int Response = 0;

Summary summaryOf(const Sample &sample)
{
    Summary summary;
    summary.began = QDateTime(QDate(2026, 3, 14), QTime(12, 1, 7, 42));
    summary.scheme = QStringLiteral("http");
    summary.host = sample.host;
    summary.method = sample.method;
    summary.target = sample.target;
    summary.requestBodyOctets = sample.requestBody.size();
    return summary;
}

QByteArray block(const QByteArray &startLine, const FieldList &fields)
{
    QByteArray octets = startLine.isEmpty() ? QByteArray() : startLine + "\r\n";
    for (const auto &[name, value] : fields)
        octets += name + ": " + value + "\r\n";
    return octets + "\r\n";
}

void addHead(MemoryStore &store, ExchangeId id, int which, const QByteArray &startLine,
    const FieldList &fields, int status, qint64 time)
{
    Message head;
    head.startLine = startLine;
    head.fields = fields;
    head.statusCode = status;
    head.reason = startLine.mid(13);
    head.httpVersion = "1.1";
    head.headTime = time;
    store.addOctets(id, which, Octets { time, Part::Head, block(startLine, fields) });
    store.setHead(id, which, head);
}

} // namespace

ExchangeId begin(MemoryStore &store, const Sample &sample)
{
    const ExchangeId id = store.begin(summaryOf(sample));
    store.addEvent(
        id, Event { 120, QStringLiteral("ClientRequest"), QStringLiteral("socket"), {} });
    store.addEvent(id,
        Event { 400, QStringLiteral("Socket"), QStringLiteral("connect"),
            QStringLiteral("127.0.0.1:80") });
    const QByteArray line = sample.method.toLatin1() + ' ' + sample.target.toUtf8() + " HTTP/1.1";
    addHead(store, id, Request, line, sample.requestFields, 0, 450);
    if (!sample.requestBody.isEmpty())
        store.addOctets(id, Request, Octets { 460, Part::Body, sample.requestBody });
    store.setEnd(id, Request, 470);
    store.addEvent(
        id, Event { 470, QStringLiteral("ClientRequest"), QStringLiteral("finish"), {} });

    exchange::Connection connection;
    connection.id = 3;
    connection.localAddress = QStringLiteral("127.0.0.1");
    connection.localPort = 50'000;
    connection.peerAddress = QStringLiteral("127.0.0.1");
    connection.peerPort = 80;
    store.setConnection(id, connection);
    exchange::Timings timings;
    timings.connectStarted = 130;
    timings.connectEnded = 400;
    timings.requestSent = 470;
    store.setTimings(id, timings);
    return id;
}

void finish(MemoryStore &store, ExchangeId id, const Sample &sample)
{
    Summary summary = summaryOf(sample);
    summary.duration = 91'000;
    if (sample.hasEarlyHints) {
        addHead(store, id, 1, "HTTP/1.1 103 Early Hints", { { "Link", "</a.css>; rel=preload" } },
            103, 20'000);
        summary.interimCount = 1;
    }
    if (sample.statusCode != 0) {
        const QByteArray line
            = "HTTP/1.1 " + QByteArray::number(sample.statusCode) + ' ' + sample.reason;
        addHead(store, id, Response, line, sample.fields, sample.statusCode, 80'000);
        if (!sample.body.isEmpty())
            store.addOctets(id, Response, Octets { 81'000, Part::Body, sample.body });
        if (!sample.trailers.isEmpty()) {
            store.addOctets(
                id, Response, Octets { 90'000, Part::Trailers, block({}, sample.trailers) });
            store.setTrailers(id, Response, sample.trailers);
            summary.hasTrailers = true;
        }
        store.setEnd(id, Response, 90'500);
        store.addEvent(id,
            Event { 80'000, QStringLiteral("ClientRequest"), QStringLiteral("response"),
                QString::number(sample.statusCode) });
        store.addEvent(
            id, Event { 90'500, QStringLiteral("IncomingMessage"), QStringLiteral("end"), {} });
        summary.statusCode = sample.statusCode;
        summary.reason = QString::fromLatin1(sample.reason);
        summary.responseBodyOctets = sample.body.size();
        for (const auto &[name, value] : sample.fields) {
            if (name.compare("Content-Type", Qt::CaseInsensitive) == 0)
                summary.contentType = QString::fromLatin1(value.split(';').constFirst());
        }
    }
    summary.state = State::Complete;
    if (!sample.errorCode.isEmpty()) {
        summary.state = State::Failed;
        summary.errorCode = sample.errorCode;
        summary.errorMessage = sample.errorMessage;
        store.setFailure(id, exchange::Failure { sample.errorCode, sample.errorMessage });
        store.addEvent(id,
            Event { 90'900, QStringLiteral("ClientRequest"), QStringLiteral("error"),
                sample.errorCode });
    }
    store.setSummary(id, summary);
    store.end(id);
}

ExchangeId add(MemoryStore &store, const Sample &sample)
{
    const ExchangeId id = begin(store, sample);
    finish(store, id, sample);
    return id;
}

} // namespace headrace::ui::samples
