#include "shell/segments.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace headrace::ui {

Segments::Segments(const QStringList &texts, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (int i = 0; i < texts.size(); ++i) {
        auto *button = new QToolButton(this);
        button->setText(texts.at(i));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_group->addButton(button, i);
        layout->addWidget(button);
    }
    if (QAbstractButton *first = m_group->button(0))
        first->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool isOn) {
        if (isOn)
            Q_EMIT currentChanged(index);
    });
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::clicked);
}

int Segments::current() const { return m_group->checkedId(); }

void Segments::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

void Segments::setSegmentEnabled(int index, bool isEnabled)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setEnabled(isEnabled);
}

void Segments::setSegmentVisible(int index, bool isVisible)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setVisible(isVisible);
}

void Segments::setSegmentToolTip(int index, const QString &text)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setToolTip(text);
}

bool Segments::isSegmentEnabled(int index) const
{
    const QAbstractButton *button = m_group->button(index);
    return button && button->isEnabled();
}

} // namespace headrace::ui
