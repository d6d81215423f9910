#pragma once

#include "exchange/filter.h"

#include <QRegularExpression>
#include <QStringMatcher>

namespace headrace::exchange {

/// Whether a text is what a term asks for. Thread: any, several at once.
class TextTest
{
public:
    explicit TextTest(const FilterTerm &term);

    bool operator()(const QString &text) const;

private:
    FilterCompare m_compare;
    QString m_text;
    QStringMatcher m_occurrence;
    QRegularExpression m_expression;
};

/// UTF-8 if it is valid, else ISO 8859-1.
QString textOf(QByteArrayView octets);

} // namespace headrace::exchange
