#include "traffic/confirmbar.h"

#include <QKeyEvent>
#include <QLayout>
#include <QPushButton>

#include <utility>

namespace headrace::ui {

ConfirmBar::ConfirmBar(QWidget *parent)
    : NoticeBar(parent)
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    layout()->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, [this] { answer(false); });
    connect(this, &NoticeBar::buttonClicked, this, [this] { answer(true); });
}

void ConfirmBar::ask(const QString &text, const QString &buttonText, std::function<void()> then)
{
    m_then = std::move(then);
    setNotice(Theme::Tone::ClientError, text, buttonText);
    setFocus();
}

void ConfirmBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        answer(false);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        answer(true);
    else
        NoticeBar::keyPressEvent(event);
}

void ConfirmBar::answer(bool agrees)
{
    setNotice(Theme::Tone::ClientError, {});
    const auto then = std::exchange(m_then, {});
    if (agrees && then)
        then();
    Q_EMIT closed();
}

} // namespace headrace::ui
