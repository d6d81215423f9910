#include "shell/harmenu.h"

#include "shell/icons.h"
#include "traffic/trafficactions.h"
#include "traffic/trafficmodel.h"
#include "traffic/trafficpanel.h"
#include "traffic/trafficview.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>

namespace headrace::ui {

using exchange::ExchangeId;
using session::HarFiles;

namespace {

QString fileFilter() { return HarMenu::tr("HTTP archives (*.har);;All files (*)"); }

} // namespace

HarMenu::HarMenu(HarFiles *files, TrafficPanel *traffic, QWidget *window)
    : QObject(window)
    , m_files(files)
    , m_traffic(traffic)
    , m_window(window)
    , m_import(addAction(tr("Import HAR…"), QStringLiteral("open")))
    , m_export(new QMenu(tr("Export as HAR"), window))
    , m_all(addAction(tr("Export all exchanges as HAR…"), QStringLiteral("save")))
    , m_shown(addAction(tr("Export shown exchanges as HAR…"), {}))
{
    m_import->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+O")));
    m_import->setToolTip(tr("Read a HAR file of Headrace or of another program (%1)")
                             .arg(m_import->shortcut().toString(QKeySequence::NativeText)));
    m_export->setIcon(icon(QStringLiteral("save")));
    m_export->addActions(
        { traffic->actions()->action(TrafficActions::ExportAsHar), m_shown, m_all });
    connect(m_import, &QAction::triggered, this, &HarMenu::askAndImport);
    connect(m_all, &QAction::triggered, this,
        [this] { askAndExport(tr("Export all exchanges"), std::nullopt); });
    connect(m_shown, &QAction::triggered, this, [this] {
        const TrafficModel *model = m_traffic->view()->trafficModel();
        QList<ExchangeId> ids;
        ids.reserve(model->rowCount());
        for (int row = 0; row < model->rowCount(); ++row)
            ids.append(model->idAt(row));
        askAndExport(tr("Export the exchanges shown"), ids);
    });
    connect(traffic, &TrafficPanel::exportRequested, this, [this](const QList<ExchangeId> &ids) {
        askAndExport(tr("Export the selected exchanges"), ids);
    });
    connect(traffic, &TrafficPanel::countsChanged, this, &HarMenu::update);
    update();
}

QList<QAction *> HarMenu::actions() const { return { m_import, m_export->menuAction() }; }

bool HarMenu::isHar(const QString &path) { return path.endsWith(u".har", Qt::CaseInsensitive); }

QAction *HarMenu::addAction(const QString &text, const QString &iconName)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    m_window->addAction(action);
    return action;
}

void HarMenu::askAndImport()
{
    auto *dialog = new QFileDialog(m_window, tr("Import HAR"), QDir::homePath(), fileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            m_files->importFile(path);
    });
    dialog->open();
}

void HarMenu::askAndExport(const QString &title, const Ids &ids)
{
    auto *dialog = new QFileDialog(m_window, title, QDir::homePath(), fileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("har"));
    dialog->selectFile(tr("session.har"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, ids](const QString &path) { m_files->exportFile(path, ids); });
    dialog->open();
}

void HarMenu::update()
{
    m_all->setEnabled(m_traffic->totalCount() > 0);
    m_shown->setEnabled(m_traffic->shownCount() > 0);
}

} // namespace headrace::ui
