#pragma once

#include "traffic/filterhistory.h"
#include "traffic/savedfilters.h"

#include <exchange/filter.h>
#include <exchange/filtercompletion.h>

#include <QJsonObject>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QMenu;
class QTimer;
class QToolButton;

namespace headrace::ui {

class FilterEdit;
class FilterHelp;
class FilterNameRow;
class ProblemLabel;
class SearchProgress;

/** The line above a list in which one says what it shows, in the language of exchange::parseFilter().

    A filter is applied 150 ms after the last key, or at once by Enter, by clearing the line and by setText().
    What is no filter is not applied: the last one stays, and below the line stands what is wrong once one
    pauses. Used filters are remembered (Up in an empty line, Alt+Down), others kept by name. */
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int ApplyDelay = 150; ///< Unit: milliseconds.
    static constexpr int ProblemDelay = 600;

    explicit FilterBar(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text); ///< Applied at once, and remembered.

    /// The filter that is applied.
    exchange::Filter filter() const;

    /// Narrows what is shown to that which \a term asks for, too; nothing changes if it does already.
    void andText(const QString &term);

    /// \a source: asked for the values that completion offers; called in this thread, while one types.
    void setValueSource(std::function<exchange::FilterValues()> source);

    /// A search goes on. \a share of what is to be looked at: 0 to 1; -1 if it is not known.
    void setProgress(double share, qint64 hits);
    void setIdle(); ///< No search goes on.

    /// History and kept filters.
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

    /// A button behind the others.
    void addButton(QToolButton *button);

    FilterEdit *edit() const;
    QMenu *savedMenu() const;
    QMenu *historyMenu() const;

    FilterHelp *help() const; ///< Null until it was shown.

public Q_SLOTS:
    void focusEdit(); ///< With its text selected.
    void showHelp(); ///< F1, too.

Q_SIGNALS:
    /// Another filter is applied.
    void filterChanged(const headrace::exchange::Filter &filter, const QString &text);
    void cancelRequested(); ///< The search that goes on is to end.
    void stateChanged(); ///< saveState() answers something else.
    void listRequested(); ///< The focus is to go to the list: Down, Enter, Esc.

private:
    void makeMenus();
    void fillSavedMenu();
    void fillHistoryMenu();
    QAction *addFilterAction(QMenu *menu, const QString &label, const QString &text);

    void take(); ///< Reads the line and says what it is; applies nothing.
    bool apply(); ///< False if the line is no filter.
    void applyAndLeave();
    void remember();
    void browse(qsizetype step);
    void showProblem();
    void askName(const QString &title, const QString &name, const QString &oldName);

    FilterEdit *m_edit;
    SearchProgress *m_progress;
    QToolButton *m_savedButton;
    QMenu *m_savedMenu;
    QMenu *m_historyMenu;
    ProblemLabel *m_problem;
    FilterNameRow *m_nameRow;
    FilterHelp *m_help = nullptr; // made when it is asked for
    QHBoxLayout *m_row;
    QTimer *m_applyTimer;
    QTimer *m_problemTimer;

    exchange::ParsedFilter m_parsed; // of the line
    exchange::Filter m_applied;
    QString m_appliedText;
    FilterHistory m_history;
    SavedFilters m_saved;
    qsizetype m_browsed = -1; // index in the history; -1: none of it
    QString m_renamed; // the filter that gets another name; empty: a new one is kept
};

} // namespace headrace::ui
