#include "inspector/eventpreview.h"

#include "inspector/eventtext.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace headrace::ui {

EventPreview::EventPreview(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_meaning(new QLabel(this))
    , m_place(new QLabel(this))
    , m_caption(new QLabel(this))
    , m_dump(new QPlainTextEdit(this))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    m_caption->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : { m_title, m_meaning, m_place, m_caption }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Maximum);
        policy.setHeightForWidth(true);
        label->setSizePolicy(policy);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_dump->setReadOnly(true);
    m_dump->setFrameShape(QFrame::NoFrame);
    m_dump->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_dump->setFont(Theme::fixedFont());
    m_dump->setTabChangesFocus(true);
    m_dump->setAccessibleName(tr("Octets of the event"));
    m_dump->document()->setDocumentMargin(0);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_meaning);
    layout->addWidget(m_place);
    layout->addSpacing(4);
    layout->addWidget(m_caption);
    layout->addWidget(m_dump, 100);
    layout->addStretch(1); // takes the room of a hidden dump
    clear();
}

void EventPreview::setRow(const EventRows &rows, qsizetype row, const exchange::Exchange &exchange)
{
    const QString object = rows.object(row);
    m_title->setText(
        object.isEmpty() ? rows.name(row) : object + QStringLiteral(" · ") + rows.name(row));
    m_meaning->setText(meaningText(rows, row));
    m_place->setText(placeText(rows, row));
    const auto span = rows.span(row);
    QString caption = span ? spanText(span) : tr("No octets caused it.");
    m_octets = span ? exchange::octetsOf(exchange, *span, MaxOctets) : QByteArray();
    m_offset = span ? span->begin : 0;
    if (span && span->end - span->begin > m_octets.size())
        caption += tr(", the first %1").arg(formatCount(m_octets.size()));
    m_caption->setText(caption);
    for (QLabel *label : { m_meaning, m_place })
        label->setVisible(!label->text().isEmpty());
    showDump();
}

void EventPreview::clear()
{
    m_title->clear();
    m_meaning->setText(tr("Choose a line to see what it means and which octets caused it."));
    m_meaning->show();
    m_place->clear();
    m_place->hide();
    m_caption->clear();
    m_octets.clear();
    showDump();
}

QString EventPreview::meaning() const { return m_meaning->text(); }

QString EventPreview::caption() const { return m_caption->text(); }

QString EventPreview::dump() const { return m_dump->toPlainText(); }

int EventPreview::octetsPerLine() const
{
    const QFontMetrics metrics(m_dump->font());
    const int sixteen = metrics.horizontalAdvance(QString(8 + 2 + 47 + 2 + 16, u'0'));
    return width() - 40 >= sixteen ? 16 : 8;
}

void EventPreview::showDump()
{
    const QString text = dumpText(m_octets, m_offset, octetsPerLine());
    if (text != m_dump->toPlainText())
        m_dump->setPlainText(text);
    m_dump->setVisible(!m_octets.isEmpty());
    m_title->setVisible(!m_title->text().isEmpty());
}

void EventPreview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showDump();
}

} // namespace headrace::ui
