#include "proxy/rulespage.h"

#include "mock/consolelog.h"
#include "mock/consolepanel.h"
#include "proxy/ruleeditor.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulestorage.h"
#include "proxy/ruletext.h"
#include "widgets/listside.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr qsizetype MostFailures = 50; // each may be a mark

QString jsonFiles() { return RulesPage::tr("Rules (*.json);;All files (*)"); }

} // namespace

RulesPage::RulesPage(QWidget *parent)
    : RulesPage(new RuleListModel, parent)
{
}

RulesPage::RulesPage(RuleListModel *model, QWidget *parent)
    : SwitchListPage(model, model, RuleListModel::NameColumn,
        { tr("Rules"), tr("Add a rule"), tr("Duplicate rule"), tr("Remove rule"),
            tr("Undo change of rules"), tr("Redo change of rules") },
        parent)
    , m_model(model)
    , m_editor(new RuleEditor(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_console(new ConsolePanel(this))
{
    model->setParent(this);
    list()->setColumnCharacters(RuleListModel::FilterColumn, 22);
    list()->setColumnCharacters(RuleListModel::MatchesColumn, 8);
    makeActions();

    ListSide *side = makeSide({ m_up, m_down });
    side->button(0)->setMenu(m_addMenu);
    side->button(0)->setPopupMode(QToolButton::MenuButtonPopup);
    side->addAtEnd(m_import);
    side->addAtEnd(m_export);
    m_splitter->addWidget(side);
    m_splitter->addWidget(m_editor);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 640, 560 });
    auto *rows = new QSplitter(Qt::Vertical, this);
    rows->addWidget(m_splitter);
    rows->addWidget(m_console);
    rows->setStretchFactor(0, 3);
    rows->setStretchFactor(1, 1);
    rows->setChildrenCollapsible(false);
    rows->setSizes({ 420, 180 });

    connect(m_model, &RuleListModel::changed, this, &RulesPage::noteChanged);
    connect(m_model, &RuleListModel::movedByDrop, this, &RulesPage::select);
    connect(m_editor, &RuleEditor::changed, this, [this] {
        if (edited() >= 0)
            m_model->setRule(edited(), m_editor->rule());
    });
    connect(m_console, &ConsolePanel::placeActivated, this, &RulesPage::showPlace);
    setContent(rows, QStringLiteral("proxy"), tr("Change what passes through the proxy"),
        tr("A rule says which exchanges it takes and what is done with them: answered from a file, "
           "sent elsewhere, changed, slowed down, broken."));
}

void RulesPage::makeActions()
{
    using Keys = QKeySequence;
    m_up = addPanelAction(this, tr("Move rule up"), QStringLiteral("arrow-up"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Up), &RulesPage::moveUp);
    m_down = addPanelAction(this, tr("Move rule down"), QStringLiteral("arrow-down"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Down), &RulesPage::moveDown);
    m_import = addPanelAction(
        this, tr("Import rules…"), QStringLiteral("open"), {}, &RulesPage::chooseImport);
    m_export = addPanelAction(
        this, tr("Export rules…"), QStringLiteral("save"), {}, &RulesPage::chooseExport);
    m_import->setIconText(tr("Import…"));
    m_export->setIconText(tr("Export…"));

    m_addMenu = new QMenu(addingAction()->text(), this);
    for (int kind = 0; kind < ActionKindCount; ++kind) {
        const QString name = displayName(ActionKind(kind));
        auto *action = new QAction(tr("Add rule: %1").arg(name), this);
        action->setToolTip(explanation(ActionKind(kind)));
        connect(action, &QAction::triggered, this, [this, kind] { addRule(kind); });
        addAction(action);
        QAction *shown = m_addMenu->addAction(name);
        connect(shown, &QAction::triggered, action, &QAction::trigger);
    }
}

RuleListModel *RulesPage::model() const { return m_model; }

void RulesPage::addMessages(const QList<session::ScriptMessage> &messages)
{
    QList<session::ScriptMessage> own;
    for (const session::ScriptMessage &message : messages) {
        if (!hasScript(message))
            continue;
        own.append(message);
        if (message.kind == session::ScriptMessage::Kind::Failure)
            m_failures.append(message);
    }
    if (own.isEmpty())
        return;
    m_console->add(own);
    if (m_failures.size() > MostFailures)
        m_failures.remove(0, m_failures.size() - MostFailures);
    m_editor->setFailures(m_failures);
}

ConsolePanel *RulesPage::console() const { return m_console; }

// They are known by the name of their rule, or of their file.
bool RulesPage::hasScript(const session::ScriptMessage &message) const
{
    for (const proxy::Rule &rule : m_model->rules()) {
        const auto *run = std::get_if<proxy::RunScript>(&rule.action);
        if (run
            && message.origin
                == (run->file.isEmpty() ? titleOf(rule) : QFileInfo(run->file).fileName()))
            return true;
    }
    return false;
}

