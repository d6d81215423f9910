#include "proxy/breakpoints.h"

#include "proxy/headcheck.h"
#include "proxy/requesttarget.h"

#include <exchange/filter.h>
#include <exchange/filtermatcher.h>
#include <exchange/recording.h>

#include <QLocale>

#include <algorithm>

namespace headrace::proxy {

namespace {

using exchange::Change;
using exchange::Recording;

bool isRequestStage(Stage stage)
{
    return stage == Stage::RequestHead || stage == Stage::RequestBody;
}

bool isBodyStage(Stage stage)
{
    return stage == Stage::RequestBody || stage == Stage::ResponseBody;
}

HoldAt holdAt(Stage stage)
{
    switch (stage) {
    case Stage::RequestHead:
        return HoldAt::RequestHead;
    case Stage::RequestBody:
        return HoldAt::RequestBody;
    case Stage::ResponseHead:
        return HoldAt::ResponseHead;
    case Stage::ResponseBody:
        return HoldAt::ResponseBody;
    }
    return HoldAt::RequestHead;
}

QString textOf(Stage stage)
{
    switch (stage) {
    case Stage::RequestHead:
        return QStringLiteral("request head");
    case Stage::RequestBody:
        return QStringLiteral("request body");
    case Stage::ResponseHead:
        return QStringLiteral("response head");
    case Stage::ResponseBody:
        return QStringLiteral("response body");
    }
    return {};
}

/// Names the target another origin than that of \a before, the exchange goes there.
void followTarget(Transit &transit, const MessageHead &before)
{
    const MessageHead &now = transit.request().head;
    if (now.target() == before.target())
        return;
    const auto route = routeOfTarget(now.method(), now.target());
    if (route && route != routeOfTarget(before.method(), before.target()))
        transit.route() = *route;
}

} // namespace

struct Breakpoints::Ready
{
    explicit Ready(const Breakpoint &source)
        : breakpoint(source)
        , parsed(exchange::parseFilter(source.filter))
        , matcher(parsed.filter)
        , needsBody(exchange::costOf(parsed.filter) == exchange::FilterCost::Body)
    {
    }

    /// Whether it holds there, if the filter does.
    bool isAt(Stage stage) const
    {
        if (!breakpoint.isEnabled || parsed.error)
            return false;
        if (breakpoint.at.testFlag(holdAt(stage)))
            return !needsBody || isBodyStage(stage);
        return needsBody && isBodyStage(stage)
            && breakpoint.at.testFlag(
                isRequestStage(stage) ? HoldAt::RequestHead : HoldAt::ResponseHead);
    }

