#include "proxy/exchangeactions.h"

#include "inspector/tlsfacts.h"
#include "proxy/proxypanel.h"
#include "proxy/refusedcertificate.h"
#include "proxy/rulefromexchange.h"
#include "proxy/settingspage.h"
#include "shell/format.h"
#include "shell/icons.h"

#include <exchange/store.h>
#include <session/proxycontrol.h>
#include <session/session.h>

#include <QAction>

#include <algorithm>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Summary;

namespace {

constexpr qsizetype LongestHost = 60; // characters in a menu

/// As the text of an action.
QString shown(const QString &host)
{
    return shortened(host, LongestHost).replace(u'&', QStringLiteral("&&"));
}

bool hasTls(const Summary &summary)
{
    return summary.scheme == u"https" || summary.method == u"CONNECT";
}

} // namespace

ExchangeActions::ExchangeActions(session::Session &session, ProxyPanel *panel, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_panel(panel)
    , m_intercept(makeAction(QStringLiteral("lock"), &ExchangeActions::toggleIntercepted))
    , m_certificate(makeAction({}, &ExchangeActions::toggleCertificate))
    , m_clientCertificate(makeAction({}, &ExchangeActions::editClientCertificate))
    , m_lenient(makeAction({}, &ExchangeActions::toggleLenient))
{
    m_lenient->setCheckable(true);
    m_clientCertificate->setToolTip(
        tr("The certificate and key that are shown when the server asks for one"));
    makeRuleActions();
    connect(panel, &ProxyPanel::settingsChanged, this, &ExchangeActions::update);
    connect(session.proxy(), &session::ProxyControl::passedHostsChanged, this,
        &ExchangeActions::update);
    connect(session.store(), &exchange::Store::changed, this, [this](const QList<ExchangeId> &ids) {
        if (m_summary.id != 0 && ids.contains(m_summary.id))
            setExchange(m_summary.id);
    });
    update();
}

QAction *ExchangeActions::makeAction(const QString &iconName, void (ExchangeActions::*slot)())
{
    auto *action = new QAction(this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void ExchangeActions::makeRuleActions()
{
    for (int kind = 0; kind < ActionKindCount; ++kind) {
        auto *action
            = new QAction(tr("Add rule for this URL: %1").arg(displayName(ActionKind(kind))), this);
        action->setIconText(displayName(ActionKind(kind)));
        action->setToolTip(explanation(ActionKind(kind)));
        connect(action, &QAction::triggered, this, [this, kind] { addRule(ActionKind(kind)); });
        m_rules += action;
    }
    QAction *breakpoint = makeAction(QStringLiteral("pause"), &ExchangeActions::addBreakpoint);
    breakpoint->setText(tr("Add breakpoint at this URL"));
    breakpoint->setIconText(tr("Breakpoint"));
    breakpoint->setToolTip(tr("Holds the next exchanges like this one"));
    m_rules += breakpoint;
}

QList<QAction *> ExchangeActions::hostActions() const
{
    return { m_intercept, m_certificate, m_clientCertificate, m_lenient };
}

QList<QAction *> ExchangeActions::ruleActions() const { return m_rules; }

void ExchangeActions::setExchange(ExchangeId id)
{
    const auto summary = id == 0 ? std::nullopt : m_session.store()->summary(id);
    m_summary = summary.value_or(Summary());
    m_host.reset();
    if (summary && summary->source == exchange::Source::Proxy)
        m_host = ListedHost::of(*summary);
    update();
}

void ExchangeActions::update()
{
    showIntercepted();
    showCertificate();
    showLenient();
    const QString host = m_host ? shown(m_host->text) : tr("this host");
    m_clientCertificate->setText(tr("Client certificate for %1…").arg(host));
    m_clientCertificate->setEnabled(m_host && hasTls(m_summary));
    for (QAction *rule : std::as_const(m_rules))
        rule->setEnabled(m_summary.id != 0 && !m_summary.host.isEmpty());
}

void ExchangeActions::showIntercepted()
{
    m_intercept->setEnabled(m_host && hasTls(m_summary));
    if (!m_host) {
        m_intercept->setText(tr("Do not intercept this host"));
        return;
    }
    const QString host = shown(m_host->text);
    const QString entry = m_host->entryIn(m_panel->settings().notIntercepted);
    if (entry.isEmpty() && !passesByItself()) {
        m_intercept->setText(tr("Do not intercept %1").arg(host));
        m_intercept->setToolTip(tr("Its tunnels pass through unseen then"));
    } else if (entry.isEmpty() || m_host->isAloneIn(entry)) {
        m_intercept->setText(tr("Intercept %1 again").arg(host));
        m_intercept->setToolTip(tr("Its tunnels pass through unseen now"));
    } else {
        m_intercept->setText(tr("Not intercepted, by “%1”…").arg(shown(entry)));
        m_intercept->setToolTip(tr("The entry in the settings is for other hosts, too"));
    }
}

void ExchangeActions::showCertificate()
{
    const bool isRefused = m_host && isCertificateRefused(m_summary);
    const bool isAccepted = !isRefused && !listedCertificates().isEmpty();
    const QString host = m_host ? shown(m_host->text) : tr("this host");
    m_certificate->setEnabled(isRefused || isAccepted);
    m_certificate->setText(isAccepted ? tr("Do not accept the certificate of %1 any more").arg(host)
                                      : tr("Accept the certificate of %1…").arg(host));
    m_certificate->setToolTip(
        tr("A certificate that does not verify is taken when you say so: that one, for that host"));
}

void ExchangeActions::showLenient()
{
    m_lenient->setEnabled(m_host.has_value());
    const QString entry = m_host ? m_host->entryIn(m_panel->settings().lenient) : QString();
    m_lenient->setChecked(!entry.isEmpty());
    m_lenient->setText(!m_host ? tr("Lenient parsing for this host")
            : entry.isEmpty() || m_host->isAloneIn(entry)
            ? tr("Lenient parsing for %1").arg(shown(m_host->text))
            : tr("Lenient parsing, by “%1”…").arg(shown(entry)));
    m_lenient->setToolTip(tr("What proxy and server could read differently is passed on and "
                             "flagged, not refused. Requests can be smuggled then."));
}

bool ExchangeActions::passesByItself() const
{
    const QList<session::PassedHost> hosts = m_session.proxy()->passedHosts();
    return std::any_of(hosts.cbegin(), hosts.cend(), [this](const session::PassedHost &passed) {
        return passed.host.compare(m_host->name, Qt::CaseInsensitive) == 0
            && passed.port == m_host->port;
    });
}

/// The hosts of accepted certificates that are this one.
QStringList ExchangeActions::listedCertificates() const
{
    QStringList hosts;
    if (!m_host)
        return hosts;
    const proxy::Settings settings = m_panel->settings();
    for (const proxy::AcceptedCertificate &accepted : settings.acceptedCertificates) {
        if (m_host->isAloneIn(accepted.host))
            hosts += accepted.host;
    }
    return hosts;
}

void ExchangeActions::toggleIntercepted()
{
    const ListedHost host = *m_host;
    const QString entry = host.entryIn(m_panel->settings().notIntercepted);
    const bool isPassed = passesByItself();
    if (!entry.isEmpty() && !host.isAloneIn(entry)) {
        Q_EMIT proxyRequested();
        m_panel->setSection(ProxyPanel::Section::Settings);
        m_panel->settingsPage()->editHosts(SettingsPage::Hosts::NotIntercepted);
        return;
    }
    if (isPassed)
        m_session.proxy()->interceptAgain(host.name, host.port);
    const bool isIntercepted = entry.isEmpty() && !isPassed;
    m_panel->changeHosts([&](proxy::Settings &settings) {
        settings.notIntercepted = isIntercepted ? host.with(settings.notIntercepted)
                                                : host.without(settings.notIntercepted);
    });
    tell(isIntercepted
            ? tr("%1 is not intercepted from its next connection on. The settings of "
                 "the proxy list it.")
                  .arg(host.text)
            : tr("%1 is intercepted again, from its next connection on.").arg(host.text));
}

void ExchangeActions::toggleCertificate()
{
    if (isCertificateRefused(m_summary)) {
        acceptCertificate(m_summary.id);
        return;
    }
    const QStringList hosts = listedCertificates();
    m_panel->changeHosts([&hosts](proxy::Settings &settings) {
        settings.acceptedCertificates.removeIf(
            [&hosts](const proxy::AcceptedCertificate &accepted) {
                return hosts.contains(accepted.host);
            });
    });
    tell(tr("The certificate of %1 has to verify again, from its next connection on.")
             .arg(m_host->text));
}

void ExchangeActions::acceptCertificate(ExchangeId id)
{
    const auto exchange = m_session.store()->exchange(id, 0);
    const auto refused = exchange ? refusedCertificateOf(*exchange) : std::nullopt;
    if (!refused) {
        Q_EMIT told(Theme::Tone::ClientError,
            tr("What the server showed was not recorded: ask it once more, and accept it then."));
        return;
    }
    const proxy::AcceptedCertificate certificate = refused->certificate;
    Q_EMIT confirmationRequested(refused->question, tr("Accept"), [this, certificate] {
        m_panel->changeHosts([&certificate](proxy::Settings &settings) {
            if (!settings.acceptedCertificates.contains(certificate))
                settings.acceptedCertificates += certificate;
        });
        tell(tr("This certificate of %1 is taken from the next connection on. The settings of the "
                "proxy list it.")
                 .arg(certificate.host));
    });
}

void ExchangeActions::editClientCertificate()
{
    Q_EMIT proxyRequested();
    m_panel->setSection(ProxyPanel::Section::Settings);
    m_panel->settingsPage()->editClientCertificate(m_host->text);
}

void ExchangeActions::toggleLenient()
{
    const ListedHost host = *m_host;
    const QString entry = host.entryIn(m_panel->settings().lenient);
    if (!entry.isEmpty() && !host.isAloneIn(entry)) {
        showLenient(); // it stays as it is
        Q_EMIT proxyRequested();
        m_panel->setSection(ProxyPanel::Section::Settings);
        m_panel->settingsPage()->editHosts(SettingsPage::Hosts::Lenient);
        return;
    }
    m_panel->changeHosts([&](proxy::Settings &settings) {
        settings.lenient
            = entry.isEmpty() ? host.with(settings.lenient) : host.without(settings.lenient);
    });
    tell(entry.isEmpty()
            ? tr("%1 is read leniently from its next connection on; what would have been refused "
                 "is flagged.")
                  .arg(host.text)
            : tr("%1 is read strictly again, from its next connection on.").arg(host.text));
}

void ExchangeActions::addRule(ActionKind kind)
{
    const auto exchange = m_session.store()->exchange(
        m_summary.id, kind == ActionKind::Answer ? 2 * MostAnswerOctets : 0);
    if (!exchange)
        return;
    Q_EMIT proxyRequested();
    m_panel->addRule(ruleFor(kind, *exchange));
}

void ExchangeActions::addBreakpoint()
{
    Q_EMIT proxyRequested();
    m_panel->addBreakpoint(breakpointFor(m_summary));
}

void ExchangeActions::tell(const QString &text) { Q_EMIT told(Theme::Tone::Success, text); }

} // namespace headrace::ui
