#include "inspector/hexview.h"

#include "shell/icons.h"
#include "shell/theme.h"
#include "text/syntaxcolors.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Margin = 8;
constexpr qsizetype CopyLimit
    = 16 * 1024 * 1024; ///< Octets; a clipboard of gigabytes helps nobody.

QChar shownCharacter(char c)
{
    return uchar(c) >= 0x20 && uchar(c) < 0x7f ? QChar::fromLatin1(c) : QChar(u'·');
}

QString hexDigits(char c)
{
    static constexpr QStringView Digits = u"0123456789abcdef";
    const QChar pair[] = { Digits[uchar(c) >> 4], Digits[uchar(c) & 15] };
    return QString(pair, 2);
}

} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Hexadecimal view"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    connect(&m_cache, &OctetCache::arrived, viewport(), qOverload<>(&QWidget::update));
    updateMetrics();
}

void HexView::setOctets(const QByteArray &octets)
{
    setSource(std::make_shared<exchange::MemoryOctets>(octets));
}

void HexView::setSource(const exchange::OctetSourcePointer &source, bool isGrown)
{
    m_cache.setSource(source, isGrown);
    m_marks.clear();
    m_caret = std::min<qsizetype>(m_caret, m_cache.size());
    m_anchor = std::min<qsizetype>(m_anchor, m_cache.size());
    m_offsetDigits = m_cache.size() > 0xffffffffLL ? 12 : 8;
    updateScrollBars();
    viewport()->update();
}

QByteArray HexView::octets() const { return m_cache.readNow(0, CopyLimit); }

void HexView::setMarks(const QList<exchange::OctetSpan> &marks)
{
    m_marks = marks;
    viewport()->update();
}

void HexView::select(const exchange::OctetSpan &span)
{
    setCaret(span.begin);
    setCaret(span.end, true);
    ensureVisible(span.begin);
}

qsizetype HexView::caret() const { return m_caret; }

void HexView::setCaret(qsizetype offset, bool extendsSelection)
{
    m_caret = std::clamp<qsizetype>(offset, 0, m_cache.size());
    if (!extendsSelection)
        m_anchor = m_caret;
    ensureVisible(m_caret);
    viewport()->update();
    Q_EMIT caretMoved(m_caret);
}

qsizetype HexView::selectionBegin() const { return std::min(m_anchor, m_caret); }

qsizetype HexView::selectionEnd() const { return std::max(m_anchor, m_caret); }

void HexView::selectAll()
{
    m_anchor = 0;
    m_caret = m_cache.size();
    viewport()->update();
    Q_EMIT caretMoved(m_caret);
}

QByteArray HexView::selected() const
{
    return m_cache.readNow(
        selectionBegin(), std::min(selectionEnd() - selectionBegin(), CopyLimit));
}

QString HexView::selectedHex() const { return QString::fromLatin1(selected().toHex(' ')); }

QString HexView::selectedText() const
{
    QString text;
    const QByteArray octets = selected();
    for (const char c : octets)
        text += c == '\n' || c == '\t' ? QChar::fromLatin1(c) : shownCharacter(c);
    return text;
}

QString HexView::selectedDump() const
{
    const QByteArray octets = selected();
    const qsizetype begin = selectionBegin();
    const qsizetype end = begin + octets.size();
    QString dump;
    for (qsizetype row = begin / OctetsPerRow * OctetsPerRow; row < end; row += OctetsPerRow) {
        QString digits;
        QString characters;
        for (qsizetype i = row; i < row + OctetsPerRow; ++i) {
            const bool isIn = i >= begin && i < end;
            digits += isIn ? hexDigits(octets.at(i - begin)) : QStringLiteral("  ");
            digits += i - row == OctetsPerRow / 2 - 1 ? QStringLiteral("  ") : QStringLiteral(" ");
            characters += isIn ? shownCharacter(octets.at(i - begin)) : QChar(u' ');
        }
        dump += QStringLiteral("%1  %2 %3\n")
                    .arg(row, m_offsetDigits, 16, QLatin1Char('0'))
                    .arg(digits, characters);
    }
    return dump;
}

