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
    QStringList details; ///< Host, duration, TLS, reuse.

    QString text() const; ///< "POST /v1/orders → 502 Bad Gateway · host · 91 ms · TLS 1.3 · reused"
};

/// A phase of the exchange for the bars. Unit: microseconds from begin; begin <= end.
struct Phase
{
    QString name;
    qint64 begin = 0;
    qint64 end = 0;
};

Headline headlineOf(const exchange::Exchange &exchange);
QList<FactGroup> factsOf(const exchange::Exchange &exchange);

/// In order of time; phases that did not happen are left out. The last one may still go on.
QList<Phase> phasesOf(const exchange::Exchange &exchange);

/// What went wrong, in words that say what it means for the user. Empty without a failure.
QString failureText(const exchange::Exchange &exchange);

/// What was not kept of these messages; empty when all is there.
QString truncationText(const exchange::Exchange &exchange);

} // namespace headrace::ui
