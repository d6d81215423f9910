#include "fields/fielddelegate.h"

#include "fields/fieldlistmodel.h"
#include "fields/fieldtext.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

namespace headrace::ui {

namespace {

constexpr int Margin = 6; // as the header has
constexpr int IconSize = 12;
const char FirstText[] = "headraceFirstText"; // what Esc goes back to

bool isTextColumn(const QModelIndex &index)
{
    return index.column() == FieldListModel::NameColumn
        || index.column() == FieldListModel::ValueColumn;
}

} // namespace

FieldDelegate::FieldDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void FieldDelegate::setUse(FieldUse use) { m_use = use; }

QWidget *FieldDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (!isTextColumn(index))
        return nullptr;
    auto *editor = new QLineEdit(parent);
    editor->setFrame(false);
    editor->setFont(Theme::fixedFont());
    editor->setTextMargins(Margin - 2, 0, 0, 0);
    editor->setLayoutDirection(Qt::LeftToRight);
    editor->setAccessibleName(
        index.column() == FieldListModel::NameColumn ? tr("Field name") : tr("Field value"));
    editor->setProperty(FirstText, index.data(Qt::EditRole).toString());

    const QStringList words = index.column() == FieldListModel::NameColumn
        ? fieldNames(m_use)
        : fieldValues(
            index.siblingAtColumn(FieldListModel::NameColumn).data(Qt::EditRole).toString());
    if (!words.isEmpty()) {
        auto *completer = new QCompleter(words, editor);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchStartsWith);
        editor->setCompleter(completer);
    }
    // Into the model with each key; const because Qt's delegates are.
    auto *self = const_cast<FieldDelegate *>(this);
    connect(
        editor, &QLineEdit::textChanged, self, [self, editor] { Q_EMIT self->commitData(editor); });
    return editor;
}

void FieldDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *line = qobject_cast<QLineEdit *>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (line && line->text() != text) {
        const QSignalBlocker blocker(line);
        line->setText(text);
    }
}

void FieldDelegate::setModelData(
    QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *line = qobject_cast<QLineEdit *>(editor))
        model->setData(index, line->text(), Qt::EditRole);
}

void FieldDelegate::updateEditorGeometry(
    QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(option.rect);
}

void FieldDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    // The check box in the middle of its narrow column is drawn here, the ground by the style.
    const bool hasCheck = cell.features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
    cell.features.setFlag(QStyleOptionViewItem::HasCheckIndicator, false);
    QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    if (hasCheck) {
        QStyleOptionViewItem box = cell;
        const QSize size(style->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, cell.widget),
            style->pixelMetric(QStyle::PM_IndicatorHeight, nullptr, cell.widget));
        box.rect = QStyle::alignedRect(option.direction, Qt::AlignCenter, size, option.rect);
        box.state.setFlag(QStyle::State_HasFocus, false);
        box.state |= index.data(FieldListModel::IsEnabledRole).toBool() ? QStyle::State_On
                                                                        : QStyle::State_Off;
        style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, cell.widget);
    } else if (isTextColumn(index)) {
        paintText(painter, option, index);
    } else if (index.column() == FieldListModel::RemoveColumn
        && index.data(FieldListModel::IsFieldRole).toBool()) {
        paintRemove(painter, option);
    }
}

void FieldDelegate::paintText(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QPalette &palette = option.palette;
    QRect area = option.rect.adjusted(Margin, 0, -Margin, 0);
    painter->save();
    painter->setFont(Theme::fixedFont());

    QString text = index.data(Qt::DisplayRole).toString();
    QColor color = palette.color(QPalette::Text);
    if (!index.data(FieldListModel::IsFieldRole).toBool()) {
        color = Theme::mutedColor(palette);
        if (index.column() == FieldListModel::NameColumn)
            text = tr("Add a field");
        painter->setFont(option.font);
    } else if (!index.data(FieldListModel::IsEnabledRole).toBool()) {
        color = Theme::mutedColor(palette);
    }

    // The reason stands at the end of the row, the mark in the cell that is wrong.
    const QString problem = index.data(FieldListModel::ProblemRole).toString();
    const QColor bad = Theme::toneColor(Theme::Tone::Failed, palette);
    if (index.data(FieldListModel::IsProblemCellRole).toBool()) {
        const QRect mark(area.left(), area.center().y() - IconSize / 2, IconSize, IconSize);
        icon(QStringLiteral("error"), bad).paint(painter, mark);
        area.setLeft(mark.right() + Margin);
        color = bad;
    }
    if (!problem.isEmpty() && index.column() == FieldListModel::ValueColumn) {
        painter->setFont(option.font);
        const QFontMetrics metrics(option.font);
        const int typed = QFontMetrics(Theme::fixedFont()).horizontalAdvance(text);
        const int room = std::max(area.width() - typed - 4 * Margin, area.width() / 2);
        const QString reason = metrics.elidedText(problem, Qt::ElideRight, room);
        painter->setPen(bad);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, reason);
        area.setRight(area.right() - metrics.horizontalAdvance(reason) - 2 * Margin);
        painter->setFont(Theme::fixedFont());
    }

    painter->setPen(color);
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideMiddle, area.width());
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    painter->restore();
}

void FieldDelegate::paintRemove(QPainter *painter, const QStyleOptionViewItem &option) const
{
    const QRect mark = QStyle::alignedRect(
        option.direction, Qt::AlignCenter, QSize(IconSize, IconSize), option.rect);
    const bool isUnderMouse = option.state.testFlag(QStyle::State_MouseOver);
    const QColor color
        = isUnderMouse ? option.palette.color(QPalette::Text) : Theme::mutedColor(option.palette);
    icon(QStringLiteral("cancel"), color).paint(painter, mark);
}

QSize FieldDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(22, option.fontMetrics.height() + 6));
    return size;
}

bool FieldDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *editor = qobject_cast<QLineEdit *>(watched);
    if (editor && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Paste) && pastes(editor))
            return true;
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // Enter goes on to the next cell, as Tab does.
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, EditNextItem);
            return true;
        case Qt::Key_Escape:
            editor->setText(editor->property(FirstText).toString());
            Q_EMIT closeEditor(editor, NoHint);
            return true;
        default:
            break;
        }
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

bool FieldDelegate::pastes(QLineEdit *editor)
{
    const QString text = QGuiApplication::clipboard()->text();
    const bool isWholeField = editor->text().isEmpty() || editor->hasSelectedText();
    const bool hasLines = text.trimmed().contains(QLatin1Char('\n'));
    if (!isFieldBlock(text) || !(hasLines || isWholeField))
        return false;
    Q_EMIT blockPasted(text);
    return true;
}

} // namespace headrace::ui
