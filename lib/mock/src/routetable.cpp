#include "mock/routetable.h"

#include <algorithm>

namespace headrace::mock {

namespace {

// The path of a target; nothing for the asterisk-form and the authority-form.
QByteArrayView pathOf(QByteArrayView target)
{
    if (!target.startsWith('/')) {
        const qsizetype scheme = target.indexOf(QByteArrayView("://"));
        if (scheme < 0)
            return {};
        const qsizetype path = target.indexOf('/', scheme + 3);
        const qsizetype query = target.indexOf('?', scheme + 3);
        target
            = path < 0 || (query >= 0 && query < path) ? QByteArrayView("/") : target.sliced(path);
    }
    const auto end = std::find_if(
        target.begin(), target.end(), [](char octet) { return octet == '?' || octet == '#'; });
    return target.first(end - target.begin());
}

QList<QByteArray> rawSegments(QByteArrayView path)
{
    return path.sliced(1).toByteArray().split('/');
}

} // namespace

RouteTable::RouteTable(const Definition &definition)
    : m_definition(definition)
{
    for (qsizetype i = 0; i < m_definition.routes.size(); ++i) {
        const Route &route = m_definition.routes[i];
        if (!route.isEnabled)
            continue;
        Entry entry;
        entry.route = i;
        entry.method = route.method.toUtf8();
        entry.takesAll = route.path == u'*';
        if (!entry.takesAll && !route.path.startsWith(u'/'))
            continue; // see problems(): it takes nothing
        if (!entry.takesAll) {
            for (const QByteArray &segment : rawSegments(route.path.toUtf8())) {
                if (segment == "*")
                    entry.segments.push_back({ Segment::Kind::Rest, {} });
                else if (segment.startsWith(':'))
                    entry.segments.push_back({ Segment::Kind::Any, {} });
                else
                    entry.segments.push_back(
                        { Segment::Kind::Literal, QByteArray::fromPercentEncoding(segment) });
            }
        }
        m_entries.push_back(std::move(entry));
    }
}

const Definition &RouteTable::definition() const { return m_definition; }

bool RouteTable::matches(const Entry &entry, const QList<QByteArray> &segments, bool isPath)
{
    if (entry.takesAll)
        return true;
    if (!isPath)
        return false;
    for (size_t i = 0; i < entry.segments.size(); ++i) {
        const Segment &expected = entry.segments[i];
        if (qsizetype(i) >= segments.size())
            return false;
        const QByteArray &segment = segments[qsizetype(i)];
        if (expected.kind == Segment::Kind::Rest)
            return true;
        if (expected.kind == Segment::Kind::Any ? segment.isEmpty() : segment != expected.text)
            return false;
    }
    return qsizetype(entry.segments.size()) == segments.size();
}

RouteMatch RouteTable::match(QByteArrayView method, QByteArrayView target) const
{
    const QByteArrayView path = pathOf(target);
    QList<QByteArray> segments = path.isEmpty() ? QList<QByteArray>() : rawSegments(path);
    for (QByteArray &segment : segments)
        segment = QByteArray::fromPercentEncoding(segment);

    RouteMatch result;
    const Route *fallback = nullptr;
    for (const Entry &entry : m_entries) {
        if (!matches(entry, segments, !path.isEmpty()))
            continue;
        const Route *route = &m_definition.routes[entry.route];
        if (entry.method == "*" || method == entry.method)
            return { route, {} };
        if (!fallback && entry.method == "GET" && method == QByteArrayView("HEAD"))
            fallback = route;
        if (!result.allowed.contains(entry.method))
            result.allowed.append(entry.method);
    }
    if (fallback)
        return { fallback, {} };
    if (result.allowed.contains("GET") && !result.allowed.contains("HEAD"))
        result.allowed.append("HEAD");
    std::sort(result.allowed.begin(), result.allowed.end());
    return result;
}

} // namespace headrace::mock
