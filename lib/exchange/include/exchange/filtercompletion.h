#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace headrace::exchange {

/// Something that can be put into the text of a filter.
struct FilterCompletion
{
    QString text; ///< What stands in the place of the old text: "status:", "~m ", "failed".
    QString hint; ///< What it means, in some words; may be empty.
    qsizetype from = 0; ///< Of the old text. Unit: characters.
    qsizetype length = 0;

    friend bool operator==(const FilterCompletion &, const FilterCompletion &) = default;
};

/// What a session has that values can be taken of.
struct FilterValues
{
    QStringList hosts;
    QStringList types; ///< Media types.
    QStringList headers; ///< Names of header fields.
};

/** What can stand where \a cursor is in \a text: names of fields and operators for a word that begins, values
    behind them. What begins with the old text comes first, then what holds it, in a sensible order. Empty
    where anything may be written, and within quotes that name nothing. Thread: any. */
QList<FilterCompletion> completions(
    QStringView text, qsizetype cursor, const FilterValues &values = {});

} // namespace headrace::exchange
