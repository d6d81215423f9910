#include "proxy/passedhosttable.h"

#include <QLocale>
#include <QStandardItemModel>
#include <QTableView>

namespace headrace::ui {

namespace {

constexpr int Rows = 3;

} // namespace

PassedHostTable::PassedHostTable(QWidget *parent)
    : PassedHostTable(new QStandardItemModel(0, 3), parent)
{
}

PassedHostTable::PassedHostTable(QStandardItemModel *model, QWidget *parent)
    : FormTable(model, tr("Passed through by themselves"), Rows,
        tr("None. A host whose certificate a client refuses three times in a row is left alone for "
           "an hour, for that client, and listed here."),
        parent)
    , m_model(model)
{
    model->setParent(this);
    model->setHorizontalHeaderLabels({ tr("Host"), tr("Client"), tr("Until") });
    view()->setSelectionBehavior(QAbstractItemView::SelectRows);
    view()->setEditTriggers(QAbstractItemView::NoEditTriggers);
    addButton(tr("Intercept again"), true, [this] {
        const session::PassedHost host = m_hosts.at(currentRow());
        Q_EMIT interceptAgainRequested(host.host, host.port);
    });
    addButton(tr("Intercept all again"), false, [this] { Q_EMIT interceptAllAgainRequested(); });
}

void PassedHostTable::setHosts(const QList<session::PassedHost> &hosts)
{
    m_hosts = hosts;
    m_model->setRowCount(0);
    for (const session::PassedHost &host : hosts) {
        QList<QStandardItem *> row;
        for (const QString &text :
            { QStringLiteral("%1:%2").arg(host.host).arg(host.port), host.client.address.toString(),
                QLocale().toString(host.until.toLocalTime().time(), QLocale::ShortFormat) }) {
            row += new QStandardItem(text);
            row.constLast()->setToolTip(host.reason);
        }
        m_model->appendRow(row);
    }
}

} // namespace headrace::ui
