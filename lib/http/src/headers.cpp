#include "http/headers.h"

#include <wire/fieldrules.h>

namespace headrace::http {

Headers::Headers(const wire::Fields &fields, qsizetype maxFields)
{
    const qsizetype count = maxFields > 0 ? qMin(maxFields, fields.count()) : fields.count();
    m_entries.reserve(count);
    for (qsizetype i = 0; i < count; ++i)
        add(fields.name(i), fields.value(i));
}

void Headers::add(QByteArrayView name, QByteArrayView value)
{
    QByteArray key = wire::toLowerCase(name);
    if (key == "__proto__")
        return; // no name of a property in the reference's headers object
    auto *entry = const_cast<Entry *>(find(key));
    if (!entry) {
        m_entries.append({ std::move(key), { value.toByteArray() } });
        return;
    }
    switch (wire::duplicateRule(entry->name)) {
    case wire::DuplicateRule::KeepFirst:
        break;
    case wire::DuplicateRule::List:
        entry->values.append(value.toByteArray());
        break;
    case wire::DuplicateRule::JoinWithComma:
        entry->values.first().append(", ").append(value);
        break;
    case wire::DuplicateRule::JoinWithSemicolon:
        entry->values.first().append("; ").append(value);
        break;
    }
}

const Headers::Entry *Headers::find(QByteArrayView name) const
{
    for (const Entry &entry : m_entries) {
        if (wire::equalsIgnoringCase(entry.name, name))
            return &entry;
    }
    return nullptr;
}

bool Headers::contains(QByteArrayView name) const { return find(name) != nullptr; }

QByteArray Headers::value(QByteArrayView name) const
{
    const Entry *entry = find(name);
    if (!entry)
        return {};
    return entry->values.size() == 1 ? entry->values.first() : entry->values.join(", ");
}

QList<QByteArray> Headers::values(QByteArrayView name) const
{
    const Entry *entry = find(name);
    return entry ? entry->values : QList<QByteArray>();
}

QList<QByteArray> Headers::names() const
{
    QList<QByteArray> names;
    names.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        names.append(entry.name);
    return names;
}

} // namespace headrace::http
