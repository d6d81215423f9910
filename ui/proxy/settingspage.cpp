#include "proxy/settingspage.h"

#include "fields/problemlabel.h"
#include "proxy/acceptedcertificatetable.h"
#include "proxy/actioneditor.h"
#include "proxy/clientcertificatetable.h"
#include "proxy/passedhosttable.h"
#include "shell/segments.h"
#include "shell/theme.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int MostWidth = 860; // lines longer than that are hard to follow
constexpr int HostRows = 3;

QStringList linesOf(const QPlainTextEdit &edit)
{
    QStringList lines;
    for (const QString &line : edit.toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines += line.trimmed();
    }
    return lines;
}

QLineEdit *makeEdit(
    QWidget *parent, const QString &name, const QString &example, bool isWire = true)
{
    auto *edit = new QLineEdit(parent);
    if (isWire)
        edit->setFont(Theme::fixedFont());
    edit->setMinimumHeight(28);
    edit->setTextMargins(4, 0, 4, 0);
    edit->setPlaceholderText(example);
    edit->setAccessibleName(name);
    return edit;
}

void addHeading(QFormLayout *form, const QString &text)
{
    auto *label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    label->setContentsMargins(0, form->rowCount() > 0 ? 12 : 0, 0, 0);
    form->addRow(label);
}

QLabel *makeNote(const QString &text)
{
    auto *label = new QLabel(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

} // namespace

QString urlProblem(const QString &text, bool mayHavePath)
{
    if (text.trimmed().isEmpty())
        return {};
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != u"http" && url.scheme() != u"https"))
        return SettingsPage::tr("This is no address: http://host:port, or https://…");
    if (!mayHavePath && (url.path().size() > 1 || url.hasQuery()))
        return SettingsPage::tr("A proxy has no path: http://host:port");
    return {};
}

SettingsPage::SettingsPage(QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_passed(new PassedHostTable(this))
    , m_accepted(new AcceptedCertificateTable(this))
    , m_clientCertificates(new ClientCertificateTable(this))
{
    auto *content = new QWidget(this);
    QFormLayout *form = makeForm(content);
    form->setContentsMargins(8, 8, 8, 8);
    addListening(form);
    addRoutes(form);
    addTls(form);
    content->setMaximumWidth(MostWidth);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_area);
    setFocusProxy(m_nextFree);

    for (QCheckBox *box : { m_nextFree })
        connect(box, &QCheckBox::toggled, this, &SettingsPage::onChanged);
    for (QLineEdit *edit : { m_user, m_password, m_reverse, m_upstreamUrl, m_except, m_keyLog })
        connect(edit, &QLineEdit::textChanged, this, &SettingsPage::onChanged);
    for (QPlainTextEdit *edit : { m_notIntercepted, m_unverified, m_lenient })
        connect(edit, &QPlainTextEdit::textChanged, this, &SettingsPage::onChanged);
    connect(m_upstream, &Segments::currentChanged, this, &SettingsPage::onChanged);
    connect(m_clientCertificates, &ClientCertificateTable::changed, this, &SettingsPage::onChanged);
    connect(m_accepted, &AcceptedCertificateTable::changed, this, &SettingsPage::onChanged);
    connect(m_passed, &PassedHostTable::interceptAgainRequested, this,
        &SettingsPage::interceptAgainRequested);
    connect(m_passed, &PassedHostTable::interceptAllAgainRequested, this,
        &SettingsPage::interceptAllAgainRequested);
    setSettings({});
}

void SettingsPage::addListening(QFormLayout *form)
{
    addHeading(form, tr("Clients"));
    m_nextFree = new QCheckBox(
        tr("When the port is taken, use the next one that is free, and say so"), this);
    form->addRow(QString(), m_nextFree);
    m_user = makeEdit(this, tr("User"), tr("none: any client may come"), false);
    m_password = makeEdit(this, tr("Password"), {}, false);
    m_password->setEchoMode(QLineEdit::Password);
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_user, 1);
    line->addWidget(new QLabel(tr("Password"), this));
    line->addWidget(m_password, 1);
    form->addRow(tr("User"), line);
    m_userProblem = new ProblemLabel(this);
    form->addRow(QString(), m_userProblem);
    m_reverse = makeEdit(this, tr("Reverse proxy for"), QStringLiteral("https://api.example.test"));
    m_reverse->setToolTip(tr("Requests that come without a proxy's form go there: point a client "
                             "at the proxy's own address"));
    form->addRow(tr("Reverse for"), m_reverse);
    m_reverseProblem = new ProblemLabel(this);
    form->addRow(QString(), m_reverseProblem);
}

void SettingsPage::addRoutes(QFormLayout *form)
{
    addHeading(form, tr("Proxy behind this one"));
    m_upstream = new Segments({ tr("None"), tr("As the environment says"), tr("This one") }, this);
    m_upstream->setAccessibleName(tr("Proxy behind this one"));
    m_upstream->setSegmentToolTip(1, tr("http_proxy, https_proxy, all_proxy and no_proxy"));
    form->addRow(tr("Upstream"), m_upstream);
    m_upstreamUrl = makeEdit(this, tr("Address of the upstream proxy"),
        QStringLiteral("http://user:password@host:3128"));
    form->addRow(tr("Address"), m_upstreamUrl);
    m_upstreamProblem = new ProblemLabel(this);
    form->addRow(QString(), m_upstreamProblem);
    m_except = makeEdit(
        this, tr("Hosts asked directly"), QStringLiteral("localhost, *.intern.example.test"));
    form->addRow(tr("But not for"), m_except);
}

