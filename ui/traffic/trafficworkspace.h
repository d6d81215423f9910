#pragma once

#include <exchange/store.h>

#include <QWidget>

class QAction;
class QSplitter;

namespace headrace::ui {

class TrafficPanel;

/// The list with an inspector under or beside it.
class TrafficWorkspace : public QWidget
{
    Q_OBJECT

public:
    /// \a panel and \a inspector: owned from here on.
    TrafficWorkspace(TrafficPanel *panel, QWidget *inspector, QWidget *parent = nullptr);

    TrafficPanel *panel() const;

    Qt::Orientation orientation() const; ///< Vertical: the inspector is under the list.
    void setOrientation(Qt::Orientation orientation);

    /// The inspector gives way while there is nothing to inspect.
    void setInspectorVisible(bool isVisible);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

private:
    void showOrientation();

    TrafficPanel *m_panel;
    QWidget *m_inspector;
    QSplitter *m_splitter;
    QAction *m_toggle;
};

} // namespace headrace::ui
