#include "composer/transferbar.h"

#include "shell/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace headrace::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto AppearAfter = 250ms;
constexpr auto RefreshEvery = 100ms;
constexpr int Steps = 1000;

QString part(qint64 done, qint64 all)
{
    return all > 0 ? TransferBar::tr("%1 of %2").arg(formatOctets(done), formatOctets(all))
                   : formatOctets(done);
}

} // namespace

TransferBar::TransferBar(QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_bar(new QProgressBar(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(8);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(160, 6);
    m_bar->setAccessibleName(tr("Progress of the transfer"));
    layout->addWidget(m_bar);
    layout->addWidget(m_label, 1);
    auto *cancel = new QToolButton(this);
    cancel->setText(tr("Cancel"));
    cancel->setToolTip(tr("Cancel this request (Ctrl+.)"));
    cancel->setAutoRaise(true);
    layout->addWidget(cancel);
    setVisible(false);

    m_appear.setSingleShot(true);
    m_appear.setInterval(AppearAfter);
    m_tick.setInterval(RefreshEvery);
    connect(&m_appear, &QTimer::timeout, this, [this] {
        refresh();
        setVisible(true);
    });
    connect(&m_tick, &QTimer::timeout, this, &TransferBar::refresh);
    connect(cancel, &QToolButton::clicked, this, &TransferBar::cancelRequested);
}

void TransferBar::begin()
{
    m_progress = {};
    m_elapsed.start();
    m_appear.start();
    m_tick.start();
    refresh();
}

void TransferBar::setProgress(const session::TransferProgress &progress)
{
    m_progress = progress;
    refresh();
}

void TransferBar::end()
{
    m_appear.stop();
    m_tick.stop();
    setVisible(false);
}

QString TransferBar::text() const { return m_label->text(); }

void TransferBar::refresh()
{
    QStringList parts;
    if (m_progress.sent > 0 || m_progress.toSend > 0)
        parts += tr("sent %1").arg(part(m_progress.sent, m_progress.toSend));
    if (m_progress.received > 0 || m_progress.toReceive > 0)
        parts += tr("received %1").arg(part(m_progress.received, m_progress.toReceive));
    else if (m_progress.sent >= m_progress.toSend)
        parts += tr("waiting for the answer");
    parts += formatDuration(m_elapsed.elapsed() * 1000);
    m_label->setText(parts.join(QStringLiteral(" · ")));

    // Of the direction that moves; busy while its end is unknown.
    const bool receives = m_progress.received > 0 || m_progress.toSend <= 0;
    const qint64 done = receives ? m_progress.received : m_progress.sent;
    const qint64 all = receives ? m_progress.toReceive : m_progress.toSend;
    m_bar->setRange(0, all > 0 ? Steps : 0);
    if (all > 0)
        m_bar->setValue(
            static_cast<int>(std::min<double>(Steps, double(done) / double(all) * Steps)));
}

} // namespace headrace::ui
