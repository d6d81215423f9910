#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QFormLayout;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace headrace::ui {

class ElidedLabel;
class NoticeBar;
class ProblemLabel;
class QrView;

/** The certificate authority of the proxy: where it is, its fingerprint, its export; and how devices come through the
    proxy and trust it. QWidget::actions() has what the command palette offers. */
class DevicesPage : public QWidget
{
    Q_OBJECT

public:
    /// \a folder: see ProxyControl::authorityFolder(). The authority is made when this is first shown.
    explicit DevicesPage(const QString &folder, QWidget *parent = nullptr);

    /// How the proxy is reached. \a port 0: it does not run, \a usualPort is told.
    void setProxy(quint16 port, quint16 usualPort, bool isOpen);

    /// For tests: what is told.
    QString fingerprint() const;
    QStringList addresses() const; ///< "192.168.1.20:8080"

    QString password() const; ///< For PKCS#12.
    void setPassword(const QString &password);
    bool exportTo(
        const QString &path); ///< In the format that the suffix names: pem, der, cer, p12, pfx.

Q_SIGNALS:
    void openRequested(); ///< The proxy is to be open to the network.

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    QWidget *makeAuthority();
    QWidget *makeDevices();
    void chooseFile(const QString &suffix, const QString &filter);
    void readAuthority();
    void showAddresses();
    void showHelp();

    QString m_folder;
    QString m_certificateFile;
    quint16 m_port = 0;
    quint16 m_usualPort = 8080;
    bool m_isOpen = false;
    bool m_isRead = false;
    NoticeBar *m_notice;
    ElidedLabel *m_file = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_fingerprint = nullptr;
    QLineEdit *m_password = nullptr;
    ProblemLabel *m_problem = nullptr;
    QLabel *m_exported = nullptr;
    QLabel *m_reach = nullptr;
    QAction *m_open = nullptr;
    QWidget *m_openButton = nullptr;
    QGridLayout *m_addressGrid = nullptr;
    QStringList m_addresses;
    QrView *m_qr = nullptr;
    QComboBox *m_device = nullptr;
    QLabel *m_help = nullptr;
    QAction *m_exportPem = nullptr;
    QAction *m_exportDer = nullptr;
    QAction *m_exportPkcs12 = nullptr;
    QAction *m_copyFingerprint = nullptr;
    QAction *m_copyHelp = nullptr;
};

} // namespace headrace::ui
