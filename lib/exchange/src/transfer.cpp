#include "exchange/transfer.h"

#include "messages_p.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

void addTransfers(QList<Transfer> *transfers, const Exchange &exchange, Direction direction)
{
    qint64 offset = 0;
    const qsizetype first = transfers->size();
    visitMessages(exchange, direction, [&](const Message &message) {
        for (const Octets &piece : message.octets) {
            const qint64 end = offset + piece.octets.size();
            if (transfers->size() > first && transfers->constLast().time == piece.time)
                transfers->last().span.end = end;
            else
                transfers->append({ piece.time, { direction, offset, end } });
            transfers->last().parts |= 1u << int(piece.part);
            offset = end;
        }
    });
}

} // namespace

QList<Transfer> transfersOf(const Exchange &exchange)
{
    QList<Transfer> transfers;
    addTransfers(&transfers, exchange, Direction::Request);
    addTransfers(&transfers, exchange, Direction::Response);
    std::stable_sort(transfers.begin(), transfers.end(),
        [](const Transfer &one, const Transfer &other) { return one.time < other.time; });
    return transfers;
}

qint64 octetCount(const Exchange &exchange, Direction direction)
{
    qint64 count = 0;
    visitMessages(exchange, direction, [&](const Message &message) {
        for (const Octets &piece : message.octets)
            count += piece.octets.size();
    });
    return count;
}

QByteArray octetsOf(const Exchange &exchange, const WireSpan &span, qint64 atMost)
{
    QByteArray result;
    qint64 offset = 0;
    visitMessages(exchange, span.direction, [&](const Message &message) {
        for (const Octets &piece : message.octets) {
            const qint64 begin = std::max(offset, span.begin);
            const qint64 end = std::min(offset + piece.octets.size(), span.end);
            const qint64 count = std::min(end - begin, atMost - result.size());
            if (count > 0)
                result += QByteArrayView(piece.octets).sliced(begin - offset, count);
            offset += piece.octets.size();
        }
    });
    return result;
}

} // namespace headrace::exchange
