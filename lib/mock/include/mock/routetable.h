#pragma once

#include "mock/route.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <vector>

namespace headrace::mock {

/// What a table says to a request.
struct RouteMatch
{
    const Route *route = nullptr; ///< The table's; null if no route takes the request.
    QList<QByteArray>
        allowed; ///< Without a route: methods that the path takes, sorted. Empty: unknown path.
};

/** Finds the route of a request. The first enabled route that takes method and path answers; HEAD falls
    to the GET routes when no route of its own takes it.

    Paths are compared segment by segment, each percent-decoded once, case counts: `/caf%C3%A9` and `/café`
    are one path, `/a%2Fb` is one segment and never `/a/b`. `/a` and `/a/` are two paths. `:name` takes one
    segment that is not empty, a last `*` one or more of any kind, and the path `*` every target.
    Query and fragment are not compared; of an absolute-form target (RFC 9112 section 3.2.2) the path is. */
class RouteTable
{
public:
    explicit RouteTable(const Definition &definition = {});

    RouteMatch match(QByteArrayView method, QByteArrayView target) const;
    const Definition &definition() const;

private:
    struct Segment
    {
        enum class Kind
        {
            Literal,
            Any,
            Rest
        };

        Kind kind = Kind::Literal;
        QByteArray text; // decoded
    };

    struct Entry
    {
        qsizetype route = 0;
        QByteArray method;
        bool takesAll = false;
        std::vector<Segment> segments;
    };

    static bool matches(const Entry &entry, const QList<QByteArray> &segments, bool isPath);

    Definition m_definition;
    std::vector<Entry> m_entries;
};

} // namespace headrace::mock
