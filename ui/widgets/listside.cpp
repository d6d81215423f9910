#include "widgets/listside.h"

#include "widgets/toolbutton.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

ListSide::ListSide(QWidget *list, const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent)
    , m_bar(new QHBoxLayout)
{
    m_bar->setContentsMargins(4, 2, 4, 2);
    m_bar->setSpacing(0);
    for (QAction *action : actions) {
        m_buttons += makeToolButton(action, Qt::ToolButtonIconOnly, this);
        m_bar->addWidget(m_buttons.constLast());
    }
    m_bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_bar);
    layout->addWidget(list, 1);
}

QToolButton *ListSide::button(int index) const { return m_buttons.at(index); }

void ListSide::addAtEnd(QAction *action)
{
    m_bar->addWidget(makeToolButton(action, Qt::ToolButtonTextBesideIcon, this));
}

} // namespace headrace::ui
