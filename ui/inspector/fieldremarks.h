#pragma once

#include <exchange/exchange.h>
#include <exchange/fieldlines.h>

#include <QString>

namespace headrace::ui {

/// What is odd about a field, in a word and in a sentence.
struct FieldRemark
{
    QString word; ///< "2 of 3", "folded"
    QString sentence;
    QString mark; ///< As short as can be: "2/3". Warnings have none.
    bool isWarning = false; ///< Peers may disagree about it; else it is only good to know.

    bool operator==(const FieldRemark &) const = default;
};

/// About the name of a field: unusual spelling, and that it is the one of \a count at \a place, from 1.
QList<FieldRemark> nameRemarks(const QByteArray &name, int place, int count);

/// About how its line was written.
QList<FieldRemark> lineRemarks(const exchange::FieldLine &line);

/// About a trailer: whether it was announced by \a announced (names of Trailer fields, in small letters), and whether
/// it may be one. Source: RFC 9110 sections 6.5.1 and 6.6.2.
QList<FieldRemark> trailerRemarks(const QByteArray &name, const QList<QByteArray> &announced);

/// The names that the Trailer fields of a message announce, in small letters.
QList<QByteArray> announcedTrailers(const exchange::Message &message);

/** For a tool tip, as rich text: what the field is for, what its value says, and what is odd. \a value is shown whole as
    far as there is room. */
QString fieldToolTip(
    const QByteArray &name, const QByteArray &value, const QList<FieldRemark> &remarks);

} // namespace headrace::ui
