#include "exchange/filter.h"
#include "filter/numbers.h"
#include "filter/scanner.h"
#include "filter/textterms.h"
#include "filter/words.h"

#include <QStringList>

#include <algorithm>

namespace headrace::exchange {

namespace {

using namespace language;

QString sign(FilterCompare compare)
{
    switch (compare) {
    case FilterCompare::Less:
        return QStringLiteral("<");
    case FilterCompare::LessOrEqual:
        return QStringLiteral("<=");
    case FilterCompare::Greater:
        return QStringLiteral(">");
    case FilterCompare::GreaterOrEqual:
        return QStringLiteral(">=");
    default:
        return QStringLiteral(":");
    }
}

QString numberText(const FilterTerm &term, const FieldName &name)
{
    if (term.compare == FilterCompare::Exists)
        return name.name + QStringLiteral(":*");
    return name.name + sign(term.compare) + numberText(term.number, name.kind);
}

// A text behind a sign. Where a slash begins an expression, it needs quotes.
QString value(const QString &text, FilterField field)
{
    const bool isWord = isPlainWord(text) && (!text.startsWith(u'/') || isOfUrl(field));
    return isWord ? text : quoted(text);
}

QString regexValue(const FilterTerm &term)
{
    return value(
        (term.isCaseSensitive ? QString(CaseSensitivePrefix) : QString()) + term.text, term.field);
}

QString operatorText(FilterField field, const QString &argument)
{
    for (const OperatorName &known : operatorNames()) {
        if (known.field != field
            || argument.isEmpty() != (known.argument == OperatorName::Argument::None))
            continue;
        return u'~' + known.code + (argument.isEmpty() ? QString() : u' ' + argument);
    }
    return {};
}

bool isKeyword(const QString &text)
{
    for (const char16_t *word : { u"and", u"or", u"not" }) {
        if (text.compare(QStringView(word), Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

// Bare text where it means this and nothing else.
QString urlText(const FilterTerm &term)
{
    const QString text = regexValue(term);
    const bool isBare
        = isPlainWord(text) && text.front() != u'-' && !isKeyword(text) && !text.contains(u'+');
    return isBare ? text : operatorText(FilterField::Url, text);
}

// A name that can stand before a sign without quotes.
bool isPlainName(const QByteArray &name)
{
    const QString text = QString::fromUtf8(name);
    return std::none_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.isSpace() || QStringView(u":=~<>\"'()!").contains(c);
    }) && !text.startsWith(u'/');
}

QString fieldLineText(const FilterTerm &term, const FieldName &field)
{
    const QString name = QString::fromUtf8(term.name);
    const QString begin = field.name + QStringLiteral(":");
    switch (term.compare) {
    case FilterCompare::Exists:
        if (name.isEmpty())
            return begin + u'*';
        return begin + (isPlainName(term.name) && name != u"*" ? name : quoted(name));
    case FilterCompare::Contains:
        return begin
            + (isPlainName(term.name) ? name + u':' + value(term.text, term.field)
                                      : quoted(name + QStringLiteral(": ") + term.text));
    case FilterCompare::Equals:
        return begin
            + (isPlainName(term.name) ? name + u'=' + value(term.text, term.field)
                                      : quoted(name + u'=' + term.text));
    case FilterCompare::Glob:
        return begin + name + (term.text.startsWith(u'=') ? u':' : u'=') + globWord(term.text);
    default:
        break;
    }
    if (!name.isEmpty())
        return begin + name + u'~' + regexValue(term);
    if (field.field == FilterField::Trailer)
        return field.name + u'~' + regexValue(term);
    return operatorText(field.field, regexValue(term));
}

QString wordsText(const FilterTerm &term, const FieldName &field)
{
    switch (term.compare) {
    case FilterCompare::Exists:
        return term.field == FilterField::Error ? QStringLiteral("~e")
                                                : field.name + QStringLiteral(":*");
    case FilterCompare::Regex:
        return term.field == FilterField::Url ? urlText(term)
                                              : field.name + u'~' + regexValue(term);
    case FilterCompare::Glob:
        // A slash at the begin would be that of an expression.
        return field.name
            + (term.text.startsWith(u'/') && !isOfUrl(term.field) ? QStringLiteral(":\\")
                                                                  : QStringLiteral(":"))
            + globWord(term.text);
    default:
        return field.name + (term.compare == field.colon ? u':' : u'=')
            + value(term.text, term.field);
    }
}

// What neither a field nor an operator asks for, but `is:` does.
QString isText(const FilterTerm &term)
{
    for (const ChoiceName &choice : choicesOf(*fieldName(QString(IsName)))) {
        if (termOfIs(QString(choice.name)) == term)
            return QString(IsName) + u':' + choice.name;
    }
    return {};
}

QString termText(const FilterTerm &term)
{
    const FieldName *field = fieldName(term.field);
    if (!field) {
        const QString text = operatorText(term.field, {});
        return text.isEmpty() ? isText(term) : text;
    }
    if (isNumber(field->kind))
        return numberText(term, *field);
    if (field->kind == ValueKind::Choice && term.compare == FilterCompare::Regex)
        return operatorText(term.field, regexValue(term));
    return field->kind == ValueKind::Fields ? fieldLineText(term, *field) : wordsText(term, *field);
}

QString filterText(const Filter &filter, Filter::Kind around)
{
    using Kind = Filter::Kind;
    const QList<Filter> children = filter.children();
    switch (filter.kind()) {
    case Kind::All:
        return QStringLiteral("~all");
    case Kind::Term:
        return termText(filter.term());
    case Kind::Not:
        return u'!' + filterText(children.first(), Kind::Not);
    default:
        break;
    }
    QStringList parts;
    for (const Filter &child : children)
        parts += filterText(child, filter.kind());
    const bool isAnd = filter.kind() == Kind::And;
    const QString joined = parts.join(isAnd ? QStringLiteral(" & ") : QStringLiteral(" | "));
    const bool bindsLess = around == Kind::Not || (around == Kind::And && !isAnd);
    return bindsLess ? u'(' + joined + u')' : joined;
}

} // namespace

QString Filter::toString() const { return isAll() ? QString() : filterText(*this, Kind::All); }

} // namespace headrace::exchange
