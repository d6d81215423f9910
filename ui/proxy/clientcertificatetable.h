#pragma once

#include "fields/formtable.h"

#include <proxy/settings.h>

class QStandardItemModel;

namespace headrace::ui {

/// Which certificate is shown to which hosts, edited in place.
class ClientCertificateTable : public FormTable
{
    Q_OBJECT

public:
    explicit ClientCertificateTable(QWidget *parent = nullptr);

    /// Rows without a host are left out.
    QList<proxy::ClientCertificate> certificates() const;
    void setCertificates(const QList<proxy::ClientCertificate> &certificates);

    /// Puts the focus where the certificate of \a host is given, in a row of its own if it has none.
    void editHost(const QString &host);

Q_SIGNALS:
    void changed();

private:
    enum Column
    {
        HostColumn,
        CertificateColumn,
        KeyColumn,
        ColumnCount
    };

    explicit ClientCertificateTable(QStandardItemModel *model, QWidget *parent);
    void add(const proxy::ClientCertificate &certificate);
    void edit(int row, Column column);
    void chooseFile();

    QStandardItemModel *m_model;
};

} // namespace headrace::ui
