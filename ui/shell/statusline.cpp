#include "shell/statusline.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFile>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
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
    , m_mock(new QToolButton(this))
    , m_countsLabel(new QLabel(this))
    , m_lost(new QLabel(this))
    , m_memory(new QLabel(this))
{
    m_mock->setAutoRaise(true);
    m_mock->setFocusPolicy(Qt::TabFocus);
    m_mock->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto *menu = new QMenu(this);
    QAction *copyAddress = menu->addAction(icon(QStringLiteral("copy")), tr("Copy address"));
    connect(copyAddress, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(QStringLiteral("http://") + m_address); });
    QAction *stop = menu->addAction(icon(QStringLiteral("stop")), tr("Stop the mock server"));
    connect(stop, &QAction::triggered, this, &StatusLine::stopMockRequested);
    QAction *start = menu->addAction(icon(QStringLiteral("mock")), tr("Go to the mock server"));
    connect(start, &QAction::triggered, this, &StatusLine::startMockRequested);
    connect(menu, &QMenu::aboutToShow, this, [this, copyAddress, stop, start] {
        copyAddress->setVisible(!m_address.isEmpty());
        stop->setVisible(m_isMockRunning);
        start->setVisible(!m_isMockRunning);
    });
    connect(m_mock, &QToolButton::clicked, this,
        [this, menu] { menu->popup(m_mock->mapToGlobal(QPoint(0, -menu->sizeHint().height()))); });

    for (QLabel *label : { m_countsLabel, m_lost, m_memory })
        label->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 1, 8, 0);
    layout->setSpacing(16);
    layout->addWidget(m_mock);
    layout->addStretch(1);
    layout->addWidget(m_lost);
    layout->addWidget(m_countsLabel);
    layout->addWidget(m_memory);

    setMock(false, {});
    setCounts({});
    m_memoryTimer.setInterval(MemoryInterval);
    connect(&m_memoryTimer, &QTimer::timeout, this, &StatusLine::updateMemory);
    m_memoryTimer.start();
}

void StatusLine::setMock(bool isRunning, const QString &address)
{
    m_address = address;
    m_isMockRunning = isRunning;
    // Full or empty: the state is told by form and words, the colour only adds to it.
    m_mock->setText(!isRunning  ? tr("○ Mock stopped")
            : address.isEmpty() ? tr("● Mock runs")
                                : tr("● Mock %1").arg(address));
    m_mock->setToolTip(!isRunning ? tr("The mock server does not run.")
            : address.isEmpty()
            ? tr("The mock server's script runs; it has not opened a port. Click to stop it.")
            : tr("The mock server listens here. Click to copy the address or to stop it."));
    m_mock->setAccessibleName(!isRunning ? tr("Mock server stopped")
            : address.isEmpty()          ? tr("Mock server runs without a port")
                                         : tr("Mock server runs at %1").arg(address));
    QPalette colors = palette();
    colors.setColor(QPalette::ButtonText,
        isRunning ? Theme::toneColor(Theme::Tone::Success, palette())
                  : Theme::mutedColor(palette()));
    m_mock->setPalette(colors);
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

qint64 StatusLine::processOctets()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly))
        return file.readAll().split(' ').value(1).toLongLong() * qint64(sysconf(_SC_PAGESIZE));
#endif
    return 0;
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
