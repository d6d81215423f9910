#include "inspector/messagehead.h"

#include "inspector/fieldmodel.h"
#include "inspector/fieldtableview.h"
#include "inspector/rawlines.h"
#include "shell/adaptivesplitter.h"
#include "shell/elidedlabel.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int BesideFrom = 520; ///< Below this width the raw octets go under the fields.

/// The line of the raw block a field begins on; folded lines (RFC 9112 section 5.2) are skipped.
int rawLineOf(const QByteArray &raw, int field, int linesBefore)
{
    int line = -1;
    int seen = -1 - linesBefore;
    for (qsizetype begin = 0; begin < raw.size();) {
        ++line;
        const char first = raw.at(begin);
        const bool isFolded = line > 0 && (first == ' ' || first == '\t');
        if (!isFolded && ++seen == field)
            return line;
        const qsizetype end = raw.indexOf('\n', begin);
        if (end < 0)
            break;
        begin = end + 1;
    }
    return -1;
}

} // namespace

MessageHead::MessageHead(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_startLine(new ElidedLabel({}, this))
    , m_info(new QLabel(this))
    , m_copy(new QToolButton(this))
    , m_splitter(new AdaptiveSplitter(BesideFrom, this))
    , m_table(new FieldTableView)
    , m_rawColumn(new QWidget)
    , m_raw(new RawLines(m_rawColumn))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_startLine->setFont(Theme::fixedFont());
    m_startLine->setCopyable(true);
    m_info->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy as it passed"));
    m_copy->setAccessibleName(m_copy->toolTip());
    connect(m_copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(displayText(m_raw->octets())); });

    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(8, 4, 4, 4);
    caption->setSpacing(8);
    caption->addWidget(m_title);
    caption->addWidget(m_startLine, 1);
    caption->addWidget(m_info);
    caption->addWidget(m_copy);

    auto *rawLayout = new QVBoxLayout(m_rawColumn);
    rawLayout->setContentsMargins(0, 0, 0, 0);
    rawLayout->addWidget(m_raw);
    rawLayout->addStretch(1);
    m_rawColumn->setBackgroundRole(QPalette::Base);
    m_rawColumn->setAutoFillBackground(true);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_rawColumn);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(caption);
    layout->addWidget(m_splitter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_table, &FieldTableView::fieldSelected, this, &MessageHead::markField);
    connect(m_splitter, &AdaptiveSplitter::orientationChanged, this, &MessageHead::placeRaw);
}

void MessageHead::setTitle(const QString &title)
{
    m_title->setText(title);
    m_table->setAccessibleName(tr("%1: fields").arg(title));
    m_raw->setAccessibleName(tr("%1: raw octets").arg(title));
}

void MessageHead::setContent(
    const QString &startLine, const exchange::FieldList &fields, const QByteArray &raw)
{
    m_startLine->setText(startLine);
    m_table->setFields(fields);
    m_raw->setOctets(raw);
    QStringList info { fields.size() == 1 ? tr("1 field") : tr("%1 fields").arg(fields.size()) };
    if (!raw.isEmpty())
        info += formatOctets(raw.size());
    if (!m_raw->lineEnds().isEmpty())
        info += m_raw->lineEnds();
    m_info->setText(info.join(QStringLiteral(" · ")));
    m_copy->setEnabled(!raw.isEmpty());
    updateGeometry();
}

void MessageHead::setLinesBeforeFields(int lines)
{
    m_linesBeforeFields = lines;
    placeRaw(m_splitter->orientation());
}

FieldTableView *MessageHead::table() const { return m_table; }

RawLines *MessageHead::raw() const { return m_raw; }

void MessageHead::placeRaw(Qt::Orientation orientation)
{
    // Beside the table, the start line stands beside its header, so that fields and bytes are level.
    const bool isLevel = orientation == Qt::Horizontal && m_linesBeforeFields == 0;
    m_rawColumn->layout()->setContentsMargins(0, isLevel ? FieldTableView::RowHeight : 0, 0, 0);
    updateGeometry();
}

void MessageHead::markField(int row)
{
    m_raw->markLine(row < 0 ? -1 : rawLineOf(m_raw->octets(), row, m_linesBeforeFields));
}

} // namespace headrace::ui
