#include "inspector/framingmodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::Frame;
using exchange::WireMap;
using exchange::WireSpan;

namespace {

bool isNumber(int column)
{
    return column != FramingModel::What && column != FramingModel::SizeLine
        && column != FramingModel::Extension;
}

QString columnTitle(int column)
{
    switch (column) {
    case FramingModel::Time:
        return FramingModel::tr("Time (s)");
    case FramingModel::Delta:
        return FramingModel::tr("Δ (ms)");
    case FramingModel::Lasted:
        return FramingModel::tr("Took (ms)");
    case FramingModel::What:
        return FramingModel::tr("What");
    case FramingModel::SizeLine:
        return FramingModel::tr("Size");
    case FramingModel::Extension:
        return FramingModel::tr("Extension");
    case FramingModel::Offset:
        return FramingModel::tr("Offset");
    case FramingModel::Octets:
        return FramingModel::tr("Octets");
    case FramingModel::BodyOffset:
        return FramingModel::tr("In the body at");
    case FramingModel::Data:
        return FramingModel::tr("Data");
    default:
        return {};
    }
}

QString columnHint(int column)
{
    switch (column) {
    case FramingModel::Time:
        return FramingModel::tr(
            "When its first octet passed: seconds from the begin of the exchange");
    case FramingModel::Delta:
        return FramingModel::tr("Since the first octet of the row above passed");
    case FramingModel::Lasted:
        return FramingModel::tr("From its first octet to its last");
    case FramingModel::SizeLine:
        return FramingModel::tr("The size as the chunk's size line has it, in hexadecimal digits");
    case FramingModel::Extension:
        return FramingModel::tr("Chunk extensions, behind the size (RFC 9112 section 7.1.1)");
    case FramingModel::Offset:
        return FramingModel::tr("Of its first octet, among all that passed in this direction");
    case FramingModel::Octets:
        return FramingModel::tr("With framing");
    case FramingModel::BodyOffset:
        return FramingModel::tr("Where its data begins in the body");
    case FramingModel::Data:
        return FramingModel::tr("Octets of the body in it");
    default:
        return {};
    }
}

/// Milliseconds to the microsecond: "0.123".
QString exactMilliseconds(qint64 microseconds)
{
    return QString::number(double(microseconds) / 1000, 'f', 3);
}

} // namespace

void FramingModel::setExchange(std::shared_ptr<const exchange::Exchange> exchange,
    std::shared_ptr<const WireMap> map, Direction direction)
{
    const bool isSame
        = m_exchange && direction == m_direction && m_exchange->summary.id == exchange->summary.id;
    m_chunks = 0;
    QList<Row> rows = rowsOf(*map, direction);
    const bool grows = isSame && !m_rows.isEmpty() && rows.size() >= m_rows.size()
        && rows.at(m_rows.size() - 1) == m_rows.constLast();
    const auto take = [&] {
        m_exchange = std::move(exchange);
        m_direction = direction;
        m_map = std::move(map);
        m_rows = std::move(rows);
    };
    if (!grows) {
        beginResetModel();
        take();
        endResetModel();
        return;
    }
    const int before = int(m_rows.size());
    const int added = int(rows.size()) - before;
    if (added > 0)
        beginInsertRows({}, before, before + added - 1);
    take();
    if (added > 0)
        endInsertRows();
    Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1));
}

int FramingModel::chunkCount() const { return m_chunks; }

QList<FramingModel::Row> FramingModel::rowsOf(const WireMap &map, Direction direction)
{
    QList<Row> rows;
    for (const WireMap::Place &place : map.places(direction)) {
        const QList<Frame> &frames = map.frames(place.message);
        int chunk = 0;
        for (int i = 0; i < frames.size(); ++i) {
            Row row { place.message, i, -1, -1 };
            const Frame::Kind kind = frames.at(i).kind;
            if (kind == Frame::Kind::Chunk) {
                row.chunk = chunk++;
                ++m_chunks;
            } else if (kind == Frame::Kind::Trailers) {
                const int lines = int(map.trailerLines(place.message).fields.size());
                for (int line = 0; line < lines; ++line)
                    rows.append({ place.message, i, line, -1 });
            }
            rows.append(row);
        }
    }
    return rows;
}

std::optional<WireSpan> FramingModel::span(int row) const
{
    if (row < 0 || row >= m_rows.size())
        return {};
    const Row &there = m_rows.at(row);
    if (there.trailer >= 0)
        return m_map->trailer(there.message, there.trailer);
    auto span = m_map->frame(there.message, there.frame);
    if (span && frameOf(there).kind == Frame::Kind::Trailers)
        span->begin
            += m_map->trailerLines(there.message).fieldsEnd; // the lines are rows of their own
    return span;
}

