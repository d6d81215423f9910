#include "inspector/wireloader.h"

#include <exchange/wireoctets.h>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::Exchange;
using exchange::StoredOctets;

namespace {

bool isPartial(const Exchange &exchange)
{
    return exchange.request.isPartial || exchange.response.isPartial
        || std::any_of(exchange.interim.cbegin(), exchange.interim.cend(),
            [](const exchange::Message &message) { return message.isPartial; });
}

} // namespace

WireLoader::WireLoader(QObject *parent)
    : QObject(parent)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
    , m_background(std::make_unique<Background>())
{
}

WireLoader::~WireLoader() { *m_isCanceled = true; }

void WireLoader::setStore(exchange::Store *store)
{
    if (m_store == store)
        return;
    cancel();
    m_background = std::make_unique<Background>(); // The old one waits: its store may go now.
    m_exchange.reset();
    m_store = store;
}

void WireLoader::load(const std::shared_ptr<const Exchange> &exchange)
{
    const bool isGrown = m_exchange && m_exchange->summary.id == exchange->summary.id;
    if (!isGrown)
        cancel();
    m_exchange = exchange;
    const bool needsStore = m_store && isPartial(*exchange);
    if (!needsStore || !m_isToldWhole) {
        Q_EMIT loaded({ exchange, std::make_shared<const exchange::WireMap>(*exchange),
            std::make_shared<const exchange::WireOctets>(exchange, Direction::Request),
            std::make_shared<const exchange::WireOctets>(exchange, Direction::Response),
            !needsStore });
    }
    if (!needsStore)
        return;
    if (m_isRunning)
        m_isStale = true;
    else
        run();
}

void WireLoader::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_stored = Stored();
    m_isToldWhole = false;
    m_isRunning = false;
    m_isStale = false;
}

void WireLoader::run()
{
    m_isRunning = true;
    m_isStale = false;
    const auto work
        = [exchange = m_exchange, store = m_store.data(), before = m_stored, flag = m_isCanceled] {
              const auto open = [&](Direction direction, const auto &earlier) {
                  const StoredOctets::Place place { exchange->summary.id, direction,
                      int(exchange->interim.size()), StoredOctets::Scope::Wire };
                  return StoredOctets::open(*store, place, earlier, flag.get());
              };
              Result result;
              result.stored.request = open(Direction::Request, before.request);
              result.stored.response = open(Direction::Response, before.response);
              if (!*flag)
                  result.map = exchange::WireMap::read(*exchange, *store, flag.get());
              return result;
          };
    m_background->run(work, [this, exchange = m_exchange, flag = m_isCanceled](Result result) {
        if (*flag || !result.map || !result.stored.request || !result.stored.response)
            return;
        m_isRunning = false;
        m_isToldWhole = true;
        m_stored = result.stored;
        Q_EMIT loaded({ exchange, std::make_shared<const exchange::WireMap>(std::move(*result.map)),
            result.stored.request, result.stored.response, true });
        if (m_isStale && !m_isRunning)
            run();
    });
}

} // namespace headrace::ui
