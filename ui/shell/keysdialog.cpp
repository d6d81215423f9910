#include "shell/keysdialog.h"

#include "shell/icons.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

enum Column
{
    Keys,
    What,
    Where
};

} // namespace

KeysDialog::KeysDialog(const QList<Command> &commands, QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setWindowTitle(tr("Keys"));
    resize(520, 520);
    m_filter->setPlaceholderText(tr("Filter keys"));
    m_filter->setAccessibleName(tr("Filter keys"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, &KeysDialog::filter);

    m_list->setAccessibleName(tr("Keys"));
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({ tr("Keys"), tr("What they do"), tr("Where") });
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Keys, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(What, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Where, QHeaderView::ResizeToContents);
    for (const Command &command : matching(commands, {})) {
        QStringList keys;
        const QList<QKeySequence> shortcuts = command.action->shortcuts();
        for (const QKeySequence &shortcut : shortcuts)
            keys += shortcut.toString(QKeySequence::NativeText);
        keys.removeAll(QString());
        if (!keys.isEmpty())
            new QTreeWidgetItem(
                m_list, { keys.join(QStringLiteral(", ")), command.text(), command.place });
    }
    new QTreeWidgetItem(m_list, { QStringLiteral("Esc"), tr("Back to the list"), tr("Traffic") });
    m_list->sortItems(Where, Qt::AscendingOrder);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
}

int KeysDialog::count() const
{
    int found = 0;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row)
        found += m_list->topLevelItem(row)->isHidden() ? 0 : 1;
    return found;
}

void KeysDialog::filter(const QString &text)
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const QString all = item->text(Keys) + u' ' + item->text(What) + u' ' + item->text(Where);
        item->setHidden(!all.contains(text, Qt::CaseInsensitive));
    }
}

} // namespace headrace::ui
