#pragma once

#include <exchange/filter.h>
#include <exchange/filtermatcher.h>
#include <exchange/store.h>

#include <QObject>
#include <QSet>
#include <QString>

#include <functional>

namespace headrace::app {

/// One line for each exchange of a store, when it is over: time, method, URL, status or error, octets, duration.
class ExchangeLines : public QObject
{
    Q_OBJECT

public:
    /// What stays in the store when it was told.
    enum class Keeps
    {
        Nothing,
        Matches
    };

    /// \a store: borrowed. \a tell: gets the lines of exchanges that match \a filter, each once.
    ExchangeLines(exchange::Store *store, const exchange::Filter &filter, Keeps keeps,
        std::function<void(const QString &)> tell, QObject *parent = nullptr);

    /// Those of \a ids that are over and not told yet; called by itself when the store changes.
    void take(const QList<exchange::ExchangeId> &ids);

private:
    void note(exchange::ExchangeId id);

    exchange::Store *m_store;
    exchange::FilterMatcher m_matcher;
    bool m_isFiltered;
    Keeps m_keeps;
    std::function<void(const QString &)> m_tell;
    QSet<exchange::ExchangeId> m_told;
    exchange::ExchangeId m_lastTold = 0; ///< This and all before it.
};

} // namespace headrace::app
