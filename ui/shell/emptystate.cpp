#include "shell/emptystate.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int PictureSize = 32;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_button(new QPushButton(this))
{
    for (QLabel *label : { m_picture, m_title, m_hint }) {
        label->setAlignment(Qt::AlignHCenter);
        label->hide();
    }
    m_title->setWordWrap(true);
    m_hint->setWordWrap(true);
    m_button->hide();
    m_button->setProperty("primary", true);
    setFocusProxy(m_button);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_picture);
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addSpacing(4);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    applyColors();
}

void EmptyState::setIcon(const QString &name)
{
    m_iconName = name;
    m_picture->setVisible(!name.isEmpty());
    applyColors();
}

void EmptyState::setText(const QString &title, const QString &hint)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

QString EmptyState::title() const { return m_title->text(); }

void EmptyState::setButton(const QString &text, const QString &key)
{
    m_button->setText(text);
    m_button->setToolTip(key.isEmpty() ? QString() : QStringLiteral("%1 (%2)").arg(text, key));
    m_button->setVisible(!text.isEmpty());
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColors();
    QWidget::changeEvent(event);
}

void EmptyState::applyColors()
{
    const QColor muted = Theme::mutedColor(palette());
    QPalette hint = m_hint->palette();
    if (hint.color(QPalette::WindowText) != muted) {
        hint.setColor(QPalette::WindowText, muted);
        m_hint->setPalette(hint);
    }
    if (!m_iconName.isEmpty())
        m_picture->setPixmap(
            icon(m_iconName, muted).pixmap(QSize(PictureSize, PictureSize), devicePixelRatioF()));
}

} // namespace headrace::ui
