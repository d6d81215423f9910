#include "proxy/heldmodel.h"

#include <algorithm>

namespace headrace::ui {

using namespace std::chrono_literals;
using proxy::TransitMessage;
using session::HeldExchange;
using session::HoldId;

QString displayName(proxy::Stage stage)
{
    switch (stage) {
    case proxy::Stage::RequestHead:
        return HeldModel::tr("request head");
    case proxy::Stage::RequestBody:
        return HeldModel::tr("request body");
    case proxy::Stage::ResponseHead:
        return HeldModel::tr("response head");
    case proxy::Stage::ResponseBody:
        return HeldModel::tr("response body");
    }
    return {};
}

QString waitingTime(const QDateTime &since, const QDateTime &now)
{
    const qint64 seconds = std::max<qint64>(0, since.secsTo(now));
    if (seconds < 60)
        return HeldModel::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return HeldModel::tr("%1 min").arg(seconds / 60);
    return HeldModel::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

HeldModel::HeldModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &HeldModel::showTimes);
}

void HeldModel::setControl(session::ProxyControl *control)
{
    using Control = session::ProxyControl;
    if (!control)
        return;
    connect(control, &Control::holdAdded, this, &HeldModel::add);
    connect(control, &Control::holdChanged, this, &HeldModel::change);
    connect(control, &Control::holdRemoved, this, &HeldModel::remove);
    connect(this, &HeldModel::resumeRequested, control,
        qOverload<HoldId, const TransitMessage &>(&Control::resume));
    connect(
        this, &HeldModel::resumeUnchangedRequested, control, qOverload<HoldId>(&Control::resume));
    connect(this, &HeldModel::resumeAllRequested, control, &Control::resumeAll);
    connect(this, &HeldModel::dropRequested, control, &Control::drop);
    connect(this, &HeldModel::answerRequested, control, &Control::answer);
    setHeld(control->held());
}

void HeldModel::setHeld(const QList<HeldExchange> &held)
{
    const auto isThere = [&held](HoldId id) {
        return std::any_of(
            held.cbegin(), held.cend(), [id](const HeldExchange &one) { return one.id == id; });
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (const HoldId id = m_rows.at(row).held.id; !isThere(id))
            remove(id);
    }
    for (const HeldExchange &one : held) {
        if (rowOf(one.id) < 0)
            add(one);
        else
            change(one);
    }
}

void HeldModel::add(const HeldExchange &held)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_rows.append({ held, {}, {} });
    endInsertRows();
    m_clock.start();
    Q_EMIT countChanged();
}

void HeldModel::change(const HeldExchange &held)
{
    const int row = rowOf(held.id);
    if (row < 0)
        return;
    m_rows[row].held = held;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT countChanged();
}

void HeldModel::remove(HoldId id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    if (m_rows.isEmpty())
        m_clock.stop();
    Q_EMIT countChanged();
}

int HeldModel::waitingCount() const
{
    return int(std::count_if(
        m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return row.held.gone.isEmpty(); }));
}

const HeldExchange &HeldModel::held(int row) const { return m_rows.at(row).held; }

int HeldModel::rowOf(HoldId id) const
{
    const auto at = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [id](const Row &row) { return row.held.id == id; });
    return at == m_rows.cend() ? -1 : int(at - m_rows.cbegin());
}

TransitMessage HeldModel::message(HoldId id) const
{
    const Row *row = find(id);
    return row && row->edited ? *row->edited : original(id);
}

TransitMessage HeldModel::original(HoldId id) const
{
    const Row *row = find(id);
    if (!row)
        return {};
    return row->held.isAtResponse() ? row->held.response : row->held.request;
}

void HeldModel::setMessage(HoldId id, const TransitMessage &message)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    if (message == original(id))
        m_rows[row].edited.reset();
    else
        m_rows[row].edited = message;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

bool HeldModel::isEdited(HoldId id) const
{
    const Row *row = find(id);
    return row && row->edited;
}

std::optional<TransitMessage> HeldModel::answer(HoldId id) const
{
    const Row *row = find(id);
    return row ? row->answer : std::nullopt;
}

void HeldModel::setAnswer(HoldId id, const std::optional<TransitMessage> &answer)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_rows[row].answer = answer;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void HeldModel::resume(HoldId id)
{
    if (!isWaiting(id))
        return;
    if (isEdited(id))
        Q_EMIT resumeRequested(id, message(id));
    else
        Q_EMIT resumeUnchangedRequested(id);
}

void HeldModel::resumeAll()
{
    const QList<Row> rows = m_rows;
    for (const Row &row : rows) {
        if (row.edited)
            resume(row.held.id);
    }
    Q_EMIT resumeAllRequested();
}

void HeldModel::drop(HoldId id)
{
    if (isWaiting(id))
        Q_EMIT dropRequested(id);
}

void HeldModel::sendAnswer(HoldId id)
{
    const std::optional<TransitMessage> written = answer(id);
    if (isWaiting(id) && written)
        Q_EMIT answerRequested(id, *written);
}

void HeldModel::dismiss(HoldId id)
{
    const Row *row = find(id);
    if (!row || row->held.gone.isEmpty())
        return;
    // The proxy keeps it until it hears a decision, which changes nothing any more.
    Q_EMIT dropRequested(id);
    remove(id);
}

void HeldModel::dismissGone()
{
    const QList<Row> rows = m_rows;
    for (const Row &row : rows)
        dismiss(row.held.id);
}

bool HeldModel::isWaiting(HoldId id) const
{
    const Row *row = find(id);
    return row && row->held.gone.isEmpty();
}

int HeldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HeldModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HeldModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        if (!row.held.gone.isEmpty())
            return row.held.gone;
        if (index.column() == SinceColumn)
            return tr("Waits since %1").arg(row.held.since.time().toString());
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == SinceColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant();
    case Qt::AccessibleDescriptionRole:
        return row.held.gone;
    case IsGoneRole:
        return !row.held.gone.isEmpty();
    case IsEditedRole:
        return row.edited || row.answer;
    default:
        return {};
    }
}

QVariant HeldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == SinceColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MethodColumn:
        return tr("Method");
    case HostColumn:
        return tr("Host");
    case PathColumn:
        return tr("Path");
    case StageColumn:
        return tr("Held at");
    case SinceColumn:
        return tr("Waits");
    default:
        return {};
    }
}

const HeldModel::Row *HeldModel::find(HoldId id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows.at(row);
}

QString HeldModel::text(const Row &row, int column) const
{
    switch (column) {
    case MethodColumn:
        return row.held.summary.method;
    case HostColumn:
        return row.held.summary.host;
    case PathColumn:
        return row.held.summary.target;
    case StageColumn: {
        if (!row.held.gone.isEmpty())
            return tr("gone");
        const QString stage = displayName(row.held.stage);
        return row.edited || row.answer ? tr("%1 · edited").arg(stage) : stage;
    }
    case SinceColumn:
        return waitingTime(row.held.since, QDateTime::currentDateTime());
    default:
        return {};
    }
}

void HeldModel::showTimes()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, SinceColumn), index(rowCount() - 1, SinceColumn));
}

} // namespace headrace::ui
