#include "inspector/websocketmodel.h"

#include "shell/format.h"

#include <QUtf8StringView>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::WebSocketMessage;

namespace {

constexpr qsizetype ShownOctets = 24; // of what is no text

/// As one line, cut to what a list shows.
QString textOf(const QByteArray &text, bool isCut)
{
    QString line = displayText(text);
    line.remove(u'\r');
    line.replace(u'\n', u'⏎');
    return line + (isCut ? QStringLiteral("…") : QString());
}

QString dataOf(const WebSocketMessage &message)
{
    const QByteArray &data = message.payload;
    if (message.opcode == WebSocketMessage::Close) {
        const int code = message.closeCode();
        const QString reason = textOf(message.closeReason(), message.isCut());
        const QString meaning = closeCodeMeaning(code);
        return reason.isEmpty() ? meaning
            : meaning.isEmpty() ? reason
                                : WebSocketModel::tr("%1: %2").arg(meaning, reason);
    }
    const QByteArray begin = data.left(WebSocketModel::ShownData);
    // A cut may go through a character.
    const bool isText = message.opcode == WebSocketMessage::Text
        || (!message.isCut() && message.isControl()
            && QUtf8StringView(begin.constData(), begin.size()).isValidUtf8());
    if (isText)
        return textOf(begin, message.payloadOctets > begin.size());
    return QString::fromLatin1(begin.left(ShownOctets).toHex(' '))
        + (message.payloadOctets > ShownOctets ? QStringLiteral(" …") : QString());
}

} // namespace

QString closeCodeMeaning(int code)
{
    switch (code) {
    case 1000:
        return WebSocketModel::tr("normal closure");
    case 1001:
        return WebSocketModel::tr("going away");
    case 1002:
        return WebSocketModel::tr("protocol error");
    case 1003:
        return WebSocketModel::tr("unsupported data");
    case 1005:
        return WebSocketModel::tr("no code");
    case 1007:
        return WebSocketModel::tr("invalid payload");
    case 1008:
        return WebSocketModel::tr("policy violation");
    case 1009:
        return WebSocketModel::tr("message too big");
    case 1010:
        return WebSocketModel::tr("extension missing");
    case 1011:
        return WebSocketModel::tr("internal error");
    case 1012:
        return WebSocketModel::tr("service restart");
    case 1013:
        return WebSocketModel::tr("try again later");
    case 1014:
        return WebSocketModel::tr("bad gateway");
    default:
        return {};
    }
}

void WebSocketModel::clear()
{
    beginResetModel();
    m_messages.clear();
    m_incomplete.clear();
    m_leftOut = 0;
    m_controlFrames = 0;
    endResetModel();
}

void WebSocketModel::insert(qsizetype at, const QList<WebSocketMessage> &messages)
{
    beginInsertRows({}, int(at), int(at + messages.size()) - 1);
    if (at == m_messages.size()) {
        m_messages += messages;
    } else {
        for (qsizetype i = 0; i < messages.size(); ++i)
            m_messages.insert(at + i, messages.at(i));
    }
    endInsertRows();
}

void WebSocketModel::add(const QList<WebSocketMessage> &messages)
{
    setIncomplete({});
    const qsizetype room = MostRows - m_messages.size();
    const QList<WebSocketMessage> taken = messages.first(std::min(messages.size(), room));
    m_leftOut += messages.size() - taken.size();
    const auto isEarlier = [](const WebSocketMessage &one, const WebSocketMessage &other) {
        return one.lastTime < other.lastTime;
    };
    for (const WebSocketMessage &message : taken)
        m_controlFrames += message.isControl() ? 1 : 0;
    // One direction is read after the other: some of it is older than what is there.
    qsizetype late = 0;
    while (late < taken.size() && !m_messages.isEmpty()
        && isEarlier(taken.at(late), m_messages.constLast())) {
        const auto place
            = std::upper_bound(m_messages.cbegin(), m_messages.cend(), taken.at(late), isEarlier);
        insert(place - m_messages.cbegin(), { taken.at(late) });
        ++late;
    }
    if (late < taken.size())
        insert(m_messages.size(), taken.sliced(late));
}

void WebSocketModel::setIncomplete(const QList<WebSocketMessage> &messages)
{
    const int first = int(m_messages.size());
    if (!m_incomplete.isEmpty()) {
        beginRemoveRows({}, first, first + int(m_incomplete.size()) - 1);
        m_incomplete.clear();
        endRemoveRows();
    }
    if (!messages.isEmpty()) {
        beginInsertRows({}, first, first + int(messages.size()) - 1);
        m_incomplete = messages;
        endInsertRows();
    }
}

const WebSocketMessage &WebSocketModel::message(int row) const
{
    return row < m_messages.size() ? m_messages.at(row) : m_incomplete.at(row - m_messages.size());
}

int WebSocketModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_messages.size() + m_incomplete.size());
}

int WebSocketModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WebSocketModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WebSocketMessage &shownMessage = message(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown(shownMessage, index.column());
    case Qt::ToolTipRole:
        if (index.column() == DirectionColumn)
            return shownMessage.direction == Direction::Request ? tr("From the client")
                                                                : tr("From the server");
        return shownMessage.violations ? exchange::violationText(shownMessage.violations)
                                       : shown(shownMessage, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == TimeColumn || index.column() == SizeColumn)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (index.column() == DirectionColumn)
            return int(Qt::AlignCenter);
        return {};
    case Qt::AccessibleTextRole:
        if (index.column() == DirectionColumn)
            return shownMessage.direction == Direction::Request ? tr("from the client")
                                                                : tr("from the server");
        return {};
    case FaintRole:
        return shownMessage.isControl() || !shownMessage.isComplete;
    case FaultRole:
        return bool(shownMessage.violations);
    default:
        return {};
    }
}

QString WebSocketModel::shown(const WebSocketMessage &message, int column)
{
    switch (column) {
    case DirectionColumn:
        return message.direction == Direction::Request ? QStringLiteral("↑") : QStringLiteral("↓");
    case TimeColumn:
        return formatExactTime(message.lastTime);
    case TypeColumn: {
        QString type = exchange::webSocketOpcodeName(message.opcode);
        if (message.violations.testFlag(WebSocketMessage::BadFraming))
            type = tr("no frame");
        else if (message.opcode == WebSocketMessage::Close)
            type += QStringLiteral(" %1").arg(message.closeCode());
        else if (!message.isComplete)
            type = tr("%1, incomplete").arg(type);
        return message.violations ? QStringLiteral("⚠ ") + type : type;
    }
    case SizeColumn:
        return formatCount(message.payloadOctets);
    default:
        break;
    }
    return message.violations.testFlag(WebSocketMessage::BadFraming)
        ? exchange::violationText(message.violations)
        : dataOf(message);
}

QVariant WebSocketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::ToolTipRole && section == DirectionColumn)
        return tr("↑ from the client, ↓ from the server");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time (s)");
    case TypeColumn:
        return tr("Type");
    case SizeColumn:
        return tr("Octets");
    case DataColumn:
        return tr("Data");
    default:
        return QString();
    }
}

} // namespace headrace::ui
