#include "inspector/rawrows.h"

#include <algorithm>
#include <cstring>

namespace headrace::ui {

using exchange::WireRun;

namespace {

constexpr int MarkEach = 128; // rows
constexpr qint64 ScanSize = 256 * 1024; // octets that are read at once when rows are counted

bool isContinuation(char octet) { return (uchar(octet) & 0xc0) == 0x80; }

} // namespace

RawRows::RawRows(
    exchange::OctetSourcePointer source, const QList<WireRun> &runs, Form form, int perRow)
    : m_source(std::move(source))
    , m_runs(runs)
    , m_form(form)
    , m_perRow(std::max(8, perRow))
    , m_size(m_source ? m_source->size() : 0)
{
}

void RawRows::extend(exchange::OctetSourcePointer source, const QList<WireRun> &runs)
{
    m_source = std::move(source);
    m_runs = runs;
    m_size = m_source->size();
    if (m_rowCount == 0)
        return;
    // The last row may go on.
    --m_rowCount;
    m_counted = m_lastBegin;
    if (m_rowCount % MarkEach == 0)
        m_marks.removeLast();
}

RawRows::Form RawRows::form() const { return m_form; }

int RawRows::perRow() const { return m_perRow; }

qint64 RawRows::rowCount() const { return m_rowCount; }

bool RawRows::isComplete() const { return m_counted >= m_size; }

void RawRows::scan(qint64 octets)
{
    const qint64 until = std::min(m_size, m_counted + octets);
    Window window;
    window.readSize = ScanSize;
    qsizetype run = runOf(m_counted);
    while (m_counted < until) {
        if (m_rowCount % MarkEach == 0)
            m_marks.append(m_counted);
        ++m_rowCount;
        m_lastBegin = m_counted;
        m_counted = rowEnd(m_counted, &window, &run);
    }
}

void RawRows::scanToRow(qint64 row)
{
    while (m_rowCount <= row && !isComplete())
        scan(ScanSize);
}

void RawRows::scanToOctet(qint64 offset)
{
    if (offset >= m_counted)
        scan(offset - m_counted + 1);
}

QList<RawRows::Row> RawRows::rows(qint64 first, qint64 count)
{
    QList<Row> found;
    if (first < 0 || count <= 0)
        return found;
    scanToRow(first + count - 1);
    if (first >= m_rowCount)
        return found;
    qint64 begin = m_marks.at(first / MarkEach);
    Window window;
    qsizetype run = runOf(begin);
    for (qint64 row = first / MarkEach * MarkEach; row < std::min(first + count, m_rowCount);
         ++row) {
        const qint64 end = rowEnd(begin, &window, &run);
        if (row >= first)
            found.append({ begin, end, run < m_runs.size() && m_runs.at(run).begin == begin });
        begin = end;
    }
    return found;
}

qint64 RawRows::rowOf(qint64 offset)
{
    offset = std::clamp<qint64>(offset, 0, std::max<qint64>(0, m_size - 1));
    scanToOctet(offset);
    if (m_rowCount == 0)
        return -1;
    const auto after = std::upper_bound(m_marks.cbegin(), m_marks.cend(), offset);
    const qsizetype mark = std::distance(m_marks.cbegin(), after) - 1;
    qint64 row = mark * MarkEach;
    qint64 begin = m_marks.at(mark);
    Window window;
    qsizetype run = runOf(begin);
    for (;;) {
        const qint64 end = rowEnd(begin, &window, &run);
        if (offset < end)
            return row;
        begin = end;
        ++row;
    }
}

/// \a run: the one \a begin stands in, or one before it; the right one afterwards.
qint64 RawRows::rowEnd(qint64 begin, Window *window, qsizetype *run) const
{
    while (*run < m_runs.size() && m_runs.at(*run).end <= begin)
        ++*run;
    const qint64 runEnd = *run < m_runs.size() ? m_runs.at(*run).end : m_size;
    const qint64 limit = std::min({ m_size, runEnd, begin + m_perRow });
    if (m_form == Form::Hex)
        return limit;

    const qint64 length = limit - begin;
    const qint64 seen
        = std::min(m_size, limit + 1); // with the octet that tells whether a character is cut
    if (begin < window->begin || seen > window->begin + window->octets.size())
        load(begin, window);
    const qint64 there = std::min(length, window->begin + window->octets.size() - begin);
    const char *octets = window->octets.constData() + (begin - window->begin);
    if (there <= 0)
        return limit; // cannot be read
    if (const void *feed = std::memchr(octets, '\n', std::size_t(there)))
        return begin + (static_cast<const char *>(feed) - octets) + 1;
    if (length < m_perRow || there < length)
        return limit;
    // The row is full: the character that does not fit goes to the next one.
    const qint64 next = limit - window->begin;
    if (next >= window->octets.size() || !isContinuation(window->octets.at(next)))
        return limit;
    for (int back = 1; back <= 3; ++back) {
        const char octet = window->octets.at(next - back);
        if (!isContinuation(octet))
            return uchar(octet) >= 0xc0 ? limit - back : limit;
    }
    return limit;
}

qsizetype RawRows::runOf(qint64 offset) const
{
    const auto after = std::upper_bound(m_runs.cbegin(), m_runs.cend(), offset,
        [](qint64 value, const WireRun &run) { return value < run.begin; });
    return std::max<qsizetype>(0, std::distance(m_runs.cbegin(), after) - 1);
}

void RawRows::load(qint64 begin, Window *window) const
{
    window->begin = begin;
    window->octets = m_source->read(begin, window->readSize);
}

} // namespace headrace::ui
