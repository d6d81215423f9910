#pragma once

#include "filter/grammar.h"
#include "filter/relation.h"

namespace headrace::exchange::language {

/** \a term with the text of \a item, a part of \a piece: `*` alone asks whether it is there, a word with
    wildcards is a glob if \a hasWildcards, else it is compared as \a plain. */
Filter textTerm(
    FilterTerm term, FilterCompare plain, bool hasWildcards, const Piece &piece, QStringView item);

/// \a term with the regular expression that \a piece is.
Filter regexTerm(Scanner &scanner, FilterTerm term, const Piece &piece);

/// What follows the sign behind a field of text.
Filter readText(
    Scanner &scanner, const FieldName &field, Relation relation, const QString &written);

/// What follows the sign behind a field with fixed values.
Filter readChoices(
    Scanner &scanner, const FieldName &field, Relation relation, const QString &written);

/// What follows "header:" and its like: a name, a name with a sign and a value, or a line in quotes.
Filter readFieldLine(
    Scanner &scanner, const FieldName &field, Relation relation, const QString &written);

/// In these fields a '/' or a '?' is part of what one looks for.
bool isOfUrl(FilterField field);

constexpr QLatin1StringView CaseSensitivePrefix("(?-i)"); ///< At the begin of an expression.

} // namespace headrace::exchange::language
