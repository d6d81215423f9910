#include "fields/problemlabel.h"

#include "shell/theme.h"

#include <QEvent>

namespace headrace::ui {

ProblemLabel::ProblemLabel(QWidget *parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setVisible(false);
    applyColors();
}

void ProblemLabel::setProblem(const QString &message)
{
    m_problem = message;
    setText(message.isEmpty() ? QString() : QStringLiteral("⚠ ") + message);
    setVisible(!message.isEmpty());
}

QString ProblemLabel::problem() const { return m_problem; }

void ProblemLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    // Not of our own setPalette(), which would call us again.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColors();
}

void ProblemLabel::applyColors()
{
    const QColor color = Theme::toneColor(Theme::Tone::Failed, palette());
    if (palette().color(QPalette::WindowText) == color)
        return;
    QPalette changed;
    changed.setColor(QPalette::WindowText, color);
    setPalette(changed);
}

void markInvalid(QWidget *input, bool isInvalid)
{
    QPalette palette;
    if (isInvalid)
        palette.setColor(QPalette::Text, Theme::toneColor(Theme::Tone::Failed, input->palette()));
    input->setPalette(palette);
}

} // namespace headrace::ui
