#include "inspector/eventchart.h"

#include "inspector/eventtext.h"
#include "shell/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headrace::ui {

namespace {

constexpr double ZoomStep = 1.5;
constexpr int AxisSteps = 10'000; ///< Of the scroll bar, for the whole axis.

} // namespace

EventChart::EventChart(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Events"));
    viewport()->setMouseTracking(false);
    connect(
        verticalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_isToScale && !m_isUpdatingBars)
            m_scene.axis.scrollTo(double(value) / AxisSteps * double(m_scene.axis.duration()));
        viewport()->update();
    });
    layOut();
}

void EventChart::setRows(const EventRows &rows, bool keepsPlace)
{
    QScrollBar *bar = verticalScrollBar();
    const bool followed = keepsPlace && bar->maximum() > 0 && bar->value() == bar->maximum();
    const qsizetype before = m_current;
    m_scene.rows = rows;
    m_scene.axis.setDuration(rows.duration());
    if (!keepsPlace) {
        m_current = m_anchor = -1;
        m_scene.axis.fit();
    }
    m_current = std::min(m_current, rows.count() - 1);
    m_anchor = std::min(m_anchor, rows.count() - 1);
    layOut();
    if (!keepsPlace)
        bar->setValue(0);
    else if (followed)
        bar->setValue(bar->maximum());
    if (m_current != before)
        Q_EMIT currentChanged(m_current);
}

void EventChart::setToScale(bool isToScale)
{
    if (m_isToScale == isToScale)
        return;
    m_isToScale = isToScale;
    layOut();
    if (m_current >= 0)
        setCurrent(m_current, true);
    Q_EMIT zoomChanged();
}

// --- geometry

void EventChart::layOut()
{
    ensurePolished();
    QFont bold = Theme::fixedFont();
    bold.setBold(true);
    const EventColumns::Metrics metrics { fontMetrics(), QFontMetrics(Theme::fixedFont()),
        QFontMetrics(bold) };
    const int rowHeight = std::max(22, metrics.ui.height() + 4);
    m_scene.layout = EventLayout(m_scene.rows.times(), rowHeight, !m_isToScale);
    m_scene.columns.emplace(m_scene.rows, metrics, viewport()->width(), m_isToScale);
    m_scene.axis.setWidth(m_scene.columns->axisWidth());
    updateScrollBars();
    viewport()->update();
}

int EventChart::bodyHeight() const
{
    return std::max(1, viewport()->height() - m_scene.columns->headerHeight());
}

void EventChart::updateScrollBars()
{
    m_isUpdatingBars = true;
    verticalScrollBar()->setSingleStep(m_scene.layout.rowHeight());
    verticalScrollBar()->setPageStep(bodyHeight());
    verticalScrollBar()->setRange(0, std::max(0, m_scene.layout.height() - bodyHeight()));
    QScrollBar *bar = horizontalScrollBar();
    if (m_isToScale) {
        const TimeAxis &axis = m_scene.axis;
        const double duration = double(axis.duration());
        const int page = std::max(1, int(axis.span() / duration * AxisSteps));
        bar->setPageStep(page);
        bar->setSingleStep(std::max(1, page / 20));
        bar->setRange(0, axis.isFit() ? 0 : AxisSteps - page);
        bar->setValue(int(std::lround(axis.begin() / duration * AxisSteps)));
    } else {
        bar->setPageStep(viewport()->width());
        bar->setSingleStep(20);
        bar->setRange(0, std::max(0, m_scene.columns->width() - viewport()->width()));
    }
    m_isUpdatingBars = false;
}

QRect EventChart::rowRect(qsizetype row) const
{
    return { 0,
        m_scene.columns->headerHeight() + m_scene.layout.top(row) - verticalScrollBar()->value(),
        viewport()->width(), m_scene.layout.rowHeight() };
}

qsizetype EventChart::rowAt(const QPoint &position) const
{
    const int y = position.y() - m_scene.columns->headerHeight() + verticalScrollBar()->value();
    if (position.y() < m_scene.columns->headerHeight() || y < 0 || y >= m_scene.layout.height())
        return -1;
    const qsizetype row = m_scene.layout.rowAt(y);
    return row >= 0 && rowRect(row).contains(QPoint(rowRect(row).left(), position.y())) ? row : -1;
}

double EventChart::axisX(double viewportX) const { return viewportX - m_scene.columns->axisLeft(); }

// --- what is chosen

void EventChart::setCurrent(qsizetype row, bool extends)
{
    row = std::clamp<qsizetype>(row, -1, rows().count() - 1);
    const bool isOther = row != m_current;
    m_current = row;
    if (!extends || m_anchor < 0)
        m_anchor = row;
    if (row >= 0) {
        QScrollBar *bar = verticalScrollBar();
        const int top = m_scene.layout.top(row);
        const int bottom = top + m_scene.layout.rowHeight();
        if (top < bar->value())
            bar->setValue(top);
        else if (bottom > bar->value() + bodyHeight())
            bar->setValue(bottom - bodyHeight());
        if (m_isToScale) {
            m_scene.axis.ensureVisible(double(rows().at(row).time));
            updateScrollBars();
        }
    }
    viewport()->update();
    if (isOther) {
        updateAccessibleText();
        Q_EMIT currentChanged(row);
    }
}

