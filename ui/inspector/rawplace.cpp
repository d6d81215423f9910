#include "inspector/rawplace.h"

#include "shell/format.h"

#include <QCoreApplication>

namespace headrace::ui {

using exchange::Direction;
using exchange::FieldList;
using exchange::Message;
using exchange::WireItem;
using exchange::WireMap;
using exchange::WireSpan;

namespace {

constexpr qsizetype LongestName = 60; // characters of a field's name

QString tr(const char *text) { return QCoreApplication::translate("RawPlace", text); }

const Message &messageOf(const exchange::Exchange &exchange, int index)
{
    return index < 0                                    ? exchange.request
        : index == 0 || index > exchange.interim.size() ? exchange.response
                                                        : exchange.interim.at(index - 1);
}

QString nameOf(const FieldList &fields, int index)
{
    return index >= 0 && index < fields.size()
        ? shortened(displayText(fields.at(index).first), LongestName)
        : QString::number(index + 1);
}

QString itemName(const Message &message, const WireItem &item)
{
    const QString chunk = formatCount(item.index + 1);
    switch (item.kind) {
    case WireItem::Kind::StartLine:
        return item.message < 0 ? tr("request line") : tr("status line");
    case WireItem::Kind::Field:
        return tr("field %1").arg(nameOf(message.fields, item.index));
    case WireItem::Kind::HeadEnd:
        return tr("end of the head");
    case WireItem::Kind::SizeLine:
        return tr("chunk %1, size line").arg(chunk);
    case WireItem::Kind::ChunkData:
        return tr("chunk %1, data").arg(chunk);
    case WireItem::Kind::ChunkEnd:
        return tr("chunk %1, line end").arg(chunk);
    case WireItem::Kind::LastChunk:
        return tr("last chunk");
    case WireItem::Kind::Data:
        return tr("body");
    case WireItem::Kind::Trailer:
        return tr("trailer %1").arg(nameOf(message.trailers, item.index));
    case WireItem::Kind::TrailersEnd:
        return tr("end of the message");
    case WireItem::Kind::Tunnel:
        return tr("tunnel");
    case WireItem::Kind::Unparsed:
        break;
    }
    return tr("no HTTP");
}

QString exactTime(qint64 microseconds)
{
    return tr("%1 ms").arg(QString::number(double(microseconds) / 1000, 'f', 3));
}

/// "octets 120–148": first and last.
QString octetsText(const WireSpan &span)
{
    if (span.end - span.begin == 1)
        return tr("octet %1").arg(formatCount(span.begin));
    return tr("octets %1–%2").arg(formatCount(span.begin), formatCount(span.end - 1));
}

} // namespace

QString placeName(const exchange::Exchange &exchange, const WireItem &item)
{
    const Message &message = messageOf(exchange, item.message);
    const QString whose = item.message < 0 ? tr("Request")
        : item.message == 0                ? tr("Response")
                                           : tr("Interim response %1").arg(message.statusCode);
    return whose + QStringLiteral(" · ") + itemName(message, item);
}

QString placeText(
    const exchange::Exchange &exchange, const WireMap &map, Direction direction, qint64 offset)
{
    const auto item = map.at(direction, offset);
    if (!item)
        return {};
    QStringList parts { placeName(exchange, *item), octetsText(item->span) };
    if (const auto run = map.runAt(direction, offset))
        parts += tr("at %1").arg(exactTime(run->time));
    return parts.join(QStringLiteral(" · "));
}

QString runText(const WireMap &map, Direction direction, qint64 offset)
{
    const auto run = map.runAt(direction, offset);
    if (!run)
        return {};
    QStringList parts { tr("At %1").arg(exactTime(run->time)) };
    if (const auto before = map.runAt(direction, run->begin - 1))
        parts += tr("%1 after the one before").arg(exactTime(run->time - before->time));
    parts += run->end - run->begin == 1 ? tr("1 octet")
                                        : tr("%1 octets").arg(formatCount(run->end - run->begin));
    parts += octetsText({ direction, run->begin, run->end });
    return parts.join(QStringLiteral(" · "));
}

std::optional<WireSpan> placeSpan(const WireMap &map, Direction direction, qint64 offset)
{
    const auto item = map.at(direction, offset);
    if (!item)
        return {};
    switch (item->kind) {
    case WireItem::Kind::SizeLine:
    case WireItem::Kind::ChunkData:
    case WireItem::Kind::ChunkEnd:
        return map.frame(item->message, item->frame);
    default:
        return item->span;
    }
}

} // namespace headrace::ui
