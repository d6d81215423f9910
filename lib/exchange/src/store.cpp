#include "exchange/store.h"

namespace headrace::exchange {

void Store::readOctetsFrom(ExchangeId id, int message, qint64 mark,
    const std::function<bool(const Octets &, qint64 mark)> &take) const
{
    qint64 number = 0;
    readOctets(id, message, [&](const Octets &octets) {
        const qint64 at = number++;
        return at < mark || take(octets, at);
    });
}

} // namespace headrace::exchange
