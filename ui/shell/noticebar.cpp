#include "shell/noticebar.h"

#include "shell/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace headrace::ui {

namespace {

QString iconOf(Theme::Tone tone)
{
    switch (tone) {
    case Theme::Tone::Failed:
    case Theme::Tone::ServerError:
        return QStringLiteral("error");
    case Theme::Tone::ClientError:
        return QStringLiteral("warning");
    case Theme::Tone::Success:
        return QStringLiteral("ok");
    default:
        return QStringLiteral("info");
    }
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_dismiss(new QToolButton(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(m_button, &QPushButton::clicked, this, &NoticeBar::buttonClicked);
    m_dismiss->setIcon(icon(QStringLiteral("cancel")));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setToolTip(tr("Dismiss"));
    m_dismiss->setAccessibleName(tr("Dismiss"));
    m_dismiss->hide();
    connect(m_dismiss, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_picture, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_dismiss);
    hide();
}

void NoticeBar::setNotice(Theme::Tone tone, const QString &text, const QString &buttonText)
{
    m_tone = tone;
    m_text->setText(text);
    m_text->setAccessibleName(text);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    applyColors();
    setVisible(!text.isEmpty());
}

void NoticeBar::setDismissible(bool isDismissible) { m_dismiss->setVisible(isDismissible); }

QString NoticeBar::text() const { return m_text->text(); }

void NoticeBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColors();
    QWidget::changeEvent(event);
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::tintColor(m_tone, palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::separatorColor(palette()));
}

void NoticeBar::applyColors()
{
    const QColor ink = Theme::toneColor(m_tone, palette());
    m_picture->setPixmap(icon(iconOf(m_tone), ink).pixmap(QSize(16, 16), devicePixelRatioF()));
    QPalette colors = m_text->palette();
    if (colors.color(QPalette::WindowText) != ink) {
        colors.setColor(QPalette::WindowText, ink);
        m_text->setPalette(colors);
    }
    update();
}

} // namespace headrace::ui
