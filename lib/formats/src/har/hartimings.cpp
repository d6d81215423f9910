#include "har/hartimings.h"

#include "har/jsonvalue.h"

#include <algorithm>
#include <cmath>

namespace headrace::formats {

using namespace exchange;

qint64 HarTimings::total() const
{
    qint64 sum = 0;
    for (const qint64 phase : { blocked, dns, connect, send, wait, receive })
        sum += std::max<qint64>(phase, 0);
    return sum;
}

HarTimings harTimings(const Timings &timings, qint64 duration)
{
    const qint64 last = std::max({ timings.lookupEnded, timings.connectEnded, timings.tlsEnded,
        timings.requestSent, timings.firstByte, qint64(0) });
    const qint64 over = duration >= 0 ? duration : timings.ended;
    const qint64 end = std::max(over, last);
    // A phase that did not come to its end lasted until all was over.
    const auto phase = [end](qint64 from, qint64 to) {
        return from < 0 ? -1 : std::max<qint64>((to < 0 ? end : to) - from, 0);
    };
    HarTimings har;
    har.dns = phase(timings.lookupStarted, timings.lookupEnded);
    har.ssl = phase(timings.tlsStarted, timings.tlsEnded);
    const bool isSecure = timings.tlsStarted >= 0;
    har.connect = phase(timings.connectStarted, isSecure ? timings.tlsEnded : timings.connectEnded);
    if (har.connect < 0)
        har.connect = har.ssl; // in a tunnel that was there already

    qint64 ready = std::max({ timings.lookupEnded, timings.connectEnded, timings.tlsEnded });
    const bool isUnfinished = (timings.lookupStarted >= 0 && timings.lookupEnded < 0)
        || (timings.connectStarted >= 0 && timings.connectEnded < 0)
        || (isSecure && timings.tlsEnded < 0);
    if (isUnfinished)
        ready = end;
    if (ready >= 0) {
        const qint64 idle = ready - std::max<qint64>(har.dns, 0) - std::max<qint64>(har.connect, 0);
        har.blocked = std::max<qint64>(idle, 0);
    }
    const qint64 sent = std::max({ timings.requestSent, ready, qint64(0) });
    const qint64 answered = timings.firstByte < 0 ? end : std::max(timings.firstByte, sent);
    har.send = sent - std::max<qint64>(ready, 0);
    har.wait = answered - sent;
    har.receive = end - answered;
    return har;
}

HarTimings harTimings(const JsonValue &value)
{
    const auto phase = [&value](const char *name) -> qint64 {
        constexpr double limit = 1e12; // some thirty years
        const double milliseconds = value[name].toNumber(-1);
        return milliseconds < 0 || milliseconds > limit ? -1 : std::llround(milliseconds * 1000);
    };
    HarTimings har;
    har.blocked = phase("blocked");
    har.dns = phase("dns");
    har.connect = phase("connect");
    har.ssl = phase("ssl");
    har.send = phase("send");
    har.wait = phase("wait");
    har.receive = phase("receive");
    return har;
}

Timings timingsOf(const HarTimings &har)
{
    Timings timings;
    qint64 now = std::max<qint64>(har.blocked, 0);
    if (har.dns >= 0) {
        timings.lookupStarted = now;
        timings.lookupEnded = now += har.dns;
    }
    if (har.connect >= 0) {
        timings.connectStarted = now;
        now += har.connect;
        timings.connectEnded = now;
        if (har.ssl >= 0) {
            timings.tlsEnded = now;
            timings.tlsStarted = now - std::min(har.ssl, har.connect);
            timings.connectEnded = timings.tlsStarted;
        }
    }
    if (har.send >= 0)
        timings.requestSent = now += har.send;
    if (har.wait >= 0)
        timings.firstByte = now += har.wait;
    if (har.receive >= 0)
        timings.ended = now += har.receive;
    return timings;
}

} // namespace headrace::formats
