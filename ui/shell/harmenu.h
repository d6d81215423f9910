#pragma once

#include <exchange/exchange.h>
#include <session/harfiles.h>

#include <QObject>

class QAction;
class QMenu;

namespace headrace::ui {

class TrafficPanel;

/// What can be done with HAR files: read one into the session, write what the list selects, shows, or all there is.
class HarMenu : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed. \a window has the actions and their keys.
    HarMenu(session::HarFiles *files, TrafficPanel *traffic, QWidget *window);

    QList<QAction *> actions() const; ///< Import, and a menu of what can be exported.

    static bool isHar(const QString &path); ///< By its name.

private:
    using Ids = std::optional<QList<exchange::ExchangeId>>;

    QAction *addAction(const QString &text, const QString &iconName);
    void askAndImport();
    void askAndExport(const QString &title, const Ids &ids);
    void update();

    session::HarFiles *m_files;
    TrafficPanel *m_traffic;
    QWidget *m_window;
    QAction *m_import;
    QMenu *m_export;
    QAction *m_all;
    QAction *m_shown;
};

} // namespace headrace::ui
