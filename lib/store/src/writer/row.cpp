#include "writer/row.h"

#include <wire/span.h>

#include <QVarLengthArray>

#include <algorithm>

namespace headrace::store {

QByteArray withFieldNames(const QByteArray &names, const exchange::FieldList &fields)
{
    // Behind each other in one text, and where each begins: no allocation for each.
    QVarLengthArray<char, 1024> text;
    QVarLengthArray<wire::Span, 64> spans;
    for (const auto &[name, value] : fields) {
        spans.append({ text.size(), name.size() });
        for (const char c : name)
            text.append(c >= 'A' && c <= 'Z' ? char(c | 0x20) : c);
    }
    for (qsizetype from = 1; from < names.size(); from = spans.last().length + from + 1) {
        const qsizetype end = names.indexOf('\n', from);
        spans.append({ text.size(), end - from });
        text.append(names.constData() + from, end - from);
    }
    if (spans.isEmpty())
        return {};
    const QByteArrayView block(text.constData(), text.size());
    const auto isSame = [block](wire::Span a, wire::Span b) { return a.in(block) == b.in(block); };
    std::sort(spans.begin(), spans.end(),
        [block](wire::Span a, wire::Span b) { return a.in(block) < b.in(block); });
    const auto end = std::unique(spans.begin(), spans.end(), isSame);
    QByteArray result;
    result.reserve(text.size() + spans.size() + 1);
    result.append('\n');
    for (auto span = spans.begin(); span != end; ++span)
        result.append(span->in(block)).append('\n');
    return result;
}

} // namespace headrace::store
