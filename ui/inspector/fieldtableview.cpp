#include "inspector/fieldtableview.h"

#include "inspector/fieldmodel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int MarkWidth = 36; // of the remarks where only marks have room

class FieldDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
        option->state &= ~QStyle::State_HasFocus;
        if (index.column() != FieldModel::Value) {
            const bool isWarning = index.column() == FieldModel::Remark
                && index.data(FieldModel::WarningRole).toBool();
            const QColor color = isWarning
                ? Theme::toneColor(Theme::Tone::ClientError, option->palette)
                : Theme::mutedColor(option->palette);
            option->palette.setColor(QPalette::Text, color);
            option->palette.setColor(QPalette::HighlightedText, color);
        }
        if (index.column() == FieldModel::Remark) {
            option->font = QGuiApplication::font();
            // Its words, or a mark where they have no room.
            const int wanted = QFontMetrics(option->font).horizontalAdvance(option->text) + 6;
            if (option->rect.isValid() && wanted > option->rect.width())
                option->text = index.data(FieldModel::MarkRole).toString();
        }
    }
};

} // namespace

FieldTableView::FieldTableView(QWidget *parent)
    : QTableView(parent)
    , m_model(new FieldModel(this))
{
    setModel(m_model);
    setItemDelegate(new FieldDelegate(this));
    setFont(Theme::fixedFont());
    setAccessibleName(tr("Fields"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(RowHeight);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    horizontalHeader()->setFont(QGuiApplication::font());
    horizontalHeader()->setFixedHeight(RowHeight);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setMinimumSectionSize(32);
    connect(this, &QTableView::doubleClicked, this, &FieldTableView::rawRequested);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_isShowing)
            return;
        const QModelIndexList rows = selectionModel()->selectedRows();
        Q_EMIT fieldSelected(rows.isEmpty() ? -1 : rows.constFirst().row());
    });
}

void FieldTableView::setFields(const exchange::FieldList &fields)
{
    m_model->setFields(fields);
    fitColumns();
    updateGeometry();
}

FieldModel *FieldTableView::fields() const { return m_model; }

QSize FieldTableView::sizeHint() const { return { 240, RowHeight * (m_model->rowCount() + 1) }; }

QSize FieldTableView::minimumSizeHint() const { return { 120, sizeHint().height() }; }

QString FieldTableView::selectedLines() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows))
        lines += m_model->line(row.row());
    return lines.join(u'\n');
}

void FieldTableView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const auto add = [&](const QString &text, bool isEnabled, const QString &value) {
        QAction *action = menu.addAction(text);
        action->setEnabled(isEnabled);
        connect(action, &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
        return action;
    };
    const QModelIndex current = currentIndex();
    const bool hasSelection = selectionModel()->hasSelection();
    const QString value = current.siblingAtColumn(FieldModel::Value).data(Qt::EditRole).toString();
    const QString name = current.siblingAtColumn(FieldModel::Name).data(Qt::EditRole).toString();
    add(tr("Copy value"), current.isValid(), value)->setIcon(icon(QStringLiteral("copy")));
    add(tr("Copy name"), current.isValid(), name);
    add(tr("Copy line"), hasSelection, selectedLines())->setShortcut(QKeySequence::Copy);
    menu.addSeparator();
    QAction *raw = menu.addAction(tr("Show in Raw"), this, &FieldTableView::rawRequested);
    raw->setShortcut(Qt::Key_Return);
    raw->setEnabled(hasSelection);
    menu.addSeparator();
    add(tr("Copy all lines"), m_model->rowCount() > 0, m_model->allLines());
    menu.exec(event->globalPos());
}

void FieldTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        if (selectionModel()->hasSelection())
            QGuiApplication::clipboard()->setText(selectedLines());
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && selectionModel()->hasSelection()) {
        Q_EMIT rawRequested();
        return;
    }
    QTableView::keyPressEvent(event);
}

void FieldTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void FieldTableView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // All rows are in sight; what holds the table scrolls.
}

void FieldTableView::fitColumns()
{
    const bool hasRemarks = m_model->hasRemarks();
    setColumnHidden(FieldModel::Remark, !hasRemarks);
    int remark = 0;
    if (hasRemarks) {
        const int words = sizeHintForColumn(FieldModel::Remark) + 8;
        remark = words <= width() / 4 ? words : MarkWidth;
    }
    const int wanted = std::max(sizeHintForColumn(FieldModel::Name), 64) + 8;
    const int name = std::min(wanted, std::max(64, width() * 45 / 100));
    setColumnWidth(FieldModel::Name, name);
    setColumnWidth(FieldModel::Remark, remark);
    setColumnWidth(FieldModel::Value, std::max(64, width() - name - remark));
}

void FieldTableView::showField(int row)
{
    const QScopedValueRollback showing(m_isShowing, true);
    if (row < 0)
        clearSelection();
    else
        selectRow(row);
}

} // namespace headrace::ui
