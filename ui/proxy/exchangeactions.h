#pragma once

#include "proxy/listedhost.h"
#include "proxy/ruletext.h"
#include "shell/theme.h"

#include <exchange/exchange.h>
#include <proxy/settings.h>

#include <QObject>

#include <functional>

class QAction;

namespace headrace::session {
class Session;
}

namespace headrace::ui {

class ProxyPanel;

/** What the proxy can do about an exchange of a list: treat its host otherwise from now on, or do something with those
    like it. As actions that name the host, for the context menu, the command palette and the inspector. What is set
    here can be taken back here, and in the settings of the proxy. */
class ExchangeActions : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive this.
    ExchangeActions(session::Session &session, ProxyPanel *panel, QObject *parent = nullptr);

    QList<QAction *> hostActions() const;
    QList<QAction *> ruleActions() const;

public Q_SLOTS:
    void setExchange(
        headrace::exchange::ExchangeId id); ///< The one that the actions are about; 0: none.

    /// Asks whether the certificate of its origin, which was refused, is to be taken.
    void acceptCertificate(headrace::exchange::ExchangeId id);

Q_SIGNALS:
    void confirmationRequested(
        const QString &question, const QString &buttonText, const std::function<void()> &then);
    void told(headrace::ui::Theme::Tone tone, const QString &text); ///< What was done.
    void proxyRequested(); ///< What is to be edited now stands in the proxy's workspace.

private:
    QAction *makeAction(const QString &iconName, void (ExchangeActions::*slot)());
    void makeRuleActions();
    void update();
    void showIntercepted();
    void showCertificate();
    void showLenient();
    bool passesByItself() const;
    QStringList listedCertificates() const;

    void toggleIntercepted();
    void toggleCertificate();
    void editClientCertificate();
    void toggleLenient();
    void addRule(ActionKind kind);
    void addBreakpoint();
    void tell(const QString &text);

    session::Session &m_session;
    ProxyPanel *m_panel;
    exchange::Summary m_summary; ///< Its id is 0 without an exchange.
    std::optional<ListedHost> m_host; ///< Of the exchange, if the proxy has to do with it.
    QAction *m_intercept;
    QAction *m_certificate;
    QAction *m_clientCertificate;
    QAction *m_lenient;
    QList<QAction *> m_rules;
};

} // namespace headrace::ui
