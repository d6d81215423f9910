#include "proxy/transit.h"

#include <exchange/recording.h>

namespace headrace::proxy {

namespace {

QByteArray linesOf(const QList<wire::FieldLine> &fields)
{
    QByteArray lines;
    for (const auto &[name, value] : fields)
        lines += name + ": " + value + "\r\n";
    return lines;
}

} // namespace

ChangeScope::ChangeScope(Transit &transit, int message, exchange::Change::Cause cause,
    const QString &by, const QString &summary)
    : m_transit(transit)
    , m_message(message)
    , m_cause(cause)
    , m_by(by)
    , m_summary(summary)
    , m_before(now())
{
}

ChangeScope::~ChangeScope()
{
    const auto tell
        = [this](exchange::Part part, const QByteArray &before, const QByteArray &after) {
              if (before == after)
                  return;
              exchange::Change change;
              change.message = m_message;
              change.cause = m_cause;
              change.by = m_by;
              change.part = part;
              change.summary = m_summary;
              change.before = before;
              change.after = after;
              m_transit.addChange(std::move(change));
          };
    const TransitMessage &after = now();
    if (m_before.head != after.head)
        tell(exchange::Part::Head, m_before.head.octets(), after.head.octets());
    tell(exchange::Part::Body, m_before.body, after.body);
    if (m_before.trailers != after.trailers)
        tell(exchange::Part::Trailers, linesOf(m_before.trailers), linesOf(after.trailers));
}

const TransitMessage &ChangeScope::now() const
{
    return m_message == exchange::Recording::RequestIndex ? m_transit.request()
                                                          : m_transit.response();
}

} // namespace headrace::proxy