void EventChart::choose(qsizetype row, bool extends)
{
    const qsizetype before = m_current;
    setCurrent(row, extends);
    if (m_current != before && m_current >= 0)
        Q_EMIT chosen(m_current);
}

void EventChart::selectAll()
{
    if (rows().count() == 0)
        return;
    m_anchor = 0;
    setCurrent(rows().count() - 1, true);
}

void EventChart::clearSelection() { setCurrent(-1); }

std::pair<qsizetype, qsizetype> EventChart::selection() const
{
    if (m_current < 0)
        return { 0, -1 };
    return std::minmax(m_current, std::max<qsizetype>(m_anchor, 0));
}

void EventChart::copy() const
{
    const auto [first, last] = selection();
    if (last >= first)
        QGuiApplication::clipboard()->setText(rows().toText(first, last));
}

void EventChart::updateAccessibleText()
{
    setAccessibleDescription(
        m_current < 0 ? QString() : rows().toText(m_current, m_current).trimmed());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

// --- zoom

void EventChart::zoomBy(double factor, double x)
{
    if (!m_isToScale)
        return;
    m_scene.axis.zoom(factor, x);
    updateScrollBars();
    viewport()->update();
    Q_EMIT zoomChanged();
}

// Around the line that is chosen, else around the middle.
void EventChart::zoomIn()
{
    const TimeAxis &axis = m_scene.axis;
    const double x = m_current < 0 ? -1 : axis.x(double(rows().at(m_current).time));
    zoomBy(ZoomStep, x >= 0 && x <= axis.width() ? x : axis.width() / 2);
}

void EventChart::zoomOut() { zoomBy(1 / ZoomStep, m_scene.axis.width() / 2); }

void EventChart::zoomFit()
{
    if (!m_isToScale)
        return;
    m_scene.axis.fit();
    zoomBy(1, 0);
}

// --- events

void EventChart::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (rows().count() == 0)
        return;
    EventPainter chart(m_scene, palette());
    const auto [first, last] = selection();
    chart.setSelection(first, last, hasFocus());
    const int headerHeight = m_scene.columns->headerHeight();
    const int left = m_isToScale ? 0 : horizontalScrollBar()->value();
    const int top = verticalScrollBar()->value();
    painter.save();
    painter.setClipRect(0, headerHeight, viewport()->width(), bodyHeight());
    painter.translate(-left, headerHeight - top);
    const QRect dirty = event->rect().translated(0, top - headerHeight);
    chart.paintBody(&painter, std::max(top, dirty.top()), dirty.bottom() + 1);
    painter.restore();
    painter.translate(-left, 0);
    chart.paintHeader(&painter);
}

bool EventChart::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const qsizetype row = rowAt(help->pos());
    if (row < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), hoverText(rows(), row), viewport(), rowRect(row));
    return true;
}

void EventChart::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void EventChart::mousePressEvent(QMouseEvent *event)
{
    const qsizetype row = rowAt(event->position().toPoint());
    const bool isContext = event->button() == Qt::RightButton;
    const auto [first, last] = selection();
    if (row >= 0 && !(isContext && row >= first && row <= last))
        choose(row, event->modifiers().testFlag(Qt::ShiftModifier));
}

void EventChart::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || rows().count() == 0)
        return;
    const int y = int(event->position().y()) - m_scene.columns->headerHeight()
        + verticalScrollBar()->value();
    choose(m_scene.layout.rowAt(y), true);
}

void EventChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    const qsizetype row = rowAt(event->position().toPoint());
    if (row >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT activated(row);
}

void EventChart::wheelEvent(QWheelEvent *event)
{
    if (m_isToScale && event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomBy(std::pow(ZoomStep, event->angleDelta().y() / 120.0), axisX(event->position().x()));
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void EventChart::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoomIn();
    else if (event->key() == Qt::Key_Minus)
        zoomOut();
    else if (event->key() == Qt::Key_0)
        zoomFit();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0)
        Q_EMIT activated(m_current);
    else if (!move(event))
        QAbstractScrollArea::keyPressEvent(event);
}

bool EventChart::move(QKeyEvent *event)
{
    const qsizetype page = std::max(1, bodyHeight() / m_scene.layout.rowHeight() - 1);
    const qsizetype last = rows().count() - 1;
    qsizetype row = m_current;
    switch (event->key()) {
    case Qt::Key_Up:
        row = m_current < 0 ? last : m_current - 1;
        break;
    case Qt::Key_Down:
        ++row;
        break;
    case Qt::Key_PageUp:
        row -= page;
        break;
    case Qt::Key_PageDown:
        row += page;
        break;
    case Qt::Key_Home:
        row = 0;
        break;
    case Qt::Key_End:
        row = last;
        break;
    default:
        return false;
    }
    if (last >= 0)
        choose(std::clamp<qsizetype>(row, 0, last), event->modifiers().testFlag(Qt::ShiftModifier));
    return true;
}

void EventChart::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void EventChart::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void EventChart::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        layOut();
    else if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace headrace::ui
