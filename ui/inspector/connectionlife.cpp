#include "inspector/connectionlife.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Summary;

namespace {

constexpr int lookInterval = 300; // milliseconds

} // namespace

ConnectionLife::ConnectionLife(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_lookAgain.setSingleShot(true);
    m_lookAgain.setInterval(lookInterval);
    connect(&m_lookAgain, &QTimer::timeout, this, [this] {
        if (m_search)
            m_lookAgain.start(); // one at a time, however long it takes
        else
            look();
    });
}

ConnectionLife::~ConnectionLife() = default;

void ConnectionLife::setConnection(exchange::Store *store, quint64 connection, ExchangeId shown)
{
    const bool isSame = m_store == store && m_connection == connection;
    if (m_store != store) {
        if (m_store)
            m_store->disconnect(this);
        m_store = store;
        if (store) {
            for (auto signal :
                { &exchange::Store::added, &exchange::Store::changed, &exchange::Store::removed })
                connect(store, signal, this, &ConnectionLife::noteChange);
        }
    }
    m_connection = connection;
    const bool isSameRow = m_shown == shown;
    m_shown = shown;
    if (!isSame)
        look();
    else if (!isSameRow && !m_search)
        show();
}

qsizetype ConnectionLife::exchangeCount() const { return m_count; }

ExchangeId ConnectionLife::idAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rows.at(row).summary.id : 0;
}

int ConnectionLife::rowOf(ExchangeId id) const
{
    const auto found = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [id](const Row &row) { return row.summary.id == id; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

qint64 ConnectionLife::busyTime() const { return m_busy; }

qint64 ConnectionLife::wholeTime() const { return m_whole; }

// Any change may be one of this connection: to ask costs less than to find out.
void ConnectionLife::noteChange(const QList<ExchangeId> &)
{
    if (m_connection != 0 && !m_lookAgain.isActive())
        m_lookAgain.start();
}

void ConnectionLife::look()
{
    m_lookAgain.stop();
    m_search.reset();
    m_found.clear();
    if (!m_store || m_connection == 0) {
        show();
        return;
    }
    exchange::FilterTerm term;
    term.field = exchange::FilterField::Connection;
    term.compare = exchange::FilterCompare::Equals;
    term.number = qint64(m_connection);
    exchange::Query query;
    query.filter = exchange::Filter(term);
    m_search = m_store->search(query);
    connect(m_search.get(), &exchange::Search::found, this,
        [this](const QList<ExchangeId> &ids) { m_found += ids; });
    connect(m_search.get(), &exchange::Search::finished, this, [this] {
        m_search.release()->deleteLater();
        show();
    });
}

void ConnectionLife::show()
{
    beginResetModel();
    m_rows.clear();
    m_count = m_found.size();
    const auto at = std::lower_bound(m_found.cbegin(), m_found.cend(), m_shown);
    const qsizetype first = std::clamp<qsizetype>(
        at - m_found.cbegin() - Window / 2, 0, std::max<qsizetype>(0, m_count - Window));
    const QList<Summary> summaries
        = m_store ? m_store->summaries(m_found.mid(first, Window)) : QList<Summary>();
    qint64 busyUntil = 0;
    m_busy = 0;
    for (const Summary &summary : summaries) {
        Row row { summary };
        row.begin = 1000 * summaries.constFirst().began.msecsTo(summary.began);
        row.end = row.begin + std::max<qint64>(0, summary.duration);
        if (!m_rows.isEmpty() && row.begin >= busyUntil)
            row.idle = row.begin - busyUntil;
        m_busy += std::max<qint64>(0, row.end - std::max(row.begin, busyUntil));
        busyUntil = std::max(busyUntil, row.end);
        m_rows += row;
    }
    m_whole = busyUntil;
    endResetModel();
}

int ConnectionLife::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ConnectionLife::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Line + 1;
}

QVariant ConnectionLife::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    const double whole = double(std::max<qint64>(1, m_whole));
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Request ? textOf(row, Request) : QVariant();
    case Qt::TextAlignmentRole:
        if (index.column() == Request || index.column() == Status)
            return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    case IsShownRole:
        return row.summary.id == m_shown;
    case BeginRole:
        return double(row.begin) / whole;
    case EndRole:
        return double(row.end) / whole;
    case StatusRole:
        return row.summary.statusCode;
    case HasFailedRole:
        return row.summary.state == exchange::State::Failed;
    default:
        return {};
    }
}

QString ConnectionLife::textOf(const Row &row, int column) const
{
    const Summary &summary = row.summary;
    switch (column) {
    case Number:
        return QString::number(summary.id);
    case Began:
        return QStringLiteral("+") + formatDuration(row.begin);
    case Idle:
        return row.idle < 0 ? QString() : formatDuration(row.idle);
    case Request:
        return QStringLiteral("%1 %2").arg(summary.method, summary.target).trimmed();
    case Status:
        if (summary.statusCode != 0)
            return QString::number(summary.statusCode);
        return summary.errorCode.isEmpty() ? QStringLiteral("…")
                                           : QStringLiteral("✕ ") + summary.errorCode;
    case Duration:
        return summary.duration < 0 ? QStringLiteral("…") : formatDuration(summary.duration);
    default:
        return {};
    }
}

QVariant ConnectionLife::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (section == Request || section == Status || section == Line ? Qt::AlignLeft
                                                                        : Qt::AlignRight)
            | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return QStringLiteral("#");
    case Began:
        return tr("Began");
    case Idle:
        return tr("Idle before");
    case Request:
        return tr("Request");
    case Status:
        return tr("Status");
    case Duration:
        return tr("Duration");
    default:
        return tr("On the connection");
    }
}

} // namespace headrace::ui
