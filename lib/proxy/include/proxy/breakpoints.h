#pragma once

#include "proxy/rule.h"
#include "proxy/transit.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace headrace::proxy {

/// Names one hold of an exchange, from 1: an exchange can be held at several stages.
using HoldId = quint64;

/// An exchange that waits for the user. A value: what a window shows.
struct Hold
{
    HoldId id = 0;
    exchange::ExchangeId exchange = 0; ///< Of the record.
    Stage stage = Stage::RequestHead;
    QDateTime since;
    exchange::Summary summary;
    TransitMessage request; ///< As it would go on.
    TransitMessage response; ///< At response stages.
    QString
        gone; ///< Not empty: why it is over meanwhile. It stays until somebody resumes or drops it.

    bool isAtResponse() const
    {
        return stage == Stage::ResponseHead || stage == Stage::ResponseBody;
    }

    bool hasBody() const ///< The body is there, to be edited.
    {
        return stage == Stage::RequestBody || stage == Stage::ResponseBody;
    }
};

/** Holds exchanges for the user, who lets them go on as they are or edited, ends them, or answers himself. Filters are those
    of now, at each stage; one on bodies (`body:"x"`) holds at the body's stage in place of the head's. How long an exchange
    was held is in its record, with what the user did to it. Thread: the proxy's. */
class Breakpoints : public Interceptor
{
public:
    /// Held at once, those that are gone counted; beyond it exchanges go on, and their record says so.
    static constexpr qsizetype MostHeld = 1000;

    /// What is told, each where it happens. It must not call back; any may be empty.
    struct Listener
    {
        std::function<void(const Hold &)> added;
        std::function<void(const Hold &)> changed; ///< It is gone.
        std::function<void(HoldId)> removed;
        std::function<void()> breakpointsChanged; ///< By themselves: Breakpoint::onlyNext.
    };

    Breakpoints();
    ~Breakpoints() override;
    Q_DISABLE_COPY_MOVE(Breakpoints)

    void setListener(const Listener &listener);

    /// Takes effect at once; what is held stays so.
    void setBreakpoints(const QList<Breakpoint> &breakpoints);
    QList<Breakpoint> breakpoints() const; ///< As they are now.

    /// By Breakpoint::id: why it does not hold. One sentence, for people.
    QHash<QString, QString> problems() const;

    QList<Hold> held() const; ///< In the order in which they came.

    // These answer false if nothing of that name is held. What is gone is only taken from the list.

    /** \a message takes the place of the one that is held: the request or the response, by the stage; body and
        trailers at body stages only. What the peers tell its end by stays as it is: see editedHead(). A request whose target
        names another origin goes there. A response that gets a body by its status, or loses it, is an answer(). False, too, if it is the other kind of message. */
    bool resume(HoldId id, const std::optional<TransitMessage> &message = std::nullopt);
    bool drop(HoldId id); ///< The client's connection is closed.
    bool answer(HoldId id, const TransitMessage &response); ///< In place of the origin.

    void resumeAll();

    bool wantsBody(Transit &transit, exchange::Direction direction) override;
    Verdict intercept(Transit &transit, Stage stage) override;
    void ended(Transit &transit, const QString &why) override;

private:
    struct Ready; ///< A breakpoint and its compiled filter.

    struct Entry
    {
        Hold hold;
        Transit *transit = nullptr; ///< Null: gone.
        QElapsedTimer clock;
    };

    bool isHit(Transit &transit, Stage stage);
    std::optional<Entry> take(HoldId id);
    static void release(Entry &entry, const QString &event);
    static void edit(Entry &entry, const TransitMessage &message);
    static void note(Entry &entry, const QString &summary);
    static int messageOf(const Entry &entry); ///< As Change::message.

    std::vector<Ready> m_breakpoints;
    QMap<HoldId, Entry> m_entries;
    QHash<Transit *, HoldId> m_ids; ///< Of those that are not gone.
    HoldId m_lastId = 0;
    Listener m_listener;
};

} // namespace headrace::proxy

Q_DECLARE_METATYPE(headrace::proxy::Hold)
