#include "proxy/breakpointspage.h"

#include "fields/problemlabel.h"
#include "proxy/actioneditor.h"
#include "proxy/breakpointlistmodel.h"
#include "proxy/filterfield.h"
#include "proxy/ruletext.h"
#include "proxy/switchlist.h"
#include "shell/emptystate.h"
#include "shell/noticebar.h"
#include "widgets/listside.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

enum Page
{
    ListPage,
    EmptyPage
};

constexpr proxy::HoldAt Places[] { proxy::HoldAt::RequestHead, proxy::HoldAt::RequestBody,
    proxy::HoldAt::ResponseHead, proxy::HoldAt::ResponseBody };

} // namespace

BreakpointsPage::BreakpointsPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new BreakpointListModel(this))
    , m_list(new SwitchList(m_model, BreakpointListModel::FilterColumn, this))
    , m_notice(new NoticeBar(this))
    , m_pages(new QStackedWidget(this))
{
    using Keys = QKeySequence;
    m_add = addPanelAction(this, tr("Add a breakpoint"), QStringLiteral("add"), Keys::New,
        &BreakpointsPage::addBreakpoint);
    m_duplicate = addPanelAction(this, tr("Duplicate breakpoint"), QStringLiteral("duplicate"),
        Keys(Qt::CTRL | Qt::Key_D), &BreakpointsPage::duplicateBreakpoint);
    m_remove = addPanelAction(this, tr("Remove breakpoint"), QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), &BreakpointsPage::removeBreakpoint);
    m_undo = addPanelAction(
        this, tr("Undo change of breakpoints"), {}, Keys::Undo, &BreakpointsPage::undo);
    m_redo = addPanelAction(
        this, tr("Redo change of breakpoints"), {}, Keys::Redo, &BreakpointsPage::redo);

    m_list->setAccessibleName(tr("Breakpoints"));
    m_list->setColumnCharacters(BreakpointListModel::WhereColumn, 34);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(new ListSide(m_list, { m_add, m_duplicate, m_remove }, this));
    splitter->addWidget(makeEditor());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({ 640, 560 });
    m_pages->addWidget(splitter);
    m_pages->addWidget(makeEmpty());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_list);

    connect(m_list, &SwitchList::currentRowChanged, this, &BreakpointsPage::editCurrent);
    connect(m_list, &SwitchList::removeRequested, m_remove, &QAction::trigger);
    connect(m_list, &SwitchList::editRequested, this,
        [this] { m_filter->setFocus(Qt::OtherFocusReason); });
    connect(m_model, &BreakpointListModel::changed, this, &BreakpointsPage::onChanged);
    connect(m_notice, &NoticeBar::buttonClicked, this, [this] {
        m_notice->setNotice(Theme::Tone::Informational, {});
        undo();
    });
    m_notice->setDismissible(true);
    connect(m_notice, &NoticeBar::dismissed, this,
        [this] { m_notice->setNotice(Theme::Tone::Informational, {}); });
    editCurrent(-1);
    onChanged();
}

QWidget *BreakpointsPage::makeEditor()
{
    m_editor = new QWidget(this);
    m_filter = new FilterField(m_editor);
    const std::pair<QString, QString> places[] {
        { tr("Request head"), tr("Before the request goes to the server") },
        { tr("Request body"), tr("When the whole body of the request has come") },
        { tr("Response head"), tr("When the head of the final answer has come") },
        { tr("Response body"), tr("When the whole body of the answer has come") },
    };
    auto *column = new QVBoxLayout;
    column->setSpacing(4);
    for (const auto &[text, toolTip] : places) {
        auto *box = new QCheckBox(text, m_editor);
        box->setToolTip(toolTip);
        m_places.append(box);
        column->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &BreakpointsPage::take);
    }
    m_problem = new ProblemLabel(m_editor);
    column->addWidget(m_problem);
    m_onlyNext = new QCheckBox(tr("Only the next match"), m_editor);
    m_onlyNext->setToolTip(tr("The breakpoint turns itself off when it has held one exchange"));
    auto *note = new QLabel(
        tr("The time an exchange is held is not counted as the server's. A body is gathered whole "
           "before it is held."),
        m_editor);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    note->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    QFormLayout *form = makeForm(m_editor);
    form->setContentsMargins(8, 8, 8, 8);
    form->addRow(tr("Exchanges"), m_filter);
    form->addRow(tr("Hold at"), column);
    form->addRow(QString(), m_onlyNext);
    form->addRow(QString(), note);
    connect(m_filter, &FilterField::changed, this, &BreakpointsPage::take);
    connect(m_onlyNext, &QCheckBox::toggled, this, &BreakpointsPage::take);
    return m_editor;
}

