#include "filter/textterms.h"
#include "filter/words.h"

namespace headrace::exchange::language {

namespace {

// "x-id: 7", "x-id=7" or "x-id", in quotes.
Filter quotedLine(Scanner &scanner, FilterTerm term, const Piece &piece)
{
    qsizetype end = 0;
    while (end < piece.text.size() && piece.text[end] != u':' && piece.text[end] != u'=')
        ++end;
    const QString name = piece.text.first(end).trimmed();
    term.name = name.toUtf8();
    if (end == piece.text.size()) {
        if (name.isEmpty())
            scanner.fail(
                piece.position, piece.length, QStringLiteral("A header's name is missing"));
        term.compare = FilterCompare::Exists;
        return Filter(term);
    }
    const bool isWhole = piece.text[end] == u'=';
    term.compare = isWhole ? FilterCompare::Equals : FilterCompare::Contains;
    term.text = piece.text.sliced(end + 1);
    while (!isWhole && !term.text.isEmpty() && term.text.front().isSpace())
        term.text.remove(0, 1);
    return Filter(term);
}

QByteArray takeName(Scanner &scanner)
{
    const qsizetype begin = scanner.position();
    const auto endsName = [&scanner] {
        const QChar c = scanner.peek();
        return c.isSpace() || QStringView(u":=~<>\"'()").contains(c)
            || (c == u'!' && scanner.peek(1) == u'=');
    };
    while (!scanner.isAtEnd() && !endsName())
        scanner.seek(scanner.position() + 1);
    return scanner.text().sliced(begin, scanner.position() - begin).toUtf8();
}

} // namespace

Filter readFieldLine(
    Scanner &scanner, const FieldName &field, Relation relation, const QString &written)
{
    FilterTerm term { field.field, FilterCompare::Exists, {}, {} };
    const qsizetype begin = scanner.position();
    const QChar first = scanner.peek();
    if (relation == Relation::Matches || first == u'"' || first == u'\'' || first == u'/') {
        const Piece piece = scanner.readValue(Scanner::Stop::Nothing, true);
        if (piece.length == 0)
            return failMissing(scanner, written);
        if (relation == Relation::Matches || piece.form == Piece::Form::Slashed)
            return regexTerm(scanner, term, piece);
        if (piece.form == Piece::Form::Quoted)
            return quotedLine(scanner, term, piece);
        scanner.seek(begin);
    }

    term.name = takeName(scanner);
    const bool isOperator = scanner.isOperatorAt(scanner.position()); // "header:x-id~s" is two
    const std::optional<Relation> inner
        = isOperator ? std::nullopt : takeRelation(scanner, scanner.peek().isSpace());
    if (!inner) {
        if (term.name.isEmpty())
            return failMissing(scanner, written);
        if (term.name == "*")
            term.name.clear();
        return Filter(term);
    }
    const QString all
        = scanner.text().sliced(begin, scanner.position() - begin).trimmed().toString();
    const bool mayBeSlashed = *inner == Relation::Colon || *inner == Relation::Matches;
    const Piece piece = scanner.readValue(Scanner::Stop::Nothing, mayBeSlashed);
    if (piece.length == 0)
        return failMissing(scanner, written + all);
    if (isOrder(*inner)) {
        scanner.fail(begin, all.size(),
            QStringLiteral("Headers are not compared by order; write %1%2= and a value")
                .arg(written, QString::fromUtf8(term.name)));
        return {};
    }
    if (*inner == Relation::Matches || piece.form == Piece::Form::Slashed)
        return regexTerm(scanner, term, piece);
    const FilterCompare plain
        = *inner == Relation::Colon ? FilterCompare::Contains : FilterCompare::Equals;
    const Filter filter = textTerm(term, plain, true, piece, piece.text);
    return *inner == Relation::NotEquals ? filter.negated() : filter;
}

} // namespace headrace::exchange::language
