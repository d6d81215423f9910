#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace headrace::ui {

/// A list below a line of buttons for it.
class ListSide : public QWidget
{
    Q_OBJECT

public:
    /// \a list: owned from here on. \a actions: as pictures, from the left.
    ListSide(QWidget *list, const QList<QAction *> &actions, QWidget *parent = nullptr);

    QToolButton *button(int index) const; ///< Of \a actions.
    void addAtEnd(QAction *action); ///< With its short text, at the right.

private:
    QHBoxLayout *m_bar;
    QList<QToolButton *> m_buttons;
};

} // namespace headrace::ui
