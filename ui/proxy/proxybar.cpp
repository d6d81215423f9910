#include "proxy/proxybar.h"

#include "shell/theme.h"
#include "widgets/portbox.h"
#include "widgets/startbutton.h"
#include "widgets/toolbutton.h"

#include <QAction>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int TextsWidth = 980; // pixels, of the whole line
constexpr int AddressWidth = 760;

} // namespace

ProxyBar::ProxyBar(
    QAction *startStop, QAction *copyAddress, const QList<QAction *> &ways, QWidget *parent)
    : QWidget(parent)
    , m_port(new PortBox(this))
    , m_open(new QCheckBox(tr("Open to the network"), this))
    , m_tls(new QCheckBox(tr("Intercept HTTPS"), this))
    , m_state(new QLabel(this))
    , m_link(new QLabel(this))
    , m_remark(new QLabel(this))
    , m_warning(new QLabel(this))
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    const auto add = [this, line](QAction *action, Qt::ToolButtonStyle style) {
        QToolButton *button = makeToolButton(action, style, this);
        line->addWidget(button);
        return button;
    };

    auto *label = new QLabel(tr("Port"), this);
    label->setBuddy(m_port);
    line->addWidget(label);
    m_port->setToolTip(tr("Port of the proxy; 0 takes any that is free"));
    line->addWidget(m_port);

    line->addWidget(new StartButton(startStop, this));
    line->addSpacing(8);

    m_state->setAccessibleName(tr("State of the proxy"));
    line->addWidget(m_state);
    m_link->setFont(Theme::fixedFont());
    m_link->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_link->setAccessibleName(tr("Address of the proxy"));
    line->addWidget(m_link);
    m_copy = add(copyAddress, Qt::ToolButtonIconOnly);
    line->addSpacing(8);
    m_tls->setToolTip(
        tr("Looks into HTTPS with certificates of its own authority; off, all tunnels "
           "pass through unseen"));
    m_open->setToolTip(tr("Listens at all addresses of this machine, so that phones and others in "
                          "the network can use it"));
    line->addWidget(m_tls);
    line->addSpacing(4);
    line->addWidget(m_open);
    line->addStretch(1);
    for (QAction *action : ways)
        m_ways.append(add(action, Qt::ToolButtonTextBesideIcon));

    m_remark->setForegroundRole(QPalette::PlaceholderText);
    m_remark->setVisible(false);
    m_warning->setWordWrap(true);
    m_warning->setVisible(false);
    m_warning->setAccessibleName(tr("Warning"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_remark);
    layout->addWidget(m_warning);

    connect(m_port, &PortBox::editingFinished, this, &ProxyBar::portChanged);
    connect(m_open, &QCheckBox::clicked, this, &ProxyBar::openChanged);
    connect(m_tls, &QCheckBox::clicked, this, &ProxyBar::interceptsTlsChanged);
    setState(RunState::Stopped, {});
    applyColors();
}

quint16 ProxyBar::port() const { return m_port->port(); }

void ProxyBar::setPort(quint16 port) { m_port->setPort(port); }

bool ProxyBar::isOpen() const { return m_open->isChecked(); }

void ProxyBar::setOpen(bool isOpen) { m_open->setChecked(isOpen); }

bool ProxyBar::interceptsTls() const { return m_tls->isChecked(); }

void ProxyBar::setInterceptsTls(bool intercepts) { m_tls->setChecked(intercepts); }

void ProxyBar::setState(RunState state, const QStringList &addresses)
{
    m_address = addresses.value(0);
    m_state->setText(textOf(state));
    m_link->setText(m_address);
    m_link->setToolTip(addresses.join(u'\n'));
    fit();
    m_copy->setVisible(!m_address.isEmpty());
}

QString ProxyBar::address() const { return m_address; }

void ProxyBar::setWarning(const QString &text)
{
    m_warning->setText(text.isEmpty() ? QString() : QStringLiteral("⚠ ") + text);
    m_warning->setVisible(!text.isEmpty());
}

QString ProxyBar::warning() const { return m_warning->text(); }

void ProxyBar::setRemark(const QString &text)
{
    m_remark->setText(text);
    m_remark->setVisible(!text.isEmpty());
}

void ProxyBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void ProxyBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

// Where there is no room, the pictures say it, and the status line has the address.
void ProxyBar::fit()
{
    for (QToolButton *button : std::as_const(m_ways))
        button->setToolButtonStyle(
            width() < TextsWidth ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_link->setVisible(!m_address.isEmpty() && width() >= AddressWidth);
}

void ProxyBar::applyColors()
{
    QPalette colors;
    colors.setColor(QPalette::WindowText, Theme::toneColor(Theme::Tone::ClientError, palette()));
    m_warning->setPalette(colors);
}

} // namespace headrace::ui
