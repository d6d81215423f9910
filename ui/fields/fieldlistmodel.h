#pragma once

#include <session/requestdraft.h>

#include <QAbstractTableModel>
#include <QString>

namespace headrace::ui {

/// What is wrong with one field, beside the cell where it was typed.
struct FieldProblem
{
    enum class Part
    {
        Name,
        Value
    };

    qsizetype field = 0; ///< Index in FieldListModel::fields().
    Part part = Part::Name;
    QString message;

    friend bool operator==(const FieldProblem &, const FieldProblem &) = default;
};

/** Field lines as they are edited: order, case and duplicates stay as typed. One more row, empty, stands
    below them: what is typed there becomes a field. Octets that are not UTF-8 show as Latin-1 and are
    kept until they are changed. */
class FieldListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        EnabledColumn,
        NameColumn,
        ValueColumn,
        RemoveColumn,
        ColumnCount
    };

    enum Role
    {
        ProblemRole = Qt::UserRole + 1, ///< QString, of the row; empty without.
        IsProblemCellRole, ///< bool: the problem is in this cell.
        IsFieldRole, ///< bool: false for the empty row at the end.
        IsEnabledRole, ///< bool: will be sent.
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// All rows that hold something, also those turned off.
    QList<session::DraftField> fields() const;
    void setFields(
        const QList<session::DraftField> &fields); ///< Forgets problems and the way back.

    void setProblems(const QList<FieldProblem> &problems);
    QList<FieldProblem> problems() const;

    /// Puts \a fields before \a row; those after it move down.
    void insertFields(int row, const QList<session::DraftField> &fields);
    bool moveField(int row, int by); ///< False: there is no place to go.
    void removeField(int row);
    bool isField(int row) const;
    int rowOf(qsizetype field)
        const; ///< The row of a field; that of the empty one if there is no such field.

    void undo(); ///< Of the last change of any kind; typing in one cell is one change.
    void redo();
    bool canUndo() const;
    bool canRedo() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changed(); ///< fields() answers something else.

private:
    struct Cell
    {
        int row = -1;
        int column = -1;

        friend bool operator==(const Cell &, const Cell &) = default;
    };

    bool setText(const QModelIndex &index, const QByteArray &text);
    const FieldProblem *problemOf(int row) const;
    QString accessibleText(const QModelIndex &index) const;
    qsizetype fieldOfRow(int row) const;
    void remember();
    void rememberTyping(Cell cell);
    void replaceAll(const QList<session::DraftField> &fields);

    QList<session::DraftField> m_rows;
    QList<FieldProblem> m_problems;
    QList<QList<session::DraftField>> m_undo;
    QList<QList<session::DraftField>> m_redo;
    Cell m_typing; ///< Further changes of this cell belong to the last step of m_undo.
};

} // namespace headrace::ui
