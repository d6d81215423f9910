#pragma once

#include "fields/formtable.h"

#include <session/proxycontrol.h>

class QStandardItemModel;

namespace headrace::ui {

/// The hosts whose tunnels pass through by themselves, as their clients did not take the proxy's certificates.
class PassedHostTable : public FormTable
{
    Q_OBJECT

public:
    explicit PassedHostTable(QWidget *parent = nullptr);

    void setHosts(const QList<session::PassedHost> &hosts);

Q_SIGNALS:
    void interceptAgainRequested(const QString &host, quint16 port);
    void interceptAllAgainRequested();

private:
    explicit PassedHostTable(QStandardItemModel *model, QWidget *parent);

    QStandardItemModel *m_model;
    QList<session::PassedHost> m_hosts;
};

} // namespace headrace::ui
