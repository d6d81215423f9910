#pragma once

#include "shell/theme.h"

#include <exchange/filtercompletion.h>
#include <exchange/store.h>

#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QLineEdit;
class QSplitter;

namespace headrace::ui {

class ConfirmBar;
class FilterBar;
class HostPanel;
class NoticeBar;
class TrafficActions;
class TrafficBar;
class TrafficCommands;
class TrafficModel;
class TrafficPages;
class TrafficView;

/** The Traffic workspace: filter, hosts and list. What is to be done with an exchange elsewhere is emitted. */
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    /// So many exchanges are deleted, or sent again, without asking.
    static constexpr qsizetype MostDeletedUnasked = 100;
    static constexpr qsizetype MostResentUnasked = 20;

    /// \a store is borrowed and outlives the panel.
    explicit TrafficPanel(exchange::Store *store, QWidget *parent = nullptr);
    ~TrafficPanel() override;

    TrafficView *view() const;
    TrafficActions *actions() const;
    TrafficPages *pages() const;
    FilterBar *filterBar() const;

    /// What the session has that completion of a filter can offer.
    exchange::FilterValues filterValues() const;
    QLineEdit *filterEdit() const;
    HostPanel *hosts() const; ///< Hidden at first.

    qsizetype totalCount() const;
    qsizetype shownCount() const;
    qsizetype selectedCount() const;
    exchange::ExchangeId currentId() const;

    /// Makes the row current; takes the filter away if it hides the row.
    void select(exchange::ExchangeId id);

    bool isPaused() const;
    void setPaused(bool isPaused);

    /// Above the list, until the user closes it or something else is told.
    void tell(Theme::Tone tone, const QString &text);

    /// Asks above the list, and does \a then if the user agrees.
    void ask(const QString &question, const QString &buttonText, const std::function<void()> &then);

    /// A button at the end of the bar above the list; the panel has the action then.
    void addBarAction(QAction *action);

    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

    QByteArray saveHosts() const; ///< Whether the hosts are shown, and how wide.
    void restoreHosts(const QByteArray &state);

    /// Used and kept filters. JSON.
    QByteArray saveFilters() const;
    void restoreFilters(const QByteArray &state);

public Q_SLOTS:
    void focusList(); ///< Esc goes back here.
    void focusFilter();

Q_SIGNALS:
    void currentExchangeChanged(headrace::exchange::ExchangeId id);
    void exchangeActivated(headrace::exchange::ExchangeId id);
    void exchangeResendRequested(headrace::exchange::ExchangeId id);
    void openInComposerRequested(headrace::exchange::ExchangeId id);
    void replayRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void exportRequested(const QList<headrace::exchange::ExchangeId> &ids); ///< As HAR.
    void composeRequested(); ///< The empty state's button.
    void countsChanged();
    void filtersChanged(); ///< saveFilters() answers something else.

private:
    void makeBar();
    void connectFilter();
    void makeNotices();
    void makeHosts();
    void connectView();
    void connectModel();
    void applyFilter();
    void clearFilters();
    QString filterText() const; ///< Of both.
    void updateState();
    void updateProgress();
    void updateProblem();
    void resend(const QList<exchange::ExchangeId> &ids);
    void remove(const QList<exchange::ExchangeId> &ids);
    void clear();

    exchange::Store *m_store;
    TrafficModel *m_model;
    TrafficView *m_view;
    TrafficActions *m_actions;
    TrafficCommands *m_commands;
    TrafficBar *m_bar;
    NoticeBar *m_problem;
    NoticeBar *m_notice;
    ConfirmBar *m_confirm;
    TrafficPages *m_pages;
    HostPanel *m_hosts;
    QSplitter *m_splitter;
    QAction *m_showHosts = nullptr;
    QAction *m_follow = nullptr;
    QAction *m_pause = nullptr;
    double m_share = -1; ///< Of the search; -1: not known.
    QTimer m_searchingTimer; ///< A search that is soon over needs no word.

    exchange::Filter m_hostFilter;
};

} // namespace headrace::ui
