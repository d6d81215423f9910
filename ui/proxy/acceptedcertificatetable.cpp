#include "proxy/acceptedcertificatetable.h"

#include "proxy/authoritymodel.h"

namespace headrace::ui {

AcceptedCertificateTable::AcceptedCertificateTable(QWidget *parent)
    : FormList({ tr("Host"), tr("Subject"), tr("SHA-256") }, tr("Accepted certificates"),
        tr("None. When a certificate is refused, the menu of its row in the list of exchanges "
           "offers to take it."),
        parent)
{
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
    QList<Row> rows;
    for (const proxy::AcceptedCertificate &certificate : certificates)
        rows
            += Row { { certificate.host, certificate.subject, fingerprintText(certificate.sha256) },
                   {} };
    setRows(rows);
}

void AcceptedCertificateTable::removeCurrent()
{
    QList<proxy::AcceptedCertificate> left = m_certificates;
    left.removeAt(currentRow());
    setCertificates(left);
    Q_EMIT changed();
}

} // namespace headrace::ui
