#include "traffic/filteredit.h"

#include "shell/icons.h"
#include "shell/theme.h"
#include "traffic/completionpopup.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace headrace::ui {

namespace {

constexpr int PageRows = 9;

// Behind these a value or a condition begins, so the list is of use before a letter is typed.
bool invites(QChar c) { return QStringView(u":=<>,~").contains(c); }

} // namespace

FilterEdit::FilterEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_popup(new CompletionPopup(this))
    , m_mark(new QAction(this))
{
    setClearButtonEnabled(true);
    addAction(icon(QStringLiteral("filter")), LeadingPosition);
    addAction(m_mark, TrailingPosition);
    m_mark->setVisible(false);
    connect(this, &QLineEdit::textEdited, this, [this] { offerCompletions(false); });
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::showValidity);
    connect(
        m_popup, &CompletionPopup::chosen, this, [this] { complete(m_popup->currentOrFirst()); });
}

void FilterEdit::setProblem(const std::optional<exchange::FilterError> &problem)
{
    m_problem = problem;
    showValidity();
}

void FilterEdit::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_valueSource = std::move(source);
}

CompletionPopup *FilterEdit::popup() const { return m_popup; }

bool FilterEdit::isCompleting() const { return m_popup->isVisible(); }

FilterEdit::Validity FilterEdit::validity() const
{
    return m_problem                 ? Validity::Invalid
        : text().trimmed().isEmpty() ? Validity::Empty
                                     : Validity::Valid;
}

bool FilterEdit::isCompletionKey(const QKeyEvent &event) const
{
    if (!isCompleting())
        return false;
    switch (event.key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
    case Qt::Key_Escape:
        return true;
    case Qt::Key_Tab:
        return event.modifiers() == Qt::NoModifier;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return m_popup->hasCurrent();
    default:
        return false;
    }
}

bool FilterEdit::takeCompletionKey(const QKeyEvent &event)
{
    if (!isCompletionKey(event))
        return false;
    switch (event.key()) {
    case Qt::Key_Down:
        m_popup->move(1);
        break;
    case Qt::Key_Up:
        m_popup->move(-1);
        break;
    case Qt::Key_PageDown:
        m_popup->move(PageRows);
        break;
    case Qt::Key_PageUp:
        m_popup->move(-PageRows);
        break;
    case Qt::Key_Escape:
        m_popup->hide();
        break;
    default:
        complete(m_popup->currentOrFirst());
    }
    return true;
}

bool FilterEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && isCompletionKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    // Tab does not come to keyPressEvent().
    if (event->type() == QEvent::KeyPress && takeCompletionKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    switch (event->key()) {
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            offerCompletions(true);
            return;
        }
        break;
    case Qt::Key_Down:
        if (event->modifiers() & Qt::AltModifier)
            Q_EMIT historyRequested();
        else
            Q_EMIT newerRequested();
        return;
    case Qt::Key_Up:
        Q_EMIT olderRequested();
        return;
    case Qt::Key_F1:
        Q_EMIT helpRequested();
        return;
    case Qt::Key_Escape:
        if (isPlain) {
            Q_EMIT leaveRequested();
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_popup->hide();
        Q_EMIT applyRequested();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent *event)
{
    m_popup->hide();
    QLineEdit::focusOutEvent(event);
}

void FilterEdit::moveEvent(QMoveEvent *event)
{
    m_popup->hide();
    QLineEdit::moveEvent(event);
}

void FilterEdit::offerCompletions(bool isAskedFor)
{
    const int cursor = cursorPosition();
    const QChar before = cursor > 0 ? text().at(cursor - 1) : QChar();
    QList<exchange::FilterCompletion> found;
    if (isAskedFor || before.isLetterOrNumber() || before == u'.' || before == u'-'
        || invites(before))
        found = exchange::completions(
            text(), cursor, m_valueSource ? m_valueSource() : exchange::FilterValues());
    const int x = found.isEmpty() ? 0 : positionX(found.first().from);
    m_popup->offer(found, mapToGlobal(QPoint(x, height() + 1)));
}

void FilterEdit::complete(const exchange::FilterCompletion &completion)
{
    m_popup->hide();
    setSelection(int(completion.from), int(completion.length));
    insert(completion.text); // an edit, that Undo takes back
    // Behind "status:" and "~m " comes a value.
    const QChar last = completion.text.isEmpty() ? QChar() : completion.text.back();
    if (invites(last) || last == u' ')
        offerCompletions(true);
}

int FilterEdit::positionX(qsizetype position) const
{
    const QFontMetrics metrics = fontMetrics();
    const auto advance = [&metrics, this](qsizetype to) {
        return metrics.horizontalAdvance(text().first(qBound(0, to, text().size())));
    };
    const int cursorX = cursorRect().left() + 5; // the rectangle begins so far before the cursor
    return cursorX + advance(position) - advance(cursorPosition());
}

void FilterEdit::showValidity()
{
    const Validity now = validity();
    const bool isInvalid = now == Validity::Invalid;
    const QPalette ground = parentWidget() ? parentWidget()->palette() : QPalette();
    const QColor base
        = isInvalid ? Theme::tintColor(Theme::Tone::Failed, ground) : ground.color(QPalette::Base);
    if (palette().color(QPalette::Base) != base) {
        QPalette changed;
        if (isInvalid)
            changed.setColor(QPalette::Base, base);
        setPalette(changed);
    }
    const Theme::Tone tone = isInvalid ? Theme::Tone::Failed : Theme::Tone::Success;
    m_mark->setIcon(icon(isInvalid ? QStringLiteral("error") : QStringLiteral("ok"),
        Theme::toneColor(tone, ground)));
    const QString told = isInvalid ? m_problem->message : tr("This is a filter");
    m_mark->setToolTip(told);
    m_mark->setVisible(now != Validity::Empty);
    setAccessibleDescription(now == Validity::Empty ? QString() : told);
    update();
}

void FilterEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Validity now = validity();
    if (now == Validity::Empty)
        return;
    QPainter painter(this);
    const bool isInvalid = now == Validity::Invalid;
    const QColor color
        = Theme::toneColor(isInvalid ? Theme::Tone::Failed : Theme::Tone::Success, palette());
    painter.fillRect(QRect(3, height() - 3, width() - 6, 2), color);
    if (!isInvalid)
        return;
    // A wavy line below what is wrong, as wide as a letter where something is missing.
    const int left = positionX(m_problem->position);
    const int right = qMax(left + fontMetrics().averageCharWidth(),
        positionX(m_problem->position + m_problem->length));
    const int bottom = cursorRect().bottom() - 1;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(24, 0, -44, 0)); // between the icons
    painter.setPen(QPen(color, 1.2));
    QPainterPath wave(QPointF(left, bottom));
    bool isUp = true;
    for (int x = left + 2; x <= right; x += 2, isUp = !isUp)
        wave.lineTo(x, bottom - (isUp ? 2 : 0));
    painter.drawPath(wave);
}

void FilterEdit::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showValidity();
    QLineEdit::changeEvent(event);
}

} // namespace headrace::ui
