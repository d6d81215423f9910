#pragma once

#include "widgets/runstate.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QLabel;
class QToolButton;

namespace headrace::ui {

class PortBox;

/// Port, Start and Stop, and the address while the proxy runs; the two switches one wants at hand; and below them what
/// one should know.
class ProxyBar : public QWidget
{
    Q_OBJECT

public:
    /// The actions are shown as buttons; \a ways, by which traffic gets in, stand at the end of the line.
    ProxyBar(QAction *startStop, QAction *copyAddress, const QList<QAction *> &ways,
        QWidget *parent = nullptr);

    quint16 port() const; ///< 0: any free port.
    void setPort(quint16 port);

    bool isOpen() const; ///< To the network.
    void setOpen(bool isOpen);

    bool interceptsTls() const;
    void setInterceptsTls(bool intercepts);

    /// \a addresses: where it listens, while it runs.
    void setState(RunState state, const QStringList &addresses);
    QString address() const; ///< The first, "127.0.0.1:8080"; while it runs.

    void setWarning(const QString &text); ///< Below the line; empty hides it.
    QString warning() const;

    void setRemark(const QString &text); ///< Behind the state: what it does, in a few words.

Q_SIGNALS:
    void portChanged(); ///< By its user, finished.
    void openChanged(); ///< By its user.
    void interceptsTlsChanged(); ///< By its user.

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyColors();
    void fit();

    PortBox *m_port;
    QCheckBox *m_open;
    QCheckBox *m_tls;
    QLabel *m_state;
    QLabel *m_link;
    QToolButton *m_copy = nullptr;
    QList<QToolButton *> m_ways;
    QLabel *m_remark;
    QLabel *m_warning;
    QString m_address;
};

} // namespace headrace::ui
