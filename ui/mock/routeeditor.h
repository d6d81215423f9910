#pragma once

#include <mock/route.h>

#include <QWidget>

class QStackedWidget;
class QTabWidget;

namespace headrace::ui {

class BodyField;
class FieldTable;
class InterimEditor;
class RouteHead;
class ScriptEditor;

/// Edits one route; what is wrong stands beside where it was typed.
class RouteEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RouteEditor(QWidget *parent = nullptr);

    mock::Route route() const;
    void setRoute(const mock::Route &route);
    void focusPath();

    ScriptEditor *scriptEditor() const; ///< Shown while a script answers.

Q_SIGNALS:
    void changed();

private:
    void onChanged();
    void showState(const mock::Route &route);

    RouteHead *m_head = nullptr;
    QStackedWidget *m_kinds = nullptr;
    QTabWidget *m_pages = nullptr;
    FieldTable *m_fields = nullptr;
    BodyField *m_body = nullptr;
    FieldTable *m_trailers = nullptr;
    InterimEditor *m_interim = nullptr;
    ScriptEditor *m_script = nullptr;
    bool m_isRouteEnabled = true;
    bool m_isSetting = false;
};

} // namespace headrace::ui
