#pragma once

#include <QString>

namespace headrace::exchange::language {

// What backslashes and wildcards mean in a word that is no regular expression.

/// Whether '*' or '?' stands in \a word without a backslash; '?' counts if \a isQuestionMarkOne.
bool hasWildcard(QStringView word, bool isQuestionMarkOne);

/// \a word without the backslashes that took a meaning away.
QString plainText(QStringView word);

/// \a word as a glob: backslashes stay before '*', '?' and themselves, and nowhere else.
QString globText(QStringView word);

/// \a glob as a word of a filter.
QString globWord(const QString &glob);

/// Whether \a text can stand as a word without quotes, with no character that means anything.
bool isPlainWord(QStringView text);

} // namespace headrace::exchange::language