QWidget *BreakpointsPage::makeEmpty()
{
    auto *empty = new EmptyState(this);
    empty->setIcon(QStringLiteral("pause"));
    empty->setText(tr("Hold exchanges on their way, and edit them"),
        tr("What a breakpoint takes waits in a list at the bottom until you let it go on, change "
           "it, answer it yourself or drop it."));
    empty->setButton(m_add->text(), m_add->shortcut().toString(QKeySequence::NativeText));
    connect(empty, &EmptyState::buttonClicked, this, &BreakpointsPage::addBreakpoint);
    return empty;
}

BreakpointListModel *BreakpointsPage::model() const { return m_model; }

void BreakpointsPage::selectFirst() { select(m_model->rowCount() > 0 ? 0 : -1); }

void BreakpointsPage::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_filter->setValueSource(std::move(source));
}

void BreakpointsPage::insertBreakpoint(const proxy::Breakpoint &breakpoint)
{
    m_edited = -1;
    m_model->insertBreakpoint(0, breakpoint);
    select(0);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void BreakpointsPage::addBreakpoint()
{
    const int row = m_list->currentRow() + 1;
    m_edited = -1;
    m_model->insertBreakpoint(row, newBreakpoint());
    select(row);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void BreakpointsPage::duplicateBreakpoint()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    proxy::Breakpoint copy = m_model->breakpoint(row);
    copy.id = newBreakpoint().id;
    m_edited = -1;
    m_model->insertBreakpoint(row + 1, copy);
    select(row + 1);
}

void BreakpointsPage::removeBreakpoint()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_edited = -1;
    m_model->removeBreakpoint(row);
    select(std::min(row, m_model->rowCount() - 1));
    m_notice->setNotice(Theme::Tone::Informational, tr("Removed a breakpoint"), tr("Undo"));
}

void BreakpointsPage::undo()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->undo();
    select(std::clamp(row, m_model->rowCount() > 0 ? 0 : -1, m_model->rowCount() - 1));
}

void BreakpointsPage::redo()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->redo();
    select(std::clamp(row, m_model->rowCount() > 0 ? 0 : -1, m_model->rowCount() - 1));
}

proxy::Breakpoint BreakpointsPage::edited() const
{
    proxy::Breakpoint breakpoint = m_model->breakpoint(m_edited);
    breakpoint.filter = m_filter->text();
    breakpoint.at = {};
    for (qsizetype i = 0; i < m_places.size(); ++i)
        breakpoint.at.setFlag(Places[i], m_places.at(i)->isChecked());
    breakpoint.onlyNext = m_onlyNext->isChecked();
    return breakpoint;
}

void BreakpointsPage::take()
{
    if (!m_isSetting && m_edited >= 0)
        m_model->setBreakpoint(m_edited, edited());
}

void BreakpointsPage::select(int row)
{
    if (row >= 0)
        m_list->setCurrentRow(row);
    editCurrent(row);
}

void BreakpointsPage::editCurrent(int row)
{
    m_edited = row < m_model->rowCount() ? row : -1;
    m_editor->setEnabled(m_edited >= 0);
    if (m_edited >= 0)
        showBreakpoint(m_model->breakpoint(m_edited));
    updateActions();
}

void BreakpointsPage::showBreakpoint(const proxy::Breakpoint &breakpoint)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_filter->setText(breakpoint.filter);
    for (qsizetype i = 0; i < m_places.size(); ++i)
        m_places.at(i)->setChecked(breakpoint.at.testFlag(Places[i]));
    m_onlyNext->setChecked(breakpoint.onlyNext);
    m_problem->setProblem(
        filterProblem(breakpoint.filter).isEmpty() ? problemOf(breakpoint) : QString());
}

void BreakpointsPage::onChanged()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : ListPage);
    if (m_edited >= 0 && m_edited < m_model->rowCount())
        showBreakpoint(m_model->breakpoint(m_edited));
    updateActions();
    Q_EMIT changed();
}

void BreakpointsPage::updateActions()
{
    const bool hasCurrent = m_list->currentRow() >= 0;
    m_duplicate->setEnabled(hasCurrent);
    m_remove->setEnabled(hasCurrent);
    m_undo->setEnabled(m_model->canUndo());
    m_redo->setEnabled(m_model->canRedo());
}

} // namespace headrace::ui
