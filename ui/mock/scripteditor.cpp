#include "mock/scripteditor.h"

#include "fields/keptfile.h"
#include "fields/problemlabel.h"
#include "shell/elidedlabel.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "text/textview.h"
#include "widgets/toolbutton.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using session::ScriptMessage;

ScriptEditor::ScriptEditor(const QString &subject, const QString &home, QWidget *parent)
    : QWidget(parent)
    , m_files(this)
    , m_home(home)
    , m_title(new ElidedLabel(QString(), this))
    , m_bar(new QHBoxLayout)
    , m_notice(new NoticeBar(this))
    , m_problem(new ProblemLabel(this))
    , m_text(new TextView(this))
{
    m_text->setContent({}, Language::JavaScript);
    m_problem->setContentsMargins(8, 0, 8, 4);
    m_title->setMuted(true);
    m_bar->setContentsMargins(8, 2, 4, 2);
    m_bar->setSpacing(4);
    m_bar->addWidget(m_title, 1);
    m_text->setLabel(subject);
    QAction *open = makeAction(
        tr("Use a file as %1…").arg(subject), tr("Use a file…"), QStringLiteral("open"));
    QAction *save
        = makeAction(tr("Save %1 as…").arg(subject), tr("Save as…"), QStringLiteral("save"));
    connect(open, &QAction::triggered, this, &ScriptEditor::chooseFile);
    connect(save, &QAction::triggered, this, &ScriptEditor::chooseFileToSave);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_bar);
    layout->addWidget(m_notice);
    layout->addWidget(m_problem);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);

    connect(m_text, &TextView::textChanged, this, &ScriptEditor::onTextChanged);
    connect(&m_files, &session::FileWatch::changed, this, &ScriptEditor::onFileChanged);
    connect(m_notice, &NoticeBar::buttonClicked, this, &ScriptEditor::loadFromDisk);
    showState();
}

mock::Script ScriptEditor::script() const { return m_script; }

void ScriptEditor::setScript(const mock::Script &script)
{
    if (script == m_script && (script.file.isEmpty() || m_files.files().contains(script.file)))
        return;
    const QScopedValueRollback setting(m_isSetting, true);
    m_script = script;
    m_disk.clear();
    m_notice->setNotice(Theme::Tone::Informational, {});
    m_problem->setProblem({});
    m_files.setFiles(script.file.isEmpty() ? QStringList() : QStringList { script.file });
    if (!script.file.isEmpty())
        load();
    m_text->setContent(script.source.value_or(m_disk), Language::JavaScript);
    showState();
}

// The file's content. False: it cannot be read, which is told.
bool ScriptEditor::load()
{
    KeptFile file(m_script.file);
    QByteArray octets;
    const bool isRead = file.read(&octets);
    m_disk = QString::fromUtf8(octets);
    m_problem->setProblem(
        isRead ? QString() : tr("%1 cannot be read: %2").arg(m_script.file, file.problem()));
    return isRead;
}

QString ScriptEditor::text() const { return m_text->text(); }

bool ScriptEditor::isModified() const
{
    return !m_script.file.isEmpty() && m_script.source.has_value();
}

bool ScriptEditor::saveAs(const QString &path)
{
    KeptFile file(path);
    const QString text = this->text();
    if (!file.write(text.toUtf8())) {
        m_problem->setProblem(tr("%1 cannot be written: %2").arg(path, file.problem()));
        return false;
    }
    m_script = { path, {} };
    m_disk = text;
    m_files.setFiles({ path });
    m_files.acknowledge(path);
    m_notice->setNotice(Theme::Tone::Informational, {});
    m_problem->setProblem({});
    showState();
    Q_EMIT changed();
    return true;
}

void ScriptEditor::openFile(const QString &path)
{
    setScript({ path, {} });
    Q_EMIT changed();
}

void ScriptEditor::chooseFile()
{
    auto *dialog = new QFileDialog(
        window(), tr("Choose a script"), m_script.file, tr("Scripts (*.js *.cjs);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ScriptEditor::openFile);
    dialog->open();
}

void ScriptEditor::chooseFileToSave()
{
    auto *dialog = new QFileDialog(
        window(), tr("Save the script"), m_script.file, tr("Scripts (*.js *.cjs);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("js"));
    connect(dialog, &QFileDialog::fileSelected, this, &ScriptEditor::saveAs);
    dialog->open();
}

// The text that failed is the text that is shown; else the line is another's.
QList<ScriptMessage> ScriptEditor::ownFailures(const QList<ScriptMessage> &failures) const
{
    const QString path = m_script.file.isEmpty() ? session::untitledScriptPath() : m_script.file;
    QList<ScriptMessage> own;
    for (const ScriptMessage &failure : failures) {
        if (failure.script == m_script && failure.file == path && failure.line > 0)
            own.append(failure);
    }
    return own;
}

void ScriptEditor::setFailures(const QList<ScriptMessage> &failures)
{
    QList<TextMark> marks;
    for (const ScriptMessage &failure : ownFailures(failures)) {
        const TextMark mark { failure.line, failure.column, failure.text.section(u'\n', 0, 0) };
        if (!marks.contains(mark))
            marks.append(mark);
    }
    m_text->setMarks(marks);
}

void ScriptEditor::goTo(int line, int column)
{
    m_text->goTo(line, column > 0 ? column : 1);
    m_text->setFocus(Qt::OtherFocusReason);
}

QAction *ScriptEditor::makeAction(
    const QString &text, const QString &shortText, const QString &iconName)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setIconText(shortText);
    action->setToolTip(text);
    addAction(action);
    m_bar->addWidget(makeToolButton(action, Qt::ToolButtonTextBesideIcon, this));
    return action;
}

void ScriptEditor::onTextChanged()
{
    if (m_isSetting)
        return;
    const QString text = this->text();
    if (!m_script.file.isEmpty() && text == m_disk)
        m_script.source.reset();
    else
        m_script.source = text;
    showState();
    Q_EMIT textEdited();
    Q_EMIT changed();
}

void ScriptEditor::onFileChanged()
{
    if (!load())
        return;
    if (m_script.source && *m_script.source != m_disk)
        m_notice->setNotice(Theme::Tone::ClientError,
            tr("%1 has changed on disk. Your edits are kept; saving them replaces it.")
                .arg(QFileInfo(m_script.file).fileName()),
            tr("Load it instead"));
    else if (m_script.source || text() != m_disk)
        loadFromDisk();
}

void ScriptEditor::loadFromDisk()
{
    m_notice->setNotice(Theme::Tone::Informational, {});
    const bool wasModified = m_script.source.has_value();
    {
        const QScopedValueRollback setting(m_isSetting, true);
        if (text() != m_disk)
            m_text->replaceText(m_disk); // undo brings back what was here
        m_script.source.reset();
    }
    showState();
    Q_EMIT textEdited();
    if (wasModified)
        Q_EMIT changed();
}

void ScriptEditor::showState()
{
    if (m_script.file.isEmpty()) {
        m_title->setText(m_home);
        return;
    }
    const QString name = QFileInfo(m_script.file).fileName();
    m_title->setText(isModified() ? tr("● %1 · not saved").arg(m_script.file) : m_script.file);
    m_title->setAccessibleName(isModified() ? tr("%1, not saved").arg(name) : name);
}

} // namespace headrace::ui
