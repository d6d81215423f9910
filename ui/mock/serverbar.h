#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QSpinBox;
class QToolButton;

namespace headrace::ui {

/// Port, Start and Stop, and the address while the mock server runs.
class ServerBar : public QWidget
{
    Q_OBJECT

public:
    enum class State
    {
        Stopped,
        Starting,
        Running,
        Stopping
    };

    /// The actions are shown as buttons; \a file stand at the end of the line.
    ServerBar(QAction *startStop, QAction *copyAddress, QAction *showTraffic,
        const QList<QAction *> &file, QWidget *parent = nullptr);

    quint16 port() const; ///< 0: any free port.
    void setPort(quint16 port);

    void setState(State state, quint16 port); ///< \a port: the one listened on, while it runs.
    QString address() const; ///< "http://127.0.0.1:3000", while it runs.

Q_SIGNALS:
    void portChanged(); ///< By its user, finished.

private:
    QSpinBox *m_port = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_link = nullptr;
    QToolButton *m_copy = nullptr;
    QString m_address;
};

} // namespace headrace::ui
