#pragma once

#include <exchange/store.h>

#include <QWidget>

class QAction;
class QLineEdit;
class QStackedWidget;

namespace headrace::ui {

class EmptyState;
class TrafficFilterModel;
class TrafficModel;
class TrafficView;

/** The Traffic workspace: filter and list. What is to be done with an exchange elsewhere is emitted. */
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives the panel.
    explicit TrafficPanel(exchange::Store *store, QWidget *parent = nullptr);

    TrafficView *view() const;
    QLineEdit *filterEdit() const;

    qsizetype totalCount() const;
    qsizetype shownCount() const;
    qsizetype selectedCount() const;
    exchange::ExchangeId currentId() const;

    /// Makes the row current; takes the filter away if it hides the row.
    void select(exchange::ExchangeId id);

    /// A button at the end of the bar above the list; the panel has the action then.
    void addBarAction(QAction *action);

    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

public Q_SLOTS:
    void focusList(); ///< Esc goes back here.
    void focusFilter();

Q_SIGNALS:
    void currentExchangeChanged(headrace::exchange::ExchangeId id);
    void exchangeActivated(headrace::exchange::ExchangeId id);
    void exchangeResendRequested(headrace::exchange::ExchangeId id);
    void openInComposerRequested(headrace::exchange::ExchangeId id);
    void composeRequested(); ///< The empty state's button.
    void countsChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeBar();
    void addButton(QAction *action);
    void connectView();
    void updateState();
    void copyUrls(const QList<exchange::ExchangeId> &ids);
    void copyAsCurl(const QList<exchange::ExchangeId> &ids);

    exchange::Store *m_store;
    TrafficModel *m_model;
    TrafficFilterModel *m_filterModel;
    TrafficView *m_view;
    QWidget *m_bar = nullptr;
    QLineEdit *m_filter = nullptr;
    QAction *m_follow = nullptr;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
};

} // namespace headrace::ui
