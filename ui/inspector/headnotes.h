#pragma once

#include <exchange/exchange.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/// A line below a head that breaks down what its fields say.
struct HeadNote
{
    enum class Kind
    {
        Plain, ///< A rule.
        Wire, ///< A cookie: its text is what passed.
        Detail, ///< Of the line above it.
        Verdict,
        Problem
    };

    Kind kind = Kind::Plain;
    QString title; ///< Wire text, mostly: a name.
    QString text;

    bool operator==(const HeadNote &) const = default;
};

/// Lines on one subject.
struct HeadNotes
{
    QString title; ///< "Cookies"
    QString summary; ///< "2 set, 1 refused"
    QList<HeadNote> lines; ///< At most 200.

    bool isEmpty() const { return lines.isEmpty(); }

    bool operator==(const HeadNotes &) const = default;
};

/// Cookies that a request sends, or that a response sets. Empty without any.
HeadNotes cookieNotes(const exchange::Exchange &exchange, const exchange::Message &message);

/// What caches may do with the final response. Empty when nothing is to be said.
HeadNotes cachingNotes(const exchange::Exchange &exchange);

/// Trailers that were announced and did not come. Empty when all came, and while the message goes on.
HeadNotes trailerNotes(const exchange::Message &message);

} // namespace headrace::ui
