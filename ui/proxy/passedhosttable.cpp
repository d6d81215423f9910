#include "proxy/passedhosttable.h"

#include <QLocale>

namespace headrace::ui {

PassedHostTable::PassedHostTable(QWidget *parent)
    : FormList({ tr("Host"), tr("Client"), tr("Until") }, tr("Passed through by themselves"),
        tr("None. A host that a client refuses three times in a row is left alone for an hour, and "
           "listed here."),
        parent)
{
    addButton(tr("Intercept again"), true, [this] {
        const session::PassedHost host = m_hosts.at(currentRow());
        Q_EMIT interceptAgainRequested(host.host, host.port);
    });
    addButton(tr("Intercept all again"), false, [this] { Q_EMIT interceptAllAgainRequested(); });
}

void PassedHostTable::setHosts(const QList<session::PassedHost> &hosts)
{
    m_hosts = hosts;
    QList<Row> rows;
    for (const session::PassedHost &host : hosts)
        rows += Row {
            { QStringLiteral("%1:%2").arg(host.host).arg(host.port), host.client.address.toString(),
                QLocale().toString(host.until.toLocalTime().time(), QLocale::ShortFormat) },
            host.reason
        };
    setRows(rows);
}

} // namespace headrace::ui
