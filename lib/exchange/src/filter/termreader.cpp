#include "filter/termreader.h"

#include "filter/numberterms.h"
#include "filter/textterms.h"
#include "filter/words.h"

#include <QRegularExpression>
#include <QStringList>

namespace headrace::exchange::language {

namespace {

using L1 = QLatin1StringView;

// Names that other tools use for ours.
struct Synonym
{
    L1 theirs;
    L1 ours;
};

constexpr Synonym Synonyms[] { { L1("code"), L1("status") }, { L1("verb"), L1("method") },
    { L1("domain"), L1("host") }, { L1("comment"), L1("note") }, { L1("tag"), L1("mark") },
    { L1("color"), L1("mark") }, { L1("length"), L1("size") }, { L1("number"), L1("id") },
    { L1("mime"), L1("type") }, { L1("src"), L1("client") }, { L1("dst"), L1("server") },
    { L1("text"), L1("any") } };

QStringList knownNames()
{
    QStringList names;
    for (const FieldName &field : fieldNames())
        names += field.name;
    return names;
}

QString meantBy(QStringView name)
{
    for (const Synonym &synonym : Synonyms) {
        if (name.compare(synonym.theirs, Qt::CaseInsensitive) == 0)
            return synonym.ours;
    }
    return nearest(name, knownNames());
}

} // namespace

TermReader::TermReader(Scanner &scanner, const QDateTime &now)
    : m_scanner(scanner)
    , m_now(now)
{
}

Filter TermReader::read()
{
    if (m_scanner.peek() == u'~')
        return readOperator();
    const qsizetype begin = m_scanner.position();
    if (const std::optional<FieldPrefix> prefix = takeFieldPrefix(m_scanner)) {
        if (prefix->field)
            return readField(*prefix);
        m_scanner.seek(begin);
        if (isOrder(prefix->relation)
            || (prefix->relation == Relation::Colon && !isTextWithColon(prefix->name))) {
            failUnknown(prefix->name);
            return {};
        }
    }
    return readBare();
}

// "http://x", "localhost:8080" and "urn.test:x" name no field.
bool TermReader::isTextWithColon(QStringView name) const
{
    const QStringView rest = m_scanner.text().sliced(m_scanner.position() + name.size() + 1);
    if (rest.startsWith(QStringLiteral("//")))
        return true;
    for (const L1 scheme : { L1("http"), L1("https"), L1("ws"), L1("wss") }) {
        if (name.compare(scheme, Qt::CaseInsensitive) == 0)
            return true;
    }
    if (!meantBy(name).isEmpty())
        return false;
    if (name.contains(u'.') || rest.isEmpty() || rest.front().isSpace())
        return true;
    qsizetype digits = 0;
    while (digits < rest.size() && rest[digits].isDigit())
        ++digits;
    return digits > 0
        && (digits == rest.size() || rest[digits].isSpace()
            || QStringView(u"/?#)").contains(rest[digits]));
}

void TermReader::failUnknown(QStringView name)
{
    const QString meant = meantBy(name);
    m_scanner.fail(m_scanner.position(), name.size(),
        QStringLiteral("No field \"%1\"; %2")
            .arg(name,
                meant.isEmpty() ? QStringLiteral("put it in quotes to look for it in URLs")
                                : QStringLiteral("did you mean %1?").arg(meant)));
}

Filter TermReader::readOperator()
{
    const qsizetype begin = m_scanner.position();
    const QStringView code = m_scanner.lettersAt(begin + 1);
    if (!m_scanner.isOperatorAt(begin)) {
        const QString message = code.isEmpty()
            ? QStringLiteral("A letter is missing after ~, as in ~u")
            : QStringLiteral("No operator ~%1; put it in quotes to look for it in URLs").arg(code);
        m_scanner.fail(begin, 1 + code.size(), message);
        return {};
    }
    m_scanner.seek(begin + 1 + code.size());
    const OperatorName &name = *operatorName(code);
    const QString written = u'~' + code.toString();
    if (name.argument == OperatorName::Argument::None) {
        if (name.field)
            return Filter(FilterTerm { *name.field, FilterCompare::Exists, {}, {} });
        return code == L1("all") || code == L1("http") ? Filter() : Filter::none();
    }
    m_scanner.skipSpace();
    if (name.argument == OperatorName::Argument::Status)
        return readNumberTerms(
            m_scanner, *fieldName(u"status"), Relation::Equals, written, written, m_now);
    const Piece piece = m_scanner.readValue();
    if (piece.length == 0)
        return failMissing(m_scanner, written);
    const FilterField field = name.field.value_or(FilterField::Url);
    const Filter filter = regexTerm(m_scanner, { field, FilterCompare::Regex, {}, {} }, piece);
    return name.field ? filter : Filter::none();
}

// A regular expression on the URL; text that is none, as "?q=[", is looked for as it is, and so is text
// with a '?', since a URL that was pasted means that one.
Filter TermReader::readBare()
{
    const Piece piece = m_scanner.readValue();
    const bool isWord = piece.form == Piece::Form::Word;
    Filter plain(FilterTerm { FilterField::Url, FilterCompare::Contains, {},
        isWord ? plainText(piece.text) : piece.text });
    if (!QRegularExpression(piece.text).isValid())
        return plain;
    const Filter regex
        = regexTerm(m_scanner, { FilterField::Url, FilterCompare::Regex, {}, {} }, piece);
    return isWord && piece.text.contains(u'?') ? Filter::anyOf({ regex, plain }) : regex;
}

Filter TermReader::readField(const FieldPrefix &prefix)
{
    const FieldName &field = *prefix.field;
    const bool isEquality
        = prefix.relation == Relation::Equals || prefix.relation == Relation::NotEquals;
    const bool isSigned = isNumber(field.kind) ? prefix.relation != Relation::Matches
        : field.kind == ValueKind::Choice      ? isEquality || prefix.relation == Relation::Colon
        : field.kind == ValueKind::Fields || field.name == AnyName
        ? !isEquality && !isOrder(prefix.relation)
        : !isOrder(prefix.relation);
    if (!isSigned) {
        m_scanner.fail(prefix.position, prefix.written.size(),
            QStringLiteral("%1 goes with a colon, as %1:value").arg(field.name));
        return {};
    }
    if (isNumber(field.kind))
        return readNumberTerms(
            m_scanner, field, prefix.relation, prefix.written, QString(field.name), m_now);
    if (field.kind == ValueKind::Choice)
        return readChoices(m_scanner, field, prefix.relation, prefix.written);
    if (field.kind == ValueKind::Fields)
        return readFieldLine(m_scanner, field, prefix.relation, prefix.written);
    return readText(m_scanner, field, prefix.relation, prefix.written);
}

} // namespace headrace::exchange::language
