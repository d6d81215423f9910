#include "widgets/switchtable.h"

#include "shell/theme.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace headrace::ui {

namespace {

constexpr int BoxWidth = 28;

} // namespace

SwitchTable::SwitchTable(QAbstractItemModel *model, int stretched, QWidget *parent)
    : RowTable(parent)
    , m_stretched(stretched)
{
    setModel(model);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView *header = horizontalHeader();
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(BoxColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    SwitchTable::fit();
    connect(this, &QTableView::doubleClicked, this, &SwitchTable::editRequested);
}

void SwitchTable::setColumnCharacters(int column, int characters)
{
    m_characters.insert(column, characters);
    fit();
}

void SwitchTable::fit()
{
    RowTable::fit();
    const int character = QFontMetrics(Theme::fixedFont()).horizontalAdvance(QLatin1Char('W'));
    horizontalHeader()->resizeSection(BoxColumn, BoxWidth);
    for (auto it = m_characters.cbegin(); it != m_characters.cend(); ++it)
        horizontalHeader()->resizeSection(it.key(), character * it.value() + 12);
}

int SwitchTable::currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

void SwitchTable::setCurrentRow(int row) { setCurrentIndex(model()->index(row, m_stretched)); }

void SwitchTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    RowTable::currentChanged(current, previous);
    Q_EMIT currentRowChanged(current.isValid() ? current.row() : -1);
}

void SwitchTable::keyPressEvent(QKeyEvent *event)
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
        RowTable::keyPressEvent(event);
    }
}

} // namespace headrace::ui
