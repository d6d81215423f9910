#include "shell/statusline.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "shell/servicebutton.h"
#include "shell/theme.h"

#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace headrace::ui {

namespace {

constexpr int MemoryInterval = 2000; ///< Milliseconds.

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_proxy(new ServiceButton(icon(QStringLiteral("proxy")), this))
    , m_mock(new ServiceButton(icon(QStringLiteral("mock")), this))
    , m_held(new QToolButton(this))
    , m_countsLabel(new QLabel(this))
    , m_lost(new QLabel(this))
    , m_memory(new QLabel(this))
{
    m_proxy->setWords({ tr("○ Proxy stopped"), tr("● Proxy runs"), tr("● Proxy %1"),
        tr("The proxy does not run."), tr("The proxy runs. Click to stop it."),
        tr("The proxy listens here. Click to copy the address or to stop it."),
        tr("Stop the proxy"), tr("Go to the proxy") });
    m_mock->setWords({ tr("○ Mock stopped"), tr("● Mock runs"), tr("● Mock %1"),
        tr("The mock server does not run."),
        tr("The mock server's script runs; it has not opened a port. Click to stop it."),
        tr("The mock server listens here. Click to copy the address or to stop it."),
        tr("Stop the mock server"), tr("Go to the mock server") });
    connect(m_proxy, &ServiceButton::stopRequested, this, &StatusLine::stopProxyRequested);
    connect(m_proxy, &ServiceButton::startRequested, this, &StatusLine::startProxyRequested);
    connect(m_mock, &ServiceButton::stopRequested, this, &StatusLine::stopMockRequested);
    connect(m_mock, &ServiceButton::startRequested, this, &StatusLine::startMockRequested);

    m_held->setAutoRaise(true);
    m_held->setFocusPolicy(Qt::TabFocus);
    m_held->setAccessibleName(tr("Held exchanges"));
    m_held->setToolTip(tr("Exchanges that a breakpoint holds. Click to see them."));
    m_held->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_held->hide();
    connect(m_held, &QToolButton::clicked, this, &StatusLine::heldRequested);

    for (QLabel *label : { m_countsLabel, m_lost, m_memory })
        label->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 1, 8, 0);
    layout->setSpacing(16);
    layout->addWidget(m_proxy);
    layout->addWidget(m_mock);
    layout->addWidget(m_held);
    layout->addStretch(1);
    layout->addWidget(m_lost);
    layout->addWidget(m_countsLabel);
    layout->addWidget(m_memory);

    setCounts({});
    applyColors();
    m_memoryTimer.setInterval(MemoryInterval);
    connect(&m_memoryTimer, &QTimer::timeout, this, &StatusLine::updateMemory);
    m_memoryTimer.start();
}

void StatusLine::setMock(bool isRunning, const QString &address)
{
    m_mock->setService(isRunning, address);
}

void StatusLine::setProxy(bool isRunning, const QString &address, const QString &load)
{
    m_proxy->setService(isRunning, address, load);
}

void StatusLine::setHeld(int count)
{
    m_held->setText(count == 0 ? QString() : tr("%1 held").arg(formatCount(count)));
    m_held->setVisible(count > 0);
}

void StatusLine::setCounts(const Counts &counts)
{
    m_counts = counts;
    QStringList parts { counts.total == 1 ? tr("1 exchange")
                                          : tr("%1 exchanges").arg(formatCount(counts.total)) };
    if (counts.shown != counts.total)
        parts += tr("%1 shown").arg(formatCount(counts.shown));
    if (counts.selected > 0)
        parts += tr("%1 selected").arg(formatCount(counts.selected));
    m_countsLabel->setText(parts.join(QStringLiteral(" · ")));
    m_lost->setVisible(counts.lost > 0);
    m_lost->setText(counts.lost == 0 ? QString() : tr("⚠ %1 lost").arg(formatCount(counts.lost)));
    m_lost->setToolTip(tr("Exchanges that were not recorded, or were given up for newer ones: "
                          "the memory for records is bounded."));
    QPalette colors = palette();
    colors.setColor(
        QPalette::PlaceholderText, Theme::toneColor(Theme::Tone::ClientError, palette()));
    m_lost->setPalette(colors);
    updateMemory();
}

QString StatusLine::countsText() const { return m_countsLabel->text(); }

QString StatusLine::memoryText() const { return m_memory->text(); }

QString StatusLine::lostText() const { return m_lost->text(); }

QString StatusLine::serviceText() const { return m_mock->text(); }

QString StatusLine::proxyText() const { return m_proxy->text(); }

QString StatusLine::heldText() const { return m_held->text(); }

qint64 StatusLine::processOctets()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly))
        return file.readAll().split(' ').value(1).toLongLong() * qint64(sysconf(_SC_PAGESIZE));
#endif
    return 0;
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void StatusLine::applyColors()
{
    QPalette colors;
    colors.setColor(QPalette::ButtonText, Theme::toneColor(Theme::Tone::ClientError, palette()));
    m_held->setPalette(colors);
    m_held->setIcon(icon(QStringLiteral("pause"), colors.color(QPalette::ButtonText)));
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), Theme::separatorColor(palette()));
}

void StatusLine::updateMemory()
{
    const qint64 process = processOctets();
    QString text = formatOctets(process > 0 ? process : m_counts.recordOctets);
    QString toolTip = tr("Memory: Headrace takes %1, the recorded exchanges %2 of it")
                          .arg(formatOctets(process), formatOctets(m_counts.recordOctets));
    if (m_counts.diskOctets > 0) {
        text = tr("%1 · disk %2").arg(text, formatOctets(m_counts.diskOctets));
        toolTip += u'\n'
            + tr("Disk: the recorded exchanges take %1").arg(formatOctets(m_counts.diskOctets));
    }
    m_memory->setText(text);
    m_memory->setToolTip(toolTip);
}

} // namespace headrace::ui
