#include "exchange/rowindex.h"

#include <algorithm>
#include <cstring>

namespace headrace::exchange {

namespace {

constexpr int tabColumns = 4;
constexpr int longestCharacter = 4;

bool continuesCharacter(char octet) { return (uchar(octet) & 0xc0) == 0x80; }

} // namespace

RowIndex::RowIndex(qsizetype rowOctets)
    : m_rowOctets(std::max<qsizetype>(rowOctets, 2 * longestCharacter))
    , m_places({ Place() })
{
}

// What stands behind the row decides, too: a line end right behind a full row ends that row.
std::optional<RowIndex::Cut> RowIndex::cut(QByteArrayView octets, bool isLast) const
{
    const qsizetype seen = std::min(octets.size(), m_rowOctets + 2);
    const auto *found = seen > 0
        ? static_cast<const char *>(std::memchr(octets.data(), '\n', size_t(seen)))
        : nullptr;
    if (found) {
        const qsizetype at = found - octets.data();
        const qsizetype end = at > 0 && octets[at - 1] == '\r' ? at - 1 : at;
        if (end <= m_rowOctets)
            return Cut { end, at + 1, true };
    } else if (octets.size() < m_rowOctets + 2) {
        if (!isLast)
            return std::nullopt;
        if (octets.size() <= m_rowOctets)
            return Cut { octets.size(), octets.size(), true };
    }
    qsizetype end = m_rowOctets;
    while (end > m_rowOctets - longestCharacter && continuesCharacter(octets[end]))
        --end;
    if (continuesCharacter(octets[end])) // no UTF-8 at all
        end = m_rowOctets;
    return Cut { end, end, false };
}

void RowIndex::feed(QByteArrayView octets)
{
    m_pending.append(octets);
    take(false);
}

void RowIndex::finish() { take(true); }

void RowIndex::take(bool isLast)
{
    const QByteArrayView octets(m_pending);
    qsizetype at = 0;
    while (true) {
        const std::optional<Cut> found = cut(octets.sliced(at), isLast);
        if (!found)
            break;
        if (m_rowCount % RowsBetween == 0 && m_rowCount > 0)
            m_places.append({ m_rowCount, m_offset, m_line, m_isContinued });
        ++m_rowCount;
        at += found->next;
        m_offset += found->next;
        const bool isEnd = isLast && at == octets.size() && found->end == found->next;
        if (isEnd)
            break;
        m_line += found->isLineEnd ? 1 : 0;
        m_isContinued = !found->isLineEnd;
    }
    m_pending.remove(0, at);
}

RowIndex::Place RowIndex::placeBeforeRow(qint64 row) const
{
    const qsizetype index = std::clamp<qint64>(row / RowsBetween, 0, m_places.size() - 1);
    return m_places.at(index);
}

RowIndex::Place RowIndex::placeBeforeOffset(qint64 offset) const
{
    const auto after = std::upper_bound(m_places.begin() + 1, m_places.end(), offset,
        [](qint64 wanted, const Place &place) { return wanted < place.offset; });
    return *std::prev(after);
}

QList<TextRow> RowIndex::rows(const Place &place, QByteArrayView octets, bool isLast) const
{
    QList<TextRow> result;
    qsizetype at = 0;
    qint64 line = place.line;
    bool isContinued = place.isContinued;
    while (const std::optional<Cut> found = cut(octets.sliced(at), isLast)) {
        const qint64 begin = place.offset + at;
        result.append({ begin, begin + found->end, begin + found->next, line, isContinued });
        at += found->next;
        if (isLast && at == octets.size() && found->end == found->next)
            break;
        line += found->isLineEnd ? 1 : 0;
        isContinued = !found->isLineEnd;
    }
    return result;
}

qsizetype RowText::unitOf(qint64 offset) const
{
    const auto found = std::lower_bound(offsets.begin(), offsets.end(), offset);
    return std::min<qsizetype>(found - offsets.begin(), text.size());
}

namespace {

/// The character at the begin of \a octets and how many of them it takes; none: it is no UTF-8.
std::optional<std::pair<char32_t, int>> characterAt(QByteArrayView octets)
{
    const auto first = uchar(octets.front());
    if (first < 0x80)
        return std::pair(char32_t(first), 1);
    const int size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || octets.size() < size)
        return std::nullopt;
    char32_t character = first & (0x7f >> size);
    for (int i = 1; i < size; ++i) {
        if (!continuesCharacter(octets[i]))
            return std::nullopt;
        character = (character << 6) | (uchar(octets[i]) & 0x3f);
    }
    constexpr char32_t smallest[] { 0, 0, 0x80, 0x800, 0x10000 };
    if (character < smallest[size] || character > 0x10ffff
        || (character >= 0xd800 && character < 0xe000))
        return std::nullopt;
    return std::pair(character, size);
}

} // namespace

RowText decodeRow(QByteArrayView row, TextEncoding encoding)
{
    RowText result;
    result.text.reserve(row.size());
    result.offsets.reserve(row.size() + 1);
    const auto add = [&result](QStringView units, qsizetype at) {
        result.text += units;
        result.offsets.insert(result.offsets.size(), units.size(), int(at));
    };
    for (qsizetype at = 0; at < row.size();) {
        const auto octet = uchar(row[at]);
        int size = 1;
        if (octet == '\t') {
            const qsizetype blanks = tabColumns - result.text.size() % tabColumns;
            add(QString(blanks, u' '), at);
        } else if (octet < 0x20) {
            add(QString(QChar(0x2400 + octet)), at);
        } else if (octet == 0x7f) {
            add(QString(QChar(0x2421)), at);
        } else if (octet < 0x80 || encoding == TextEncoding::Latin1) {
            add(QString(QChar(char16_t(octet))), at);
        } else if (const auto found = characterAt(row.sliced(at))) {
            add(QString::fromUcs4(&found->first, 1), at);
            size = found->second;
        } else {
            add(QString(QChar(QChar::ReplacementCharacter)), at);
        }
        at += size;
    }
    result.offsets.append(int(row.size()));
    return result;
}

} // namespace headrace::exchange
