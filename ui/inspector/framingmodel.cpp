#include "inspector/framingmodel.h"

#include "shell/format.h"

namespace headrace::ui {

using exchange::Frame;

namespace {

bool isNumber(int column)
{
    return column != FramingModel::What && column != FramingModel::SizeLine;
}

} // namespace

void FramingModel::setExchange(const exchange::Exchange &exchange, exchange::Direction direction)
{
    beginResetModel();
    m_rows.clear();
    m_chunks = 0;
    if (direction == exchange::Direction::Request) {
        addMessage(exchange.request, 0);
    } else {
        qint64 offset = 0;
        for (const exchange::Message &interim : exchange.interim) {
            addMessage(interim, offset);
            offset += interim.wireOctets;
        }
        addMessage(exchange.response, offset);
    }
    endResetModel();
}

int FramingModel::chunkCount() const { return m_chunks; }

void FramingModel::addMessage(const exchange::Message &message, qint64 offset)
{
    int chunk = 0;
    for (Frame frame : exchange::framesOf(message)) {
        frame.offset += offset;
        QString what;
        switch (frame.kind) {
        case Frame::Kind::Head:
            what = message.startLine.isEmpty()
                ? tr("Head, incomplete")
                : tr("Head · %1").arg(shortened(displayText(message.startLine), 200));
            break;
        case Frame::Kind::Chunk:
            what = tr("Chunk %1").arg(formatCount(++chunk));
            ++m_chunks;
            break;
        case Frame::Kind::LastChunk:
            what = tr("Last chunk");
            break;
        case Frame::Kind::Data:
            what = tr("Body, a piece");
            break;
        case Frame::Kind::Trailers:
            what = message.trailers.isEmpty()
                ? tr("End, without trailers")
                : tr("Trailers · %1").arg(formatCount(message.trailers.size()));
            break;
        case Frame::Kind::Tunnel:
            what = tr("Tunnel");
            break;
        case Frame::Kind::Unparsed:
            what = tr("No HTTP");
            break;
        }
        m_rows.append({ frame, what });
    }
}

int FramingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FramingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Data + 1;
}

QVariant FramingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == What || index.column() == SizeLine ? text(row, index.column())
                                                                    : QString();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant FramingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Time:
            return tr("When its first octet passed: seconds from the begin of the exchange");
        case Offset:
            return tr("Of its first octet, among all that passed in this direction");
        case Octets:
            return tr("With framing");
        case BodyOffset:
            return tr("Where its data begins in the body");
        case Data:
            return tr("Octets of the body in it");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time (s)");
    case What:
        return tr("What");
    case SizeLine:
        return tr("Size line");
    case Offset:
        return tr("Offset");
    case Octets:
        return tr("Octets");
    case BodyOffset:
        return tr("In the body at");
    case Data:
        return tr("Data");
    default:
        return {};
    }
}

QString FramingModel::text(const Row &row, int column) const
{
    const Frame &frame = row.frame;
    switch (column) {
    case Time:
        return formatExactTime(frame.time);
    case What:
        return row.what;
    case SizeLine:
        return displayText(frame.sizeLine);
    case Offset:
        return formatCount(frame.offset);
    case Octets:
        return formatCount(frame.octets);
    case BodyOffset:
        return frame.bodyOffset < 0 ? QString() : formatCount(frame.bodyOffset);
    case Data:
        return frame.dataOctets == 0 ? QString() : formatCount(frame.dataOctets);
    default:
        return {};
    }
}

} // namespace headrace::ui
