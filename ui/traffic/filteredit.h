#pragma once

#include <exchange/filter.h>
#include <exchange/filtercompletion.h>

#include <QLineEdit>

#include <functional>

namespace headrace::ui {

class CompletionPopup;

/** The line in which a filter is typed: says as one types whether it is one, marks where it is not, and offers
    completions. Knows no history and applies nothing: it asks by signals.

    Keys: Tab takes the completion that is current, or the first; Enter only one that was moved to, else it
    applies; Down and Up move in the list while it is shown; Ctrl+Space shows it anywhere; Esc hides it. */
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterEdit(QWidget *parent = nullptr);

    /// Null takes the marks away.
    void setProblem(const std::optional<exchange::FilterError> &problem);

    /// Asked for values of the session each time completions are wanted.
    void setValueSource(std::function<exchange::FilterValues()> source);

    CompletionPopup *popup() const;
    bool isCompleting() const; ///< The list of completions is shown.

Q_SIGNALS:
    void applyRequested(); ///< Enter.
    void olderRequested(); ///< Up in an empty line, or again.
    void newerRequested(); ///< Down after that; the receiver decides whether there is one.
    void historyRequested(); ///< Alt+Down.
    void helpRequested(); ///< F1.
    void leaveRequested(); ///< Esc, with nothing left to hide.

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    enum class Validity
    {
        Empty,
        Valid,
        Invalid
    };

    Validity validity() const;
    bool isCompletionKey(const QKeyEvent &event) const;
    bool takeCompletionKey(const QKeyEvent &event);
    void offerCompletions(bool isAskedFor);
    void complete(const exchange::FilterCompletion &completion);
    void showValidity();
    int positionX(qsizetype position) const;

    CompletionPopup *m_popup;
    QAction *m_mark;
    std::optional<exchange::FilterError> m_problem;
    std::function<exchange::FilterValues()> m_valueSource;
};

} // namespace headrace::ui
