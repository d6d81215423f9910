#pragma once

#include <exchange/exchange.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/// One line of the overview.
struct Fact
{
    QString label;
    QString value;
    bool isWire = false; ///< Shown in the fixed font.

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// Facts under one heading.
struct FactGroup
{
    QString title;
    QList<Fact> facts;
    bool isOfMessage = false; ///< Of the request or the response, not of what is around them.

    friend bool operator==(const FactGroup &, const FactGroup &) = default;
};

/// The exchange in one line, in the parts that are painted differently.
struct Headline
{
    QString method;
    QString target; ///< The part that may be elided.
    QString status; ///< "502 Bad Gateway", "✕ ECONNRESET", "waiting…"
    int statusCode = 0;
    bool hasFailed = false;
    QStringList details; ///< Host, duration, TLS, reuse, changes.

    QString text() const; ///< "POST /v1/orders → 502 Bad Gateway · host · 91 ms · TLS 1.3 · reused"
};

/// "127.0.0.1:8080", "[::1]:8080"; empty without an address.
QString endpointOf(const QString &address, quint16 port);

Headline headlineOf(const exchange::Exchange &exchange);
QList<FactGroup> factsOf(const exchange::Exchange &exchange);

/// What went wrong, in words that say what it means for the user. Empty without a failure.
QString failureText(const exchange::Exchange &exchange);

/// Why the proxy did not look into this tunnel; empty when it did, or it is none.
QString passedThroughText(const exchange::Exchange &exchange);

/// What was not kept of these messages; empty when all is there.
QString truncationText(const exchange::Exchange &exchange);

} // namespace headrace::ui
