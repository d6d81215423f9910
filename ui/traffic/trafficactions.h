#pragma once

#include <exchange/exchange.h>

#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;

namespace headrace::ui {

class TrafficView;

/** What can be done with the selection of the traffic list, as actions: for its keys, its context menu and
    the command palette. Enabled by what is selected. Tells what is asked for; does nothing itself. */
class TrafficActions : public QObject
{
    Q_OBJECT

public:
    enum What
    {
        OpenInComposer,
        Resend,
        Replay,
        CopyUrl,
        CopyAsCurl,
        CopyAsCurlCmd,
        CopyAsFetch,
        CopyAsNode,
        CopyAsPython,
        CopyAsCpp,
        CopyRawRequest,
        CopyRawResponse,
        SaveResponseBody,
        SaveRequestBody,
        ExportAsHar,
        ShowMarks,
        EditNote,
        Compare,
        FilterByHost,
        FilterByMethod,
        FilterByStatus,
        FilterByType,
        SelectAll,
        Remove,
        Clear,
        Next,
        Previous,
        ChooseColumns,
        Count
    };

    /// \a view has the actions, and is their owner's parent.
    explicit TrafficActions(TrafficView *view);

    QAction *action(What what) const;
    QAction *markAction(exchange::Mark mark) const;

    /// What others can do with the current exchange, as a part of the context menu; \a view has the actions then.
    /// The menu has their short texts (QAction::iconText()). A part is disabled with all its actions. Borrowed.
    void addPart(const QString &title, const QString &iconName, const QList<QAction *> &actions);

    /// The context menu, for the moment: deleted when it is closed. \a filters is its own part.
    QMenu *makeMenu();
    QMenu *makeMarkMenu();

Q_SIGNALS:
    void triggered(headrace::ui::TrafficActions::What what);
    void markRequested(headrace::exchange::Mark mark);

    /// The context menu opens its part for the fields of the current exchange; whoever can, fills it.
    void fieldMenuRequested(QMenu *menu);

private:
    struct Part
    {
        QString title;
        QString iconName;
        QList<QAction *> actions;
    };

    void fillParts(QMenu *menu);
    void add(What what, const QString &text, const QString &iconName = {});
    void addMarks();
    void fillMarkMenu(QMenu *menu);
    void update();

    TrafficView *m_view;
    QList<QAction *> m_actions; ///< By What.
    QList<QAction *> m_marks; ///< By Mark.
    QList<Part> m_parts;
};

} // namespace headrace::ui
