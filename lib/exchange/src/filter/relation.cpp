#include "filter/relation.h"

namespace headrace::exchange::language {

std::optional<Relation> takeRelation(Scanner &scanner, bool isApart)
{
    struct Sign
    {
        QLatin1StringView text;
        Relation relation;
        bool canBeApart;
    };

    static constexpr Sign signs[] {
        { QLatin1StringView(">="), Relation::GreaterOrEqual, true },
        { QLatin1StringView("<="), Relation::LessOrEqual, true },
        { QLatin1StringView("=="), Relation::Equals, true },
        { QLatin1StringView("!="), Relation::NotEquals, true },
        { QLatin1StringView("=~"), Relation::Matches, true },
        { QLatin1StringView(">"), Relation::Greater, true },
        { QLatin1StringView("<"), Relation::Less, true },
        { QLatin1StringView("="), Relation::Equals, false },
        { QLatin1StringView("~"), Relation::Matches, false },
        { QLatin1StringView(":"), Relation::Colon, false },
    };
    for (const Sign &sign : signs) {
        if ((sign.canBeApart || !isApart) && scanner.take(sign.text)) {
            if (sign.canBeApart)
                scanner.skipSpace();
            return sign.relation;
        }
    }
    return std::nullopt;
}

Filter failMissing(Scanner &scanner, const QString &written)
{
    scanner.fail(scanner.position(), 0, QStringLiteral("A value is missing after %1").arg(written));
    return {};
}

} // namespace headrace::exchange::language
