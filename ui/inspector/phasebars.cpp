#include "inspector/phasebars.h"

#include "shell/format.h"
#include "shell/theme.h"

#include <QPainter>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int NameWidth = 112;
constexpr int FigureWidth = 76;

} // namespace

PhaseBars::PhaseBars(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhaseBars::setPhases(const QList<Phase> &phases)
{
    m_phases = phases;
    QStringList texts;
    for (const Phase &phase : phases)
        texts += tr("%1 %2").arg(phase.name, formatDuration(phase.end - phase.begin));
    setAccessibleName(texts.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

int PhaseBars::rowHeight() const { return std::max(20, fontMetrics().height() + 2); }

QSize PhaseBars::sizeHint() const
{
    return { NameWidth + FigureWidth + 160, int(m_phases.size()) * rowHeight() };
}

QSize PhaseBars::minimumSizeHint() const
{
    return { NameWidth + FigureWidth + 40, sizeHint().height() };
}

void PhaseBars::paintEvent(QPaintEvent *)
{
    if (m_phases.isEmpty())
        return;
    QPainter painter(this);
    const QColor normal = palette().color(QPalette::WindowText);
    const QColor muted = Theme::mutedColor(palette());
    const QRect track(NameWidth, 0, std::max(20, width() - NameWidth - FigureWidth), height());
    qint64 total = 1;
    for (const Phase &phase : std::as_const(m_phases))
        total = std::max(total, phase.end);

    painter.fillRect(QRect(track.left(), 0, 1, height()), Theme::separatorColor(palette()));
    for (qsizetype i = 0; i < m_phases.size(); ++i) {
        const Phase &phase = m_phases.at(i);
        const QRect row(0, int(i) * rowHeight(), width(), rowHeight());
        painter.setPen(muted);
        painter.drawText(QRect(0, row.top(), NameWidth - 8, row.height()),
            int(Qt::AlignVCenter) | Qt::AlignLeft, phase.name);

        const auto at = [&](qint64 time) {
            return track.left() + double(time) / double(total) * track.width();
        };
        const double left = at(phase.begin);
        const double width = std::max(2.0, at(phase.end) - left);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::accentColor(palette()));
        const double barHeight = 8;
        painter.drawRoundedRect(
            QRectF(left, row.center().y() - barHeight / 2 + 0.5, width, barHeight), 2, 2);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(normal);
        painter.drawText(QRect(track.right() + 4, row.top(), FigureWidth - 4, row.height()),
            int(Qt::AlignVCenter) | Qt::AlignRight, formatDuration(phase.end - phase.begin));
    }
}

} // namespace headrace::ui
