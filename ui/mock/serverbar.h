#pragma once

#include "widgets/runstate.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace headrace::ui {

class PortBox;
class Segments;

/// Routes or script, port, Start and Stop, and the address while the mock server runs.
class ServerBar : public QWidget
{
    Q_OBJECT

public:
    /// The actions are shown as buttons; \a file stand at the end of the line.
    ServerBar(QAction *startStop, QAction *copyAddress, QAction *showTraffic,
        const QList<QAction *> &file, QWidget *parent = nullptr);

    bool isScripted() const; ///< A program is the server, not the routes.
    void setScripted(bool isScripted);

    void setHint(const QString &text); ///< Behind the state; empty for none.

    quint16 port() const; ///< 0: any free port.
    void setPort(quint16 port);

    /// \a port: the one listened on, while it runs; 0: none.
    void setState(RunState state, quint16 port);
    QString address() const; ///< "http://127.0.0.1:3000", while it runs.

Q_SIGNALS:
    void portChanged(); ///< By its user, finished.
    void kindChanged(); ///< isScripted() is another now.

private:
    Segments *m_kind = nullptr;
    PortBox *m_port = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_link = nullptr;
    QToolButton *m_copy = nullptr;
    QLabel *m_hint = nullptr;
    QString m_address;
};

} // namespace headrace::ui
