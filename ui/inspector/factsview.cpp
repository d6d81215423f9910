#include "inspector/factsview.h"

#include "shell/elidedlabel.h"
#include "shell/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int LabelWidth = 112;

} // namespace

FactsView::FactsView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_grid(new QGridLayout)
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setVerticalSpacing(0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setColumnMinimumWidth(0, LabelWidth);
    m_grid->setColumnStretch(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addLayout(m_grid);
}

void FactsView::setGroup(const FactGroup &group)
{
    if (m_group == group)
        return;
    m_group = group;
    m_title->setText(group.title);
    while (m_rows.size() < group.facts.size()) {
        const Row row { new ElidedLabel({}, this), new ElidedLabel({}, this) };
        row.label->setMuted(true);
        row.label->setFixedWidth(LabelWidth - 4);
        row.value->setCopyable(true);
        m_grid->addWidget(row.label, int(m_rows.size()), 0);
        m_grid->addWidget(row.value, int(m_rows.size()), 1);
        m_rows += row;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const bool isShown = i < group.facts.size();
        m_rows.at(i).label->setVisible(isShown);
        m_rows.at(i).value->setVisible(isShown);
        if (!isShown)
            continue;
        const Fact &fact = group.facts.at(i);
        m_rows.at(i).label->setText(fact.label);
        m_rows.at(i).value->setText(fact.value);
        m_rows.at(i).value->setFont(fact.isWire ? Theme::fixedFont() : font());
        m_rows.at(i).value->setAccessibleName(fact.label + QStringLiteral(": ") + fact.value);
    }
}

} // namespace headrace::ui
