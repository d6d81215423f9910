#pragma once

#include <exchange/filtercompletion.h>

#include <QWidget>

class QListView;
class QStandardItemModel;

namespace headrace::ui {

/** A list below a text that is being typed. Never takes the focus: who types passes the keys on. No row is
    current until one is moved to, so that Enter still means what it means without the list. */
class CompletionPopup : public QWidget
{
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget *parent = nullptr);

    /// Shows the list with its corner at \a corner (global), or hides it when there is nothing to show.
    void offer(const QList<exchange::FilterCompletion> &completions, const QPoint &corner);

    QList<exchange::FilterCompletion> completions() const;
    bool hasCurrent() const;
    exchange::FilterCompletion currentOrFirst() const; ///< While there is one.
    void move(int rows); ///< Around at the ends.
    using QWidget::move;

Q_SIGNALS:
    void chosen(); ///< By a click; it is current.

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();

    QListView *m_view;
    QStandardItemModel *m_model;
    QList<exchange::FilterCompletion> m_completions;
};

} // namespace headrace::ui
