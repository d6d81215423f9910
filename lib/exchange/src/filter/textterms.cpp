#include "filter/textterms.h"

#include "exchange/pattern.h"
#include "filter/words.h"

#include <QRegularExpression>
#include <QStringList>

namespace headrace::exchange::language {

namespace {

// The same condition on each place that holds text.
Filter anywhere(FilterTerm term)
{
    if (term.compare == FilterCompare::Exists)
        return {};
    QList<Filter> places;
    for (const FilterField field : { FilterField::Url, FilterField::Header, FilterField::Trailer,
             FilterField::Body, FilterField::Note, FilterField::Error }) {
        term.field = field;
        places += Filter(term);
    }
    return Filter::anyOf(places);
}

// The patterns that a word stands for: "aborted" is several.
Filter patternTerms(Scanner &scanner, const Piece &piece, qsizetype offset, FilterTerm term)
{
    QList<Filter> filters;
    for (const Pattern pattern : patternsOf(term.text)) {
        term.text = name(pattern);
        filters += Filter(term);
    }
    if (filters.isEmpty()) {
        QStringList names;
        for (int i = 0; i < PatternCount; ++i)
            names += name(Pattern(i));
        const QString meant = nearest(term.text, names);
        scanner.fail(piece.sourceOf(offset),
            piece.sourceOf(offset + term.text.size()) - piece.sourceOf(offset),
            QStringLiteral("No pattern \"%1\"%2")
                .arg(term.text,
                    meant.isEmpty() ? QString() : QStringLiteral("; did you mean %1?").arg(meant)));
    }
    return Filter::anyOf(filters);
}

Filter maybeNegated(const Filter &filter, Relation relation)
{
    return relation == Relation::NotEquals ? filter.negated() : filter;
}

} // namespace

bool isOfUrl(FilterField field)
{
    return field == FilterField::Url || field == FilterField::Path || field == FilterField::Query;
}

Filter textTerm(
    FilterTerm term, FilterCompare plain, bool hasWildcards, const Piece &piece, QStringView item)
{
    const bool isWord = piece.form == Piece::Form::Word;
    if (isWord && item == u"*") {
        term.compare = FilterCompare::Exists;
    } else if (isWord && hasWildcards && hasWildcard(item, !isOfUrl(term.field))) {
        term.compare = FilterCompare::Glob;
        term.text = globText(item);
    } else {
        term.compare = plain;
        term.text = isWord ? plainText(item) : item.toString();
    }
    return Filter(term);
}

Filter regexTerm(Scanner &scanner, FilterTerm term, const Piece &piece)
{
    term.compare = FilterCompare::Regex;
    term.text = piece.text;
    term.isCaseSensitive = piece.isCaseSensitive;
    qsizetype skipped = 0;
    if (!term.isCaseSensitive && term.text.startsWith(CaseSensitivePrefix)) {
        skipped = CaseSensitivePrefix.size();
        term.text.remove(0, skipped);
        term.isCaseSensitive = true;
    }
    const QRegularExpression expression = expressionOf(term);
    if (!expression.isValid()) {
        const qsizetype position = piece.sourceOf(skipped + expression.patternErrorOffset());
        const bool isAtEnd = position >= piece.position + piece.length;
        scanner.fail(position, isAtEnd ? 0 : 1,
            QStringLiteral("Invalid regular expression: %1").arg(expression.errorString()));
    }
    return Filter(term);
}

Filter readText(Scanner &scanner, const FieldName &field, Relation relation, const QString &written)
{
    const bool isAnywhere = field.name == AnyName;
    const Piece piece
        = scanner.readValue(Scanner::Stop::Nothing, isAnywhere || !isOfUrl(field.field));
    if (piece.length == 0)
        return failMissing(scanner, written);
    const FilterTerm term { field.field, FilterCompare::Exists, {}, {} };
    QList<Filter> filters;
    if (relation == Relation::Matches || piece.form == Piece::Form::Slashed) {
        filters += regexTerm(scanner, term, piece);
    } else {
        const FilterCompare plain
            = relation == Relation::Colon ? field.colon : FilterCompare::Equals;
        const bool hasWildcards = field.kind == ValueKind::Words;
        QStringList items { piece.text };
        if (field.takesList && piece.form == Piece::Form::Word)
            items = piece.text.split(u',');
        qsizetype offset = 0;
        for (const QString &item : std::as_const(items)) {
            if (item.isEmpty() && piece.form == Piece::Form::Word)
                scanner.fail(piece.sourceOf(offset), 0,
                    QStringLiteral("A value is missing in the list after %1").arg(written));
            const Filter filter = textTerm(term, plain, hasWildcards, piece, item);
            const bool isPattern = field.field == FilterField::Pattern
                && filter.term().compare == FilterCompare::Equals;
            filters += isPattern ? patternTerms(scanner, piece, offset, filter.term()) : filter;
            offset += item.size() + 1;
        }
    }
    return maybeNegated(
        isAnywhere ? anywhere(filters.first().term()) : Filter::anyOf(filters), relation);
}

Filter readChoices(
    Scanner &scanner, const FieldName &field, Relation relation, const QString &written)
{
    const Piece piece = scanner.readValue(Scanner::Stop::Junctions);
    if (piece.length == 0)
        return failMissing(scanner, written);
    if (piece.text == u"*" && field.field == FilterField::Mark && relation == Relation::Colon)
        return Filter(FilterTerm { field.field, FilterCompare::Exists, {}, {} });
    QStringList choices;
    for (const ChoiceName &choice : choicesOf(field))
        choices += choice.name;
    QList<Filter> filters;
    qsizetype offset = 0;
    for (const QString &item : piece.text.split(u',')) {
        QString choice = item.toLower();
        if (choice == u"cancelled")
            choice = QStringLiteral("canceled");
        if (!choices.contains(choice)) {
            const QString meant = nearest(choice, choices);
            const QString hint
                = meant.isEmpty() ? QString() : QStringLiteral("; did you mean %1?").arg(meant);
            scanner.fail(piece.sourceOf(offset), item.size(),
                QStringLiteral("%1 is one of %2, not \"%3\"%4")
                    .arg(field.name, choices.join(QStringLiteral(", ")), item, hint));
            return {};
        }
        filters += Filter(field.name == IsName
                ? termOfIs(choice)
                : FilterTerm { field.field, FilterCompare::Equals, {}, choice });
        offset += item.size() + 1;
    }
    return maybeNegated(Filter::anyOf(filters), relation);
}

} // namespace headrace::exchange::language
