#pragma once

#include <exchange/store.h>

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace headrace::ui {

class ComparisonView;
class HeadlineBar;
class Inspector;
class Segments;

/** Two exchanges side by side: what differs, and each as a whole on the same tab of the inspector. Follows them
    while they go on. Deletes itself when it is closed. */
class CompareWindow : public QWidget
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives this.
    CompareWindow(exchange::Store *store, exchange::ExchangeId left, exchange::ExchangeId right,
        QWidget *parent);

    ComparisonView *differences() const;
    Inspector *left() const;
    Inspector *right() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHeadlines();
    QWidget *makeInspectors();
    void noteChange(const QList<exchange::ExchangeId> &ids);
    void reload();

    exchange::Store *m_store;
    exchange::ExchangeId m_leftId;
    exchange::ExchangeId m_rightId;
    QTimer m_reloadTimer;
    HeadlineBar *m_leftHeadline;
    HeadlineBar *m_rightHeadline;
    Segments *m_views;
    QStackedWidget *m_stack;
    ComparisonView *m_differences;
    Inspector *m_left;
    Inspector *m_right;
};

} // namespace headrace::ui
