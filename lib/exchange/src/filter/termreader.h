#pragma once

#include "filter/fieldprefix.h"

namespace headrace::exchange::language {

/** Reads one condition: an operator with its value, a field with a comparison, or bare text. Some are
    several terms in one word (a list, a range), so what it answers is a filter. */
class TermReader
{
public:
    /// \a scanner is borrowed; \a now is what times of day refer to.
    TermReader(Scanner &scanner, const QDateTime &now);

    /// The condition at the position, which is no space, parenthesis or junction. All after an error.
    Filter read();

private:
    bool isTextWithColon(QStringView name) const;
    void failUnknown(QStringView name);

    Filter readOperator();
    Filter readBare();
    Filter readField(const FieldPrefix &prefix);

    Scanner &m_scanner;
    QDateTime m_now;
};

} // namespace headrace::exchange::language