void SettingsPage::addTls(QFormLayout *form)
{
    addHeading(form, tr("Hosts"));
    form->addRow(makeNote(tr("One a line: api.example.test, *.example.test for all below it, * for "
                             "all; with a port if it matters.")));
    m_notIntercepted = makeHosts(tr("Not intercepted"),
        tr("Their tunnels pass through unseen: for applications that pin certificates"));
    form->addRow(tr("Not intercepted"), m_notIntercepted);
    form->addRow(tr("Passed through"), m_passed);
    m_unverified = makeHosts(tr("Not verified"),
        tr("Their certificates are taken as they are, expired or self-signed, whichever they "
           "show"));
    form->addRow(tr("Not verified"), m_unverified);
    form->addRow(tr("Accepted"), m_accepted);
    m_lenient = makeHosts(tr("Lenient"),
        tr("What proxy and server could read differently is passed on and flagged, not refused. "
           "Requests can be smuggled then."));
    form->addRow(tr("Lenient parsing"), m_lenient);
    addHeading(form, tr("TLS"));
    form->addRow(tr("Client certificates"), m_clientCertificates);
    m_keyLog = makeEdit(this, tr("Key log file"), tr("$SSLKEYLOGFILE"));
    m_keyLog->setToolTip(tr("Keys of the connections, for Wireshark; empty: none"));
    form->addRow(tr("Key log file"), m_keyLog);
}

QPlainTextEdit *SettingsPage::makeHosts(const QString &name, const QString &toolTip)
{
    auto *edit = new QPlainTextEdit(this);
    edit->setFont(Theme::fixedFont());
    edit->setTabChangesFocus(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setAccessibleName(name);
    edit->setToolTip(toolTip);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * HostRows + 16);
    return edit;
}

void SettingsPage::addTo(proxy::Settings &settings) const
{
    for (proxy::ListenAddress &listener : settings.listeners)
        listener.takesNextFree = m_nextFree->isChecked();
    settings.clientCredentials.reset();
    if (!m_user->text().isEmpty())
        settings.clientCredentials = proxy::Credentials { m_user->text(), m_password->text() };
    settings.reverse.reset();
    const QString reverse = m_reverse->text().trimmed();
    if (!reverse.isEmpty() && urlProblem(reverse, true).isEmpty())
        settings.reverse = QUrl(reverse);
    const QString upstream = m_upstreamUrl->text().trimmed();
    settings.upstream.choice = proxy::Upstream::Choice(m_upstream->current());
    settings.upstream.url = urlProblem(upstream, false).isEmpty() ? QUrl(upstream) : QUrl();
    settings.upstream.except.clear();
    for (const QString &host : m_except->text().split(u',')) {
        if (!host.trimmed().isEmpty())
            settings.upstream.except += host.trimmed();
    }
    settings.notIntercepted = linesOf(*m_notIntercepted);
    settings.unverified = linesOf(*m_unverified);
    settings.lenient = linesOf(*m_lenient);
    settings.acceptedCertificates = m_accepted->certificates();
    settings.clientCertificates = m_clientCertificates->certificates();
    settings.keyLogFile = m_keyLog->text().trimmed();
}

void SettingsPage::setSettings(const proxy::Settings &settings)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_nextFree->setChecked(
        settings.listeners.isEmpty() || settings.listeners.constFirst().takesNextFree);
    const proxy::Credentials credentials
        = settings.clientCredentials.value_or(proxy::Credentials());
    m_user->setText(credentials.user);
    m_password->setText(credentials.password);
    m_reverse->setText(settings.reverse ? settings.reverse->toString() : QString());
    m_upstream->setCurrent(int(settings.upstream.choice));
    m_upstreamUrl->setText(settings.upstream.url.toString());
    m_except->setText(settings.upstream.except.join(QStringLiteral(", ")));
    setHosts(settings);
    m_clientCertificates->setCertificates(settings.clientCertificates);
    m_keyLog->setText(settings.keyLogFile);
    check();
}

void SettingsPage::setHosts(const proxy::Settings &settings)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_notIntercepted->setPlainText(settings.notIntercepted.join(u'\n'));
    m_unverified->setPlainText(settings.unverified.join(u'\n'));
    m_lenient->setPlainText(settings.lenient.join(u'\n'));
    m_accepted->setCertificates(settings.acceptedCertificates);
}

void SettingsPage::setPassedHosts(const QList<session::PassedHost> &hosts)
{
    m_passed->setHosts(hosts);
}

void SettingsPage::editHosts(Hosts hosts)
{
    QPlainTextEdit *edit = hosts == Hosts::NotIntercepted ? m_notIntercepted : m_lenient;
    m_area->ensureWidgetVisible(edit);
    edit->setFocus(Qt::OtherFocusReason);
}

void SettingsPage::editClientCertificate(const QString &host)
{
    m_area->ensureWidgetVisible(m_clientCertificates);
    m_clientCertificates->editHost(host);
}

void SettingsPage::focusPassword() { m_user->setFocus(Qt::OtherFocusReason); }

void SettingsPage::check()
{
    const bool isFixed = m_upstream->current() == int(proxy::Upstream::Choice::Fixed);
    m_upstreamUrl->setEnabled(isFixed);
    m_except->setEnabled(isFixed);
    m_userProblem->setProblem(m_user->text().isEmpty() && !m_password->text().isEmpty()
            ? tr("A password without a user is not asked for")
            : m_user->text().contains(u':') ? tr("A user's name has no colon")
                                            : QString());
    m_reverseProblem->setProblem(urlProblem(m_reverse->text(), true));
    m_upstreamProblem->setProblem(!isFixed              ? QString()
            : m_upstreamUrl->text().trimmed().isEmpty() ? tr("Which proxy? http://host:port")
                                                        : urlProblem(m_upstreamUrl->text(), false));
}

void SettingsPage::onChanged()
{
    if (m_isSetting)
        return;
    check();
    Q_EMIT changed();
}

} // namespace headrace::ui
