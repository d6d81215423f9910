#pragma once

#include "exchange/exchange.h"

#include <QList>
#include <QString>

namespace headrace::exchange {

/// A line of two exchanges side by side.
struct ComparedLine
{
    enum class Kind
    {
        Same,
        Changed, ///< Stands on both sides, but not the same.
        OnlyLeft,
        OnlyRight,
        Moved, ///< Stands in another place on the other side: on one side here.
        Figure, ///< Never the same, and so no difference: a time, a count.
    };

    Kind kind = Kind::Same;
    QString left; ///< Null: there is no line on that side.
    QString right;

    bool isDifference() const { return kind != Kind::Same && kind != Kind::Figure; }

    bool operator==(const ComparedLine &) const = default;
};

/// What of two exchanges stands side by side.
struct ComparedPart
{
    enum class What
    {
        Request, ///< Request line and fields, as received.
        RequestBody, ///< Content codings undone; JSON, XML and HTML laid out; what is no text, as octets.
        Interim,
        Response, ///< Status line and fields.
        ResponseBody,
        RequestTrailers,
        ResponseTrailers,
        Events, ///< Object and name; when they came is no difference.
        Timings,
    };

    What what = What::Request;
    QList<ComparedLine> lines;
    QString remark; ///< What was not compared, and why; for people; may be empty.

    qsizetype differences() const; ///< Runs of lines that differ, not lines.
};

/// More of a body is not compared. Unit: octets, codings undone.
inline constexpr qint64 ComparedBodyLimit = qint64(2) * 1024 * 1024;

/** Both exchanges, part by part; parts that neither has are left out. Fields are one line each, in order; a field
    that stands elsewhere on the other side is Moved, one whose value or spelling differs is Changed.
    Time: a second at most, for two bodies of ComparedBodyLimit that have little in common. Thread: any. */
QList<ComparedPart> compared(const Exchange &left, const Exchange &right);

/// What a proxy made of a part of a message: before on the left, after on the right. Bodies as they passed: what is no
/// text, as octets. Thread: any.
ComparedPart comparedChange(const Change &change);

} // namespace headrace::exchange
