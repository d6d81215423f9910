#include "inspector/rawsearch.h"

#include <QElapsedTimer>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr qint64 WindowSize = 256 * 1024; // octets that are searched at once
constexpr qint64 LongestMatch = 64 * 1024;
constexpr qint64 LookBehind = 256; // octets before a window that expressions may ask for
constexpr qint64 StepTime = 10; // milliseconds

} // namespace

RawSearch::RawSearch(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &RawSearch::goOn);
}

void RawSearch::start(exchange::OctetSourcePointer octets, const QString &pattern,
    bool isExpression, bool isCaseSensitive)
{
    stop();
    m_octets = std::move(octets);
    // The octets are matched as characters of ISO 8859-1, so the pattern has to be octets, too.
    const QString wanted = QString::fromLatin1(pattern.toUtf8());
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    if (!isCaseSensitive)
        options |= QRegularExpression::CaseInsensitiveOption;
    m_expression.setPattern(isExpression ? wanted : QRegularExpression::escape(wanted));
    m_expression.setPatternOptions(options);
    m_isInvalid = !m_expression.isValid();
    if (!m_isInvalid && !pattern.isEmpty() && m_octets)
        m_timer.start();
}

void RawSearch::stop()
{
    m_timer.stop();
    m_matches.clear();
    m_at = 0;
    m_isInvalid = false;
    m_octets.reset();
}

bool RawSearch::isRunning() const { return m_timer.isActive(); }

bool RawSearch::isPatternInvalid() const { return m_isInvalid; }

bool RawSearch::isBounded() const { return m_matches.size() >= MatchLimit; }

const QList<RawRange> &RawSearch::matches() const { return m_matches; }

qint64 RawSearch::searchedOctets() const { return m_at; }

qsizetype RawSearch::firstFrom(qint64 offset) const
{
    const auto found = std::lower_bound(m_matches.cbegin(), m_matches.cend(), offset,
        [](const RawRange &range, qint64 value) { return range.begin < value; });
    return found == m_matches.cend() ? -1 : std::distance(m_matches.cbegin(), found);
}

qsizetype RawSearch::lastBefore(qint64 offset) const
{
    const auto found = std::lower_bound(m_matches.cbegin(), m_matches.cend(), offset,
        [](const RawRange &range, qint64 value) { return range.begin < value; });
    return std::distance(m_matches.cbegin(), found) - 1;
}

void RawSearch::goOn()
{
    QElapsedTimer spent;
    spent.start();
    while (spent.elapsed() < StepTime) {
        if (m_at >= m_octets->size() || isBounded()) {
            m_timer.stop();
            break;
        }
        searchWindow();
    }
    Q_EMIT progressed();
}

void RawSearch::searchWindow()
{
    const qint64 begin = std::max<qint64>(0, m_at - LookBehind);
    const qint64 end = std::min(m_octets->size(), m_at + WindowSize);
    const QByteArray octets
        = m_octets->read(begin, std::min(m_octets->size(), end + LongestMatch) - begin);
    const QString text = QString::fromLatin1(octets);
    qint64 next = end;
    auto found = m_expression.globalMatch(text, m_at - begin);
    while (found.hasNext() && !isBounded()) {
        const QRegularExpressionMatch match = found.next();
        const RawRange range { begin + match.capturedStart(), begin + match.capturedEnd() };
        if (range.begin >= end)
            break;
        if (range.isEmpty())
            continue;
        m_matches.append(range);
        next = std::max(end, range.end);
    }
    m_at = next;
}

} // namespace headrace::ui