int FramingModel::rowOf(const WireSpan &span) const
{
    if (span.direction != m_direction)
        return -1;
    // By the begins of rows, which ascend.
    int low = 0;
    int high = int(m_rows.size());
    while (low < high) {
        const int middle = (low + high) / 2;
        if (this->span(middle)->begin <= span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    const auto found = this->span(low - 1);
    return found && span.begin < std::max(found->end, found->begin + 1) ? low - 1 : -1;
}

QString FramingModel::line(int row) const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells += text(row, column);
    return cells.join(u'\t');
}

QString FramingModel::headerLine() const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells += columnTitle(column);
    return cells.join(u'\t');
}

int FramingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FramingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FramingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        return isNumber(column) ? QString() : text(index.row(), column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant FramingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return columnHint(section);
    case Qt::DisplayRole:
        return columnTitle(section);
    default:
        return {};
    }
}

const exchange::Message &FramingModel::messageOf(const Row &row) const
{
    return row.message < 0 ? m_exchange->request
        : row.message == 0 ? m_exchange->response
                           : m_exchange->interim.at(row.message - 1);
}

const Frame &FramingModel::frameOf(const Row &row) const
{
    return m_map->frames(row.message).at(row.frame);
}

qint64 FramingModel::beginTime(const Row &row) const
{
    const bool isInTrailers = frameOf(row).kind == Frame::Kind::Trailers;
    if (!isInTrailers)
        return frameOf(row).time;
    const auto place = span(int(&row - m_rows.constData()));
    const auto run = place ? m_map->runAt(place->direction, place->begin) : std::nullopt;
    return run ? run->time : frameOf(row).time;
}

qint64 FramingModel::endTime(const Row &row) const
{
    if (frameOf(row).kind != Frame::Kind::Trailers)
        return frameOf(row).endTime;
    const auto place = span(int(&row - m_rows.constData()));
    const auto run = place ? m_map->runAt(place->direction, place->end - 1) : std::nullopt;
    return run ? run->time : frameOf(row).endTime;
}

QString FramingModel::whatText(const Row &row) const
{
    const exchange::Message &message = messageOf(row);
    const Frame &frame = frameOf(row);
    switch (frame.kind) {
    case Frame::Kind::Head:
        if (message.startLine.isEmpty())
            return tr("Head, incomplete");
        return (row.message > 0 ? tr("Interim · %1") : tr("Head · %1"))
            .arg(shortened(displayText(message.startLine), 200));
    case Frame::Kind::Chunk:
        return tr("Chunk %1").arg(formatCount(row.chunk + 1));
    case Frame::Kind::LastChunk:
        return tr("Last chunk");
    case Frame::Kind::Data:
        return tr("Body, a piece");
    case Frame::Kind::Trailers:
        if (row.trailer >= 0 && row.trailer < message.trailers.size()) {
            const auto &[name, value] = message.trailers.at(row.trailer);
            return tr("Trailer · %1")
                .arg(shortened(displayText(name) + QStringLiteral(": ") + displayText(value), 200));
        }
        if (row.trailer >= 0)
            return tr("Trailer");
        return message.trailers.isEmpty() ? tr("End, without trailers") : tr("End");
    case Frame::Kind::Tunnel:
        return tr("Tunnel");
    case Frame::Kind::Unparsed:
        break;
    }
    return tr("No HTTP");
}

QString FramingModel::extensionText(const Row &row) const
{
    const Frame &frame = frameOf(row);
    if (frame.extensionAt < 0)
        return {};
    const qsizetype begin = frame.sizeLine.indexOf(';');
    QString text = displayText(begin < 0 ? QByteArray() : frame.sizeLine.sliced(begin));
    if (frame.sizeLineOctets - frame.lineEndOctets > frame.sizeLine.size() + 16)
        text += u'…';
    return text;
}

QString FramingModel::text(int row, int column) const
{
    const Row &there = m_rows.at(row);
    const Frame &frame = frameOf(there);
    const auto span = this->span(row);
    switch (column) {
    case Time:
        return formatExactTime(beginTime(there));
    case Delta:
        return row == 0 ? QString()
                        : exactMilliseconds(beginTime(there) - beginTime(m_rows.at(row - 1)));
    case Lasted: {
        const qint64 lasted = endTime(there) - beginTime(there);
        return lasted <= 0 ? QString() : exactMilliseconds(lasted);
    }
    case What:
        return whatText(there);
    case SizeLine:
        return displayText(frame.sizeLine.split(';').constFirst().trimmed());
    case Extension:
        return extensionText(there);
    case Offset:
        return formatCount(span->begin);
    case Octets:
        return formatCount(span->end - span->begin);
    case BodyOffset:
        return frame.bodyOffset < 0 ? QString() : formatCount(frame.bodyOffset);
    case Data:
        return frame.dataOctets == 0 ? QString() : formatCount(frame.dataOctets);
    default:
        return {};
    }
}

} // namespace headrace::ui
