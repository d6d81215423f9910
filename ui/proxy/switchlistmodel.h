#pragma once

#include "proxy/listhistory.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace headrace::ui {

/// What a list of switches tells its delegate; see SwitchListModel.
namespace SwitchRole {
enum Role
{
    Problem = Qt::UserRole + 1, ///< QString: the first thing that is wrong; empty without.
    IsEnabled,
    IsWire, ///< bool: text to be shown in the fixed font.
    IsMuted, ///< bool: text of second rank.
};
} // namespace SwitchRole

/// The steps of a list that can be taken back.
class ListSteps
{
public:
    virtual ~ListSteps() = default;
    virtual bool canUndo() const = 0;
    virtual bool canRedo() const = 0;
    virtual void undo() = 0;
    virtual void redo() = 0;
};

/** Things that have an isEnabled and a filter, in an order, each in a row with a box to turn it off in column 0. Each step
    can be taken back. What is wrong with one is found when it is set, not when it is painted. Who derives from it has
    the signal that tellChanged() emits, and says what the columns say. */
template <class Item>
class SwitchListModel : public QAbstractTableModel, public ListSteps
{
public:
    static constexpr int BoxColumn = 0;

    SwitchListModel(int columns, int filterColumn, QObject *parent)
        : QAbstractTableModel(parent)
        , m_columns(columns)
        , m_filterColumn(filterColumn)
    {
    }

    const QList<Item> &items() const { return m_items; }

    void setItems(const QList<Item> &items) ///< Forgets the way back.
    {
        m_history.clear();
        replaceAll(items);
    }

    const Item &item(int row) const { return m_items.at(row); }

    QString problem(int row) const { return m_problems.at(row); }

    /// Changes of the same row that follow each other are one step.
    void setItem(int row, const Item &item)
    {
        if (m_items.at(row) == item)
            return;
        m_history.remember(m_items, row + 1);
        m_items[row] = item;
        m_problems[row] = problemIn(item);
        Q_EMIT dataChanged(index(row, 0), index(row, m_columns - 1));
        tellChanged();
    }

    void insertItems(int row, const QList<Item> &items)
    {
        if (items.isEmpty())
            return;
        m_history.remember(m_items);
        beginInsertRows({}, row, row + int(items.size()) - 1);
        for (qsizetype i = 0; i < items.size(); ++i) {
            m_items.insert(row + i, items.at(i));
            m_problems.insert(row + i, problemIn(items.at(i)));
        }
        endInsertRows();
        tellChanged();
    }

    void removeItem(int row)
    {
        m_history.remember(m_items);
        beginRemoveRows({}, row, row);
        m_items.removeAt(row);
        m_problems.removeAt(row);
        endRemoveRows();
        tellChanged();
    }

    bool moveItem(int row, int target) ///< \a target: the row it has then. False: there is none.
    {
        if (row == target || row < 0 || row >= m_items.size() || target < 0
            || target >= m_items.size())
            return false;
        m_history.remember(m_items);
        beginMoveRows({}, row, row, {}, target > row ? target + 1 : target);
        m_items.move(row, target);
        m_problems.move(row, target);
        endMoveRows();
        tellChanged();
        return true;
    }

    bool canUndo() const override { return m_history.canUndo(); }

    bool canRedo() const override { return m_history.canRedo(); }

    void undo() override
    {
        if (canUndo())
            replaceAll(m_history.undo(m_items));
    }

    void redo() override
    {
        if (canRedo())
            replaceAll(m_history.redo(m_items));
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_items.size());
    }

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_columns;
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!index.isValid())
            return {};
        const Item &item = m_items.at(index.row());
        const QString &problem = m_problems.at(index.row());
        const bool isFilter = index.column() == m_filterColumn;
        switch (role) {
        case Qt::DisplayRole:
            return text(index.row(), index.column());
        case Qt::ToolTipRole:
            return problem.isEmpty() ? toolTip(index.row(), index.column()) : problem;
        case Qt::CheckStateRole:
            if (index.column() != BoxColumn)
                return {};
            return item.isEnabled ? Qt::Checked : Qt::Unchecked;
        case Qt::AccessibleTextRole:
            return index.column() == BoxColumn ? boxText(index.row())
                                               : text(index.row(), index.column());
        case Qt::AccessibleDescriptionRole:
        case SwitchRole::Problem:
            return problem;
        case SwitchRole::IsEnabled:
            return item.isEnabled;
        case SwitchRole::IsWire:
            return isFilter && !item.filter.isEmpty();
        case SwitchRole::IsMuted:
            return isFilter && item.filter.isEmpty();
        default:
            return {};
        }
    }

    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override
    {
        if (!index.isValid() || role != Qt::CheckStateRole || index.column() != BoxColumn)
            return false;
        Item item = m_items.at(index.row());
        item.isEnabled = value.value<Qt::CheckState>() == Qt::Checked;
        setItem(index.row(), item);
        return true;
    }

    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        if (!index.isValid())
            return Qt::NoItemFlags;
        Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
        if (index.column() == BoxColumn)
            flags |= Qt::ItemIsUserCheckable;
        return flags;
    }

protected:
    virtual void tellChanged() = 0;
    virtual QString problemIn(const Item &item) const = 0; ///< One sentence, or empty.
    virtual QString text(int row, int column) const = 0;
    virtual QString toolTip(int row, int column) const = 0; ///< Where nothing is wrong.
    virtual QString boxText(int row) const = 0; ///< For assistive technology.

    /// Turns one on or off by itself: no step to be taken back, and not told.
    void switchItem(int row, bool isEnabled)
    {
        m_items[row].isEnabled = isEnabled;
        Q_EMIT this->dataChanged(index(row, 0), index(row, m_columns - 1));
    }

private:
    void replaceAll(const QList<Item> &items)
    {
        beginResetModel();
        m_items = items;
        m_problems.clear();
        for (const Item &item : items)
            m_problems.append(problemIn(item));
        endResetModel();
        tellChanged();
    }

    int m_columns;
    int m_filterColumn;
    QList<Item> m_items;
    QStringList m_problems;
    ListHistory<Item> m_history;
};

} // namespace headrace::ui
