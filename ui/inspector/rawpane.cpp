#include "inspector/rawpane.h"

#include "inspector/hexview.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "text/textview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

RawPane::RawPane(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_info(new QLabel(this))
    , m_copy(new QToolButton(this))
    , m_notice(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_text(new TextView(this))
    , m_hex(new HexView(this))
    , m_empty(new EmptyState(this))
{
    auto *heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    m_info->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy all octets as they are shown"));
    m_copy->setAccessibleName(m_copy->toolTip());
    connect(m_copy, &QToolButton::clicked, this, &RawPane::copyAll);
    m_text->setReadOnly(true);
    m_text->setLabel(tr("%1, raw octets").arg(title));
    m_hex->setAccessibleName(tr("%1, hexadecimal").arg(title));
    for (QWidget *page : std::initializer_list<QWidget *> { m_text, m_hex, m_empty })
        m_stack->addWidget(page);
    m_stack->setCurrentWidget(m_empty);

    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(8, 4, 4, 4);
    caption->setSpacing(8);
    caption->addWidget(heading);
    caption->addWidget(m_info, 1);
    caption->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(caption);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
}

void RawPane::setOctets(const QByteArray &octets, qint64 total)
{
    if (m_octets == octets && m_total == total)
        return;
    m_octets = octets;
    m_total = total;
    refresh();
}

void RawPane::setHex(bool isHex)
{
    m_isHex = isHex;
    refresh();
}

void RawPane::setEmptyText(const QString &text) { m_empty->setText(text); }

TextView *RawPane::textView() const { return m_text; }

HexView *RawPane::hexView() const { return m_hex; }

QString RawPane::notice() const { return m_notice->text(); }

void RawPane::refresh()
{
    m_info->setText(m_octets.isEmpty() ? QString() : tr("%1 B").arg(formatCount(m_total)));
    m_copy->setEnabled(!m_octets.isEmpty());
    QStringList notes;
    if (m_total > m_octets.size() && !m_octets.isEmpty())
        notes += tr("Cut: only the first %1 of %2 octets were kept.")
                     .arg(formatCount(m_octets.size()), formatCount(m_total));
    if (m_octets.isEmpty()) {
        m_stack->setCurrentWidget(m_empty);
    } else if (m_isHex) {
        m_hex->setOctets(m_octets);
        m_stack->setCurrentWidget(m_hex);
    } else {
        if (m_octets.size() > TextLimit)
            notes += tr("The text shows the first %1; Hex shows all.").arg(formatOctets(TextLimit));
        const QString text = displayText(m_octets.left(TextLimit));
        if (m_text->text() != text) {
            auto *area = m_text->findChild<QAbstractScrollArea *>();
            const bool continues = !m_text->isEmpty() && text.startsWith(m_text->text());
            const int position = area ? area->verticalScrollBar()->value() : 0;
            m_text->setContent(text);
            if (continues && area)
                area->verticalScrollBar()->setValue(position);
        }
        m_stack->setCurrentWidget(m_text);
    }
    m_notice->setNotice(Theme::Tone::ClientError, notes.join(u' '));
}

void RawPane::copyAll()
{
    QGuiApplication::clipboard()->setText(
        m_isHex ? QString::fromLatin1(m_octets.toHex(' ')) : displayText(m_octets));
}

} // namespace headrace::ui
