#include "proxy/ruleeditor.h"

#include "fields/problemlabel.h"
#include "proxy/actioneditor.h"
#include "proxy/filterfield.h"
#include "proxy/ruletext.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headrace::ui {

namespace {

/// The forms of \a owner lie below each other, and look as one.
void alignLabels(const QWidget *owner)
{
    QWidgetList labels;
    int widest = 0;
    for (const QFormLayout *form : owner->findChildren<QFormLayout *>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole);
            if (!item || !item->widget())
                continue;
            labels.append(item->widget());
            widest = std::max(widest, item->widget()->sizeHint().width());
        }
    }
    for (QWidget *label : std::as_const(labels))
        label->setMinimumWidth(widest);
}

} // namespace

RuleEditor::RuleEditor(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_filter(new FilterField(this))
    , m_kind(new QComboBox(this))
    , m_explanation(new QLabel(this))
    , m_problem(new ProblemLabel(this))
    , m_editors(new QStackedWidget(this))
{
    m_name->setMinimumHeight(28);
    m_name->setTextMargins(4, 0, 4, 0);
    m_name->setToolTip(tr("Shown in the exchanges that the rule touched"));
    m_name->setAccessibleName(tr("Name of the rule"));
    m_kind->setMinimumHeight(28);
    m_kind->setAccessibleName(tr("What the rule does"));
    m_kind->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (int kind = 0; kind < ActionKindCount; ++kind)
        m_kind->addItem(displayName(ActionKind(kind)));
    m_kind->setMaxVisibleItems(ActionKindCount);
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_explanation->setWordWrap(true);
    m_explanation->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_problem->setContentsMargins(8, 0, 8, 0);

    auto *form = new QWidget(this);
    QFormLayout *rows = makeForm(form);
    rows->setContentsMargins(8, 8, 8, 4);
    rows->addRow(tr("Name"), m_name);
    rows->addRow(tr("Exchanges"), m_filter);
    rows->addRow(tr("Action"), m_kind);
    rows->addRow(QString(), m_explanation);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(form);
    layout->addWidget(m_problem);
    layout->addWidget(m_editors, 1);
    setFocusProxy(m_filter);

    connect(m_name, &QLineEdit::textChanged, this, &RuleEditor::onChanged);
    connect(m_filter, &FilterField::changed, this, &RuleEditor::onChanged);
    connect(m_kind, &QComboBox::activated, this, &RuleEditor::chooseKind);
    setRule(newRule(ActionKind::MapLocal));
}

proxy::Rule RuleEditor::rule() const
{
    proxy::Rule rule = m_rule;
    rule.name = m_name->text();
    rule.filter = m_filter->text();
    if (const auto made = m_made.find(m_kind->currentIndex()); made != m_made.cend())
        rule.action = made->second->action();
    return rule;
}

void RuleEditor::setRule(const proxy::Rule &rule)
{
    const QScopedValueRollback setting(m_isSetting, true);
    // What was given for other kinds was given for another rule.
    if (rule.id != m_rule.id) {
        for (const auto &[kind, editor] : m_made)
            editor->setAction(exampleAction(ActionKind(kind)));
    }
    m_rule = rule;
    if (m_name->text() != rule.name)
        m_name->setText(rule.name);
    m_name->setPlaceholderText(shortDescription(rule.action));
    m_filter->setText(rule.filter);
    const int kind = int(kindOf(rule.action));
    m_kind->setCurrentIndex(kind);
    editorOf(kind)->setAction(rule.action);
    editorOf(kind)->setFailures(m_failures);
    showState();
}

void RuleEditor::focusFilter() { m_filter->setFocus(Qt::OtherFocusReason); }

void RuleEditor::focusAction()
{
    QWidget *editor = m_editors->currentWidget();
    if (!editor->focusProxy())
        editor = m_kind;
    editor->setFocus(Qt::OtherFocusReason);
}

void RuleEditor::setFailures(const QList<session::ScriptMessage> &failures)
{
    m_failures = failures;
    editorOf(m_kind->currentIndex())->setFailures(failures);
}

void RuleEditor::goTo(int line, int column)
{
    editorOf(m_kind->currentIndex())->goTo(line, column);
}

void RuleEditor::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_filter->setValueSource(std::move(source));
}

ActionEditor *RuleEditor::editorOf(int kind)
{
    ActionEditor *&editor = m_made[kind];
    if (!editor) {
        editor = makeActionEditor(ActionKind(kind), this);
        editor->setAction(exampleAction(ActionKind(kind)));
        m_editors->addWidget(editor);
        alignLabels(this);
        connect(editor, &ActionEditor::changed, this, &RuleEditor::onChanged);
    }
    return editor;
}

void RuleEditor::chooseKind(int kind)
{
    editorOf(kind);
    onChanged();
}

void RuleEditor::onChanged()
{
    if (m_isSetting)
        return;
    m_rule = rule();
    showState();
    Q_EMIT changed();
}

void RuleEditor::showState()
{
    const int kind = m_kind->currentIndex();
    m_editors->setCurrentWidget(editorOf(kind));
    m_explanation->setText(explanation(ActionKind(kind)));
    const proxy::Action action = editorOf(kind)->action();
    m_name->setPlaceholderText(shortDescription(action));
    m_problem->setProblem(actionProblem(action));
}

} // namespace headrace::ui
