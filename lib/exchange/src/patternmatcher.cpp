#include "exchange/patternmatcher.h"

#include "patternorders_p.h"

#include <bit>

namespace headrace::exchange {

namespace {

// Adds the steps that may come because those before them may be left out. Bit steps.size(): the order is done.
quint32 reachable(const Order &order, quint32 at)
{
    for (size_t i = 0; i < order.steps.size(); ++i) {
        if ((at >> i & 1) && order.steps[i].times != Times::Once)
            at |= 1u << (i + 1);
    }
    return at;
}

quint32 advanced(const Order &order, quint32 at, KeySet key)
{
    quint32 next = 0;
    for (size_t i = 0; i < order.steps.size(); ++i) {
        if ((at >> i & 1) && (order.steps[i].keys & key))
            next |= order.steps[i].times == Times::AnyNumber ? 1u << i : 1u << (i + 1);
    }
    return next;
}

// Events that may come at any place. 'finish' of a request: its order against 'response' is not documented.
constexpr KeySet freeKeys = +Key::Finish | +Key::Timeout | +Key::MessageTimeout
    | +Key::ServerTimeout | +Key::AnswerTimeout;

bool isPeerReset(const Summary &summary)
{
    const QString &code = summary.errorCode;
    if (code == u"ECONNRESET")
        return summary.errorMessage != u"socket hang up" && summary.errorMessage != u"aborted";
    return code == u"EPIPE" || code == u"ECONNABORTED" || code == u"ENOTCONN";
}

bool isOwnError(const Summary &summary)
{
    const QString &code = summary.errorCode;
    return summary.state == State::Canceled || code == u"ABORT_ERR" || code == u"ECANCELED"
        || code == u"ERR_FOREIGN";
}

} // namespace

PatternMatcher::PatternMatcher(Purpose purpose)
    : m_tracks(purpose == Purpose::PatternOnly ? 0 : orders().size())
{
}

void PatternMatcher::add(const Event &event)
{
    const int index = m_count++;
    if (event.object == u"Socket") {
        m_hasPeerEnded = m_hasPeerEnded || event.name == u"ended by peer";
        if (event.name.endsWith(u" started"))
            m_isConnecting = true;
        else if (event.name == u"connect ended" || event.name == u"TLS ended")
            m_isConnecting = false;
        return;
    }
    m_hasGap = m_hasGap || event.object == u"Recorder";
    const KeySet key = +keyOf(event);
    m_seen |= key;
    if (!(key & ~freeKeys))
        return;
    // Bodies come in many pieces; in each order there are as many as one likes.
    if (key == +Key::Data && m_last == key)
        return;
    m_last = key;
    const std::span<const Order> all = orders();
    for (size_t i = 0; i < m_tracks.size(); ++i) {
        Track &track = m_tracks[i];
        if (track.departedAt >= 0)
            continue;
        const quint32 next = advanced(all[i], reachable(all[i], track.at), key);
        if (next)
            track.at = next;
        else
            track.departedAt = index;
    }
}

quint32 PatternMatcher::facts(const Summary &summary) const
{
    const bool isProxy = summary.source == Source::Proxy;
    const bool isServer = m_seen & serverKeys;
    // A request that ends in its midst was cut off by the client.
    const bool isCutRequest = isServer && !isProxy && summary.errorCode == u"HPE_INVALID_EOF_STATE"
        && (m_seen & (+Key::Request | +Key::CheckContinue | +Key::CheckExpectation));
    const bool isReset = isCutRequest || isPeerReset(summary);
    const bool isOwn = isOwnError(summary);
    quint32 facts = 0;
    const auto note = [&facts](Fact fact, bool holds) { facts |= holds ? quint32(fact) : 0; };
    note(IsServer, isServer);
    note(IsProxy, isProxy);
    note(IsComplete, summary.state == State::Complete);
    note(IsConnecting, m_isConnecting);
    note(IsDestroyed, isOwn || (!m_hasPeerEnded && !isReset));
    note(IsOwnError, isOwn);
    note(IsHangUp, summary.errorMessage == u"socket hang up");
    note(IsParserFault, summary.errorCode.startsWith(u"HPE_"));
    note(IsPeerReset, isReset);
    // The 400 to the cut request is no answer of the program.
    note(HasAnswerHead, summary.statusCode != 0 && !(isCutRequest && summary.statusCode == 400));
    note(IsConnectMethod, summary.method == u"CONNECT");
    note(IsSwitching, summary.statusCode == 101);
    note(HasSuccessStatus, summary.statusCode >= 200 && summary.statusCode < 300);
    return facts;
}

int PatternMatcher::orderOf(const Summary &summary) const
{
    const quint32 known = facts(summary);
    const std::span<const Order> all = orders();
    for (size_t i = 0; i < all.size(); ++i) {
        const Order &order = all[i];
        if ((known & order.facts) == order.facts && !(known & order.noFacts)
            && (!order.seen || (m_seen & order.seen)) && !(m_seen & order.notSeen))
            return int(i);
    }
    Q_UNREACHABLE();
}

Pattern PatternMatcher::pattern(const Summary &summary) const
{
    return summary.state == State::Active ? Pattern::Active
                                          : orders()[size_t(orderOf(summary))].pattern;
}

std::optional<Departure> PatternMatcher::departure(const Summary &summary) const
{
    if (summary.state == State::Active || m_tracks.empty())
        return {};
    const size_t found = size_t(orderOf(summary));
    const Order &order = orders()[found];
    const Track &track = m_tracks[found];
    if (order.pattern == Pattern::Other || (m_hasGap && track.departedAt < 0))
        return {};
    const quint32 at = reachable(order, track.at);
    const bool mayEnd = at >> order.steps.size() & 1;
    if (track.departedAt < 0 && mayEnd)
        return {};

    Departure result { track.departedAt < 0 ? m_count : track.departedAt, {} };
    for (size_t i = 0; i < order.steps.size(); ++i) {
        if (!(at >> i & 1) || order.steps[i].times != Times::Once)
            continue;
        const Key key = Key(std::countr_zero(order.steps[i].keys));
        result.expected = describe(key, order.facts & IsServer);
        return result;
    }
    result.expected = QStringLiteral("no further event");
    return result;
}

namespace {

PatternMatcher matched(const Exchange &exchange)
{
    PatternMatcher matcher;
    for (const Event &event : exchange.events)
        matcher.add(event);
    return matcher;
}

} // namespace

Pattern patternOf(const Exchange &exchange) { return matched(exchange).pattern(exchange.summary); }

std::optional<Departure> departureOf(const Exchange &exchange)
{
    return matched(exchange).departure(exchange.summary);
}

} // namespace headrace::exchange
