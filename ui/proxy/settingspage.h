#pragma once

#include <proxy/settings.h>

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;
class QTableView;

namespace headrace::ui {

class ProblemLabel;
class Segments;

/// How the proxy works, but for what stands in its bar: port, address and whether it intercepts HTTPS. What is wrong
/// stands below its input, and the rest is used.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(QWidget *parent = nullptr);

    /// \a settings with what is set here.
    void addTo(proxy::Settings &settings) const;
    void setSettings(const proxy::Settings &settings);

    void focusPassword();

Q_SIGNALS:
    void changed();

private:
    void addListening(QFormLayout *form);
    void addRoutes(QFormLayout *form);
    void addTls(QFormLayout *form);
    QWidget *makeCertificates();
    QPlainTextEdit *makeHosts(const QString &name, const QString &toolTip);
    void addCertificate(const proxy::ClientCertificate &certificate);
    void chooseCertificateFile();
    void check();
    void onChanged();

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
    QPlainTextEdit *m_unverified = nullptr;
    QPlainTextEdit *m_lenient = nullptr;
    QStandardItemModel *m_certificates = nullptr;
    QTableView *m_certificateView = nullptr;
    QLineEdit *m_keyLog = nullptr;
    bool m_isSetting = false;
};

/// A URL of http or https with a host and, unless \a mayHavePath, nothing behind it; one sentence, or empty.
QString urlProblem(const QString &text, bool mayHavePath);

} // namespace headrace::ui
