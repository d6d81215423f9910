#include "inspector/rawlines.h"

#include "inspector/fieldtableview.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QWheelEvent>

namespace headrace::ui {

namespace {

/// Control characters as their pictures; line ends stay.
QString withPictures(QString text)
{
    for (QChar &c : text) {
        if (c.unicode() < 0x20 && c != u'\n')
            c = QChar(0x2400 + c.unicode());
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
    }
    return text;
}

} // namespace

RawLines::RawLines(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setFont(Theme::fixedFont());
    setAccessibleName(tr("Raw octets"));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    document()->setDocumentMargin(0);
    // A line that is made higher has the room above its text; half of it belongs below.
    setViewportMargins(6, -(FieldTableView::RowHeight - fontMetrics().height()) / 2, 0, 0);
}

void RawLines::setOctets(const QByteArray &octets)
{
    if (m_octets == octets)
        return;
    m_octets = octets;
    // Each line in its own encoding: one that is no UTF-8 spoils no other.
    QString text;
    const QList<QByteArray> lines = octets.split('\n');
    for (const QByteArray &line : lines)
        text += displayText(line.endsWith('\r') ? line.chopped(1) : line) + u'\n';
    while (text.endsWith(u'\n'))
        text.chop(1); // The empty line that ends the head; lineEnds() tells of it.
    const int left = horizontalScrollBar()->value();
    setPlainText(withPictures(text));

    QTextBlockFormat format;
    format.setLineHeight(FieldTableView::RowHeight, QTextBlockFormat::FixedHeight);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(format);
    m_lineCount = octets.isEmpty() ? 0 : document()->blockCount();
    horizontalScrollBar()->setValue(left);
    applyMark();
    updateGeometry();
}

const QByteArray &RawLines::octets() const { return m_octets; }

void RawLines::markLines(int first, int count)
{
    m_marked = first;
    m_markedCount = count;
    applyMark();
}

int RawLines::markedLine() const { return m_marked; }

QString RawLines::lineEnds() const
{
    const qsizetype all = m_octets.count('\n');
    const qsizetype pairs = m_octets.count("\r\n");
    if (all == 0)
        return {};
    if (pairs == all)
        return QStringLiteral("CRLF");
    return pairs == 0 ? QStringLiteral("LF") : tr("CRLF and LF");
}

QSize RawLines::sizeHint() const
{
    const int bar = horizontalScrollBar()->isVisible() ? horizontalScrollBar()->height() : 0;
    return { 240, FieldTableView::RowHeight * lineCount() + bar };
}

QSize RawLines::minimumSizeHint() const { return { 120, sizeHint().height() }; }

int RawLines::lineCount() const { return qMax(1, m_lineCount); }

void RawLines::mouseReleaseEvent(QMouseEvent *event)
{
    QTextEdit::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection() && m_lineCount > 0)
        Q_EMIT lineClicked(cursorForPosition(event->position().toPoint()).blockNumber());
}

void RawLines::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyMark();
}

void RawLines::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    updateGeometry(); // The horizontal bar may have come or gone.
}

void RawLines::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ShiftModifier || event->angleDelta().x() != 0)
        QTextEdit::wheelEvent(event);
    else
        event->ignore();
}

void RawLines::applyMark()
{
    QList<ExtraSelection> selections;
    QTextBlock block = document()->findBlockByNumber(m_marked);
    for (int i = 0; m_marked >= 0 && i < m_markedCount && block.isValid(); ++i) {
        ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        selection.format.setBackground(palette().brush(QPalette::Highlight));
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections += selection;
        block = block.next();
    }
    setExtraSelections(selections);
}

} // namespace headrace::ui
