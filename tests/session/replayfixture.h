#pragma once

#include "support/rawserver.h"

#include <exchange/exchangebuilder.h>
#include <session/replay.h>

#include <QSignalSpy>
#include <QTest>

/// Recorded requests, and how a test sends them again.
namespace replaytest {

using namespace headrace;
using namespace headrace::exchange;
using session::Replay;
using session::ReplayItem;
using session::ReplayOptions;
using ItemState = ReplayItem::State;
using Bodies = ReplayItem::Bodies;

inline const QByteArray Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

struct Recorded
{
    QByteArrayList pieces; ///< The first is the head.
    qint64 gap = 0; ///< Microseconds between them.
    qint64 began = 0; ///< Milliseconds.
    Source source = Source::Composer;
    QByteArray body = "hello"; ///< Of its response.
};

/// As it would have been recorded when it was sent to \a host.
inline ExchangeId add(Sink &store, const QString &host, const Recorded &recorded)
{
    Exchange exchange;
    Summary &summary = exchange.summary;
    summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000 + recorded.began);
    summary.scheme = QStringLiteral("http");
    summary.host = host;
    summary.source = recorded.source;
    summary.state = exchange::State::Complete;
    const QByteArray &head = recorded.pieces.constFirst();
    exchange.request.startLine = head.left(head.indexOf("\r\n"));
    summary.method = QString::fromLatin1(head.left(head.indexOf(' ')));
    summary.statusCode = 200;
    qint64 time = 10;
    for (const QByteArray &piece : recorded.pieces) {
        exchange.request.octets.append({ time, time == 10 ? Part::Head : Part::Body, piece });
        time += recorded.gap + 1;
    }
    exchange.request.endTime = time;
    exchange.response.startLine = "HTTP/1.1 200 OK";
    exchange.response.statusCode = 200;
    exchange.response.octets = { { time, Part::Body, recorded.body } };
    exchange.response.bodyOctets = recorded.body.size();
    exchange.response.endTime = time;
    return tellExchange(store, exchange);
}

inline QByteArray get(const QByteArray &target = "/")
{
    return "GET " + target + " HTTP/1.1\r\nhOst:  a.test \r\nX-A: 1\r\nx-a:2\r\n\r\n";
}

inline QString hostOf(const RawServer &server)
{
    return QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
}

inline void run(Replay &replay, const QList<ExchangeId> &ids, const ReplayOptions &options = {})
{
    QSignalSpy finished(&replay, &Replay::finished);
    replay.start(ids, options);
    QVERIFY(replay.isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QVERIFY(!replay.isRunning());
}

} // namespace replaytest
