#pragma once

#include <exchange/filter.h>

#include <QStringList>

/// A filter as nested lists, for comparison with what a test expects: `(and method="POST" (not url~"x"))`.
inline QString dump(const headrace::exchange::Filter &filter)
{
    using namespace headrace::exchange;
    static const char *const fields[] { "url", "method", "scheme", "host", "path", "query",
        "status", "type", "type?", "type!", "asset", "source", "state", "size", "size?", "duration",
        "number", "connection", "time", "header", "header?", "header!", "trailer", "event",
        "pattern", "body", "body?", "body!", "note", "mark", "error", "client", "server",
        "response", "noresponse", "websocket", "rule", "changed", "lenient" };
    static const char *const compares[] { "", "=", "<", "<=", ">", ">=", "^", "*", "~" };
    if (filter.kind() == Filter::Kind::All)
        return QStringLiteral("all");
    if (filter.kind() == Filter::Kind::Term) {
        const FilterTerm &term = filter.term();
        QString text = QLatin1String(fields[int(term.field)]);
        if (!term.name.isEmpty())
            text += u'[' + QString::fromUtf8(term.name) + u']';
        text += QLatin1String(compares[int(term.compare)]);
        const bool isNumber = (term.field >= FilterField::Size && term.field <= FilterField::Time)
            || term.field == FilterField::Status;
        if (term.compare == FilterCompare::Exists)
            return text;
        if (isNumber)
            return text + QString::number(term.number);
        return text + u'"' + term.text + u'"' + QLatin1String(term.isCaseSensitive ? "c" : "");
    }
    QStringList parts { QLatin1String(filter.kind() == Filter::Kind::Not ? "not"
            : filter.kind() == Filter::Kind::And                         ? "and"
                                                                         : "or") };
    for (const Filter &child : filter.children())
        parts += dump(child);
    return u'(' + parts.join(u' ') + u')';
}
