#include "filter/texttest.h"

#include <QStringDecoder>

namespace headrace::exchange {

TextTest::TextTest(const FilterTerm &term)
    : m_compare(term.compare)
    , m_text(term.text)
    , m_occurrence(term.text, Qt::CaseInsensitive)
{
    if (m_compare == FilterCompare::Glob || m_compare == FilterCompare::Regex) {
        m_expression = expressionOf(term);
        m_expression.optimize();
    }
}

bool TextTest::operator()(const QString &text) const
{
    switch (m_compare) {
    case FilterCompare::Exists:
        return true;
    case FilterCompare::Equals:
        return text.compare(m_text, Qt::CaseInsensitive) == 0;
    case FilterCompare::Contains:
        return m_occurrence.indexIn(text) >= 0;
    case FilterCompare::Glob:
    case FilterCompare::Regex:
        return m_expression.match(text).hasMatch();
    default:
        return false;
    }
}

QString textOf(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(octets);
    return decoder.hasError() ? QString::fromLatin1(octets) : text;
}

} // namespace headrace::exchange
