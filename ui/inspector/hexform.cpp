#include "inspector/hexform.h"

#include "inspector/hexview.h"
#include "text/findbar.h"
#include "text/octetfind.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace headrace::ui {

HexForm::HexForm(QWidget *parent)
    : BodyForm(parent)
    , m_widget(new QWidget(parent))
    , m_view(new HexView(m_widget))
    , m_findBar(new FindBar(m_widget))
    , m_find(new OctetFind(m_findBar, this))
{
    auto *find = new QAction(tr("Find in the octets"), m_widget);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_widget->addAction(find);
    connect(find, &QAction::triggered, m_find, &OctetFind::begin);
    connect(m_find, &OctetFind::matchesChanged, m_view, &HexView::setMarks);
    connect(m_find, &OctetFind::matchChosen, m_view, &HexView::select);
    connect(m_find, &OctetFind::closed, m_view, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    m_find->setPlace([this] {
        return exchange::OctetSpan { m_view->selectionBegin(), m_view->selectionEnd() };
    });
    auto *layout = new QVBoxLayout(m_widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_findBar);
    m_widget->setFocusProxy(m_view);
}

QString HexForm::title() const { return tr("Hex"); }

QWidget *HexForm::widget() const { return m_widget; }

bool HexForm::isOffered(const BodySource &, exchange::BodyKind) const { return true; }

void HexForm::show(const BodySource &source, bool isGrown)
{
    m_view->setSource(source.octets, isGrown);
    m_find->setSource(source.octets, exchange::TextEncoding::Utf8);
    Q_EMIT shown({});
}

void HexForm::cancel() { }

void HexForm::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromLatin1(m_view->octets().toHex(' ')));
}

HexView *HexForm::view() const { return m_view; }

} // namespace headrace::ui
