#pragma once

#include "inspector/inspectorpage.h"

#include <exchange/store.h>

#include <QPointer>

class QLabel;
class QTableView;

namespace headrace::ui {

class ConnectionLife;
class FactsView;
class PhaseBars;

/// The phases of an exchange, and the life of its connection: what else it carried, and when.
class TimingPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit TimingPage(QWidget *parent = nullptr);

    /// Where the other exchanges of the connection are. Borrowed, may go; before showExchange().
    void setStore(exchange::Store *store);

    void showExchange(const ExchangePointer &exchange) override;

    PhaseBars *phases() const;
    QTableView *lifeTable() const;
    QString lifeText() const;

Q_SIGNALS:
    /// One of the same connection, by Enter or a double click.
    void exchangeActivated(headrace::exchange::ExchangeId id);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeTop();
    void makeTable();
    void followConnection(); ///< Only in sight: every change of the store is a question then.
    void showLife();

    QPointer<exchange::Store> m_store;
    ExchangePointer m_exchange;
    ConnectionLife *m_life;
    PhaseBars *m_phases;
    QLabel *m_noPhases;
    QList<FactsView *> m_facts;
    QLabel *m_lifeTitle;
    QLabel *m_lifeText;
    QTableView *m_table;
};

} // namespace headrace::ui
