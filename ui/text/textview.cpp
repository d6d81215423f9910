#include "text/textview.h"

#include "shell/theme.h"
#include "text/findbar.h"
#include "text/scintilla_p.h"
#include "text/syntaxcolors.h"
#include "text/textmarks_p.h"
#include "text/textsearch_p.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <utility>

namespace headrace::ui {

namespace {

constexpr int LineMargin = 0;
constexpr int SymbolMargin = 1;
constexpr int FoldMargin = 2;
constexpr int FoldMarginWidth = 14;

// QScintilla lays out a line as a whole: one of a million characters takes seconds.
constexpr qsizetype LongLine = 10'000;
constexpr qsizetype PieceLength = 2'000;
constexpr qsizetype BreakSearch = 400; // back from the end of a piece, for a better place

qsizetype pieceEnd(QStringView line)
{
    for (qsizetype i = PieceLength; i > PieceLength - BreakSearch; --i) {
        if (QStringView(u",;>} ").contains(line.at(i - 1)))
            return i;
    }
    return line.at(PieceLength).isLowSurrogate() ? PieceLength - 1 : PieceLength;
}

// Null if no line is that long.
QString withBrokenLines(const QString &text)
{
    QString broken;
    bool isBroken = false;
    for (QStringView line : QStringView(text).tokenize(u'\n')) {
        if (line.size() > LongLine) {
            isBroken = true;
            while (line.size() > PieceLength) {
                const qsizetype end = pieceEnd(line);
                broken += line.first(end);
                broken += u'\n';
                line = line.sliced(end);
            }
        }
        broken += line;
        broken += u'\n';
    }
    broken.chop(1);
    return isBroken ? broken : QString();
}

} // namespace

TextView::TextView(QWidget *parent)
    : QWidget(parent)
    , m_editor(new QsciScintilla(this))
    , m_findBar(new FindBar(this))
    , m_brokenNote(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_brokenNote);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_findBar);
    setFocusProxy(m_editor);

    m_editor->setUtf8(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setMarginLineNumbers(LineMargin, true);
    m_editor->setMarginWidth(SymbolMargin, 0);
    m_editor->setAutoIndent(true);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setScrollWidth(1);
    m_editor->setScrollWidthTracking(true);
    m_editor->setContextMenuPolicy(Qt::CustomContextMenu);
    m_editor->installEventFilter(this);
    m_markPainter = std::make_unique<TextMarkPainter>(m_editor, SymbolMargin);
    takeBackKeys();
    makeActions();

    m_brokenNote->setText(tr("Very long lines are broken here so that they can be shown at once."));
    m_brokenNote->setForegroundRole(QPalette::PlaceholderText);
    m_brokenNote->setContentsMargins(8, 4, 8, 4);
    m_brokenNote->hide();
    m_findBar->hide();
    connect(m_findBar, &FindBar::changed, this, [this] { find(false, true); });
    connect(m_findBar, &FindBar::nextRequested, this, [this] { find(false, false); });
    connect(m_findBar, &FindBar::previousRequested, this, [this] { find(true, false); });
    connect(m_findBar, &FindBar::closeRequested, this, &TextView::hideFindBar);

    connect(m_editor, &QsciScintilla::customContextMenuRequested, this, &TextView::showMenu);
    connect(m_editor, &QsciScintilla::linesChanged, this, &TextView::updateMargin);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        setMarks({});
        if (isFindBarVisible())
            markMatches();
        Q_EMIT textChanged();
    });

    applyLexer();
    updateMargin();
}

TextView::~TextView() = default;

void TextView::makeActions()
{
    const auto hint = [](QAction *action) {
        action->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    };

    m_find = new QAction(tr("Find in text"), this);
    m_find->setShortcut(QKeySequence::Find);
    m_find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_find, &QAction::triggered, this, &TextView::showFindBar);

    m_wrap = new QAction(tr("Wrap long lines"), this);
    m_wrap->setCheckable(true);
    m_wrap->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Z));
    m_wrap->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_wrap, &QAction::toggled, this, &TextView::setWordWrap);

    for (QAction *action : { m_find, m_wrap }) {
        hint(action);
        addAction(action);
    }
}

// QScintilla binds keys to seldom used commands (Ctrl+L cuts a line, Ctrl+D doubles it) that mean
// something else in this program. Only what every text field knows stays bound.
void TextView::takeBackKeys()
{
    const QList<Qt::Key> kept { Qt::Key_A, Qt::Key_C, Qt::Key_V, Qt::Key_X, Qt::Key_Y, Qt::Key_Z };
    const auto isTaken = [&kept](int combination) {
        const auto key = static_cast<Qt::Key>(combination & ~Qt::KeyboardModifierMask);
        const bool isLetter = key >= Qt::Key_A && key <= Qt::Key_Z;
        return (combination & Qt::CTRL) != 0 && isLetter && !kept.contains(key);
    };
    const QList<QsciCommand *> commands = m_editor->standardCommands()->commands();
    for (QsciCommand *command : commands) {
        if (isTaken(command->key()))
            command->setKey(0);
        if (isTaken(command->alternateKey()))
            command->setAlternateKey(0);
    }
}

