#include "exchange/fieldmeaning.h"

#include "meaning/knownfields.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

const KnownField *find(QByteArrayView name)
{
    const auto known = knownFields();
    const auto found = std::lower_bound(
        known.begin(), known.end(), name, [](const KnownField &field, QByteArrayView wanted) {
            return QByteArrayView(field.name).compare(wanted, Qt::CaseInsensitive) < 0;
        });
    const bool isThere = found != known.end()
        && QByteArrayView(found->name).compare(name, Qt::CaseInsensitive) == 0;
    return isThere ? &*found : nullptr;
}

} // namespace

std::optional<FieldMeaning> meaningOf(QByteArrayView name)
{
    const KnownField *field = find(name);
    if (!field)
        return {};
    return FieldMeaning { QString::fromUtf8(field->name), QString::fromUtf8(field->sentence),
        QString::fromUtf8(field->source), field->isForbiddenInTrailers };
}

qsizetype knownFieldCount() { return qsizetype(knownFields().size()); }

QByteArray usualSpelling(QByteArrayView name)
{
    if (const KnownField *field = find(name))
        return field->name;
    QByteArray spelled = name.toByteArray().toLower();
    bool begins = true;
    for (char &c : spelled) {
        if (begins && c >= 'a' && c <= 'z')
            c = char(c - 'a' + 'A');
        begins = c == '-';
    }
    return spelled;
}

} // namespace headrace::exchange
