#pragma once

#include <QStackedWidget>

namespace headrace::ui {

class EmptyState;

/// The list, or what there is to say while it has no rows, with the first thing to do.
class TrafficPages : public QStackedWidget
{
    Q_OBJECT

public:
    enum class Page
    {
        List,
        NothingRecorded,
        NothingMatches,
        Searching,
        Paused, ///< All there is waits for the pause to end.
    };

    explicit TrafficPages(QWidget *list, QWidget *parent = nullptr); ///< Owns it from here on.

    Page page() const;

    /// \a detail NothingMatches: what does not; Paused: how many wait.
    void setPage(Page page, const QString &detail = {});
    QString message() const; ///< Empty for the list.

Q_SIGNALS:
    void composeRequested();
    void clearFilterRequested();
    void cancelRequested();
    void resumeRequested();

private:
    void runButton();

    QWidget *m_list;
    EmptyState *m_state;
    Page m_page = Page::List;
};

} // namespace headrace::ui
