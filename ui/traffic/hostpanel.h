#pragma once

#include "shell/background.h"

#include <exchange/store.h>

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <QTreeView>

namespace headrace::ui {

class HostTreeModel;

/** The hosts of a store with their counts, as a tree beside the list: what is current there narrows the list.
    Counted beside the GUI thread, while it is in sight, at most once a second and a tenth of the time. */
class HostPanel : public QTreeView
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives this.
    explicit HostPanel(exchange::Store *store, QWidget *parent = nullptr);

    void showAll(); ///< Chooses "All hosts".
    /// All hosts as they were counted last; has them counted, for the next time, if that was before a change.
    QStringList names();
    QString chosen() const; ///< Host or domain; empty for all.

Q_SIGNALS:
    /// \a name: as chosen().
    void filterChosen(const headrace::exchange::Filter &filter, const QString &name);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void countLater();
    void count();
    void showHosts(const QList<exchange::HostCount> &hosts);
    void choose(const QModelIndex &index);

    exchange::Store *m_store;
    HostTreeModel *m_model;
    QTimer m_timer;
    QElapsedTimer m_clock; ///< Since counting began.
    bool m_isCounting = false;
    bool m_isAskedFor = false; ///< By names(): counts although it is not in sight.
    bool m_isOutdated = true;
    QSet<QString> m_collapsed; ///< Keys.
    QString m_key; ///< Of what is chosen.
    QString m_name;
    bool m_isFilling = false;
    Background m_background;
};

} // namespace headrace::ui
