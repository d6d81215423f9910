#include "replay/replayprogress.h"

#include "replay/replaymodel.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace headrace::ui {

using Verdict = ReplayModel::Verdict;

namespace {

constexpr int LineHeight = 2; // of the line that grows with the share. Pixels.

} // namespace

ReplayProgress::ReplayProgress(ReplayModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(new QLabel)
    , m_cancel(new QPushButton(tr("Cancel")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_cancel);
    QSizePolicy keepsRoom = m_cancel->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    m_cancel->setSizePolicy(keepsRoom);
    connect(m_cancel, &QPushButton::clicked, this, &ReplayProgress::cancelRequested);
    connect(model, &ReplayModel::verdictsChanged, this, &ReplayProgress::showCounts);
    setRunning(false);
}

void ReplayProgress::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_cancel->setVisible(isRunning);
    showCounts();
}

void ReplayProgress::showCounts()
{
    const int all = m_model->rowCount();
    const int pending = m_model->count(Verdict::Pending);
    QStringList parts;
    if (m_isRunning)
        parts += tr("%1 of %2").arg(formatCount(all - pending), formatCount(all));
    else
        parts += all == 1 ? tr("1 request") : tr("%1 requests").arg(formatCount(all));
    const std::pair<Verdict, QString> verdicts[] { { Verdict::Same, tr("✓ %1 the same") },
        { Verdict::Different, tr("≠ %1 different") }, { Verdict::Failed, tr("✕ %1 failed") },
        { Verdict::NotSent, tr("⊘ %1 not sent") } };
    for (const auto &[verdict, text] : verdicts) {
        if (const int count = m_model->count(verdict); count > 0)
            parts += text.arg(formatCount(count));
    }
    m_text->setText(parts.join(QStringLiteral(" · ")));
    m_share = all == 0 ? 0 : double(all - pending) / all;
    update();
}

QString ReplayProgress::text() const { return m_text->text(); }

QPushButton *ReplayProgress::cancelButton() const { return m_cancel; }

void ReplayProgress::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, Theme::separatorColor(palette()));
    if (m_isRunning)
        painter.fillRect(0, height() - LineHeight, int(width() * m_share), LineHeight,
            Theme::accentColor(palette()));
}

} // namespace headrace::ui
