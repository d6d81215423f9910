#include "fields/keptfile.h"
#include "mock/definitionfile.h"
#include "mock/mockpanel.h"
#include "mock/routelistmodel.h"
#include "mock/routespage.h"
#include "mock/scripteditor.h"

#include <QFileDialog>
#include <QFileInfo>

// Mock files and scripts: opened and saved.

namespace headrace::ui {

bool MockPanel::openFile(const QString &path)
{
    if (isScriptFile(path)) {
        m_filePath.clear();
        replaceScript({ path, {} });
        return true;
    }
    const OpenedDefinition opened = openDefinition(path);
    if (!opened.definition) {
        notify(Theme::Tone::Failed, opened.problem);
        return false;
    }
    m_filePath = path;
    setDefinition(*opened.definition);
    notify(Theme::Tone::Informational, {});
    return true;
}

bool MockPanel::saveFile(const QString &path)
{
    for (int row = 0; row < m_routes->rowCount(); ++row) {
        const QList<mock::Problem> problems = m_routes->problems(row);
        if (problems.isEmpty())
            continue;
        m_page->select(row);
        notify(Theme::Tone::Failed,
            tr("Not saved: route %1 has a problem. %2").arg(row + 1).arg(problems.first().message));
        return false;
    }
    const QString problem = saveDefinition(path, definition());
    if (!problem.isEmpty()) {
        notify(Theme::Tone::Failed, problem);
        return false;
    }
    m_filePath = path;
    notify(Theme::Tone::Success, tr("Saved as %1").arg(QFileInfo(path).fileName()));
    return true;
}

void MockPanel::chooseFile()
{
    auto *dialog = new QFileDialog(window(), tr("Open a mock file or a script"), m_filePath,
        tr("Mock files and scripts (*.json *.js *.cjs);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MockPanel::openFile);
    dialog->open();
}

// A script that is the server may be all there is; a mock file that names it is written too.
void MockPanel::save()
{
    if (m_bar->isScripted() && !saveScript())
        return;
    if (!saveRouteScripts())
        return;
    if (!m_filePath.isEmpty())
        saveFile(m_filePath);
    else if (!m_bar->isScripted())
        saveAs();
}

bool MockPanel::saveScript()
{
    const mock::Script script = m_script->script();
    if (script.file.isEmpty()) {
        if (m_filePath.isEmpty())
            m_script->chooseFileToSave();
        return !m_filePath.isEmpty(); // else the mock file has it
    }
    if (!script.source)
        return true;
    if (!m_script->saveAs(script.file))
        return false;
    notify(Theme::Tone::Success, tr("Saved as %1").arg(QFileInfo(script.file).fileName()));
    // A program that was started from its file starts anew by itself.
    if (m_started.source)
        restart();
    return true;
}

bool MockPanel::saveRouteScripts()
{
    if (m_page->currentRow() >= 0 && m_page->scriptEditor()->isModified()
        && !m_page->scriptEditor()->saveAs(m_page->scriptEditor()->script().file))
        return false;
    for (int row = 0; row < m_routes->rowCount(); ++row) {
        mock::Route route = m_routes->route(row);
        if (!route.isScripted || route.script.file.isEmpty() || !route.script.source)
            continue;
        KeptFile file(route.script.file);
        if (!file.write(route.script.source->toUtf8())) {
            m_page->select(row);
            notify(Theme::Tone::Failed,
                tr("%1 cannot be written: %2").arg(route.script.file, file.problem()));
            return false;
        }
        route.script.source.reset();
        m_routes->setRoute(row, route);
    }
    return true;
}

void MockPanel::saveAs()
{
    auto *dialog = new QFileDialog(
        window(), tr("Save the mock file"), m_filePath, tr("Mock files (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &MockPanel::saveFile);
    dialog->open();
}

} // namespace headrace::ui
