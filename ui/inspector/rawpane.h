#pragma once

#include "inspector/rawview.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class ElidedLabel;
class EmptyState;
class FindBar;
class NoticeBar;
class RawSearch;

/// All octets of one direction, as text or as hexadecimal digits, with what the caret stands in, and a find bar.
class RawPane : public QWidget
{
    Q_OBJECT

public:
    explicit RawPane(const QString &title, QWidget *parent = nullptr);

    /// Not \a isComplete: further octets are being read.
    void setContent(const RawView::Content &content, bool isComplete);
    void clear();
    void setForm(RawView::Form form);
    void setShowsLineEnds(bool shows);
    void setEmptyText(const QString &text);

    /// Marks and scrolls to these octets; nothing takes the mark away.
    void showSpan(const std::optional<exchange::WireSpan> &span);

    RawView *view() const;
    FindBar *findBar() const;
    QString notice() const;
    QString placeLine() const; ///< What the caret stands in.

public Q_SLOTS:
    void showFindBar();
    void hideFindBar();

Q_SIGNALS:
    /// The user put the caret there, or selected these octets.
    void spanSelected(const std::optional<headrace::exchange::WireSpan> &span);

private:
    void makeLayout(const QString &title);
    void noteCaret();
    void showPlace(qint64 offset);
    void copyAll();
    void search();
    void noteFound();
    void goToMatch(bool isForward, bool fromSelection = false);

    RawView::Content m_content;
    bool m_goesToFirst = false; ///< The first match from the caret on is yet to be found.
    RawSearch *m_search;
    QLabel *m_info;
    QToolButton *m_find;
    QToolButton *m_copy;
    NoticeBar *m_notice;
    QStackedWidget *m_stack;
    RawView *m_view;
    EmptyState *m_empty;
    ElidedLabel *m_place;
    FindBar *m_findBar;
};

} // namespace headrace::ui
