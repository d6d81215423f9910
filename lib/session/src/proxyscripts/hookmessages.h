#pragma once

#include <proxy/transit.h>

#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>

namespace headrace::session {

// Messages on their way as hooks.js has them, and back. Strings of heads have a character for each octet.

/// \a withBody: body and trailers are there.
QVariantMap requestFacts(proxy::Transit &transit, bool withBody);
QVariantMap responseFacts(proxy::Transit &transit, bool withBody);

/// The URL that a request goes to; empty: it has none (CONNECT, OPTIONS *).
QString urlOf(proxy::Transit &transit);

/// What a script has made of a message.
struct HookEdit
{
    proxy::TransitMessage message;
    std::optional<proxy::Route> route; ///< It goes elsewhere.
    QString problem; ///< For people: it cannot be sent so; nothing is to be changed then.
    QStringList kept; ///< What was not taken, for people.
};

/// \a facts: as requestFacts() or responseFacts() had them, changed.
HookEdit editOf(proxy::Transit &transit, exchange::Direction direction, const QVariantMap &facts,
    bool withBody);

/// The answer that a script gives. \a problem: for people, why it is none.
proxy::TransitMessage answerOf(const QVariantMap &facts, QString *problem);

} // namespace headrace::session
