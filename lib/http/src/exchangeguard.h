#pragma once

#include "http/observer.h"

#include <memory>

namespace headrace::http {

/// Says exchangeEnded() when the last object of an exchange lets go of it. Null when nobody watches.
class ExchangeGuard
{
public:
    static std::shared_ptr<ExchangeGuard> make(Observer *observer, ExchangeId exchange)
    {
        return observer ? std::make_shared<ExchangeGuard>(observer, exchange) : nullptr;
    }

    ExchangeGuard(Observer *observer, ExchangeId exchange)
        : m_observer(observer)
        , m_exchange(exchange)
    {
    }

    ~ExchangeGuard() { m_observer->exchangeEnded(m_exchange, monotonicNow()); }

    Q_DISABLE_COPY_MOVE(ExchangeGuard)

private:
    Observer *m_observer;
    ExchangeId m_exchange;
};

} // namespace headrace::http
