#pragma once

#include "proxy/proxydefinition.h"

#include <session/proxycontrol.h>
#include <session/session.h>

#include <QObject>

namespace headrace::ui {

/** Real exchanges for a picture of the program: a mock server on loopback, and requests to it.
    For screenshots and for trying things out; not part of any workspace. */
class Demo : public QObject
{
    Q_OBJECT

public:
    /// \a session is borrowed and outlives this.
    explicit Demo(session::Session &session, QObject *parent = nullptr);

    void start();

    static mock::Definition definition();

    /// Rules and breakpoints of a proxy.
    static ProxyDefinition proxyDefinition();

    /// What a breakpoint could hold.
    static QList<session::HeldExchange> held();

    /// The requests that start() sends, one after the other, to \a port.
    static QList<session::RequestDraft> drafts(quint16 port);

Q_SIGNALS:
    void finished(); ///< All requests are over, or the mock server could not be started.

private:
    void sendNext();

    session::Session &m_session;
    QList<session::RequestDraft> m_waiting;
};

} // namespace headrace::ui
