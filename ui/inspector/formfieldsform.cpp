#include "inspector/formfieldsform.h"

#include "inspector/formfieldmodel.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace headrace::ui {

FormFieldsForm::FormFieldsForm(QWidget *parent)
    : BodyForm(parent)
    , m_table(new RowTable(parent))
    , m_model(new FormFieldModel(this))
{
    m_table->setModel(m_model);
    m_table->setFont(Theme::fixedFont());
    m_table->setAccessibleName(tr("Form fields"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *copyAction = new QAction(icon(QStringLiteral("copy")), tr("Copy"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &FormFieldsForm::copySelected);
    m_table->addAction(copyAction);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    const int unit = m_table->fontMetrics().horizontalAdvance(u'0');
    m_table->setColumnWidth(FormFieldModel::NameColumn, 30 * unit);
    m_table->setColumnWidth(FormFieldModel::ValueColumn, 60 * unit);
}

QString FormFieldsForm::title() const { return tr("Form"); }

QWidget *FormFieldsForm::widget() const { return m_table; }

bool FormFieldsForm::isOffered(const BodySource &source, exchange::BodyKind) const
{
    return !source.isPacked() && source.size() <= MostLaidOut
        && mediaTypeOf(source) == "application/x-www-form-urlencoded";
}

void FormFieldsForm::show(const BodySource &source, bool)
{
    ++m_generation;
    m_background.run([source] { return exchange::formFieldsOf(source.whole()); },
        [this, generation = m_generation](const QList<exchange::FormField> &fields) {
            if (generation != m_generation)
                return;
            if (fields != m_model->fields())
                m_model->setFields(fields);
            const bool isBroken = std::any_of(fields.begin(), fields.end(),
                [](const exchange::FormField &field) { return field.isBroken; });
            Q_EMIT shown({ tr("%1 fields").arg(formatCount(fields.size())),
                isBroken ? tr("Some escapes are broken; they are shown as they were sent.")
                         : QString(),
                false });
        });
}

void FormFieldsForm::cancel() { ++m_generation; }

void FormFieldsForm::copy()
{
    QStringList lines;
    for (const exchange::FormField &field : m_model->fields())
        lines += displayText(field.name) + u'\t' + displayText(field.value);
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void FormFieldsForm::copySelected()
{
    QModelIndexList selected = m_table->selectionModel()->selectedIndexes();
    std::sort(selected.begin(), selected.end());
    QStringList texts;
    for (const QModelIndex &index : std::as_const(selected))
        texts += index.data().toString();
    if (!texts.isEmpty())
        QGuiApplication::clipboard()->setText(texts.join(u'\n'));
}

FormFieldModel *FormFieldsForm::model() const { return m_model; }

} // namespace headrace::ui
