#include "inspector/rawpane.h"

#include "inspector/rawplace.h"
#include "inspector/rawsearch.h"
#include "shell/elidedlabel.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "text/findbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::WireSpan;

RawPane::RawPane(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_search(new RawSearch(this))
    , m_info(new QLabel(this))
    , m_find(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_notice(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_view(new RawView(this))
    , m_empty(new EmptyState(this))
    , m_place(new ElidedLabel({}, this))
    , m_findBar(new FindBar(this))
{
    makeLayout(title);
    m_view->setAccessibleName(tr("%1, raw octets").arg(title));
    m_findBar->hide();
    connect(m_copy, &QToolButton::clicked, this, &RawPane::copyAll);
    connect(m_find, &QToolButton::clicked, this, &RawPane::showFindBar);
    connect(m_view, &RawView::caretMoved, this, &RawPane::noteCaret);
    connect(m_view, &RawView::findRequested, this, &RawPane::showFindBar);
    connect(m_search, &RawSearch::progressed, this, &RawPane::noteFound);
    connect(m_findBar, &FindBar::changed, this, &RawPane::search);
    connect(m_findBar, &FindBar::nextRequested, this, [this] { goToMatch(true); });
    connect(m_findBar, &FindBar::previousRequested, this, [this] { goToMatch(false); });
    connect(m_findBar, &FindBar::closeRequested, this, &RawPane::hideFindBar);
}

void RawPane::makeLayout(const QString &title)
{
    auto *heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    m_info->setForegroundRole(QPalette::PlaceholderText);
    const auto prepare = [](QToolButton *button, const QString &picture, const QString &hint) {
        button->setIcon(icon(picture));
        button->setAutoRaise(true);
        button->setToolTip(hint);
        button->setAccessibleName(hint);
    };
    prepare(m_find, QStringLiteral("search"), tr("Find in these octets (Ctrl+F)"));
    prepare(m_copy, QStringLiteral("copy"), tr("Copy all octets as they are shown"));
    m_place->setMuted(true);
    m_place->setCopyable(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);

    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(8, 4, 4, 4);
    caption->setSpacing(8);
    caption->addWidget(heading);
    caption->addWidget(m_info, 1);
    caption->addWidget(m_find);
    caption->addWidget(m_copy);
    auto *place = new QHBoxLayout;
    place->setContentsMargins(8, 4, 8, 4);
    place->addWidget(m_place);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(caption);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_findBar);
    layout->addLayout(place);
}

void RawPane::setContent(const RawView::Content &content, bool isComplete)
{
    const bool grows = m_content.exchange
        && m_content.exchange->summary.id == content.exchange->summary.id
        && content.octets->size() >= m_view->octetCount();
    const qint64 before = m_view->octetCount();
    m_content = content;
    const qint64 total = content.map->size(content.direction);
    m_view->setContent(content, grows);
    const qint64 size = content.octets->size();
    m_stack->setCurrentWidget(size == 0 ? static_cast<QWidget *>(m_empty) : m_view);
    m_info->setText(size == 0 ? QString() : tr("%1 B").arg(formatCount(total)));
    m_find->setEnabled(size > 0);
    m_copy->setEnabled(size > 0 && size <= RawView::CopyLimit);
    m_place->setVisible(size > 0);
    QString notice;
    if (!isComplete)
        notice = tr("Reading: the first %1 of %2 octets are here.");
    else if (total > size && size > 0)
        notice = tr("Cut: only the first %1 of %2 octets are here.");
    m_notice->setNotice(isComplete ? Theme::Tone::ClientError : Theme::Tone::Informational,
        notice.isEmpty() ? notice : notice.arg(formatCount(size), formatCount(total)));
    if (!grows)
        showPlace(-1);
    if (!m_findBar->isHidden() && (!grows || size != before))
        search();
}

void RawPane::clear()
{
    m_search->stop();
    m_content = RawView::Content();
    m_view->clear();
    m_stack->setCurrentWidget(m_empty);
    m_notice->setNotice(Theme::Tone::Informational, QString());
    m_info->clear();
    m_place->hide();
    m_find->setEnabled(false);
    m_copy->setEnabled(false);
}

void RawPane::setForm(RawView::Form form) { m_view->setForm(form); }

void RawPane::setShowsLineEnds(bool shows) { m_view->setShowsLineEnds(shows); }

void RawPane::setEmptyText(const QString &text) { m_empty->setText(text); }

void RawPane::showSpan(const std::optional<WireSpan> &span)
{
    const bool isOurs = span && span->direction == m_content.direction && m_content.map;
    if (!isOurs) {
        m_view->setMark({});
        return;
    }
    m_view->setMark(RawRange { span->begin, span->end });
    showPlace(span->begin);
}

RawView *RawPane::view() const { return m_view; }

FindBar *RawPane::findBar() const { return m_findBar; }

QString RawPane::notice() const { return m_notice->text(); }

QString RawPane::placeLine() const { return m_place->text(); }

void RawPane::showFindBar()
{
    m_findBar->begin();
    search();
}

void RawPane::hideFindBar()
{
    m_findBar->hide();
    m_search->stop();
    m_view->setMatches({});
    m_view->setFocus();
}

void RawPane::noteCaret()
{
    if (!m_content.map)
        return;
    showPlace(m_view->caret());
    const RawRange selection = m_view->selection();
    auto span = placeSpan(*m_content.map, m_content.direction, m_view->caret());
    m_view->setMark(span && selection.isEmpty() ? std::optional(RawRange { span->begin, span->end })
                                                : std::nullopt);
    if (!selection.isEmpty())
        span = WireSpan { m_content.direction, selection.begin, selection.end };
    Q_EMIT spanSelected(span);
}

void RawPane::showPlace(qint64 offset)
{
    m_place->setText(offset < 0 || !m_content.map
            ? tr("Put the caret on octets to see what they are.")
            : placeText(*m_content.exchange, *m_content.map, m_content.direction, offset));
}

void RawPane::copyAll()
{
    const QByteArray octets = m_content.octets->read(0, m_content.octets->size());
    const bool isHex = m_view->form() == RawView::Form::Hex;
    QGuiApplication::clipboard()->setText(
        isHex ? QString::fromLatin1(octets.toHex(' ')) : displayText(octets));
}

void RawPane::search()
{
    m_goesToFirst = true;
    m_search->start(m_content.octets, m_findBar->pattern(), m_findBar->isRegularExpression(),
        m_findBar->isCaseSensitive());
    noteFound();
}

void RawPane::noteFound()
{
    m_view->setMatches(m_search->matches());
    if (m_search->isPatternInvalid()) {
        m_findBar->showError(tr("not a valid expression"));
        return;
    }
    if (m_goesToFirst && m_search->firstFrom(m_view->selection().begin) >= 0)
        goToMatch(true, true);
    const qsizetype at = m_search->firstFrom(m_view->selection().begin);
    const bool isOnMatch = at >= 0 && m_search->matches().at(at) == m_view->selection();
    if (m_search->isRunning() && m_search->matches().isEmpty())
        return; // Not known yet.
    m_findBar->showCount(isOnMatch ? at + 1 : 0, m_search->matches().size(),
        m_search->isBounded() || m_search->isRunning());
}

/// Goes round at the ends.
void RawPane::goToMatch(bool isForward, bool fromSelection)
{
    const QList<RawRange> &matches = m_search->matches();
    m_goesToFirst = false;
    if (matches.isEmpty())
        return;
    const RawRange selection = m_view->selection();
    qsizetype at = 0;
    if (isForward) {
        at = m_search->firstFrom(
            fromSelection || selection.isEmpty() ? selection.begin : selection.begin + 1);
        if (at < 0)
            at = 0;
    } else {
        at = m_search->lastBefore(selection.begin);
        if (at < 0)
            at = matches.size() - 1;
    }
    m_view->select(matches.at(at));
    m_findBar->showCount(at + 1, matches.size(), m_search->isBounded() || m_search->isRunning());
}

} // namespace headrace::ui
