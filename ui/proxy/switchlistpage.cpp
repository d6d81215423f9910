#include "proxy/switchlistpage.h"

#include "proxy/switchlistmodel.h"
#include "shell/emptystate.h"
#include "shell/noticebar.h"
#include "widgets/listside.h"
#include "widgets/panelaction.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headrace::ui {

namespace {

enum Page
{
    ListPage,
    EmptyPage
};

} // namespace

SwitchListPage::SwitchListPage(
    QAbstractItemModel *model, ListSteps *steps, int stretched, const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_steps(steps)
    , m_list(new SwitchList(model, stretched, this))
    , m_notice(new NoticeBar(this))
    , m_pages(new QStackedWidget(this))
{
    using Keys = QKeySequence;
    m_add = makePanelAction(this, words.add, QStringLiteral("add"), Keys::New);
    connect(m_add, &QAction::triggered, this, [this] { addOne(); });
    addAction(m_add);
    m_duplicate = addPanelAction(this, words.duplicate, QStringLiteral("duplicate"),
        Keys(Qt::CTRL | Qt::Key_D), &SwitchListPage::duplicate);
    m_remove = addPanelAction(this, words.remove, QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), &SwitchListPage::remove);
    m_undo = addPanelAction(this, words.undo, {}, Keys::Undo, &SwitchListPage::undo);
    m_redo = addPanelAction(this, words.redo, {}, Keys::Redo, &SwitchListPage::redo);
    m_list->setAccessibleName(words.list);
    m_notice->setDismissible(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_list);

    connect(m_list, &SwitchList::currentRowChanged, this, &SwitchListPage::editCurrent);
    connect(m_list, &SwitchList::removeRequested, m_remove, &QAction::trigger);
    connect(m_list, &SwitchList::editRequested, this, [this] { focusEditor(); });
    connect(m_notice, &NoticeBar::buttonClicked, this, [this] {
        const bool isUndo = m_offersUndo;
        tell(Theme::Tone::Informational, {});
        if (isUndo)
            undo();
    });
    connect(
        m_notice, &NoticeBar::dismissed, this, [this] { tell(Theme::Tone::Informational, {}); });
}

ListSide *SwitchListPage::makeSide(const QList<QAction *> &more)
{
    return new ListSide(m_list, QList<QAction *> { m_add, m_duplicate, m_remove } + more, this);
}

void SwitchListPage::setContent(
    QWidget *content, const QString &iconName, const QString &title, const QString &hint)
{
    auto *empty = new EmptyState(this);
    empty->setIcon(iconName);
    empty->setText(title, hint);
    empty->setButton(m_add->text(), m_add->shortcut().toString(QKeySequence::NativeText));
    connect(empty, &EmptyState::buttonClicked, m_add, &QAction::trigger);
    m_pages->addWidget(content);
    m_pages->addWidget(empty);
    editCurrent(-1);
    noteChanged();
}

SwitchList *SwitchListPage::list() const { return m_list; }

QAction *SwitchListPage::addingAction() const { return m_add; }

int SwitchListPage::edited() const { return m_edited; }

void SwitchListPage::selectFirst() { select(m_model->rowCount() > 0 ? 0 : -1); }

void SwitchListPage::leaveEditor() { m_edited = -1; }

void SwitchListPage::select(int row)
{
    if (row >= 0)
        m_list->setCurrentRow(row);
    editCurrent(row);
}

void SwitchListPage::editCurrent(int row)
{
    m_edited = row < m_model->rowCount() ? row : -1;
    edit(m_edited);
    updateActions();
}

void SwitchListPage::duplicate()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    leaveEditor();
    insertCopy(row);
    select(row + 1);
}

void SwitchListPage::remove()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    leaveEditor();
    const QString text = removeOne(row);
    select(std::min(row, m_model->rowCount() - 1));
    tell(Theme::Tone::Informational, text, true);
}

void SwitchListPage::undo() { step(true); }

void SwitchListPage::redo() { step(false); }

void SwitchListPage::step(bool isBack)
{
    const int row = m_list->currentRow();
    leaveEditor();
    if (isBack)
        m_steps->undo();
    else
        m_steps->redo();
    select(std::clamp(row, m_model->rowCount() > 0 ? 0 : -1, m_model->rowCount() - 1));
}

void SwitchListPage::tell(Theme::Tone tone, const QString &text, bool offersUndo)
{
    m_offersUndo = offersUndo;
    m_notice->setNotice(tone, text, offersUndo ? tr("Undo") : QString());
}

void SwitchListPage::noteChanged()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : ListPage);
    // The list changes what the editor shows by its check box.
    if (m_edited >= 0 && m_edited < m_model->rowCount())
        edit(m_edited);
    updateActions();
    Q_EMIT changed();
}

void SwitchListPage::updateActions()
{
    const bool hasCurrent = m_list->currentRow() >= 0;
    m_duplicate->setEnabled(hasCurrent);
    m_remove->setEnabled(hasCurrent);
    m_undo->setEnabled(m_steps->canUndo());
    m_redo->setEnabled(m_steps->canRedo());
}

} // namespace headrace::ui
