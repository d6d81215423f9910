#include "proxy/breakpointspage.h"

#include "fields/problemlabel.h"
#include "proxy/actioneditor.h"
#include "proxy/breakpointlistmodel.h"
#include "proxy/filterfield.h"
#include "proxy/ruletext.h"
#include "widgets/listside.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr proxy::HoldAt Places[] { proxy::HoldAt::RequestHead, proxy::HoldAt::RequestBody,
    proxy::HoldAt::ResponseHead, proxy::HoldAt::ResponseBody };

} // namespace

BreakpointsPage::BreakpointsPage(QWidget *parent)
    : BreakpointsPage(new BreakpointListModel, parent)
{
}

BreakpointsPage::BreakpointsPage(BreakpointListModel *model, QWidget *parent)
    : SwitchListPage(model, model, BreakpointListModel::FilterColumn,
        { tr("Breakpoints"), tr("Add a breakpoint"), tr("Duplicate breakpoint"),
            tr("Remove breakpoint"), tr("Undo change of breakpoints"),
            tr("Redo change of breakpoints") },
        parent)
    , m_model(model)
{
    model->setParent(this);
    list()->setColumnCharacters(BreakpointListModel::WhereColumn, 34);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeSide());
    splitter->addWidget(makeEditor());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({ 640, 560 });
    connect(m_model, &BreakpointListModel::changed, this, &BreakpointsPage::noteChanged);
    setContent(splitter, QStringLiteral("pause"), tr("Hold exchanges on their way, and edit them"),
        tr("What a breakpoint takes waits in a list at the bottom until you let it go on, change "
           "it, answer it yourself or drop it."));
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

BreakpointListModel *BreakpointsPage::model() const { return m_model; }

void BreakpointsPage::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_filter->setValueSource(std::move(source));
}

void BreakpointsPage::insertBreakpoint(const proxy::Breakpoint &breakpoint)
{
    leaveEditor();
    m_model->insertBreakpoint(0, breakpoint);
    select(0);
    m_filter->setFocus(Qt::OtherFocusReason);
}

void BreakpointsPage::addOne()
{
    const int row = list()->currentRow() + 1;
    leaveEditor();
    m_model->insertBreakpoint(row, newBreakpoint());
    select(row);
    m_filter->setFocus(Qt::OtherFocusReason);
}

proxy::Breakpoint BreakpointsPage::inEditor() const
{
    proxy::Breakpoint breakpoint = m_model->breakpoint(edited());
    breakpoint.filter = m_filter->text();
    breakpoint.at = {};
    for (qsizetype i = 0; i < m_places.size(); ++i)
        breakpoint.at.setFlag(Places[i], m_places.at(i)->isChecked());
    breakpoint.onlyNext = m_onlyNext->isChecked();
    return breakpoint;
}

void BreakpointsPage::take()
{
    if (!m_isSetting && edited() >= 0)
        m_model->setBreakpoint(edited(), inEditor());
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

void BreakpointsPage::insertCopy(int row)
{
    proxy::Breakpoint copy = m_model->breakpoint(row);
    copy.id = newBreakpoint().id;
    m_model->insertBreakpoint(row + 1, copy);
}

QString BreakpointsPage::removeOne(int row)
{
    m_model->removeBreakpoint(row);
    return tr("Removed a breakpoint");
}

void BreakpointsPage::edit(int row)
{
    m_editor->setEnabled(row >= 0);
    if (row >= 0)
        showBreakpoint(m_model->breakpoint(row));
}

void BreakpointsPage::focusEditor() { m_filter->setFocus(Qt::OtherFocusReason); }

} // namespace headrace::ui