void HexView::copy()
{
    if (selectionBegin() != selectionEnd())
        QGuiApplication::clipboard()->setText(m_pane == Pane::Hex ? selectedHex() : selectedText());
}

int HexView::rowHeight() const { return fontMetrics().height() + 2; }

int HexView::rowCount() const
{
    return int((m_cache.size() + OctetsPerRow) / OctetsPerRow); // One more place: behind the last.
}

int HexView::visibleRows() const
{
    return std::max(1, (viewport()->height() - Margin) / rowHeight());
}

int HexView::hexX(int column) const
{
    const int gap = column >= OctetsPerRow / 2 ? m_charWidth : 0;
    return Margin + (m_offsetDigits + 2 + column * 3) * m_charWidth + gap;
}

int HexView::textX(int column) const
{
    return hexX(OctetsPerRow) + m_charWidth + column * m_charWidth;
}

int HexView::contentWidth() const { return textX(OctetsPerRow) + Margin; }

qsizetype HexView::offsetAt(const QPoint &position, Pane *pane) const
{
    const int x = position.x() + horizontalScrollBar()->value();
    const qsizetype row
        = verticalScrollBar()->value() + std::max(0, position.y() - Margin / 2) / rowHeight();
    *pane = x >= textX(0) - m_charWidth / 2 ? Pane::Text : Pane::Hex;
    int column = 0;
    while (column < OctetsPerRow
        && x >= (*pane == Pane::Text ? textX(column) + m_charWidth / 2
                                     : hexX(column) + m_charWidth * 3 / 2))
        ++column;
    return std::min<qsizetype>(row * OctetsPerRow + column, m_cache.size());
}

void HexView::updateMetrics()
{
    setFont(Theme::fixedFont());
    m_charWidth = fontMetrics().horizontalAdvance(u'0');
    updateScrollBars();
}

void HexView::updateScrollBars()
{
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - visibleRows()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, contentWidth() - viewport()->width()));
    horizontalScrollBar()->setSingleStep(m_charWidth);
}

void HexView::ensureVisible(qsizetype offset)
{
    const int row = int(offset / OctetsPerRow);
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value())
        bar->setValue(row);
    else if (row >= bar->value() + visibleRows())
        bar->setValue(row - visibleRows() + 1);
}

void HexView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.translate(-horizontalScrollBar()->value(), 0);
    const int first = verticalScrollBar()->value();
    const int from = std::max(0, (event->rect().top() - Margin / 2) / rowHeight());
    const int to = std::min(rowCount() - first, event->rect().bottom() / rowHeight() + 1);
    const qsizetype begin = qsizetype(first + from) * OctetsPerRow;
    const auto octets = m_cache.window(begin, qsizetype(to - from) * OctetsPerRow);
    for (int i = from; i < to; ++i) {
        const qsizetype row = qsizetype(first + i) * OctetsPerRow;
        const QByteArray shown = octets ? octets->mid(row - begin, OctetsPerRow) : QByteArray();
        paintRow(&painter, row, shown, Margin / 2 + i * rowHeight());
    }
}

void HexView::paintRow(QPainter *painter, qsizetype begin, const QByteArray &octets, int y) const
{
    const qsizetype end = begin + octets.size();
    paintMarks(painter, begin, end, y);
    paintRun(painter, begin, std::max(begin, selectionBegin()), std::min(end, selectionEnd()), y,
        palette().color(QPalette::Highlight));

    const int baseline = y + 1 + fontMetrics().ascent();
    const QColor muted = Theme::mutedColor(palette());
    const QColor normal = palette().color(QPalette::Text);
    painter->setPen(muted);
    painter->drawText(
        Margin, baseline, QStringLiteral("%1").arg(begin, m_offsetDigits, 16, QLatin1Char('0')));
    for (int column = 0; column < octets.size(); ++column) {
        const char c = octets.at(column);
        painter->setPen(c == '\0' ? muted : normal);
        painter->drawText(hexX(column), baseline, hexDigits(c));
        const QChar shown = shownCharacter(c);
        painter->setPen(shown == u'·' ? muted : normal);
        painter->drawText(textX(column), baseline, QString(shown));
    }

    if (hasFocus() && m_caret >= begin && m_caret < begin + OctetsPerRow) {
        const int column = int(m_caret - begin);
        const int x = m_pane == Pane::Hex ? hexX(column) : textX(column);
        painter->fillRect(QRect(x - 1, y, 2, rowHeight()), Theme::accentColor(palette()));
    }
}

