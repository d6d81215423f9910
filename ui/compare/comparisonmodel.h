#pragma once

#include <exchange/comparison.h>

#include <QAbstractTableModel>

namespace headrace::ui {

/// Two exchanges side by side, line by line, under a heading for each part. Columns: left, mark, right.
class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Left,
        Mark, ///< "≠", "−", "+", "⇅"; empty for lines that are the same.
        Right
    };

    enum Role
    {
        IsHeadingRole = Qt::UserRole, ///< Spans all columns, as remarks and folded lines do.
        SpansRole,
        KindRole, ///< int of ComparedLine::Kind.
        OtherTextRole, ///< The text on the other side.
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setParts(const QList<exchange::ComparedPart> &parts);

    /// Runs of lines that are the same are one row. Default: false.
    void setFolded(bool isFolded);

    qsizetype differences() const; ///< Runs of lines that differ.
    QList<int> differenceRows() const; ///< The first row of each, in order.
    QString textOf(
        int row) const; ///< As a line of a patch: "  same", "- left", "+ right", or both.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    /// What a row shows: a line, or what stands for it.
    struct Row
    {
        enum class What
        {
            Heading,
            Remark,
            Line,
            Folded, ///< So many lines that are the same, from \a line on.
        };

        What what = What::Line;
        qsizetype part = 0;
        qsizetype line = 0;
        qsizetype count = 1;
    };

    void build();
    void addLines(qsizetype part);
    QString spanText(const Row &row) const;
    const exchange::ComparedLine &lineOf(const Row &row) const;

    QList<exchange::ComparedPart> m_parts;
    QList<Row> m_rows;
    QList<int> m_differences;
    bool m_isFolded = false;
};

} // namespace headrace::ui
