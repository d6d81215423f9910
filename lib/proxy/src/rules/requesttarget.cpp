#include "rules/requesttarget.h"

#include <algorithm>

namespace headrace::proxy {

RequestTarget RequestTarget::of(const QByteArray &target)
{
    const auto behind = [&](qsizetype from, const char *marks) {
        const auto end = std::find_if(target.cbegin() + from, target.cend(),
            [marks](char c) { return QByteArrayView(marks).contains(c); });
        return end - target.cbegin();
    };
    RequestTarget parts;
    qsizetype pathBegin = 0;
    if (!target.startsWith('/')) {
        const qsizetype scheme = target.indexOf("://");
        if (scheme <= 0)
            return parts;
        pathBegin = behind(scheme + 3, "/?#");
        parts.origin = target.first(pathBegin);
    }
    const qsizetype pathEnd = behind(pathBegin, "?#");
    parts.path = pathEnd == pathBegin ? QByteArrayLiteral("/")
                                      : target.sliced(pathBegin, pathEnd - pathBegin);
    parts.query = target.sliced(pathEnd);
    return parts;
}

} // namespace headrace::proxy