void TextView::setContent(const QString &text, Language language)
{
    const QString broken = isReadOnly() ? withBrokenLines(text) : QString();
    m_whole = broken.isNull() ? QString() : text;
    m_language = language;
    load(broken.isNull() ? text : broken);
    Q_EMIT textChanged();
}

void TextView::load(const QString &text)
{
    const QByteArray octets = text.toUtf8();
    const bool wasReadOnly = isReadOnly();
    setMarks({});
    m_brokenNote->setVisible(!m_whole.isEmpty());
    {
        const QSignalBlocker blocker(m_editor);
        m_editor->setReadOnly(false);
        m_editor->setLexer(nullptr);
        m_editor->setEolMode(
            octets.contains("\r\n") ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
        // Not setText(): that ends at the first U+0000.
        m_editor->SendScintilla(QsciScintilla::SCI_CLEARALL);
        m_editor->SendScintilla(QsciScintilla::SCI_APPENDTEXT,
            static_cast<unsigned long>(octets.size()), octets.constData());
        m_editor->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
        m_editor->setModified(false);
        m_editor->SendScintilla(QsciScintilla::SCI_GOTOPOS, 0UL);
        m_editor->SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTH, 1UL);
        m_editor->setReadOnly(wasReadOnly);
    }
    applyLexer();
    updateMargin();
    if (isFindBarVisible())
        markMatches();
}

QString TextView::text() const
{
    if (!m_whole.isEmpty())
        return m_whole;
    const auto size = static_cast<qsizetype>(m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH));
    const auto *octets = static_cast<const char *>(
        m_editor->SendScintillaPtrResult(QsciScintilla::SCI_GETCHARACTERPOINTER));
    return QString::fromUtf8(octets, size);
}

qsizetype TextView::octetCount() const
{
    return m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH);
}

bool TextView::isEmpty() const { return octetCount() == 0; }

void TextView::replaceText(const QString &text)
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    const QByteArray octets = text.toUtf8();
    m_editor->beginUndoAction();
    m_editor->SendScintilla(QsciScintilla::SCI_CLEARALL);
    m_editor->SendScintilla(QsciScintilla::SCI_APPENDTEXT,
        static_cast<unsigned long>(octets.size()), octets.constData());
    m_editor->endUndoAction();
    m_editor->setCursorPosition(std::min(line, m_editor->lines() - 1), 0);
}

void TextView::setLanguage(Language language)
{
    if (language == m_language)
        return;
    m_language = language;
    applyLexer();
}

Language TextView::language() const { return m_language; }

void TextView::setReadOnly(bool readOnly)
{
    m_editor->setReadOnly(readOnly);
    if (!readOnly && !m_whole.isEmpty())
        load(std::exchange(m_whole, QString()));
}

bool TextView::isReadOnly() const { return m_editor->isReadOnly(); }

void TextView::setWordWrap(bool wrap)
{
    if (wrap == isWordWrap())
        return;
    m_editor->setWrapMode(wrap ? QsciScintilla::WrapCharacter : QsciScintilla::WrapNone);
    // Only then: marks below lines would have the flag, too.
    m_editor->setWrapVisualFlags(
        wrap ? QsciScintilla::WrapFlagInMargin : QsciScintilla::WrapFlagNone);
    m_wrap->setChecked(wrap);
    Q_EMIT wordWrapChanged(wrap);
}

bool TextView::isWordWrap() const { return m_editor->wrapMode() != QsciScintilla::WrapNone; }

void TextView::setLabel(const QString &label)
{
    setAccessibleName(label);
    m_editor->setAccessibleName(label);
}

void TextView::goTo(int line, int column)
{
    m_editor->setCursorPosition(line - 1, column - 1);
    m_editor->ensureLineVisible(line - 1);
}

void TextView::setMarks(const QList<TextMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    m_markPainter->show(marks);
}

QList<TextMark> TextView::marks() const { return m_marks; }

int TextView::currentLine() const
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    return line + 1;
}

QString TextView::selectedText() const { return m_editor->selectedText(); }

QString TextView::findStatus() const { return m_findBar->status(); }

bool TextView::isFindBarVisible() const { return !m_findBar->isHidden(); }

QList<QAction *> TextView::viewActions() const { return { m_find, m_wrap }; }

void TextView::showFindBar()
{
    const QString selected = m_editor->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_findBar->setPattern(selected);
    m_findBar->begin();
    markMatches();
}

