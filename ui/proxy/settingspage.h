#pragma once

#include <proxy/settings.h>
#include <session/proxycontrol.h>

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QScrollArea;

namespace headrace::ui {

class AcceptedCertificateTable;
class ClientCertificateTable;
class PassedHostTable;
class ProblemLabel;
class Segments;

/// How the proxy works, but for what stands in its bar: port, address and whether it intercepts HTTPS. What is wrong
/// stands below its input, and the rest is used.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    /// Lists of hosts.
    enum class Hosts
    {
        NotIntercepted,
        Lenient
    };

    explicit SettingsPage(QWidget *parent = nullptr);

    /// \a settings with what is set here.
    void addTo(proxy::Settings &settings) const;
    void setSettings(const proxy::Settings &settings);

    /// Of \a settings only the lists of hosts, and the certificates that are accepted; what is typed elsewhere stays.
    void setHosts(const proxy::Settings &settings);

    void setPassedHosts(const QList<session::PassedHost> &hosts);

    // Shows where it is edited, and puts the focus there.
    void editHosts(Hosts hosts);
    void editClientCertificate(const QString &host);
    void focusPassword();

Q_SIGNALS:
    void changed();
    void interceptAgainRequested(const QString &host, quint16 port); ///< Of those passed through.
    void interceptAllAgainRequested();

private:
    void addListening(QFormLayout *form);
    void addRoutes(QFormLayout *form);
    void addTls(QFormLayout *form);
    QPlainTextEdit *makeHosts(const QString &name, const QString &toolTip);
    void check();
    void onChanged();

    QScrollArea *m_area;
    QCheckBox *m_nextFree = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
    ProblemLabel *m_userProblem = nullptr;
    QLineEdit *m_reverse = nullptr;
    ProblemLabel *m_reverseProblem = nullptr;
    Segments *m_upstream = nullptr;
    QLineEdit *m_upstreamUrl = nullptr;
    ProblemLabel *m_upstreamProblem = nullptr;
    QLineEdit *m_except = nullptr;
    QPlainTextEdit *m_notIntercepted = nullptr;
    PassedHostTable *m_passed;
    QPlainTextEdit *m_unverified = nullptr;
    AcceptedCertificateTable *m_accepted;
    QPlainTextEdit *m_lenient = nullptr;
    ClientCertificateTable *m_clientCertificates;
    QLineEdit *m_keyLog = nullptr;
    bool m_isSetting = false;
};

/// A URL of http or https with a host and, unless \a mayHavePath, nothing behind it; one sentence, or empty.
QString urlProblem(const QString &text, bool mayHavePath);

} // namespace headrace::ui
