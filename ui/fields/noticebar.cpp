#include "fields/noticebar.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace headrace::ui {

namespace {

constexpr int IconSize = 16;

Theme::Tone toneOf(NoticeBar::Kind kind)
{
    switch (kind) {
    case NoticeBar::Kind::Information:
        return Theme::Tone::Informational;
    case NoticeBar::Kind::Warning:
        return Theme::Tone::ClientError;
    case NoticeBar::Kind::Failure:
        return Theme::Tone::Failed;
    }
    return Theme::Tone::Failed;
}

QString iconOf(NoticeBar::Kind kind)
{
    switch (kind) {
    case NoticeBar::Kind::Information:
        return QStringLiteral("info");
    case NoticeBar::Kind::Warning:
        return QStringLiteral("warning");
    case NoticeBar::Kind::Failure:
        return QStringLiteral("error");
    }
    return {};
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_label(new QLabel(this))
    , m_action(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_action);
    auto *close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("cancel")));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this notice"));
    close->setAccessibleName(tr("Close this notice"));
    layout->addWidget(close);

    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setToolButtonStyle(Qt::ToolButtonTextOnly);
    setAccessibleName(tr("Notice"));
    setVisible(false);

    connect(m_action, &QToolButton::clicked, this, &NoticeBar::actionTriggered);
    connect(close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
}

void NoticeBar::tell(Kind kind, const QString &code, const QString &text, const QString &actionText)
{
    m_kind = kind;
    m_code = code;
    m_text = text;
    const QString sentence = text.toHtmlEscaped();
    m_label->setText(code.isEmpty()
            ? sentence
            : QStringLiteral("<b>%1</b>&nbsp; %2").arg(code.toHtmlEscaped(), sentence));
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
    setAccessibleDescription(code + QLatin1Char(' ') + text);
    applyColors();
    setVisible(true);
}

void NoticeBar::clear()
{
    m_code.clear();
    m_text.clear();
    setVisible(false);
}

QString NoticeBar::text() const { return m_text; }

QString NoticeBar::code() const { return m_code; }

void NoticeBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::tintColor(toneOf(m_kind), palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::separatorColor(palette()));
}

void NoticeBar::applyColors()
{
    const QColor color = Theme::toneColor(toneOf(m_kind), palette());
    m_icon->setPixmap(
        icon(iconOf(m_kind), color).pixmap(QSize(IconSize, IconSize), devicePixelRatioF()));
    QPalette changed;
    if (m_kind != Kind::Information)
        changed.setColor(QPalette::WindowText, color);
    if (m_label->palette().color(QPalette::WindowText) != changed.color(QPalette::WindowText))
        m_label->setPalette(changed);
}

} // namespace headrace::ui
