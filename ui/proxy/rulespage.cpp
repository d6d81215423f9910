#include "proxy/rulespage.h"

#include "mock/consolelog.h"
#include "mock/consolepanel.h"
#include "proxy/ruleeditor.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulestorage.h"
#include "proxy/ruletext.h"
#include "proxy/switchlist.h"
#include "shell/emptystate.h"
#include "shell/noticebar.h"
#include "widgets/listside.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

enum Page
{
    ListPage,
    EmptyPage
};

constexpr qsizetype MostFailures = 50; // each may be a mark

QString jsonFiles() { return RulesPage::tr("Rules (*.json);;All files (*)"); }

} // namespace

RulesPage::RulesPage(QWidget *parent)
    : QWidget(parent)
    , m_model(new RuleListModel(this))
    , m_list(new SwitchList(m_model, RuleListModel::NameColumn, this))
    , m_editor(new RuleEditor(this))
    , m_notice(new NoticeBar(this))
    , m_pages(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_rows(new QSplitter(Qt::Vertical, this))
    , m_console(new ConsolePanel(this))
{
    m_list->setAccessibleName(tr("Rules"));
    m_list->setColumnCharacters(RuleListModel::FilterColumn, 22);
    m_list->setColumnCharacters(RuleListModel::MatchesColumn, 8);
    makeActions();

    m_splitter->addWidget(makeSide());
    m_splitter->addWidget(m_editor);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({ 640, 560 });
    m_rows->addWidget(m_splitter);
    m_rows->addWidget(m_console);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 1);
    m_rows->setChildrenCollapsible(false);
    m_rows->setSizes({ 420, 180 });
    m_pages->addWidget(m_rows);
    m_pages->addWidget(makeEmpty());
    m_notice->setDismissible(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_list);

    connect(m_list, &SwitchList::currentRowChanged, this, &RulesPage::editCurrent);
    connect(m_list, &SwitchList::removeRequested, m_remove, &QAction::trigger);
    connect(m_list, &SwitchList::editRequested, m_editor, &RuleEditor::focusFilter);
    connect(m_model, &RuleListModel::changed, this, &RulesPage::onChanged);
    connect(m_model, &RuleListModel::movedByDrop, this, &RulesPage::select);
    connect(m_editor, &RuleEditor::changed, this, [this] {
        if (m_edited >= 0)
            m_model->setRule(m_edited, m_editor->rule());
    });
    connect(m_console, &ConsolePanel::placeActivated, this, &RulesPage::showPlace);
    connect(m_notice, &NoticeBar::buttonClicked, this, [this] {
        m_notice->setNotice(Theme::Tone::Informational, {});
        if (std::exchange(m_offersUndo, false))
            undo();
    });
    connect(m_notice, &NoticeBar::dismissed, this,
        [this] { m_notice->setNotice(Theme::Tone::Informational, {}); });
    onChanged();
}

void RulesPage::makeActions()
{
    using Keys = QKeySequence;
    m_add = addPanelAction(
        this, tr("Add a rule"), QStringLiteral("add"), Keys::New, &RulesPage::addFirst);
    m_duplicate = addPanelAction(this, tr("Duplicate rule"), QStringLiteral("duplicate"),
        Keys(Qt::CTRL | Qt::Key_D), &RulesPage::duplicateRule);
    m_remove = addPanelAction(this, tr("Remove rule"), QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), &RulesPage::removeRule);
    m_up = addPanelAction(this, tr("Move rule up"), QStringLiteral("arrow-up"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Up), &RulesPage::moveUp);
    m_down = addPanelAction(this, tr("Move rule down"), QStringLiteral("arrow-down"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Down), &RulesPage::moveDown);
    m_undo = addPanelAction(this, tr("Undo change of rules"), {}, Keys::Undo, &RulesPage::undo);
    m_redo = addPanelAction(this, tr("Redo change of rules"), {}, Keys::Redo, &RulesPage::redo);
    m_import = addPanelAction(
        this, tr("Import rules…"), QStringLiteral("open"), {}, &RulesPage::chooseImport);
    m_export = addPanelAction(
        this, tr("Export rules…"), QStringLiteral("save"), {}, &RulesPage::chooseExport);
    m_import->setIconText(tr("Import…"));
    m_export->setIconText(tr("Export…"));

    m_addMenu = new QMenu(tr("Add a rule"), this);
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

QWidget *RulesPage::makeSide()
{
    auto *side = new ListSide(m_list, { m_add, m_duplicate, m_remove, m_up, m_down }, this);
    side->button(0)->setMenu(m_addMenu);
    side->button(0)->setPopupMode(QToolButton::MenuButtonPopup);
    side->addAtEnd(m_import);
    side->addAtEnd(m_export);
    return side;
}

QWidget *RulesPage::makeEmpty()
{
    auto *empty = new EmptyState(this);
    empty->setIcon(QStringLiteral("proxy"));
    empty->setText(tr("Change what passes through the proxy"),
        tr("A rule says which exchanges it takes and what is done with them: answered from a file, "
           "sent elsewhere, changed, slowed down, broken."));
    empty->setButton(m_add->text(), m_add->shortcut().toString(QKeySequence::NativeText));
    connect(empty, &EmptyState::buttonClicked, this, &RulesPage::addFirst);
    return empty;
}

