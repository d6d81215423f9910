#pragma once

#include "exchange/filter.h"

#include <QList>

namespace headrace::exchange::language {

/// How the value of a field is written.
enum class ValueKind
{
    Words, ///< Text, or a whole text by wildcards.
    Prose, ///< Text that wildcards are part of.
    Choice, ///< One of choicesOf().
    Fields, ///< A field line: name, or name and value.
    Status, ///< A code, or a class as 4xx.
    Octets, ///< With a unit.
    Duration, ///< With a unit.
    Count,
    Time, ///< Of day, or with a date.
};

/// A name that can stand before ':' and its like.
struct FieldName
{
    QLatin1StringView name;
    FilterField field; ///< Of "any" and "is": the first that they may mean.
    ValueKind kind;
    FilterCompare colon; ///< What ':' means with a text.
    bool takesList; ///< Whether ',' parts values, any of which will do.
    QLatin1StringView hint;
    QLatin1StringView alias = {};
};

/// An expression of mitmproxy: '~' and a code.
struct OperatorName
{
    enum class Argument
    {
        None,
        Regex,
        Status
    };

    QLatin1StringView code;
    Argument argument;
    std::optional<FilterField> field; ///< Without one it matches all (all, http) or nothing.
    QLatin1StringView hint; ///< Empty: completion does not offer it.
};

/// A value of a fixed set.
struct ChoiceName
{
    QLatin1StringView name;
    QLatin1StringView hint;
};

constexpr QLatin1StringView AnyName("any");
constexpr QLatin1StringView IsName("is");

const QList<FieldName> &fieldNames();
const FieldName *fieldName(QStringView name); ///< Case aside; null for an unknown one.
const FieldName *fieldName(FilterField field); ///< Null for those that an operator alone asks for.

const QList<OperatorName> &operatorNames();
const OperatorName *operatorName(QStringView code); ///< As written; null for an unknown one.

QList<ChoiceName> choicesOf(const FieldName &field);
FilterTerm termOfIs(QStringView choice); ///< What `is:` means by one of its choices.

bool isNumber(ValueKind kind);

/// The name that \a word was meant to be, by few slips of the keyboard; empty if none comes near.
QString nearest(QStringView word, const QStringList &names);

} // namespace headrace::exchange::language
