#include "filter/numberterms.h"

#include "filter/numbers.h"

#include <algorithm>

namespace headrace::exchange::language {

namespace {

class NumberTerms
{
public:
    NumberTerms(Scanner &scanner, const FieldName &field, const Piece &piece, const QString &who,
        const QDateTime &now)
        : m_scanner(scanner)
        , m_field(field)
        , m_piece(piece)
        , m_who(who)
        , m_now(now)
    {
    }

    // The item of the list that begins at this offset of the piece.
    Filter item(Relation relation, qsizetype offset, qsizetype size)
    {
        if (relation == Relation::Colon) { // "status:>=400"
            Scanner inner(QStringView(m_piece.text).sliced(offset, size));
            if (const std::optional<Relation> own = takeRelation(inner, true)) {
                relation = *own;
                offset += inner.position();
                size -= inner.position();
            }
        }
        const QStringView text = QStringView(m_piece.text).sliced(offset, size);
        if (isOrder(relation)) {
            const NumberRange range = read(text, offset);
            switch (relation) {
            case Relation::Less:
                return compared(FilterCompare::Less, range.first);
            case Relation::LessOrEqual:
                return compared(FilterCompare::LessOrEqual, range.last);
            case Relation::Greater:
                return compared(FilterCompare::Greater, range.last);
            default:
                return compared(FilterCompare::GreaterOrEqual, range.first);
            }
        }
        return inRange(text, offset);
    }

private:
    Filter inRange(QStringView text, qsizetype offset)
    {
        qsizetype dash = text.indexOf(QStringLiteral(".."));
        const qsizetype dashSize = dash >= 0 ? 2 : 1;
        if (dash < 0 && m_field.kind != ValueKind::Time)
            dash = text.indexOf(u'-');
        if (dash < 0)
            return within(read(text, offset));
        const QStringView last = text.sliced(dash + dashSize);
        QString first = text.first(dash).toString();
        if (!first.isEmpty() && first.back().isDigit()
            && (m_field.kind == ValueKind::Octets || m_field.kind == ValueKind::Duration)) {
            const auto unit = std::find_if(
                last.cbegin(), last.cend(), [](QChar c) { return !c.isDigit() && c != u'.'; });
            first += last.sliced(unit - last.cbegin()); // "1-2MB"
        }
        const NumberRange low = read(first, offset);
        const NumberRange high = read(last, offset + dash + dashSize);
        if (low.first > high.last)
            m_scanner.fail(m_piece.sourceOf(offset), text.size(),
                QStringLiteral("The range ends before it begins"));
        return within({ low.first, high.last });
    }

    NumberRange read(QStringView text, qsizetype offset)
    {
        const qsizetype position = m_piece.sourceOf(offset);
        if (text.isEmpty()) {
            m_scanner.fail(position, 0, QStringLiteral("A value is missing for %1").arg(m_who));
            return {};
        }
        const auto reading = readNumber(text, m_field.kind, m_who, m_now);
        if (const auto *range = std::get_if<NumberRange>(&reading))
            return *range;
        m_scanner.fail(position, m_piece.sourceOf(offset + text.size()) - position,
            std::get<QString>(reading));
        return {};
    }

    Filter compared(FilterCompare compare, qint64 number) const
    {
        return Filter(FilterTerm { m_field.field, compare, {}, {}, number });
    }

    Filter within(const NumberRange &range) const
    {
        if (range.first == range.last)
            return compared(FilterCompare::Equals, range.first);
        return Filter::allOf({ compared(FilterCompare::GreaterOrEqual, range.first),
            compared(FilterCompare::LessOrEqual, range.last) });
    }

    Scanner &m_scanner;
    const FieldName &m_field;
    const Piece &m_piece;
    const QString m_who;
    const QDateTime m_now;
};

} // namespace

Filter readNumberTerms(Scanner &scanner, const FieldName &field, Relation relation,
    const QString &written, const QString &who, const QDateTime &now)
{
    const Piece piece = scanner.readValue(Scanner::Stop::Junctions);
    if (piece.length == 0)
        return failMissing(scanner, written);
    const bool canBeAbsent = field.kind == ValueKind::Status || field.kind == ValueKind::Duration;
    if (piece.text == u"*" && canBeAbsent && relation == Relation::Colon)
        return Filter(FilterTerm { field.field, FilterCompare::Exists, {}, {} });
    NumberTerms terms(scanner, field, piece, who, now);
    QList<Filter> filters;
    qsizetype offset = 0;
    for (const QString &item : piece.text.split(u',')) {
        filters += terms.item(relation, offset, item.size());
        offset += item.size() + 1;
    }
    if (filters.size() > 1 && isOrder(relation))
        scanner.fail(piece.position, piece.length,
            QStringLiteral("One value goes with %1, not a list").arg(written));
    const Filter filter = Filter::anyOf(filters);
    return relation == Relation::NotEquals ? filter.negated() : filter;
}

} // namespace headrace::exchange::language
