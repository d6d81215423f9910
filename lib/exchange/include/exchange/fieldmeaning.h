#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::exchange {

/// What a field is for.
struct FieldMeaning
{
    QString name; ///< As it is usually written: "Content-Type"
    QString sentence;
    QString source; ///< "RFC 9110, 8.3"; empty for fields without a standard.
    bool isForbiddenInTrailers = false; ///< It counts before the content: RFC 9110 section 6.5.1.
};

/// Of a registered or common field, whatever case \a name has; nothing for others. Thread: any.
std::optional<FieldMeaning> meaningOf(QByteArrayView name);

qsizetype knownFieldCount();

/// A part of a value and what it means.
struct ValueMeaning
{
    QString part; ///< "max-age=600"; empty: the whole.
    QString sentence;

    bool operator==(const ValueMeaning &) const = default;
};

/** What a value says, part by part, where that needs words: directives, codings, options, parameters, dates (in local
    time and as a distance from \a now), durations. Empty where the value speaks for itself. At most 50 parts.
    Sources: RFC 9110, RFC 9111, RFC 9112, RFC 6797. Thread: any. */
QList<ValueMeaning> explainValue(QByteArrayView name, QByteArrayView value, const QDateTime &now);

/// "Content-Type" for "CONTENT-type": the spelling of known fields, else each word with a capital.
QByteArray usualSpelling(QByteArrayView name);

} // namespace headrace::exchange
