#include "text/findbar.h"

#include "shell/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace headrace::ui {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_pattern(new QLineEdit(this))
    , m_status(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);

    m_pattern->setPlaceholderText(tr("Find in this text"));
    m_pattern->setAccessibleName(tr("Find"));
    m_pattern->setClearButtonEnabled(true);
    m_pattern->installEventFilter(this);
    layout->addWidget(m_pattern, 1);

    m_status->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0,000 of 0,000")));
    m_status->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_status);

    m_cancel = addButton(tr("Cancel"), tr("Stop the search here"));
    m_cancel->hide();
    connect(m_cancel, &QToolButton::clicked, this, &FindBar::cancelRequested);
    m_case = addButton(tr("Aa"), tr("Match case"));
    m_case->setCheckable(true);
    m_expression = addButton(tr(".*"), tr("Regular expression"));
    m_expression->setCheckable(true);
    QToolButton *previous = addButton(QString(), tr("Previous match (Shift+Enter)"));
    previous->setIcon(icon(QStringLiteral("chevron-up")));
    QToolButton *next = addButton(QString(), tr("Next match (Enter)"));
    next->setIcon(icon(QStringLiteral("chevron-down")));
    QToolButton *close = addButton(QString(), tr("Close the find bar (Esc)"));
    close->setIcon(icon(QStringLiteral("cancel")));

    connect(m_pattern, &QLineEdit::textChanged, this, &FindBar::changed);
    connect(m_case, &QToolButton::toggled, this, &FindBar::changed);
    connect(m_expression, &QToolButton::toggled, this, &FindBar::changed);
    connect(previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(close, &QToolButton::clicked, this, &FindBar::closeRequested);
}

QString FindBar::pattern() const { return m_pattern->text(); }

void FindBar::setPattern(const QString &pattern) { m_pattern->setText(pattern); }

bool FindBar::isCaseSensitive() const { return m_case->isChecked(); }

bool FindBar::isRegularExpression() const { return m_expression->isChecked(); }

void FindBar::showCount(qsizetype current, qsizetype count, bool isBounded)
{
    if (pattern().isEmpty()) {
        showStatus({}, false);
    } else if (count == 0) {
        showStatus(tr("no match"), true);
    } else {
        const QString all
            = locale().toString(count) + (isBounded ? QStringLiteral("+") : QString());
        showStatus(current > 0 ? tr("%1 of %2").arg(locale().toString(current), all) : all, false);
    }
}

void FindBar::showProgress(qsizetype count, double share)
{
    showStatus(
        tr("%1 · %2 %").arg(locale().toString(count), locale().toString(int(share * 100))), false);
    m_cancel->show();
}

void FindBar::showError(const QString &message) { showStatus(message, true); }

QString FindBar::status() const { return m_status->text(); }

void FindBar::begin()
{
    show();
    m_pattern->setFocus(Qt::ShortcutFocusReason);
    m_pattern->selectAll();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_pattern && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (key->modifiers() & Qt::ControlModifier)
                break;
            if (key->modifiers() & Qt::ShiftModifier)
                Q_EMIT previousRequested();
            else
                Q_EMIT nextRequested();
            return true;
        case Qt::Key_Escape:
            Q_EMIT closeRequested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QToolButton *FindBar::addButton(const QString &text, const QString &hint)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(hint);
    button->setAccessibleName(hint);
    button->setAutoRaise(true);
    layout()->addWidget(button);
    return button;
}

void FindBar::showStatus(const QString &text, bool isBad)
{
    m_cancel->hide();
    m_status->setText(isBad && !text.isEmpty() ? QStringLiteral("⚠ ") + text : text);
}

} // namespace headrace::ui
