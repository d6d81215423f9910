#include "text/octetfind.h"

#include "text/expression.h"
#include "text/findbar.h"

#include <algorithm>

namespace headrace::ui {

using exchange::OctetSpan;

OctetFind::OctetFind(FindBar *bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{
    bar->hide();
    connect(bar, &FindBar::changed, this, &OctetFind::search);
    connect(bar, &FindBar::nextRequested, this, [this] { choose(false); });
    connect(bar, &FindBar::previousRequested, this, [this] { choose(true); });
    connect(bar, &FindBar::closeRequested, this, &OctetFind::end);
    connect(bar, &FindBar::cancelRequested, this, [this] {
        m_finder.cancel();
        takeFound();
    });
    connect(&m_finder, &OctetFinder::found, this, &OctetFind::takeFound);
    connect(&m_finder, &OctetFinder::finished, this, &OctetFind::takeFound);
}

void OctetFind::setSource(
    const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding)
{
    m_source = source;
    m_encoding = encoding;
    if (isOpen())
        search();
    else
        m_finder.clear();
}

void OctetFind::setPlace(const std::function<OctetSpan()> &place) { m_place = place; }

void OctetFind::begin()
{
    const bool wasOpen = isOpen();
    m_bar->begin();
    if (!wasOpen)
        search();
}

void OctetFind::end()
{
    m_bar->hide();
    m_finder.clear();
    m_current = -1;
    Q_EMIT matchesChanged({});
    Q_EMIT closed();
}

bool OctetFind::isOpen() const { return !m_bar->isHidden(); }

const OctetFinder &OctetFind::finder() const { return m_finder; }

void OctetFind::search()
{
    m_start = m_place ? m_place().begin : 0;
    m_current = -1;
    m_choosesFirst = true;
    m_finder.clear();
    const QString text = m_bar->pattern();
    if (!m_source || text.isEmpty()) {
        Q_EMIT matchesChanged({});
        showStatus();
        return;
    }
    const bool isLatin1 = m_encoding == exchange::TextEncoding::Latin1;
    const QByteArray typed = isLatin1 ? text.toLatin1() : text.toUtf8();
    const bool isExpression = m_bar->isRegularExpression();
    m_finder.start(m_source,
        { isExpression ? expressionOf(typed) : typed, isExpression, m_bar->isCaseSensitive(),
            false });
    if (m_finder.isRunning()) {
        Q_EMIT matchesChanged({});
        showStatus();
    }
}

void OctetFind::takeFound()
{
    const QList<OctetSpan> &matches = m_finder.matches();
    Q_EMIT matchesChanged(matches);
    // The first one behind the place; the very first, when there is none till the end.
    if (m_choosesFirst && !matches.isEmpty()
        && (matches.constLast().begin >= m_start || !m_finder.isRunning())) {
        m_choosesFirst = false;
        const auto next = std::partition_point(matches.begin(), matches.end(),
            [this](const OctetSpan &match) { return match.begin < m_start; });
        m_current = next == matches.end() ? 0 : next - matches.begin();
        Q_EMIT matchChosen(matches.at(m_current));
    }
    showStatus();
}

void OctetFind::choose(bool isBackward)
{
    const QList<OctetSpan> &matches = m_finder.matches();
    if (matches.isEmpty())
        return;
    m_choosesFirst = false;
    const OctetSpan place = m_place ? m_place() : OctetSpan { m_start, m_start };
    const bool isAtCurrent
        = m_current >= 0 && (!m_place || matches.at(m_current).begin == place.begin);
    if (isAtCurrent) {
        m_current += isBackward ? -1 : 1;
    } else {
        const auto next = std::partition_point(matches.begin(), matches.end(),
            [&place](const OctetSpan &match) { return match.begin < place.begin; });
        m_current = next - matches.begin() - (isBackward ? 1 : 0);
    }
    m_current = (m_current + matches.size()) % matches.size();
    Q_EMIT matchChosen(matches.at(m_current));
    showStatus();
}

void OctetFind::showStatus()
{
    if (!m_finder.error().isEmpty())
        m_bar->showError(tr("not a valid expression: %1").arg(m_finder.error()));
    else if (m_finder.isRunning())
        m_bar->showProgress(m_finder.matches().size(), m_finder.share());
    else if (m_finder.gaveUp())
        m_bar->showError(tr("%1 found; the expression takes too long, not all was searched")
                             .arg(m_finder.matches().size()));
    else
        m_bar->showCount(m_current + 1, m_finder.matches().size(),
            !m_finder.matches().isEmpty() && m_finder.isBounded());
}

} // namespace headrace::ui
