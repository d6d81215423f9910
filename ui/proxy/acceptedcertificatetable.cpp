#include "proxy/acceptedcertificatetable.h"

#include "proxy/authoritymodel.h"

#include <QStandardItemModel>
#include <QTableView>

namespace headrace::ui {

namespace {

constexpr int Rows = 3;

} // namespace

AcceptedCertificateTable::AcceptedCertificateTable(QWidget *parent)
    : AcceptedCertificateTable(new QStandardItemModel(0, 3), parent)
{
}

AcceptedCertificateTable::AcceptedCertificateTable(QStandardItemModel *model, QWidget *parent)
    : FormTable(model, tr("Accepted certificates"), Rows,
        tr("None. When a certificate is refused, the menu of its row in the list of exchanges "
           "offers to take it."),
        parent)
    , m_model(model)
{
    model->setParent(this);
    model->setHorizontalHeaderLabels({ tr("Host"), tr("Subject"), tr("SHA-256") });
    view()->setSelectionBehavior(QAbstractItemView::SelectRows);
    view()->setEditTriggers(QAbstractItemView::NoEditTriggers);
    addButton(tr("Do not accept any more"), true, [this] { removeCurrent(); });
}

const QList<proxy::AcceptedCertificate> &AcceptedCertificateTable::certificates() const
{
    return m_certificates;
}

void AcceptedCertificateTable::setCertificates(
    const QList<proxy::AcceptedCertificate> &certificates)
{
    m_certificates = certificates;
    m_model->setRowCount(0);
    for (const proxy::AcceptedCertificate &certificate : certificates) {
        QList<QStandardItem *> row;
        for (const QString &text :
            { certificate.host, certificate.subject, fingerprintText(certificate.sha256) }) {
            row += new QStandardItem(text);
            row.constLast()->setToolTip(text);
        }
        m_model->appendRow(row);
    }
}

void AcceptedCertificateTable::removeCurrent()
{
    const int row = currentRow();
    m_certificates.removeAt(row);
    m_model->removeRow(row);
    Q_EMIT changed();
}

} // namespace headrace::ui
