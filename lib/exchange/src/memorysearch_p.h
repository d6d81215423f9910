#pragma once

#include "exchange/store.h"

namespace headrace::exchange {

/// A search of a MemoryStore: done at once, told a turn of the event loop later.
class MemorySearch : public Search
{
    Q_OBJECT

public:
    MemorySearch(const Store &store, const Query &query);

    void cancel() override;

private:
    void run();

    const Store &m_store;
    Query m_query;
    bool m_isOver = false;
};

} // namespace headrace::exchange
