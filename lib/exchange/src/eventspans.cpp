#include "exchange/eventspans.h"

#include "exchange/side.h"
#include "exchange/transfer.h"
#include "wireplaces_p.h"

#include <QHash>

#include <algorithm>
#include <tuple>

namespace headrace::exchange {

namespace {

enum class Cause
{
    None,
    RequestHead,
    ResponseHead,
    Interim,
    Data,
    End,
    FirstRead,
    WriteOfRequest,
    WriteOfResponse,
    FaultyRequest,
    FaultyResponse,
    ReceivedChunk,
    SentChunk,
    ReceivedTrailers,
    SentTrailers,
};

struct KnownCause
{
    const char *object;
    const char *event;
    Cause cause;
};

constexpr KnownCause KnownCauses[] {
    { "ClientRequest", "response", Cause::ResponseHead },
    { "ClientRequest", "upgrade", Cause::ResponseHead },
    { "ClientRequest", "connect", Cause::ResponseHead },
    { "ClientRequest", "continue", Cause::Interim },
    { "ClientRequest", "information", Cause::Interim },
    { "ClientRequest", "finish", Cause::WriteOfRequest },
    { "ClientRequest", "drain", Cause::WriteOfRequest },
    { "ClientRequest", "error", Cause::FaultyResponse },
    { "IncomingMessage", "data", Cause::Data },
    { "IncomingMessage", "end", Cause::End },
    { "Server", "request", Cause::RequestHead },
    { "Server", "checkContinue", Cause::RequestHead },
    { "Server", "checkExpectation", Cause::RequestHead },
    { "Server", "upgrade", Cause::RequestHead },
    { "Server", "connect", Cause::RequestHead },
    { "Server", "clientError", Cause::FaultyRequest },
    { "ServerResponse", "finish", Cause::WriteOfResponse },
    { "ServerResponse", "drain", Cause::WriteOfResponse },
    { "Socket", "first byte", Cause::FirstRead },
    { "Wire", "chunk received", Cause::ReceivedChunk },
    { "Wire", "chunk sent", Cause::SentChunk },
    { "Wire", "trailers received", Cause::ReceivedTrailers },
    { "Wire", "trailers sent", Cause::SentTrailers },
};

Cause causeOf(const Event &event)
{
    static const auto causes = [] {
        QHash<QString, QHash<QString, Cause>> result;
        for (const KnownCause &known : KnownCauses)
            result[QLatin1StringView(known.object)].insert(
                QLatin1StringView(known.event), known.cause);
        return result;
    }();
    const auto object = causes.constFind(event.object);
    return object == causes.constEnd() ? Cause::None : object->value(event.name, Cause::None);
}

/// Goes along the events of an exchange and finds what each is about.
class Walk
{
public:
    explicit Walk(const Exchange &exchange)
        : m_side(sideOf(exchange))
        , m_request(exchange, Direction::Request)
        , m_response(exchange, Direction::Response)
    {
    }

    WireSpan next(const Event &event)
    {
        switch (causeOf(event)) {
        case Cause::None:
            break;
        case Cause::RequestHead:
            return m_request.head();
        case Cause::ResponseHead:
            m_hasResponse = true;
            return m_response.head();
        case Cause::Interim:
            return interim(event);
        case Cause::Data:
            return incoming().nextData(countOf(event));
        case Cause::End:
            return incoming().ending();
        case Cause::FirstRead:
            return incoming().firstTransfer();
        case Cause::WriteOfRequest:
            return m_request.lastTransfer(event.time);
        case Cause::WriteOfResponse:
            return m_response.lastTransfer(event.time);
        case Cause::FaultyRequest:
            return fault(m_request, event);
        case Cause::FaultyResponse:
            return fault(m_response, event);
        case Cause::ReceivedChunk:
            return received().nextChunk();
        case Cause::SentChunk:
            return sent().nextChunk();
        case Cause::ReceivedTrailers:
            return received().trailers();
        case Cause::SentTrailers:
            return sent().trailers();
        }
        return {};
    }

private:
    WirePlaces &of(Direction direction)
    {
        return direction == Direction::Request ? m_request : m_response;
    }

    WirePlaces &incoming() { return of(incomingOf(m_side, m_hasResponse)); }

    WirePlaces &received() { return m_side == Side::Client ? m_response : m_request; }

    WirePlaces &sent() { return m_side == Side::Client ? m_request : m_response; }

    /// A 100 is told of by 'continue', and then by 'information'.
    WireSpan interim(const Event &event)
    {
        const bool isContinue = event.name == u"continue";
        if (!m_isContinued)
            ++m_interim;
        m_isContinued = isContinue;
        return m_response.interimHead(m_interim);
    }

    static WireSpan fault(const WirePlaces &places, const Event &event)
    {
        if (!event.detail.startsWith(u"HPE_"))
            return {};
        const WireSpan unparsed = places.unparsed();
        return unparsed.begin < unparsed.end ? unparsed : places.lastTransfer(event.time);
    }

    static qint64 countOf(const Event &event) // "1460 B"
    {
        return QStringView(event.detail).left(event.detail.indexOf(u' ')).toLongLong();
    }

    Side m_side;
    WirePlaces m_request;
    WirePlaces m_response;
    int m_interim = -1;
    bool m_isContinued = false;
    bool m_hasResponse = false;
};

bool isEmpty(const WireSpan &span) { return span.begin >= span.end; }

bool overlap(const WireSpan &one, const WireSpan &other)
{
    return one.direction == other.direction && one.begin < other.end && other.begin < one.end;
}

bool contains(const WireSpan &outer, const WireSpan &inner)
{
    return outer.direction == inner.direction && outer.begin <= inner.begin
        && inner.end <= outer.end;
}

} // namespace

EventSpans::EventSpans(const Exchange &exchange)
{
    Walk walk(exchange);
    m_entries.reserve(exchange.events.size());
    for (const Event &event : exchange.events)
        m_entries.append(
            { walk.next(event), event.object != u"Socket" && event.object != u"Wire" });
}

std::optional<WireSpan> EventSpans::spanOf(qsizetype event) const
{
    if (event < 0 || event >= m_entries.size() || isEmpty(m_entries.at(event).span))
        return {};
    return m_entries.at(event).span;
}

QList<int> EventSpans::eventsOf(const WireSpan &span) const
{
    QList<int> result;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (!isEmpty(m_entries.at(i).span) && overlap(m_entries.at(i).span, span))
            result.append(int(i));
    }
    return result;
}

int EventSpans::eventOf(const WireSpan &span) const
{
    const QList<int> all = eventsOf(span);
    const auto rank = [&](int event) {
        const Entry &entry = m_entries.at(event);
        const bool isWhole = contains(entry.span, span);
        return std::tuple(!isWhole, isWhole ? entry.span.end - entry.span.begin : entry.span.begin,
            !entry.isDocumented);
    };
    const auto found = std::min_element(
        all.cbegin(), all.cend(), [&rank](int one, int other) { return rank(one) < rank(other); });
    return found == all.cend() ? -1 : *found;
}

} // namespace headrace::exchange
