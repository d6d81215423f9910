#pragma once

#include <exchange/exchange.h>

namespace headrace::exchange::test {

/// "socket | res data | ~ended by peer": of ClientRequest, unless a word before it names another object.
inline QList<Event> eventsOf(const QString &text)
{
    static const std::pair<QString, QString> objects[] { { QStringLiteral("res "),
                                                             QStringLiteral("IncomingMessage") },
        { QStringLiteral("req "), QStringLiteral("IncomingMessage") },
        { QStringLiteral("answer "), QStringLiteral("ServerResponse") },
        { QStringLiteral("server "), QStringLiteral("Server") },
        { QStringLiteral("~"), QStringLiteral("Socket") },
        { QStringLiteral("+"), QStringLiteral("Wire") },
        { QStringLiteral("recorder "), QStringLiteral("Recorder") },
        { QStringLiteral("proxy "), QStringLiteral("Proxy") } };
    QList<Event> result;
    for (QString entry : text.split(QStringLiteral(" | "), Qt::SkipEmptyParts)) {
        QString object = QStringLiteral("ClientRequest");
        for (const auto &[prefix, name] : objects) {
            if (entry.startsWith(prefix)) {
                object = name;
                entry = entry.sliced(prefix.size());
                break;
            }
        }
        result.append({ result.size(), object, entry, {} });
    }
    return result;
}

inline Exchange exchangeOf(const QString &events, State state, const QString &error, int status = 0)
{
    Exchange result;
    result.events = eventsOf(events);
    result.summary.state = state;
    result.summary.statusCode = status;
    if (!error.isEmpty()) {
        result.summary.errorCode = error.section(u' ', 0, 0);
        result.summary.errorMessage = error.section(u' ', 1);
        result.failure = Failure { result.summary.errorCode, result.summary.errorMessage };
    }
    return result;
}

} // namespace headrace::exchange::test
