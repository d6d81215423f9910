#include "text/largetext.h"

#include "text/findbar.h"
#include "text/largetextview.h"
#include "text/octetfind.h"

#include <QAction>
#include <QVBoxLayout>

namespace headrace::ui {

LargeText::LargeText(QWidget *parent)
    : QWidget(parent)
    , m_findAction(new QAction(tr("Find in text"), this))
    , m_wrap(new QAction(tr("Wrap long lines"), this))
    , m_view(new LargeTextView(this))
    , m_findBar(new FindBar(this))
    , m_find(new OctetFind(m_findBar, this))
{
    m_findAction->setShortcut(QKeySequence::Find);
    m_wrap->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Z));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(m_view->isWordWrap());
    for (QAction *action : { m_findAction, m_wrap }) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
        addAction(action);
        m_view->addAction(action);
    }
    connect(m_findAction, &QAction::triggered, m_find, &OctetFind::begin);
    connect(m_wrap, &QAction::toggled, m_view, &LargeTextView::setWordWrap);
    connect(m_find, &OctetFind::matchesChanged, m_view, &LargeTextView::setMarks);
    connect(m_find, &OctetFind::matchChosen, m_view, &LargeTextView::select);
    connect(m_find, &OctetFind::closed, m_view, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    m_find->setPlace([this] { return m_view->selection(); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_findBar);
    setFocusProxy(m_view);
}

void LargeText::setSource(
    const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding, bool isGrown)
{
    m_view->setSource(source, encoding, isGrown);
    m_find->setSource(source, encoding);
}

LargeTextView *LargeText::view() const { return m_view; }

FindBar *LargeText::findBar() const { return m_findBar; }

OctetFind *LargeText::find() const { return m_find; }

QList<QAction *> LargeText::viewActions() const { return { m_findAction, m_wrap }; }

} // namespace headrace::ui
