#include "exchange/summarytext.h"

namespace headrace::exchange {

namespace {

// Where the path of an absolute-form target begins; -1 if it is none. RFC 9112 section 3.2.2.
qsizetype pathBegin(const QString &target)
{
    const qsizetype scheme = target.indexOf(QStringLiteral("://"));
    if (target.startsWith(u'/') || scheme < 0)
        return -1;
    qsizetype begin = scheme + 3;
    while (begin < target.size() && !QStringView(u"/?#").contains(target[begin]))
        ++begin;
    return begin;
}

} // namespace

QString urlOf(const Summary &summary)
{
    if (pathBegin(summary.target) >= 0)
        return summary.target;
    const QString origin = summary.scheme + QStringLiteral("://") + summary.host;
    return summary.target.startsWith(u'/') ? origin + summary.target : origin + u'/';
}

QString pathOf(const Summary &summary)
{
    const qsizetype begin = pathBegin(summary.target);
    return begin < 0 ? summary.target : summary.target.sliced(begin);
}

} // namespace headrace::exchange
