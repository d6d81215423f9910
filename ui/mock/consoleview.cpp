#include "mock/consoleview.h"

#include "mock/consolelog.h"
#include "shell/theme.h"

#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>

#include <algorithm>

namespace headrace::ui {

namespace {

using Kind = session::ScriptMessage::Kind;

QString signOf(const ConsoleLine &line)
{
    if (line.isContinued)
        return QStringLiteral("  ");
    switch (line.kind) {
    case Kind::Error:
        return QStringLiteral("! ");
    case Kind::Failure:
        return QStringLiteral("✕ ");
    case Kind::Note:
        return QStringLiteral("· ");
    case Kind::Output:
        break;
    }
    return QStringLiteral("  ");
}

QColor colorOf(const ConsoleLine &line, const QPalette &palette)
{
    switch (line.kind) {
    case Kind::Error:
        return Theme::toneColor(Theme::Tone::ClientError, palette);
    case Kind::Failure:
        return Theme::toneColor(Theme::Tone::Failed, palette);
    case Kind::Note:
        return Theme::mutedColor(palette);
    case Kind::Output:
        break;
    }
    return palette.color(QPalette::Text);
}

} // namespace

ConsoleView::ConsoleView(ConsoleLog *log, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_log(log)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setLayoutDirection(Qt::LeftToRight);
    setFont(Theme::fixedFont());
    document()->setDocumentMargin(6);
    setAccessibleName(tr("Console"));
    setPlaceholderText(tr("What scripts print, and what goes wrong in them"));
    viewport()->setMouseTracking(true);
    connect(m_log, &ConsoleLog::changed, this, &ConsoleView::showChange);
    connect(m_log, &ConsoleLog::cleared, this, &ConsoleView::showAll);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ConsoleView::onScrolled);
    showAll();
}

void ConsoleView::setShowsTimes(bool shows)
{
    if (std::exchange(m_showsTimes, shows) != shows)
        showAll();
}

bool ConsoleView::showsTimes() const { return m_showsTimes; }

void ConsoleView::setFollows(bool follows)
{
    if (std::exchange(m_follows, follows) == follows)
        return;
    if (follows)
        scrollToEnd();
    Q_EMIT followsChanged(follows);
}

bool ConsoleView::follows() const { return m_follows; }

// One block of the document is one line of the log.
void ConsoleView::showChange(qsizetype removed, qsizetype first)
{
    {
        const QScopedValueRollback changing(m_isChanging, true);
        const bool isEmpty = document()->isEmpty() && m_log->lines().size() > 0 && first == 0;
        if (isEmpty || removed >= document()->blockCount()) {
            const QSignalBlocker blocker(verticalScrollBar());
            clear();
            first = 0;
        } else {
            QTextCursor cursor(document());
            cursor.movePosition(
                QTextCursor::NextBlock, QTextCursor::KeepAnchor, static_cast<int>(removed));
            cursor.removeSelectedText();
        }
        QTextCursor cursor(document());
        cursor.beginEditBlock();
        cursor.movePosition(QTextCursor::End);
        if (first > 0 && first < document()->blockCount()) {
            // The last line goes on.
            cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(first)));
            cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
            cursor.removeSelectedText();
        }
        for (qsizetype i = first; i < m_log->lines().size(); ++i) {
            if (i >= document()->blockCount())
                cursor.insertBlock();
            insert(cursor, m_log->lines().at(i));
        }
        cursor.endEditBlock();
    }
    if (m_follows)
        scrollToEnd();
}

void ConsoleView::showAll()
{
    {
        const QScopedValueRollback changing(m_isChanging, true);
        clear();
    }
    if (!m_log->lines().isEmpty())
        showChange(0, 0);
}

void ConsoleView::insert(QTextCursor &cursor, const ConsoleLine &line) const
{
    QTextCharFormat muted;
    muted.setForeground(Theme::mutedColor(palette()));
    QTextCharFormat format;
    format.setForeground(colorOf(line, palette()));
    if (m_showsTimes)
        cursor.insertText(line.isContinued ? QString(13, u' ')
                                           : line.time.toString(QStringLiteral("HH:mm:ss.zzz ")),
            muted);
    cursor.insertText(signOf(line), format);
    if (!line.origin.isEmpty() && !line.isContinued)
        cursor.insertText(line.origin + QStringLiteral("  "), muted);
    if (line.file.isEmpty()) {
        cursor.insertText(line.text, format);
        return;
    }
    QTextCharFormat place = format;
    place.setAnchor(true);
    place.setAnchorHref(QString::number(line.line));
    place.setFontUnderline(true);
    cursor.insertText(line.text.left(line.placeBegin), format);
    cursor.insertText(line.text.mid(line.placeBegin, line.placeLength), place);
    cursor.insertText(line.text.mid(line.placeBegin + line.placeLength), format);
}

void ConsoleView::activate(int block)
{
    if (block < 0 || block >= m_log->lines().size())
        return;
    const ConsoleLine line = m_log->lines().at(block);
    if (!line.file.isEmpty())
        Q_EMIT placeActivated(line);
}

void ConsoleView::scrollToEnd()
{
    const QScopedValueRollback changing(m_isChanging, true);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ConsoleView::onScrolled()
{
    if (!m_isChanging)
        setFollows(verticalScrollBar()->value() == verticalScrollBar()->maximum());
}

void ConsoleView::mouseMoveEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseMoveEvent(event);
    viewport()->setCursor(
        anchorAt(event->position().toPoint()).isEmpty() ? Qt::IBeamCursor : Qt::PointingHandCursor);
}

void ConsoleView::mouseReleaseEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    const QPoint position = event->position().toPoint();
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection()
        && !anchorAt(position).isEmpty())
        activate(cursorForPosition(position).blockNumber());
}

void ConsoleView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers() == Qt::NoModifier)
        activate(textCursor().blockNumber());
    else
        QPlainTextEdit::keyPressEvent(event);
}

void ConsoleView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::ApplicationFontChange)
        setFont(Theme::fixedFont());
    if (event->type() == QEvent::PaletteChange)
        showAll();
}

} // namespace headrace::ui
