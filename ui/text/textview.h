#pragma once

#include <QWidget>

#include <memory>

class QAction;
class QLabel;
class QsciLexer;
class QsciScintilla;

namespace headrace::ui {

class FindBar;
class TextMarkPainter;
class TextSearch;

/// What is wrong at a place of a text.
struct TextMark
{
    int line = 1; ///< From 1.
    int column = -1; ///< From 1; -1: the whole line.
    QString message;

    friend bool operator==(const TextMark &, const TextMark &) = default;
};

/// What a text is written in: its colours and folds.
enum class Language
{
    Plain,
    Json,
    Xml,
    Html,
    JavaScript,
    Css
};

/** Shows or edits a text: colours, line numbers, folds, and a find bar (Ctrl+F, Esc closes it).
    Colours and font follow the palette and the platform's fixed font. Texts above LexingLimit are
    shown plain, and very long lines of a read-only text are broken for display (a note says so), so
    that everything opens at once. text() is always what was set, also with U+0000 in it. */
class TextView : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype LexingLimit = 2 * 1024 * 1024; ///< Unit: octets as UTF-8.

    explicit TextView(QWidget *parent = nullptr);
    ~TextView() override;

    /// Replaces all; the way back (undo) starts anew and the view stands at the top. Emits textChanged().
    void setContent(const QString &text, Language language = Language::Plain);
    QString text() const;
    qsizetype octetCount() const; ///< As UTF-8.
    bool isEmpty() const;

    /// Replaces all by one step that undo takes back; language and caret line stay.
    void replaceText(const QString &text);

    /// Colours the present text anew; text and undo stay.
    void setLanguage(Language language);
    Language language() const;

    void setReadOnly(
        bool readOnly); ///< Default: false. A read-only view gives Tab to the next widget.
    bool isReadOnly() const;

    void setWordWrap(bool wrap); ///< Default: false.
    bool isWordWrap() const;

    /// What assistive technology calls the text: "Request body".
    void setLabel(const QString &label);

    /// Puts the caret there and scrolls to it. Unit: both from 1.
    void goTo(int line, int column = 1);

    /// Shows what is wrong, each in its line. They go with the first edit, and with setContent().
    void setMarks(const QList<TextMark> &marks);
    QList<TextMark> marks() const;

    int currentLine() const; ///< Of the caret; from 1.

    QString selectedText() const;

    bool isFindBarVisible() const;
    QString findStatus() const; ///< What the find bar says: "2 of 3".

    /// Find, word wrap: for menus and the command palette.
    QList<QAction *> viewActions() const;

public Q_SLOTS:
    void showFindBar();
    void hideFindBar();

Q_SIGNALS:
    void textChanged();
    void wordWrapChanged(bool wrap);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void load(const QString &text);
    void takeBackKeys();
    void applyLexer();
    void applyColors();
    void updateMargin();
    void showMenu(const QPoint &position);
    void find(bool backward, bool fromSelectionStart);
    void markMatches();
    void markMatches(TextSearch &search);

    QsciScintilla *m_editor = nullptr;
    QsciLexer *m_lexer = nullptr; ///< Owner: the editor.
    std::unique_ptr<TextMarkPainter> m_markPainter;
    QList<TextMark> m_marks;
    FindBar *m_findBar = nullptr;
    QAction *m_find = nullptr;
    QAction *m_wrap = nullptr;
    QLabel *m_brokenNote = nullptr;
    QString m_whole; ///< The text itself while long lines are broken for display; else empty.
    Language m_language = Language::Plain;
};

} // namespace headrace::ui
