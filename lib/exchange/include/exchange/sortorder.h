#pragma once

#include "exchange/store.h"

namespace headrace::exchange {

/** Which of two rows comes first: texts by code point, numbers by value, what is not there before what is;
    equals by their number, ascending in either direction. A Compare for std::sort. */
class SortOrder
{
public:
    SortOrder(SortKey key, bool isDescending);

    bool operator()(const Summary &one, const Summary &other) const;

private:
    SortKey m_key;
    bool m_isDescending;
};

} // namespace headrace::exchange
