#include "shell/servicebutton.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>

namespace headrace::ui {

ServiceButton::ServiceButton(const QIcon &picture, QWidget *parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
    , m_copy(m_menu->addAction(ui::icon(QStringLiteral("copy")), tr("Copy address")))
    , m_stop(m_menu->addAction(ui::icon(QStringLiteral("stop")), QString()))
    , m_start(m_menu->addAction(picture, QString()))
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(m_copy, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(QStringLiteral("http://") + m_address); });
    connect(m_stop, &QAction::triggered, this, &ServiceButton::stopRequested);
    connect(m_start, &QAction::triggered, this, &ServiceButton::startRequested);
    connect(this, &QToolButton::clicked, this, &ServiceButton::showMenu);
    showService();
}

void ServiceButton::setWords(const Words &words)
{
    m_words = words;
    m_stop->setText(words.stop);
    m_start->setText(words.start);
    showService();
}

void ServiceButton::setService(bool isRunning, const QString &address, const QString &load)
{
    m_isRunning = isRunning;
    m_address = address;
    m_load = load;
    showService();
}

void ServiceButton::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    // Not of our own setPalette(), which would call us again.
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void ServiceButton::showMenu()
{
    m_copy->setVisible(!m_address.isEmpty());
    m_stop->setVisible(m_isRunning);
    m_menu->popup(mapToGlobal(QPoint(0, -m_menu->sizeHint().height())));
}

// Full or empty: the state is told by form and words, the colour only adds to it.
void ServiceButton::showService()
{
    setText(!m_isRunning          ? m_words.stopped
            : m_address.isEmpty() ? m_words.running
                                  : m_words.listening.arg(m_address));
    QString hint = !m_isRunning ? m_words.stoppedHint
        : m_address.isEmpty()   ? m_words.runningHint
                                : m_words.listeningHint;
    if (!m_load.isEmpty())
        hint += u'\n' + m_load;
    setToolTip(hint);
    setAccessibleName(text());
    applyColors();
}

void ServiceButton::applyColors()
{
    const QPalette ground = parentWidget() ? parentWidget()->palette() : QPalette();
    const QColor color
        = m_isRunning ? Theme::toneColor(Theme::Tone::Success, ground) : Theme::mutedColor(ground);
    if (palette().color(QPalette::ButtonText) == color)
        return;
    QPalette changed;
    changed.setColor(QPalette::ButtonText, color);
    setPalette(changed);
}

} // namespace headrace::ui
