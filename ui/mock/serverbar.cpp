#include "mock/serverbar.h"

#include "shell/segments.h"
#include "widgets/portbox.h"
#include "widgets/startbutton.h"
#include "widgets/toolbutton.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace headrace::ui {

ServerBar::ServerBar(QAction *startStop, QAction *copyAddress, QAction *showTraffic,
    const QList<QAction *> &file, QWidget *parent)
    : QWidget(parent)
    , m_kind(new Segments({ tr("Routes"), tr("Script") }, this))
    , m_port(new PortBox(this))
    , m_state(new QLabel(this))
    , m_link(new QLabel(this))
    , m_hint(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);

    const auto add = [this, layout](QAction *action, Qt::ToolButtonStyle style) {
        QToolButton *button = makeToolButton(action, style, this);
        layout->addWidget(button);
        return button;
    };

    m_kind->setAccessibleName(tr("What the server is"));
    layout->addWidget(m_kind);
    layout->addSpacing(8);
    connect(m_kind, &Segments::currentChanged, this, &ServerBar::kindChanged);

    auto *label = new QLabel(tr("Port"), this);
    label->setBuddy(m_port);
    layout->addWidget(label);
    m_port->setToolTip(tr("Port of the mock server on this machine; 0 takes any that is free"));
    layout->addWidget(m_port);

    layout->addWidget(new StartButton(startStop, this));
    layout->addSpacing(8);

    m_state->setAccessibleName(tr("State of the mock server"));
    layout->addWidget(m_state);
    m_link->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_link->setOpenExternalLinks(true);
    m_link->setAccessibleName(tr("Address of the mock server"));
    layout->addWidget(m_link);
    m_copy = add(copyAddress, Qt::ToolButtonIconOnly);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    add(showTraffic, Qt::ToolButtonTextBesideIcon);
    for (QAction *action : file)
        add(action, Qt::ToolButtonTextBesideIcon);

    connect(m_port, &PortBox::editingFinished, this, &ServerBar::portChanged);
    setState(RunState::Stopped, 0);
}

bool ServerBar::isScripted() const { return m_kind->current() == 1; }

void ServerBar::setScripted(bool isScripted) { m_kind->setCurrent(isScripted ? 1 : 0); }

void ServerBar::setHint(const QString &text) { m_hint->setText(text); }

quint16 ServerBar::port() const { return m_port->port(); }

void ServerBar::setPort(quint16 port) { m_port->setPort(port); }

void ServerBar::setState(RunState state, quint16 port)
{
    m_address = state == RunState::Running && port != 0
        ? QStringLiteral("http://127.0.0.1:%1").arg(port)
        : QString();
    const bool isStopped = state == RunState::Stopped;
    const QString hints[] { tr("Routes answer, each what it says or by a script of its own"),
        tr("A Node program is the server; the port is its process.env.PORT") };
    for (int kind = 0; kind < 2; ++kind) {
        m_kind->setSegmentEnabled(kind, isStopped || kind == m_kind->current());
        m_kind->setSegmentToolTip(
            kind, isStopped ? hints[kind] : tr("Stop the server to change to this"));
    }
    m_state->setText(textOf(state));
    m_link->setText(
        m_address.isEmpty() ? QString() : QStringLiteral("<a href=\"%1/\">%1</a>").arg(m_address));
    m_link->setVisible(!m_address.isEmpty());
    m_copy->setVisible(!m_address.isEmpty());
}

QString ServerBar::address() const { return m_address; }

} // namespace headrace::ui
