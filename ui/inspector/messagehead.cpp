#include "inspector/messagehead.h"

#include "inspector/fieldmodel.h"
#include "inspector/fieldtableview.h"
#include "inspector/notessection.h"
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

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int BesideFrom = 520; ///< Below this width the raw octets go under the fields.

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

    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addLayout(caption);
    m_layout->addWidget(m_splitter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_table, &FieldTableView::fieldSelected, this, [this](int row) {
        markField(row);
        Q_EMIT fieldSelected(row);
    });
    connect(m_table, &FieldTableView::rawRequested, this, &MessageHead::rawRequested);
    connect(m_raw, &RawLines::lineClicked, this, &MessageHead::noteLine);
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
    m_block = exchange::readFieldBlock(raw, m_linesBeforeFields > 0);
    m_table->fields()->setLines(
        m_block.fields.size() == fields.size() ? m_block.fields : QList<exchange::FieldLine>());
    m_table->fitColumns();
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

void MessageHead::setTrailers(const QList<QByteArray> &announced)
{
    m_table->fields()->setTrailers(announced);
    m_table->fitColumns();
}

void MessageHead::setNotes(const QList<HeadNotes> &notes)
{
    while (m_sections.size() < notes.size()) {
        auto *section = new NotesSection(this);
        connect(section, &NotesSection::expandedChanged, this, [this, section](bool isExpanded) {
            Q_EMIT sectionToggled(section->notes().title, isExpanded);
        });
        m_layout->addWidget(section);
        m_sections += section;
    }
    for (qsizetype i = 0; i < m_sections.size(); ++i)
        m_sections.at(i)->setNotes(notes.value(i));
    updateGeometry();
}

QList<NotesSection *> MessageHead::sections() const { return m_sections; }

void MessageHead::showField(int row)
{
    m_table->showField(row);
    markField(row);
}

void MessageHead::showStartLine()
{
    m_table->showField(-1);
    m_raw->markLines(lineOf(m_block.startBegin));
}

void MessageHead::markField(int row)
{
    if (row < 0 || row >= m_block.fields.size()) {
        m_raw->markLines(-1, 0);
        return;
    }
    const exchange::FieldLine &line = m_block.fields.at(row);
    m_raw->markLines(lineOf(line.begin), lineOf(line.end - 1) - lineOf(line.begin) + 1);
}

void MessageHead::noteLine(int line)
{
    for (int row = 0; row < m_block.fields.size(); ++row) {
        const exchange::FieldLine &field = m_block.fields.at(row);
        if (line < lineOf(field.begin) || line > lineOf(field.end - 1))
            continue;
        showField(row);
        Q_EMIT fieldSelected(row);
        return;
    }
    if (m_linesBeforeFields > 0 && line == lineOf(m_block.startBegin)) {
        showStartLine();
        Q_EMIT startLineSelected();
    }
}

/// Of the raw octets, from 0.
int MessageHead::lineOf(qsizetype offset) const
{
    const QByteArrayView octets(m_raw->octets());
    return int(octets.first(std::clamp<qsizetype>(offset, 0, octets.size())).count('\n'));
}

} // namespace headrace::ui
