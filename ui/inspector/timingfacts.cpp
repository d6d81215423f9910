#include "inspector/timingfacts.h"

#include "shell/format.h"

#include <exchange/side.h>

#include <QCoreApplication>

#include <algorithm>

namespace headrace::ui {

using exchange::Exchange;
using exchange::Message;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Inspector", text); }

/// When the request got its connection; -1 if that is not known.
qint64 socketTime(const Exchange &exchange)
{
    const auto found = std::find_if(
        exchange.events.cbegin(), exchange.events.cend(), [](const exchange::Event &event) {
            return event.object == u"ClientRequest" && event.name == u"socket";
        });
    return found == exchange.events.cend() ? -1 : found->time;
}

class Phases
{
public:
    void add(const QString &name, qint64 begin, qint64 end)
    {
        if (begin >= 0 && end >= begin)
            m_phases += Phase { name, begin, end };
    }

    QList<Phase> result() const { return m_phases; }

private:
    QList<Phase> m_phases;
};

QList<Phase> serverPhases(const Exchange &exchange)
{
    const Message &request = exchange.request;
    const Message &response = exchange.response;
    const qint64 ended = exchange.timings.ended;
    const qint64 answered = response.headTime;
    Phases phases;
    phases.add(tr("Receiving"), 0, request.endTime >= 0 ? request.endTime : ended);
    // An answer may begin before the request is there whole.
    phases.add(tr("Working"), std::max(request.headTime, std::min(request.endTime, answered)),
        answered >= 0 ? answered : ended);
    phases.add(tr("Answering"), answered, response.endTime >= 0 ? response.endTime : ended);
    return phases.result();
}

QList<Phase> clientPhases(const Exchange &exchange)
{
    const exchange::Timings &t = exchange.timings;
    const qint64 socket = socketTime(exchange);
    const qint64 ready = std::max({ t.lookupEnded, t.connectEnded, t.tlsEnded, socket, qint64(0) });
    const bool hasSent = t.requestSent >= 0;
    Phases phases;
    phases.add(tr("Queued"), socket > 0 ? 0 : -1, socket);
    phases.add(tr("Lookup"), t.lookupStarted, t.lookupEnded);
    phases.add(tr("Connect"), t.connectStarted, t.connectEnded);
    phases.add(tr("TLS handshake"), t.tlsStarted, t.tlsEnded);
    phases.add(tr("Sending"), hasSent ? std::min(ready, t.requestSent) : -1, t.requestSent);
    // An answer may begin before the request is sent whole.
    phases.add(tr("Waiting"), hasSent ? t.requestSent : -1, t.firstByte);
    phases.add(tr("Receiving"), t.firstByte, t.ended);
    return phases.result();
}

void addTime(QList<Fact> *facts, const QString &label, qint64 time)
{
    if (time >= 0)
        facts->append({ label, formatDuration(time) });
}

/// "4.1 kB in 2.3 ms, 1.8 MB/s"; a rate only where there is time to speak of.
QString rateOf(const Message &message, qint64 begin, qint64 end)
{
    const qint64 lasted = end - begin;
    const QString size = formatOctets(message.wireOctets);
    if (begin < 0 || lasted <= 0)
        return size;
    const QString text = tr("%1 in %2").arg(size, formatDuration(lasted));
    if (lasted < 1000)
        return text;
    return tr("%1, %2/s")
        .arg(text, formatOctets(qint64(double(message.wireOctets) * 1e6 / double(lasted))));
}

qint64 firstOctetOf(const Message &message)
{
    return message.octets.isEmpty() ? message.headTime : message.octets.constFirst().time;
}

/// From each 'held' to the 'resumed' behind it; one that was not let go ended with the exchange.
QList<Phase> heldPhases(const Exchange &exchange)
{
    Phases phases;
    qint64 since = -1;
    for (const exchange::Event &event : exchange.events) {
        if (event.object != u"Proxy")
            continue;
        const bool isLetGo
            = event.name == u"resumed" || event.name == u"dropped" || event.name == u"answered";
        if (event.name == u"held") {
            since = event.time;
        } else if (isLetGo && since >= 0) {
            phases.add(tr("Held"), since, event.time);
            since = -1;
        }
    }
    phases.add(tr("Held"), since, exchange.timings.ended);
    return phases.result();
}

QList<Phase> proxyPhases(const Exchange &exchange)
{
    const bool isForwarded = socketTime(exchange) >= 0 || exchange.timings.connectStarted >= 0;
    QList<Phase> phases = isForwarded ? clientPhases(exchange) : serverPhases(exchange);
    const QList<Phase> held = heldPhases(exchange);
    // The user kept it waiting, no queue did.
    if (!held.isEmpty())
        phases.removeIf([](const Phase &phase) { return phase.name == tr("Queued"); });
    phases += held;
    std::stable_sort(phases.begin(), phases.end(),
        [](const Phase &one, const Phase &other) { return one.begin < other.begin; });
    return phases;
}

FactGroup proxyFacts(const Exchange &exchange)
{
    const exchange::Timings &t = exchange.timings;
    FactGroup group { tr("Proxy"), {} };
    if (t.requestSent >= 0 && t.firstByte >= t.requestSent && socketTime(exchange) >= 0)
        group.facts += Fact { tr("Origin took"), formatDuration(t.firstByte - t.requestSent) };
    if (t.held > 0)
        group.facts += Fact { tr("Held"), formatDuration(t.held) };
    return group;
}

} // namespace

QList<Phase> phasesOf(const Exchange &exchange)
{
    switch (exchange::sideOf(exchange)) {
    case exchange::Side::Client:
        break;
    case exchange::Side::Proxy:
        return proxyPhases(exchange);
    case exchange::Side::Server:
        return serverPhases(exchange);
    }
    return clientPhases(exchange);
}

QList<FactGroup> timingFactsOf(const Exchange &exchange)
{
    const Message &request = exchange.request;
    const Message &response = exchange.response;
    FactGroup moments { tr("From begin to"), {} };
    const bool isProxy = exchange::sideOf(exchange) == exchange::Side::Proxy;
    if (isProxy)
        addTime(&moments.facts, tr("request read"), request.endTime);
    addTime(&moments.facts, tr("request sent"),
        isProxy ? exchange.timings.requestSent : request.endTime);
    if (!exchange.interim.isEmpty())
        addTime(&moments.facts, tr("first interim"), exchange.interim.constFirst().headTime);
    addTime(&moments.facts, tr("first octet"), firstOctetOf(response));
    addTime(&moments.facts, tr("response head"), response.headTime);
    addTime(&moments.facts, tr("response end"), response.endTime);
    addTime(&moments.facts, tr("the end"), exchange.timings.ended);

    FactGroup rates { tr("Transfer"), {} };
    if (request.wireOctets > 0)
        rates.facts
            += Fact { tr("Request"), rateOf(request, firstOctetOf(request), request.endTime) };
    if (response.wireOctets > 0)
        rates.facts
            += Fact { tr("Response"), rateOf(response, firstOctetOf(response), response.endTime) };

    QList<FactGroup> groups { moments, rates };
    if (isProxy)
        groups += proxyFacts(exchange);
    groups.removeIf([](const FactGroup &group) { return group.facts.isEmpty(); });
    return groups;
}

} // namespace headrace::ui
