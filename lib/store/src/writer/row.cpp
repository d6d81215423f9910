#include "writer/row.h"

#include <algorithm>

namespace headrace::store {

QByteArray withFieldNames(const QByteArray &names, const exchange::FieldList &fields)
{
    QList<QByteArray> all;
    all.reserve(fields.size());
    for (const auto &[name, value] : fields)
        all.append(name.toLower());
    if (!names.isEmpty())
        all += names.mid(1, names.size() - 2).split('\n');
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all.isEmpty() ? QByteArray() : '\n' + all.join('\n') + '\n';
}

} // namespace headrace::store
