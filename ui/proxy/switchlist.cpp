#include "proxy/switchlist.h"

#include "proxy/rulelistmodel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int IconSize = 12;
constexpr int BoxColumn = 0;
constexpr int BoxWidth = 28;

// Roles are the same in both models.
using Roles = RuleListModel;

class SwitchDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QPalette palette = option->palette;
        option->textElideMode = Qt::ElideMiddle;
        option->state.setFlag(QStyle::State_HasFocus, false);
        if (index.data(Roles::IsWireRole).toBool())
            option->font = Theme::fixedFont();
        const bool isOff = !index.data(Roles::IsEnabledRole).toBool();
        QColor color = isOff || index.data(Roles::IsMutedRole).toBool()
            ? Theme::mutedColor(palette)
            : palette.color(QPalette::Text);
        if (index.column() == BoxColumn + 1
            && !index.data(Roles::ProblemRole).toString().isEmpty()) {
            color = Theme::toneColor(Theme::Tone::Failed, palette);
            option->icon = icon(QStringLiteral("error"), color);
            option->decorationSize = QSize(IconSize, IconSize);
            option->features |= QStyleOptionViewItem::HasDecoration;
        }
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

SwitchList::SwitchList(QAbstractItemModel *model, int stretched, QWidget *parent)
    : QTableView(parent)
{
    setModel(model);
    setItemDelegate(new SwitchDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (model->supportedDropActions().testFlag(Qt::MoveAction) && !model->mimeTypes().isEmpty()
        && model->flags({}).testFlag(Qt::ItemIsDropEnabled)) {
        setDragDropMode(InternalMove);
        setDragDropOverwriteMode(false);
        setDropIndicatorShown(true);
    }
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(BoxColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    fit();
    connect(this, &QTableView::doubleClicked, this, &SwitchList::editRequested);
}

void SwitchList::setColumnCharacters(int column, int characters)
{
    m_characters.insert(column, characters);
    fit();
}

void SwitchList::fit()
{
    const QFontMetrics fixed(Theme::fixedFont());
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(std::max(22, fixed.height() + 6));
    horizontalHeader()->resizeSection(BoxColumn, BoxWidth);
    for (auto it = m_characters.cbegin(); it != m_characters.cend(); ++it)
        horizontalHeader()->resizeSection(
            it.key(), fixed.horizontalAdvance(QLatin1Char('W')) * it.value() + 12);
}

int SwitchList::currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

void SwitchList::setCurrentRow(int row) { setCurrentIndex(model()->index(row, BoxColumn + 1)); }

void SwitchList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
}

void SwitchList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex box = currentIndex().siblingAtColumn(BoxColumn);
    if (event->key() == Qt::Key_Delete && box.isValid()) {
        Q_EMIT removeRequested();
    } else if (event->key() == Qt::Key_Space && box.isValid()) {
        model()->setData(box,
            box.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
            Qt::CheckStateRole);
    } else if (event->modifiers() == Qt::NoModifier
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT editRequested();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void SwitchList::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

} // namespace headrace::ui