    Breakpoint breakpoint;
    exchange::ParsedFilter parsed;
    exchange::FilterMatcher matcher;
    bool needsBody;
};

Breakpoints::Breakpoints() = default;

Breakpoints::~Breakpoints() = default;

void Breakpoints::setListener(const Listener &listener) { m_listener = listener; }

void Breakpoints::setBreakpoints(const QList<Breakpoint> &breakpoints)
{
    m_breakpoints.clear();
    for (const Breakpoint &breakpoint : breakpoints)
        m_breakpoints.emplace_back(breakpoint);
}

QList<Breakpoint> Breakpoints::breakpoints() const
{
    QList<Breakpoint> list;
    for (const Ready &ready : m_breakpoints)
        list += ready.breakpoint;
    return list;
}

QHash<QString, QString> Breakpoints::problems() const
{
    QHash<QString, QString> problems;
    for (const Ready &ready : m_breakpoints) {
        if (ready.parsed.error)
            problems.insert(ready.breakpoint.id,
                QStringLiteral("The filter is none: %1.").arg(ready.parsed.error->message));
    }
    return problems;
}

QList<Hold> Breakpoints::held() const
{
    QList<Hold> list;
    for (const Entry &entry : m_entries)
        list += entry.hold;
    return list;
}

// --- holding

bool Breakpoints::wantsBody(Transit &transit, exchange::Direction direction)
{
    const Stage stage
        = direction == exchange::Direction::Request ? Stage::RequestBody : Stage::ResponseBody;
    return std::any_of(m_breakpoints.cbegin(), m_breakpoints.cend(), [&](const Ready &ready) {
        return ready.isAt(stage) && (ready.needsBody || ready.matcher.matches(transit.subject()));
    });
}

// All that hold are asked, so that each of them has had its next match.
bool Breakpoints::isHit(Transit &transit, Stage stage)
{
    bool isHit = false;
    bool isChanged = false;
    for (Ready &ready : m_breakpoints) {
        if (!ready.isAt(stage) || !ready.matcher.matches(transit.subject()))
            continue;
        isHit = true;
        if (ready.breakpoint.onlyNext) {
            ready.breakpoint.isEnabled = false;
            isChanged = true;
        }
    }
    if (isChanged && m_listener.breakpointsChanged)
        m_listener.breakpointsChanged();
    return isHit;
}

Interceptor::Verdict Breakpoints::intercept(Transit &transit, Stage stage)
{
    if (m_entries.size() >= MostHeld) {
        const bool isHit
            = std::any_of(m_breakpoints.cbegin(), m_breakpoints.cend(), [&](const Ready &ready) {
                  return ready.isAt(stage) && ready.matcher.matches(transit.subject());
              });
        if (isHit)
            transit.addEvent(QStringLiteral("not held"),
                QStringLiteral("%1 others are").arg(QLocale(QLocale::English).toString(MostHeld)));
        return Verdict::Proceed;
    }
    if (!isHit(transit, stage))
        return Verdict::Proceed;
    Entry entry;
    entry.transit = &transit;
    entry.clock.start();
    entry.hold.id = ++m_lastId;
    entry.hold.exchange = transit.id();
    entry.hold.stage = stage;
    entry.hold.since = QDateTime::currentDateTime();
    entry.hold.summary = transit.subject().summary();
    entry.hold.request = transit.request();
    if (!isRequestStage(stage))
        entry.hold.response = transit.response();
    transit.addEvent(QStringLiteral("held"), textOf(stage));
    m_ids.insert(&transit, entry.hold.id);
    m_entries.insert(entry.hold.id, entry);
    if (m_listener.added)
        m_listener.added(entry.hold);
    return Verdict::Wait;
}

void Breakpoints::ended(Transit &transit, const QString &why)
{
    const HoldId id = m_ids.take(&transit);
    if (id == 0)
        return;
    Entry &entry = m_entries[id];
    entry.transit = nullptr;
    entry.hold.gone = why.isEmpty() ? QStringLiteral("It is over.") : why;
    if (m_listener.changed)
        m_listener.changed(entry.hold);
}

// --- letting go

/// Off the list; nothing: it was not on it.
std::optional<Breakpoints::Entry> Breakpoints::take(HoldId id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return std::nullopt;
    Entry entry = *found;
    m_entries.erase(found);
    m_ids.remove(entry.transit);
    if (m_listener.removed)
        m_listener.removed(id);
    return entry;
}

void Breakpoints::release(Entry &entry, const QString &event)
{
    const std::chrono::nanoseconds time(entry.clock.nsecsElapsed());
    entry.transit->addHeldTime(std::chrono::duration_cast<std::chrono::microseconds>(time));
    entry.transit->addEvent(event, {});
}

void Breakpoints::edit(Entry &entry, const TransitMessage &message)
{
    const bool isRequest = isRequestStage(entry.hold.stage);
    TransitMessage &current = isRequest ? entry.transit->request() : entry.transit->response();
    const MessageHead before = current.head;
    QStringList kept;
    {
        const ChangeScope scope(*entry.transit, messageOf(entry), Change::Cause::Breakpoint, {},
            QStringLiteral("edited"));
        current.head = editedHead(current.head, message.head, &kept);
        if (isBodyStage(entry.hold.stage)) {
            current.body = message.body;
            current.trailers = message.trailers;
        }
    }
    if (!kept.isEmpty())
        note(entry, QStringLiteral("left as it was: ") + kept.join(QLatin1String(", ")));
    if (isRequest)
        followTarget(*entry.transit, before);
}

int Breakpoints::messageOf(const Entry &entry)
{
    return isRequestStage(entry.hold.stage) ? Recording::RequestIndex : Recording::ResponseIndex;
}

void Breakpoints::note(Entry &entry, const QString &summary)
{
    Change change;
    change.message = messageOf(entry);
    change.cause = Change::Cause::Breakpoint;
    change.summary = summary;
    entry.transit->addChange(change);
}

bool Breakpoints::resume(HoldId id, const std::optional<TransitMessage> &message)
{
    const auto found = m_entries.constFind(id);
    if (found == m_entries.cend()
        || (message && message->head.isRequest() != isRequestStage(found->hold.stage)))
        return false;
    auto entry = take(id);
    Transit *transit = entry->transit;
    if (!transit)
        return true;
    const int statusBefore = transit->response().head.statusCode();
    if (message)
        edit(*entry, *message);
    release(*entry, QStringLiteral("resumed"));
    // What the origin still sends of its body belongs to no such answer.
    if (message && !isRequestStage(entry->hold.stage)
        && isBodiless(statusBefore) != isBodiless(transit->response().head.statusCode()))
        transit->answer(TransitMessage(transit->response()));
    else
        transit->resume();
    return true;
}

bool Breakpoints::drop(HoldId id)
{
    auto entry = take(id);
    if (!entry)
        return false;
    if (entry->transit) {
        release(*entry, QStringLiteral("dropped"));
        entry->transit->drop(false, QStringLiteral("Dropped at a breakpoint"));
    }
    return true;
}

bool Breakpoints::answer(HoldId id, const TransitMessage &response)
{
    auto entry = take(id);
    if (!entry)
        return false;
    if (entry->transit) {
        release(*entry, QStringLiteral("answered"));
        entry->hold.stage = Stage::ResponseHead; // what is noted is about the answer
        note(*entry, QStringLiteral("answered %1").arg(response.head.statusCode()));
        entry->transit->answer(response);
    }
    return true;
}

// Those that are held now; what they hold on is held anew.
void Breakpoints::resumeAll()
{
    const QList<HoldId> ids = m_entries.keys();
    for (const HoldId id : ids)
        resume(id);
}

} // namespace headrace::proxy
