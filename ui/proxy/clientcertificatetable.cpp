#include "proxy/clientcertificatetable.h"

#include <QFileDialog>
#include <QStandardItemModel>
#include <QTableView>

namespace headrace::ui {

namespace {

constexpr int Rows = 3;

} // namespace

ClientCertificateTable::ClientCertificateTable(QWidget *parent)
    : ClientCertificateTable(new QStandardItemModel(0, ColumnCount), parent)
{
}

ClientCertificateTable::ClientCertificateTable(QStandardItemModel *model, QWidget *parent)
    : FormTable(model, tr("Client certificates"), Rows, {}, parent)
    , m_model(model)
{
    model->setParent(this);
    model->setHorizontalHeaderLabels({ tr("Host"), tr("Certificate (PEM)"), tr("Key (PEM)") });
    addButton(tr("Add"), false, [this] {
        add({});
        edit(m_model->rowCount() - 1, HostColumn);
    });
    addButton(tr("Remove"), true, [this] { m_model->removeRow(currentRow()); });
    addButton(tr("Choose file…"), true, [this] { chooseFile(); });
    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_model, signal, this, &ClientCertificateTable::changed);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ClientCertificateTable::changed);
}

QList<proxy::ClientCertificate> ClientCertificateTable::certificates() const
{
    QList<proxy::ClientCertificate> certificates;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto text = [this, row](Column column) {
            return m_model->index(row, column).data().toString().trimmed();
        };
        if (!text(HostColumn).isEmpty())
            certificates.append({ text(HostColumn), text(CertificateColumn), text(KeyColumn) });
    }
    return certificates;
}

void ClientCertificateTable::setCertificates(const QList<proxy::ClientCertificate> &certificates)
{
    m_model->setRowCount(0);
    for (const proxy::ClientCertificate &certificate : certificates)
        add(certificate);
}

void ClientCertificateTable::editHost(const QString &host)
{
    int row = 0;
    while (row < m_model->rowCount()
        && m_model->index(row, HostColumn).data().toString().trimmed() != host)
        ++row;
    if (row == m_model->rowCount())
        add({ host, {}, {} });
    edit(row, CertificateColumn);
}

void ClientCertificateTable::add(const proxy::ClientCertificate &certificate)
{
    m_model->appendRow({ new QStandardItem(certificate.host),
        new QStandardItem(certificate.certificateFile), new QStandardItem(certificate.keyFile) });
}

void ClientCertificateTable::edit(int row, Column column)
{
    view()->setFocus(Qt::OtherFocusReason);
    view()->setCurrentIndex(m_model->index(row, column));
    view()->edit(view()->currentIndex());
}

void ClientCertificateTable::chooseFile()
{
    const QPersistentModelIndex index = view()->currentIndex();
    if (!index.isValid() || index.column() == HostColumn)
        return;
    auto *dialog = new QFileDialog(
        window(), tr("Choose a PEM file"), {}, tr("PEM files (*.pem *.crt *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, index](const QString &path) {
        if (index.isValid())
            m_model->setData(index, path);
    });
    dialog->open();
}

} // namespace headrace::ui
