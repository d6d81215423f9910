#pragma once

#include "composer/draftfile.h"

#include <session/session.h>

#include <QHash>
#include <QTimer>
#include <QWidget>

class QAction;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace headrace::ui {

class EmptyState;
class NoticeBar;
class RequestEditor;

/** The workspace in which requests are composed: one tab per draft, and below them the last exchange of the
    tab. Drafts are written to a file a moment after each change and are there again at the next start;
    a closed tab can be opened again. QWidget::actions() has what the command palette offers. */
class ComposePanel : public QWidget
{
    Q_OBJECT

public:
    /// \a session: borrowed. \a draftsPath: JSON file of the drafts; empty keeps none.
    explicit ComposePanel(
        session::Session *session, const QString &draftsPath, QWidget *parent = nullptr);
    ~ComposePanel() override; ///< Writes the drafts.

    /// Shows the exchange of the current tab, see currentExchangeChanged(). Owner: the panel.
    void setInspector(QWidget *inspector);

    /// Opens a tab for \a draft and goes to it. Answers its index. An untouched empty tab is used again.
    int openDraft(const session::RequestDraft &draft, const QString &notice = {});

    /// The request of \a exchange in a tab, ready to be changed and sent again.
    int openExchange(const exchange::Exchange &exchange);

    int count() const;
    int currentIndex() const;
    void setCurrentIndex(int index);
    RequestEditor *editor(int index) const;
    exchange::ExchangeId currentExchange() const; ///< 0 while there is none.

    void saveDrafts();

    /// Where the splitter stands, for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

public Q_SLOTS:
    void newDraft();
    void duplicateDraft();
    void closeDraft(int index);
    void reopenDraft(); ///< The tab that was closed last.
    void send();
    void cancel();
    void focusUrl();

Q_SIGNALS:
    void exchangeBegan(int tab, headrace::exchange::ExchangeId id);
    void currentExchangeChanged(headrace::exchange::ExchangeId id); ///< 0: there is none.

private:
    struct Run
    {
        session::SendId send = 0; ///< 0: nothing is being sent.
        exchange::ExchangeId exchange = 0;
    };

    struct Closed
    {
        session::RequestDraft draft;
        exchange::ExchangeId exchange = 0;
        int index = 0;
    };

    QWidget *makeTabLine();
    void makeActions();
    void makePageActions();
    void step(int by);
    RequestEditor *insertEditor(int index, const session::RequestDraft &draft);
    void insertBehind(RequestEditor *editor, const QList<session::RequestDraft> &drafts);
    RequestEditor *current() const;
    RequestEditor *sending(session::SendId id) const;
    void restore();
    void closeCurrent();
    void nextTab();
    void previousTab();
    void moveEditor(int from, int to);
    void onBegan(session::SendId id, exchange::ExchangeId exchange);
    void onEnded(session::SendId id, exchange::ExchangeId exchange);
    void onFailed(session::SendId id, const QString &code, const QString &message);
    void showTitle(RequestEditor *editor);
    void showCurrent();
    void forgetAnswers();
    void updateActions();

    session::Session *m_session = nullptr;
    DraftFile m_file;
    QTimer m_save;
    QTimer m_offer; ///< Until the notice with Undo goes; the tab can be reopened later as well.
    QTabBar *m_tabs = nullptr;
    NoticeBar *m_notice = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_editors = nullptr;
    QStackedWidget *m_answers = nullptr;
    EmptyState *m_noAnswer = nullptr;
    QStackedWidget *m_pages = nullptr;
    QAction *m_new = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_close = nullptr;
    QAction *m_reopen = nullptr;
    QAction *m_next = nullptr;
    QAction *m_previous = nullptr;
    QAction *m_send = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_url = nullptr;
    QHash<const RequestEditor *, Run> m_runs;
    QList<Closed> m_closed;
    exchange::ExchangeId m_shown = 0;
};

} // namespace headrace::ui
