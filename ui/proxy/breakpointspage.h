#pragma once

#include "proxy/switchlistpage.h"

#include <exchange/filtercompletion.h>
#include <proxy/rule.h>

#include <functional>

class QCheckBox;

namespace headrace::ui {

class BreakpointListModel;
class FilterField;
class ProblemLabel;

/// Where exchanges are held, and the editor of the selected breakpoint.
class BreakpointsPage : public SwitchListPage
{
    Q_OBJECT

public:
    explicit BreakpointsPage(QWidget *parent = nullptr);

    BreakpointListModel *model() const;

    /// See FilterEdit::setValueSource().
    void setValueSource(std::function<exchange::FilterValues()> source);

    /// Before all others, selected to be edited.
    void insertBreakpoint(const proxy::Breakpoint &breakpoint);

private:
    BreakpointsPage(BreakpointListModel *model, QWidget *parent);
    void addOne() override;
    void insertCopy(int row) override;
    QString removeOne(int row) override;
    void edit(int row) override;
    void focusEditor() override;
    QWidget *makeEditor();
    proxy::Breakpoint inEditor() const;
    void take();
    void showBreakpoint(const proxy::Breakpoint &breakpoint);

    BreakpointListModel *m_model;
    QWidget *m_editor = nullptr;
    FilterField *m_filter = nullptr;
    QList<QCheckBox *> m_places; ///< In the order of proxy::HoldAt.
    QCheckBox *m_onlyNext = nullptr;
    ProblemLabel *m_problem = nullptr;
    bool m_isSetting = false;
};

} // namespace headrace::ui
