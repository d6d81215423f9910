#pragma once

#include <exchange/store.h>
#include <session/replay.h>

#include <QWidget>

class QTableView;

namespace headrace::ui {

class ReplayModel;
class ReplayOptionsForm;
class ReplayProgress;

/** Recorded requests that are sent again: how, how far, and each new answer beside the old one. Deletes itself when it is
    closed; what goes on then goes on. */
class ReplayWindow : public QWidget
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive this.
    ReplayWindow(exchange::Store *store, session::Replay *replay, QWidget *parent);

    /// What is to be sent; nothing while a run goes on.
    void setIds(const QList<exchange::ExchangeId> &ids);

    ReplayOptionsForm *form() const;
    ReplayProgress *progress() const;
    ReplayModel *model() const;
    QTableView *table() const;

Q_SIGNALS:
    /// The user wants to see this exchange in the list.
    void exchangeActivated(headrace::exchange::ExchangeId id);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeTable();
    void start();
    void updateState();
    void openCurrent();
    void showInList();

    exchange::Store *m_store;
    session::Replay *m_replay;
    QList<exchange::ExchangeId> m_ids;
    ReplayModel *m_model;
    ReplayOptionsForm *m_form;
    ReplayProgress *m_progress;
    QTableView *m_table;
};

} // namespace headrace::ui
