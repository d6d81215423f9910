#include "widgets/rowtable.h"

#include "shell/theme.h"

#include <QEvent>
#include <QHeaderView>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int LinePadding = 6; // pixels, above and below

} // namespace

RowTable::RowTable(QWidget *parent)
    : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    RowTable::fit();
}

void RowTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void RowTable::fit()
{
    const QFontMetrics wire(Theme::fixedFont());
    verticalHeader()->setDefaultSectionSize(std::max(LeastRowHeight, wire.height() + LinePadding));
}

} // namespace headrace::ui
