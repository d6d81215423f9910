#pragma once

#include <wire/fields.h>

#include <QByteArray>
#include <QList>

#include <utility>

namespace headrace::http {

/** The parsed view of received fields: lower-case names, duplicates joined, dropped or listed by name.
    Iteration is in order of first appearance. Source: reference `message.headers`. */
class Headers
{
public:
    struct Entry
    {
        QByteArray name; ///< Lower case.
        QList<QByteArray> values; ///< One, but for Set-Cookie.
    };

    Headers() = default;

    /// At most \a maxFields fields of \a fields are seen; 0 is no limit.
    explicit Headers(const wire::Fields &fields, qsizetype maxFields = 0);

    bool contains(QByteArrayView name) const;

    /// The value, joined as the reference does it; Set-Cookie's with ", ". Null if there is none.
    QByteArray value(QByteArrayView name) const;

    /// All values of Set-Cookie, or the one value in a list.
    QList<QByteArray> values(QByteArrayView name) const;
    QList<QByteArray> names() const;

    const QList<Entry> &entries() const { return m_entries; }

    qsizetype count() const { return m_entries.size(); }

private:
    const Entry *find(QByteArrayView name) const;
    void add(QByteArrayView name, QByteArrayView value);

    QList<Entry> m_entries;
};

} // namespace headrace::http