void HexView::paintMarks(QPainter *painter, qsizetype begin, qsizetype end, int y) const
{
    const QColor color = SyntaxColors::of(palette()).match;
    auto mark = std::partition_point(m_marks.begin(), m_marks.end(),
        [begin](const exchange::OctetSpan &span) { return span.end <= begin; });
    for (; mark != m_marks.end() && mark->begin < end; ++mark)
        paintRun(painter, begin, std::max<qsizetype>(begin, mark->begin),
            std::min<qsizetype>(end, mark->end), y, color);
}

void HexView::paintRun(QPainter *painter, qsizetype row, qsizetype from, qsizetype to, int y,
    const QColor &color) const
{
    if (from >= to)
        return;
    const int first = int(from - row);
    const int last = int(to - row) - 1;
    painter->fillRect(QRect(QPoint(hexX(first), y),
                          QPoint(hexX(last) + 2 * m_charWidth - 1, y + rowHeight() - 1)),
        color);
    painter->fillRect(
        QRect(QPoint(textX(first), y), QPoint(textX(last) + m_charWidth - 1, y + rowHeight() - 1)),
        color);
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const qsizetype offset = offsetAt(event->position().toPoint(), &m_pane);
    setCaret(offset, event->modifiers() & Qt::ShiftModifier);
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    Pane pane = m_pane;
    setCaret(offsetAt(event->position().toPoint(), &pane), true);
}

void HexView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept(); // It ends what the press began.
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    const bool isControl = event->modifiers() & Qt::ControlModifier;
    const qsizetype row = m_caret / OctetsPerRow * OctetsPerRow;
    const qsizetype page = qsizetype(visibleRows()) * OctetsPerRow;
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return setCaret(m_caret - 1, extends);
    case Qt::Key_Right:
        return setCaret(m_caret + 1, extends);
    case Qt::Key_Up:
        return setCaret(m_caret >= OctetsPerRow ? m_caret - OctetsPerRow : m_caret, extends);
    case Qt::Key_Down:
        return setCaret(m_caret + OctetsPerRow, extends);
    case Qt::Key_PageUp:
        return setCaret(m_caret - page, extends);
    case Qt::Key_PageDown:
        return setCaret(m_caret + page, extends);
    case Qt::Key_Home:
        return setCaret(isControl ? 0 : row, extends);
    case Qt::Key_End:
        return setCaret(isControl ? m_cache.size() : row + OctetsPerRow - 1, extends);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const bool hasSelection = selectionBegin() != selectionEnd();
    const auto add = [&](const QString &text, QString (HexView::*what)() const) {
        QAction *action = menu.addAction(text);
        action->setEnabled(hasSelection);
        connect(action, &QAction::triggered, this,
            [this, what] { QGuiApplication::clipboard()->setText((this->*what)()); });
        return action;
    };
    add(tr("Copy as hexadecimal"), &HexView::selectedHex)->setIcon(icon(QStringLiteral("copy")));
    add(tr("Copy as text"), &HexView::selectedText);
    add(tr("Copy as dump"), &HexView::selectedDump);
    menu.addSeparator();
    connect(menu.addAction(tr("Select all")), &QAction::triggered, this, &HexView::selectAll);
    menu.exec(event->globalPos());
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        updateMetrics();
}

} // namespace headrace::ui
