#include "inspector/headlinebar.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int LeastTargetWidth = 120;

} // namespace

HeadlineBar::HeadlineBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HeadlineBar::setHeadline(const Headline &headline)
{
    m_headline = headline;
    setAccessibleName(shortened(text(), 500));
    setToolTip(shortened(text(), 2000));
    update();
}

QString HeadlineBar::text() const { return m_headline.text(); }

QSize HeadlineBar::sizeHint() const { return { 400, std::max(28, fontMetrics().height() + 8) }; }

QSize HeadlineBar::minimumSizeHint() const { return { 160, sizeHint().height() }; }

void HeadlineBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont wire = Theme::fixedFont();
    QFont bold = wire;
    bold.setBold(true);
    const QFontMetrics boldMetrics(bold);
    const QFontMetrics wireMetrics(wire);
    const int space = wireMetrics.horizontalAdvance(u' ');
    int x = 8;
    const int right = width() - 8;
    const auto draw = [&](const QFont &textFont, const QColor &color, const QString &text) {
        painter.setFont(textFont);
        painter.setPen(color);
        painter.drawText(QRect(x, 0, std::max(0, right - x), height()),
            int(Qt::AlignVCenter) | Qt::AlignLeft | Qt::TextSingleLine, text);
        x += QFontMetrics(textFont).horizontalAdvance(text);
    };
    QString details;
    for (const QString &detail : m_headline.details)
        details += QStringLiteral("  ·  ") + detail;

    const QColor normal = palette().color(QPalette::WindowText);
    const QColor muted = Theme::mutedColor(palette());
    const QColor status = Theme::statusColor(
        m_headline.statusCode, m_headline.hasFailed && m_headline.statusCode == 0, palette());

    draw(bold, normal, m_headline.method);
    x += space;
    const QString arrow = QStringLiteral(" → ");
    const int after = wireMetrics.horizontalAdvance(arrow)
        + boldMetrics.horizontalAdvance(m_headline.status)
        + fontMetrics().horizontalAdvance(details);
    const int room = std::max(LeastTargetWidth, right - x - after);
    draw(wire, normal,
        wireMetrics.elidedText(shortened(m_headline.target, 2000), Qt::ElideMiddle, room));
    draw(wire, muted, arrow);
    draw(bold, status, m_headline.status);
    draw(font(), muted, fontMetrics().elidedText(details, Qt::ElideRight, std::max(0, right - x)));
}

void HeadlineBar::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    connect(menu.addAction(icon(QStringLiteral("copy")), tr("Copy this line")), &QAction::triggered,
        this, [this] { QGuiApplication::clipboard()->setText(text()); });
    menu.exec(event->globalPos());
}

} // namespace headrace::ui
