#include "proxy/actioneditor.h"

#include "shell/segments.h"

#include <QFormLayout>

namespace headrace::ui {

ActionEditor *makeActionEditor(ActionKind kind, QWidget *parent)
{
    switch (kind) {
    case ActionKind::MapLocal:
        return makeMapLocalEditor(parent);
    case ActionKind::MapRemote:
        return makeMapRemoteEditor(parent);
    case ActionKind::Answer:
        return makeAnswerEditor(parent);
    case ActionKind::ChangeField:
        return makeChangeFieldEditor(parent);
    case ActionKind::ReplaceInBody:
        return makeReplaceEditor(parent);
    case ActionKind::Block:
        return makeBlockEditor(parent);
    case ActionKind::Delay:
        return makeDelayEditor(parent);
    case ActionKind::Throttle:
        return makeThrottleEditor(parent);
    case ActionKind::Fault:
        return makeFaultEditor(parent);
    case ActionKind::RunScript:
        return makeScriptActionEditor(parent);
    }
    return nullptr;
}

QFormLayout *makeForm(QWidget *owner)
{
    auto *form = new QFormLayout(owner);
    form->setContentsMargins(8, 4, 8, 8);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return form;
}

Segments *makeTargetChoice(QWidget *parent)
{
    auto *choice
        = new Segments({ ActionEditor::tr("Request"), ActionEditor::tr("Response") }, parent);
    choice->setAccessibleName(ActionEditor::tr("Which message"));
    return choice;
}

proxy::Target targetOf(const Segments &choice)
{
    return choice.current() == 0 ? proxy::Target::Request : proxy::Target::Response;
}

void setTarget(Segments &choice, proxy::Target target)
{
    choice.setCurrent(target == proxy::Target::Request ? 0 : 1);
}

} // namespace headrace::ui