void TextView::hideFindBar()
{
    m_findBar->hide();
    TextSearch(m_editor).clearMarks();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void TextView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        applyColors();
        updateMargin();
    }
}

bool TextView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);

    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isPress = event->type() == QEvent::KeyPress;

    // Ours before a window's action with the same key.
    if (QKeySequence(key->keyCombination()) == m_find->shortcut()) {
        event->accept();
        if (isPress)
            showFindBar();
        return true;
    }
    if (key->key() == Qt::Key_Escape && isFindBarVisible()) {
        event->accept();
        if (isPress)
            hideFindBar();
        return true;
    }
    if (isPress && isReadOnly() && (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab))
        return focusNextPrevChild(key->key() == Qt::Key_Tab);
    return QWidget::eventFilter(watched, event);
}

void TextView::applyLexer()
{
    const bool isLarge = m_editor->SendScintilla(QsciScintilla::SCI_GETLENGTH) > LexingLimit;
    QsciLexer *old = std::exchange(m_lexer, isLarge ? nullptr : makeLexer(m_language, m_editor));
    applyColors();
    m_editor->setLexer(m_lexer);
    delete old;

    const bool isCode = m_language != Language::Plain;
    m_editor->setIndentationsUseTabs(!isCode);
    m_editor->setTabWidth(isCode ? 2 : 4);
    m_editor->setFolding(
        m_lexer ? QsciScintilla::PlainFoldStyle : QsciScintilla::NoFoldStyle, FoldMargin);
    if (m_lexer) {
        m_editor->setMarginWidth(FoldMargin, FoldMarginWidth);
        m_editor->markerDefine(QsciScintilla::RightTriangle, QsciScintilla::SC_MARKNUM_FOLDER);
        m_editor->markerDefine(QsciScintilla::DownTriangle, QsciScintilla::SC_MARKNUM_FOLDEROPEN);
    }
    applyColors(); // after QScintilla has set its own colours for folds
}

void TextView::applyColors()
{
    const SyntaxColors colors = SyntaxColors::of(palette());
    const QFont font = Theme::fixedFont();

    if (m_lexer) {
        paint(m_lexer, m_language, colors, font);
    } else {
        m_editor->setFont(font);
        m_editor->setColor(colors.text);
        m_editor->setPaper(colors.paper);
    }
    m_editor->setMarginsFont(font);
    m_editor->setMarginsBackgroundColor(colors.paper);
    m_editor->setMarginsForegroundColor(colors.faint);
    m_editor->setFoldMarginColors(colors.paper, colors.paper);
    for (const int marker :
        { QsciScintilla::SC_MARKNUM_FOLDER, QsciScintilla::SC_MARKNUM_FOLDEROPEN }) {
        m_editor->setMarkerForegroundColor(colors.faint, marker);
        m_editor->setMarkerBackgroundColor(colors.faint, marker);
    }
    m_editor->setCaretForegroundColor(colors.text);
    m_editor->setSelectionBackgroundColor(palette().color(QPalette::Highlight));
    m_editor->setSelectionForegroundColor(palette().color(QPalette::HighlightedText));
    m_editor->setMatchedBraceForegroundColor(colors.text);
    m_editor->setMatchedBraceBackgroundColor(palette().color(QPalette::Midlight));
    m_editor->setUnmatchedBraceForegroundColor(colors.error);
    m_editor->setUnmatchedBraceBackgroundColor(colors.paper);
    TextSearch(m_editor).setMarkColor(colors.match);
    m_markPainter->setColors(colors, font);
}

void TextView::updateMargin()
{
    const qsizetype digits = std::max<qsizetype>(3, QString::number(m_editor->lines()).size());
    m_editor->setMarginWidth(LineMargin, QString(digits + 1, QLatin1Char('9')));
}

void TextView::showMenu(const QPoint &position)
{
    const std::unique_ptr<QMenu> menu(m_editor->createStandardContextMenu());
    menu->addSeparator();
    menu->addActions(viewActions());
    menu->exec(m_editor->mapToGlobal(position));
}

void TextView::find(bool backward, bool fromSelectionStart)
{
    TextSearch search(m_editor);
    search.setPattern(
        m_findBar->pattern(), m_findBar->isCaseSensitive(), m_findBar->isRegularExpression());
    search.select(backward, fromSelectionStart);
    markMatches(search);
}

void TextView::markMatches()
{
    TextSearch search(m_editor);
    search.setPattern(
        m_findBar->pattern(), m_findBar->isCaseSensitive(), m_findBar->isRegularExpression());
    markMatches(search);
}

void TextView::markMatches(TextSearch &search)
{
    const TextSearch::Count count = search.markAll();
    if (!search.error().isEmpty())
        m_findBar->showError(search.error());
    else
        m_findBar->showCount(count.current, count.all, count.isBounded);
}

} // namespace headrace::ui
