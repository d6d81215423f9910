#pragma once

#include "fields/formlist.h"

#include <proxy/settings.h>

namespace headrace::ui {

/// The certificates that are taken although they do not verify; they come here from the traffic list, and go here.
class AcceptedCertificateTable : public FormList
{
    Q_OBJECT

public:
    explicit AcceptedCertificateTable(QWidget *parent = nullptr);

    const QList<proxy::AcceptedCertificate> &certificates() const;
    void setCertificates(const QList<proxy::AcceptedCertificate> &certificates); ///< Emits nothing.

Q_SIGNALS:
    void changed(); ///< By the user.

private:
    void removeCurrent();

    QList<proxy::AcceptedCertificate> m_certificates;
};

} // namespace headrace::ui
