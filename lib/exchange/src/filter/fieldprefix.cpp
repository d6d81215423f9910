#include "filter/fieldprefix.h"

namespace headrace::exchange::language {

namespace {

bool isNameCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'.';
}

} // namespace

std::optional<FieldPrefix> takeFieldPrefix(Scanner &scanner)
{
    const qsizetype begin = scanner.position();
    while (isNameCharacter(scanner.peek()))
        scanner.seek(scanner.position() + 1);
    const qsizetype end = scanner.position();
    const QStringView name = scanner.text().sliced(begin, end - begin);
    scanner.skipSpace();
    const std::optional<Relation> relation
        = name.isEmpty() ? std::nullopt : takeRelation(scanner, scanner.position() > end);
    if (!relation) {
        scanner.seek(begin);
        return std::nullopt;
    }
    const QStringView written = scanner.text().sliced(begin, scanner.position() - begin).trimmed();
    return FieldPrefix { fieldName(name), *relation, name, begin, written.toString() };
}

} // namespace headrace::exchange::language
