#pragma once

#include <QWidget>

class QAction;
class QToolButton;

namespace headrace::ui {

class FilterBar;

/// The bar above the traffic list: the filter, what else narrows or holds the list, and buttons.
class TrafficBar : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficBar(QWidget *parent = nullptr);

    FilterBar *filter() const;
    void addButton(QAction *action);

    /// A host that the list is narrowed to; empty: none.
    void setHost(const QString &host);
    void setPaused(bool isPaused, qsizetype held);

Q_SIGNALS:
    void hostClosed();
    void resumeRequested();

private:
    QToolButton *makeChip(const QString &iconName);

    FilterBar *m_filter;
    QToolButton *m_host;
    QToolButton *m_paused;
};

} // namespace headrace::ui