RuleListModel *RulesPage::model() const { return m_model; }

void RulesPage::selectFirst() { select(m_model->rowCount() > 0 ? 0 : -1); }

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

void RulesPage::addFirst() { addRule(int(ActionKind::ChangeField)); }

void RulesPage::insertRule(const proxy::Rule &rule)
{
    m_edited = -1;
    m_model->insertRules(0, { rule });
    select(0);
    m_editor->focusAction();
}

void RulesPage::addRule(int kind)
{
    const int row = m_list->currentRow() + 1;
    m_edited = -1;
    m_model->insertRules(row, { newRule(ActionKind(kind)) });
    select(row);
    m_editor->focusFilter();
}

void RulesPage::duplicateRule()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_edited = -1;
    m_model->insertRules(row + 1, { duplicateOf(m_model->rule(row)) });
    select(row + 1);
}

void RulesPage::removeRule()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    const QString title = titleOf(m_model->rule(row));
    m_edited = -1;
    m_model->removeRule(row);
    select(std::min(row, m_model->rowCount() - 1));
    m_offersUndo = true;
    m_notice->setNotice(Theme::Tone::Informational, tr("Removed “%1”").arg(title), tr("Undo"));
}

void RulesPage::moveUp()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->moveRule(row, row - 1);
    editCurrent(m_list->currentRow());
}

void RulesPage::moveDown()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->moveRule(row, row + 1);
    editCurrent(m_list->currentRow());
}

void RulesPage::undo()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->undo();
    select(std::clamp(row, m_model->rowCount() > 0 ? 0 : -1, m_model->rowCount() - 1));
}

void RulesPage::redo()
{
    const int row = m_list->currentRow();
    m_edited = -1;
    m_model->redo();
    select(std::clamp(row, m_model->rowCount() > 0 ? 0 : -1, m_model->rowCount() - 1));
}

void RulesPage::setBreakpointSource(std::function<QList<proxy::Breakpoint>()> source)
{
    m_breakpointSource = std::move(source);
}

bool RulesPage::importFile(const QString &path)
{
    const OpenedRules opened = openRules(path);
    if (!opened.file) {
        m_offersUndo = false;
        m_notice->setNotice(Theme::Tone::Failed, opened.problem);
        return false;
    }
    const int row = m_model->rowCount();
    QList<proxy::Rule> rules;
    for (const proxy::Rule &rule : opened.file->rules)
        rules += duplicateOf(rule);
    m_edited = -1;
    m_model->insertRules(row, rules);
    if (!rules.isEmpty())
        select(row);
    if (!opened.file->breakpoints.isEmpty())
        Q_EMIT breakpointsImported(opened.file->breakpoints);
    m_offersUndo = !rules.isEmpty();
    const QString name = QFileInfo(path).fileName();
    QString text = rules.size() == 1
        ? tr("1 rule was added from %1").arg(name)
        : tr("%1 rules were added from %2").arg(rules.size()).arg(name);
    if (!opened.remark.isEmpty())
        text += QStringLiteral(" · ") + opened.remark;
    m_notice->setNotice(opened.remark.isEmpty() ? Theme::Tone::Success : Theme::Tone::ClientError,
        text, m_offersUndo ? tr("Undo") : QString());
    return true;
}

bool RulesPage::exportFile(const QString &path)
{
    const QString problem = saveRules(path,
        { m_model->rules(),
            m_breakpointSource ? m_breakpointSource() : QList<proxy::Breakpoint>() });
    m_offersUndo = false;
    if (problem.isEmpty())
        m_notice->setNotice(
            Theme::Tone::Success, tr("Saved as %1").arg(QFileInfo(path).fileName()));
    else
        m_notice->setNotice(Theme::Tone::Failed, problem);
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

void RulesPage::select(int row)
{
    if (row >= 0)
        m_list->setCurrentRow(row);
    editCurrent(row);
}

void RulesPage::editCurrent(int row)
{
    m_edited = row < m_model->rowCount() ? row : -1;
    m_editor->setEnabled(m_edited >= 0);
    if (m_edited >= 0)
        m_editor->setRule(m_model->rule(m_edited));
    updateActions();
}

void RulesPage::onChanged()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : ListPage);
    const QList<proxy::Rule> &rules = m_model->rules();
    m_console->setVisible(std::any_of(rules.cbegin(), rules.cend(), [](const proxy::Rule &rule) {
        return std::holds_alternative<proxy::RunScript>(rule.action);
    }));
    // The list changes what the editor shows by its check box.
    if (m_edited >= 0 && m_edited < m_model->rowCount()
        && m_model->rule(m_edited) != m_editor->rule())
        m_editor->setRule(m_model->rule(m_edited));
    updateActions();
    Q_EMIT changed();
}

void RulesPage::updateActions()
{
    const int row = m_list->currentRow();
    const int count = m_model->rowCount();
    m_duplicate->setEnabled(row >= 0);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < count);
    m_undo->setEnabled(m_model->canUndo());
    m_redo->setEnabled(m_model->canRedo());
    m_export->setEnabled(count > 0);
}

} // namespace headrace::ui