void RulesPage::showPlace(const ConsoleLine &line)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto *run = std::get_if<proxy::RunScript>(&m_model->rule(row).action);
        if (!run)
            continue;
        const bool isMeant = run->file.isEmpty()
            ? line.script.file.isEmpty() && line.script.source == run->source
            : run->file == line.file;
        if (isMeant) {
            select(row);
            m_editor->goTo(line.line, line.column);
            return;
        }
    }
}

void RulesPage::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_editor->setValueSource(std::move(source));
}

QByteArray RulesPage::saveState() const { return m_splitter->saveState(); }

void RulesPage::restoreState(const QByteArray &state) { m_splitter->restoreState(state); }

void RulesPage::addOne() { addRule(int(ActionKind::ChangeField)); }

void RulesPage::insertRule(const proxy::Rule &rule)
{
    leaveEditor();
    m_model->insertRules(0, { rule });
    select(0);
    m_editor->focusAction();
}

void RulesPage::addRule(int kind)
{
    const int row = list()->currentRow() + 1;
    leaveEditor();
    m_model->insertRules(row, { newRule(ActionKind(kind)) });
    select(row);
    m_editor->focusFilter();
}

void RulesPage::moveUp()
{
    const int row = list()->currentRow();
    leaveEditor();
    m_model->moveRule(row, row - 1);
    editCurrent(list()->currentRow());
}

void RulesPage::moveDown()
{
    const int row = list()->currentRow();
    leaveEditor();
    m_model->moveRule(row, row + 1);
    editCurrent(list()->currentRow());
}

void RulesPage::setBreakpointSource(std::function<QList<proxy::Breakpoint>()> source)
{
    m_breakpointSource = std::move(source);
}

bool RulesPage::importFile(const QString &path)
{
    const OpenedRules opened = openRules(path);
    if (!opened.file) {
        tell(Theme::Tone::Failed, opened.problem);
        return false;
    }
    const int row = m_model->rowCount();
    QList<proxy::Rule> rules;
    for (const proxy::Rule &rule : opened.file->rules)
        rules += duplicateOf(rule);
    leaveEditor();
    m_model->insertRules(row, rules);
    if (!rules.isEmpty())
        select(row);
    if (!opened.file->breakpoints.isEmpty())
        Q_EMIT breakpointsImported(opened.file->breakpoints);
    const QString name = QFileInfo(path).fileName();
    QString text = rules.size() == 1
        ? tr("1 rule was added from %1").arg(name)
        : tr("%1 rules were added from %2").arg(rules.size()).arg(name);
    if (!opened.remark.isEmpty())
        text += QStringLiteral(" · ") + opened.remark;
    tell(opened.remark.isEmpty() ? Theme::Tone::Success : Theme::Tone::ClientError, text,
        !rules.isEmpty());
    return true;
}

bool RulesPage::exportFile(const QString &path)
{
    const QString problem = saveRules(path,
        { m_model->rules(),
            m_breakpointSource ? m_breakpointSource() : QList<proxy::Breakpoint>() });
    if (problem.isEmpty())
        tell(Theme::Tone::Success, tr("Saved as %1").arg(QFileInfo(path).fileName()));
    else
        tell(Theme::Tone::Failed, problem);
    return problem.isEmpty();
}

void RulesPage::chooseImport()
{
    auto *dialog = new QFileDialog(window(), tr("Import rules"), {}, jsonFiles());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RulesPage::importFile);
    dialog->open();
}

void RulesPage::chooseExport()
{
    auto *dialog = new QFileDialog(window(), tr("Export the rules"), {}, jsonFiles());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &RulesPage::exportFile);
    dialog->open();
}

void RulesPage::insertCopy(int row)
{
    m_model->insertRules(row + 1, { duplicateOf(m_model->rule(row)) });
}

QString RulesPage::removeOne(int row)
{
    const QString title = titleOf(m_model->rule(row));
    m_model->removeRule(row);
    return tr("Removed “%1”").arg(title);
}

void RulesPage::edit(int row)
{
    m_editor->setEnabled(row >= 0);
    if (row >= 0 && m_model->rule(row) != m_editor->rule())
        m_editor->setRule(m_model->rule(row));
}

void RulesPage::focusEditor() { m_editor->focusFilter(); }

void RulesPage::noteChanged()
{
    const QList<proxy::Rule> &rules = m_model->rules();
    m_console->setVisible(std::any_of(rules.cbegin(), rules.cend(), [](const proxy::Rule &rule) {
        return std::holds_alternative<proxy::RunScript>(rule.action);
    }));
    SwitchListPage::noteChanged();
}

void RulesPage::updateActions()
{
    SwitchListPage::updateActions();
    const int row = list()->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model->rowCount());
    m_export->setEnabled(m_model->rowCount() > 0);
}

} // namespace headrace::ui
