#pragma once

#include "fields/formlist.h"

#include <session/proxycontrol.h>

namespace headrace::ui {

/// The hosts whose tunnels pass through by themselves, as their clients did not take the proxy's certificates.
class PassedHostTable : public FormList
{
    Q_OBJECT

public:
    explicit PassedHostTable(QWidget *parent = nullptr);

    void setHosts(const QList<session::PassedHost> &hosts);

Q_SIGNALS:
    void interceptAgainRequested(const QString &host, quint16 port);
    void interceptAllAgainRequested();

private:
    QList<session::PassedHost> m_hosts;
};

} // namespace headrace::ui
