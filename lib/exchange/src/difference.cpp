#include "exchange/difference.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace headrace::exchange {

namespace {

/// Gathers the steps; what goes and comes between lines that stay is one removal and one addition.
class Edits
{
public:
    void add(Edit::Kind kind, qsizetype count)
    {
        if (count == 0)
            return;
        if (kind == Edit::Kind::Removed) {
            m_removed += count;
        } else if (kind == Edit::Kind::Added) {
            m_added += count;
        } else {
            giveChanges();
            give(Edit::Kind::Same, count);
        }
    }

    QList<Edit> take()
    {
        giveChanges();
        return std::move(m_edits);
    }

private:
    void giveChanges()
    {
        give(Edit::Kind::Removed, std::exchange(m_removed, 0));
        give(Edit::Kind::Added, std::exchange(m_added, 0));
    }

    void give(Edit::Kind kind, qsizetype count)
    {
        if (count == 0)
            return;
        if (!m_edits.isEmpty() && m_edits.constLast().kind == kind)
            m_edits.last().count += count;
        else
            m_edits += Edit { kind, m_left, m_right, count };
        m_left += kind == Edit::Kind::Added ? 0 : count;
        m_right += kind == Edit::Kind::Removed ? 0 : count;
    }

    QList<Edit> m_edits;
    qsizetype m_left = 0;
    qsizetype m_right = 0;
    qsizetype m_removed = 0;
    qsizetype m_added = 0;
};

/// How far each diagonal was reached with each number of edits; what the way is found back by.
class Search
{
public:
    Search(const QStringList &left, const QStringList &right, qsizetype begin, qsizetype leftEnd,
        qsizetype rightEnd)
        : m_left(left)
        , m_right(right)
        , m_begin(begin)
        , m_leftSize(leftEnd - begin)
        , m_rightSize(rightEnd - begin)
    {
    }

    bool run(qsizetype mostEdits)
    {
        const qsizetype most = std::min(mostEdits, m_leftSize + m_rightSize);
        for (qsizetype edits = 0; edits <= most; ++edits) {
            m_rounds.emplace_back(size_t(edits) + 1);
            for (qsizetype diagonal = -edits; diagonal <= edits; diagonal += 2) {
                qsizetype x = edits == 0 ? 0 : startOf(edits, diagonal);
                if (x < 0 || x > m_leftSize || x - diagonal > m_rightSize) {
                    reached(edits, diagonal) = Nowhere;
                    continue;
                }
                while (x < m_leftSize && x - diagonal < m_rightSize && isSame(x, x - diagonal))
                    ++x;
                reached(edits, diagonal) = qint32(x);
                if (x >= m_leftSize && x - diagonal >= m_rightSize)
                    return true;
            }
        }
        return false;
    }

    void tell(Edits *edits) const
    {
        std::vector<std::pair<Edit::Kind, qsizetype>> back;
        qsizetype x = m_leftSize;
        qsizetype y = m_rightSize;
        for (qsizetype round = qsizetype(m_rounds.size()) - 1; round >= 0; --round) {
            const qsizetype diagonal = x - y;
            const qsizetype start = round == 0 ? 0 : startOf(round, diagonal);
            back.emplace_back(Edit::Kind::Same, x - start);
            if (round == 0)
                break;
            const bool isAdded = comesDown(round, diagonal);
            x = isAdded ? start : start - 1;
            y = isAdded ? start - diagonal - 1 : start - diagonal;
            back.emplace_back(isAdded ? Edit::Kind::Added : Edit::Kind::Removed, 1);
        }
        for (auto step = back.crbegin(); step != back.crend(); ++step)
            edits->add(step->first, step->second);
    }

private:
    static constexpr qint32 Nowhere = -1;

    bool isSame(qsizetype x, qsizetype y) const
    {
        return m_left.at(m_begin + x) == m_right.at(m_begin + y);
    }

    qint32 &reached(qsizetype edits, qsizetype diagonal)
    {
        return m_rounds[size_t(edits)][size_t((diagonal + edits) / 2)];
    }

    /// Nowhere: that diagonal was not reached with so many edits.
    qsizetype furthest(qsizetype edits, qsizetype diagonal) const
    {
        if (diagonal < -edits || diagonal > edits)
            return Nowhere;
        return m_rounds[size_t(edits)][size_t((diagonal + edits) / 2)];
    }

    /// Whether the way to that diagonal came by an addition: down from the one above, which went further.
    bool comesDown(qsizetype edits, qsizetype diagonal) const
    {
        const qsizetype above = furthest(edits - 1, diagonal + 1);
        const qsizetype before = furthest(edits - 1, diagonal - 1);
        return before == Nowhere || (above != Nowhere && before + 1 <= above);
    }

    qsizetype startOf(qsizetype edits, qsizetype diagonal) const
    {
        if (comesDown(edits, diagonal))
            return furthest(edits - 1, diagonal + 1);
        return furthest(edits - 1, diagonal - 1) + 1;
    }

    const QStringList &m_left;
    const QStringList &m_right;
    qsizetype m_begin;
    qsizetype m_leftSize;
    qsizetype m_rightSize;
    std::vector<std::vector<qint32>> m_rounds;
};

} // namespace

QList<Edit> differenceOf(const QStringList &left, const QStringList &right, qsizetype mostEdits)
{
    const qsizetype shorter = std::min(left.size(), right.size());
    qsizetype begin = 0;
    while (begin < shorter && left.at(begin) == right.at(begin))
        ++begin;
    qsizetype end = 0;
    while (
        end < shorter - begin && left.at(left.size() - 1 - end) == right.at(right.size() - 1 - end))
        ++end;
    const qsizetype leftEnd = left.size() - end;
    const qsizetype rightEnd = right.size() - end;

    Edits edits;
    edits.add(Edit::Kind::Same, begin);
    Search search(left, right, begin, leftEnd, rightEnd);
    if (search.run(mostEdits)) {
        search.tell(&edits);
    } else {
        edits.add(Edit::Kind::Removed, leftEnd - begin);
        edits.add(Edit::Kind::Added, rightEnd - begin);
    }
    edits.add(Edit::Kind::Same, end);
    return edits.take();
}

} // namespace headrace::exchange
