#pragma once

#include <exchange/filter.h>

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace headrace::ui {

/// The bar above the traffic list: the filter, what else narrows or holds the list, and buttons.
class TrafficBar : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficBar(QWidget *parent = nullptr);

    QLineEdit *filterEdit() const;
    QString filterText() const;
    void clearFilter();
    void andFilter(const QString &text); ///< Both must hold.
    void focusFilter();

    void addButton(QAction *action);

    /// A host that the list is narrowed to; empty: none.
    void setHost(const QString &host);
    void setPaused(bool isPaused, qsizetype held);
    QString pausedText() const; ///< Empty while it is not paused.

Q_SIGNALS:
    void filterChanged(const headrace::exchange::Filter &filter, const QString &text);
    void leaveRequested(); ///< From the filter on into the list.
    void hostClosed();
    void resumeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void readFilter(const QString &text);

    QHBoxLayout *m_layout;
    QLineEdit *m_filter;
    QToolButton *m_host;
    QToolButton *m_paused;
};

} // namespace headrace::ui
