#include "search/regexrun.h"

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace headrace::exchange::search {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Starts of matches between two looks at the clock: as many as take a fraction of a second even if each looks at
// the whole window.
constexpr qsizetype startsAtOnce = 4096;
constexpr quint32 matchLimit = 20'000'000; // steps back, from one start or from those at once
constexpr quint32 heapLimit = 64 * 1024; // KiB; without the just-in-time compiler
constexpr size_t stackSize = 32 * 1024;
constexpr size_t maxStackSize = 1024 * 1024;
constexpr auto patience = 2s;
constexpr auto mostPerOctet = 100ns;

bool continuesCharacter(char octet) { return (uchar(octet) & 0xc0) == 0x80; }

} // namespace

RegexRun::RegexRun(std::shared_ptr<const Regex> regex)
    : m_regex(std::move(regex))
    , m_match(pcre2_match_data_create_8(1, nullptr))
    , m_context(pcre2_match_context_create_8(nullptr))
    , m_stack(pcre2_jit_stack_create_8(stackSize, maxStackSize, nullptr))
{
    pcre2_set_match_limit_8(m_context, matchLimit);
    pcre2_set_heap_limit_8(m_context, heapLimit);
    pcre2_jit_stack_assign_8(m_context, nullptr, m_stack);
}

RegexRun::~RegexRun()
{
    pcre2_jit_stack_free_8(m_stack);
    pcre2_match_context_free_8(m_context);
    pcre2_match_data_free_8(m_match);
}

void RegexRun::restart()
{
    m_window.resize(0);
    m_base = 0;
    m_start = 0;
    m_spent = {};
    m_isTooSlow = false;
    m_hasGivenUp = false;
}

std::optional<qint64> RegexRun::feed(QByteArrayView octets)
{
    std::optional<qint64> found;
    while (!octets.isEmpty() && !found && !m_isTooSlow) {
        octets = fill(octets);
        if (m_window.size() == WindowSize)
            found = look(false);
    }
    return found;
}

void RegexRun::feedAll(QByteArrayView octets, QList<OctetSpan> *found)
{
    while (!octets.isEmpty() && !m_isTooSlow) {
        octets = fill(octets);
        if (m_window.size() == WindowSize)
            lookForAll(false, found);
    }
}

void RegexRun::finishAll(QList<OctetSpan> *found)
{
    if (!m_isTooSlow)
        lookForAll(true, found);
}

/// Takes what has room in the window, and answers the rest.
QByteArrayView RegexRun::fill(QByteArrayView octets)
{
    const QByteArrayView part = octets.first(std::min(octets.size(), WindowSize - m_window.size()));
    m_window.append(part);
    return octets.sliced(part.size());
}

void RegexRun::lookForAll(bool isLast, QList<OctetSpan> *found)
{
    const auto began = Clock::now();
    m_deadline = began + patience + mostPerOctet * (m_base + m_window.size()) - m_spent;
    const qsizetype far = m_window.size() - Kept;
    qsizetype from = std::max(m_start, far); // of what the next window looks at
    while (const auto at = search(PCRE2_NOTEMPTY | (isLast ? 0 : PCRE2_NOTEOL))) {
        const auto end = qsizetype(pcre2_get_ovector_pointer_8(m_match)[1]);
        if (!isLast && *at >= far && dependsOnMore(*at)) {
            from = *at;
            break;
        }
        found->append({ m_base + *at, m_base + std::max(end, *at + 1) });
        m_start = std::min(std::max(end, *at + 1), m_window.size());
        from = std::max(m_start, far);
        if (Clock::now() > m_deadline) {
            m_hasGivenUp = m_isTooSlow = true;
            break;
        }
    }
    m_spent += Clock::now() - began;
    keepFrom(from);
}

std::optional<qint64> RegexRun::finish() { return m_isTooSlow ? std::nullopt : look(true); }

std::optional<qint64> RegexRun::look(bool isLast)
{
    const auto began = Clock::now();
    const qint64 seen = m_base + m_window.size();
    m_deadline = began + patience + mostPerOctet * seen - m_spent;
    const std::optional<qsizetype> found = search(isLast ? 0 : PCRE2_NOTEOL);
    const qsizetype far = m_window.size() - Kept;
    const bool isSure = found && (isLast || *found < far || !dependsOnMore(*found));
    m_spent += Clock::now() - began;
    if (isSure)
        return m_base + *found;
    keepFrom(found ? *found : std::max(m_start, far));
    return {};
}

/// Where the first match starts.
std::optional<qsizetype> RegexRun::search(quint32 options)
{
    const auto *subject = reinterpret_cast<PCRE2_SPTR8>(m_window.constData());
    const qsizetype end = m_window.size();
    if (const Literal *part = m_regex->part()) {
        // Where it is not there is no match; what it is a part of may begin before it.
        if (part->indexIn(QByteArrayView(m_window).sliced(m_start)) < 0)
            return {};
    }
    for (qsizetype from = m_start; from <= end;) {
        const qsizetype last = std::min(from + startsAtOnce, end);
        pcre2_set_offset_limit_8(m_context, size_t(last));
        const int result = pcre2_match_8(
            m_regex->code(), subject, size_t(end), size_t(from), options, m_match, m_context);
        if (result >= 0)
            return qsizetype(pcre2_get_ovector_pointer_8(m_match)[0]);
        m_hasGivenUp = m_hasGivenUp || result != PCRE2_ERROR_NOMATCH;
        if (Clock::now() > m_deadline) {
            m_hasGivenUp = m_isTooSlow = true;
            break;
        }
        from = last + 1;
        while (m_regex->isOfCharacters() && from < end && continuesCharacter(m_window[from]))
            ++from;
    }
    return {};
}

/// The match there looks at the end of the window: what follows might undo it.
bool RegexRun::dependsOnMore(qsizetype start)
{
    pcre2_set_offset_limit_8(m_context, size_t(start));
    return pcre2_match_8(m_regex->code(), reinterpret_cast<PCRE2_SPTR8>(m_window.constData()),
               size_t(m_window.size()), size_t(start), PCRE2_PARTIAL_HARD, m_match, m_context)
        == PCRE2_ERROR_PARTIAL;
}

void RegexRun::keepFrom(qsizetype start)
{
    while (m_regex->isOfCharacters() && start > 0 && start < m_window.size()
        && continuesCharacter(m_window[start]))
        --start;
    const qsizetype cut = std::max<qsizetype>(0, start - m_regex->lookBehind());
    m_window.remove(0, cut);
    m_base += cut;
    m_start = start - cut;
}

} // namespace headrace::exchange::search
