#pragma once

#include <QList>
#include <QStringList>

namespace headrace::exchange {

/// A step on the way from one list to another: lines that stay, go or come, as many as \a count.
struct Edit
{
    enum class Kind
    {
        Same,
        Removed,
        Added
    };

    Kind kind = Kind::Same;
    qsizetype left = 0; ///< Place of the first in the left list; of an addition, where it comes.
    qsizetype right = 0; ///< The same in the right list.
    qsizetype count = 0;

    bool operator==(const Edit &) const = default;
};

/** The shortest way from \a left to \a right in lines; removals stand before additions. Lists that differ in more
    than \a mostEdits lines are not looked through any further: what lies between their common beginning and end is
    removed and added as a whole. Time: lines + (differing lines)²; memory: (differing lines)², four octets each.
    Thread: any. Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986. */
QList<Edit> differenceOf(
    const QStringList &left, const QStringList &right, qsizetype mostEdits = 2000);

} // namespace headrace::exchange
