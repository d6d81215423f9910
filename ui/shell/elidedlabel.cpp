#include "shell/elidedlabel.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>

namespace headrace::ui {

namespace {

constexpr qsizetype ToolTipLength = 4000;

} // namespace

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setText(text);
}

QString ElidedLabel::text() const { return m_text; }

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text && !text.isNull())
        return;
    m_text = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidedLabel::setMuted(bool isMuted)
{
    m_isMuted = isMuted;
    update();
}

void ElidedLabel::setCopyable(bool isCopyable)
{
    m_isCopyable = isCopyable;
    setFocusPolicy(isCopyable ? Qt::TabFocus : Qt::NoFocus);
}

QSize ElidedLabel::sizeHint() const
{
    // More is cut anyhow; and a text of megabytes should not be measured.
    const QString measured = m_text.left(500);
    return { fontMetrics().horizontalAdvance(measured) + 2, qMax(20, fontMetrics().height()) };
}

QSize ElidedLabel::minimumSizeHint() const
{
    return { qMin(48, sizeHint().width()), sizeHint().height() };
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (hasFocus()) {
        QStyleOption option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
    painter.setPen(isEnabled() && m_isMuted ? Theme::mutedColor(palette())
                                            : palette().color(foregroundRole()));
    const QString candidate = shortened(m_text, 4 * qMax(1, width()));
    painter.drawText(rect(), int(Qt::AlignVCenter) | Qt::TextSingleLine | Qt::AlignLeading,
        fontMetrics().elidedText(candidate, Qt::ElideMiddle, width()));
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::contextMenuEvent(QContextMenuEvent *event)
{
    if (!m_isCopyable) {
        event->ignore();
        return;
    }
    QMenu menu(this);
    connect(menu.addAction(icon(QStringLiteral("copy")), tr("Copy")), &QAction::triggered, this,
        &ElidedLabel::copy);
    menu.exec(event->globalPos());
}

void ElidedLabel::keyPressEvent(QKeyEvent *event)
{
    if (m_isCopyable && event->matches(QKeySequence::Copy))
        copy();
    else
        QWidget::keyPressEvent(event);
}

void ElidedLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void ElidedLabel::updateToolTip()
{
    const bool isCut = sizeHint().width() > width() + 2;
    setToolTip(isCut ? shortened(m_text, ToolTipLength) : QString());
}

void ElidedLabel::copy() const { QGuiApplication::clipboard()->setText(m_text); }

} // namespace headrace::ui
