#include "inspector/notessection.h"

#include "shell/elidedlabel.h"
#include "shell/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int TitleWidth = 200;
constexpr int DetailIndent = 16;

} // namespace

NotesSection::NotesSection(QWidget *parent)
    : QWidget(parent)
    , m_button(new QToolButton(this))
    , m_summary(new QLabel(this))
    , m_body(new QWidget(this))
    , m_grid(new QGridLayout(m_body))
{
    m_button->setAutoRaise(true);
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    QFont bold = m_button->font();
    bold.setBold(true);
    m_button->setFont(bold);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_grid->setContentsMargins(8, 0, 8, 4);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);

    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(4, 0, 8, 0);
    caption->setSpacing(8);
    caption->addWidget(m_button);
    caption->addWidget(m_summary, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(caption);
    layout->addWidget(m_body);
    connect(m_button, &QToolButton::clicked, this, [this] {
        setExpanded(!m_isExpanded);
        Q_EMIT expandedChanged(m_isExpanded);
    });
    hide();
}

void NotesSection::setNotes(const HeadNotes &notes)
{
    if (m_notes == notes)
        return;
    m_notes = notes;
    m_button->setText(notes.title);
    m_summary->setText(notes.summary);
    setVisible(!notes.isEmpty());
    showLines();
}

const HeadNotes &NotesSection::notes() const { return m_notes; }

void NotesSection::setExpanded(bool isExpanded)
{
    m_isExpanded = isExpanded;
    m_button->setArrowType(isExpanded ? Qt::DownArrow : Qt::RightArrow);
    m_button->setAccessibleDescription(isExpanded ? tr("Unfolded") : tr("Folded away"));
    m_body->setVisible(isExpanded);
    updateGeometry();
}

bool NotesSection::isExpanded() const { return m_isExpanded; }

void NotesSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void NotesSection::showLines()
{
    while (m_rows.size() < m_notes.lines.size()) {
        const Row row { new ElidedLabel({}, m_body), new QLabel(m_body) };
        row.title->setFont(Theme::fixedFont());
        row.title->setCopyable(true);
        row.text->setWordWrap(true);
        row.text->setTextFormat(Qt::PlainText);
        row.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int at = int(m_rows.size());
        m_grid->addWidget(row.title, at, 0, Qt::AlignTop | Qt::AlignRight);
        m_grid->addWidget(row.text, at, 1);
        m_rows += row;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows.at(i);
        const bool isShown = i < m_notes.lines.size();
        row.title->setVisible(isShown);
        row.text->setVisible(isShown);
        if (!isShown)
            continue;
        const HeadNote &line = m_notes.lines.at(i);
        const bool isDetail = line.kind == HeadNote::Kind::Detail;
        row.title->setText(line.title);
        row.title->setMuted(isDetail);
        row.title->setFixedWidth(TitleWidth - (isDetail ? DetailIndent : 0));
        row.text->setText(
            line.kind == HeadNote::Kind::Problem ? QStringLiteral("⚠ ") + line.text : line.text);
        row.text->setAccessibleName(line.title + QStringLiteral(": ") + line.text);
    }
    applyColors();
}

void NotesSection::applyColors()
{
    for (qsizetype i = 0; i < m_notes.lines.size(); ++i) {
        QLabel *text = m_rows.at(i).text;
        const HeadNote::Kind kind = m_notes.lines.at(i).kind;
        QColor color = Theme::mutedColor(palette());
        if (kind == HeadNote::Kind::Problem)
            color = Theme::toneColor(Theme::Tone::ClientError, palette());
        else if (kind != HeadNote::Kind::Detail)
            color = palette().color(QPalette::Text);
        QPalette colors = palette();
        for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text })
            colors.setColor(role, color); // which one counts depends on the ground
        text->setPalette(colors);
        QFont font = kind == HeadNote::Kind::Wire ? Theme::fixedFont() : this->font();
        font.setBold(kind == HeadNote::Kind::Verdict);
        text->setFont(font);
    }
}

} // namespace headrace::ui
