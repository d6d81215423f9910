#pragma once

#include <QSortFilterProxyModel>

namespace headrace::ui {

/** The rows of a TrafficModel that match a filter, sorted by a column or in order of begin.

    The filter is plain text: every word must occur in method, host, path, status, type or notes, case aside.
    This is the place where the filter language will be put; nothing else knows how rows are chosen. */
class TrafficFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TrafficFilterModel(QObject *parent = nullptr);

    QString filter() const;
    void setFilter(const QString &text);

    /// Whether the rows are in order of begin, so that new ones come last.
    bool isInOrderOfBegin() const;

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QString m_filter;
    QStringList m_words;
};

} // namespace headrace::ui
