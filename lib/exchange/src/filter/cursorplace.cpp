#include "filter/cursorplace.h"

#include "filter/fieldprefix.h"

#include <algorithm>

namespace headrace::exchange::language {

namespace {

using Kind = CursorPlace::Kind;

// Goes through the text as the parser does, but forgives everything.
class PlaceFinder
{
public:
    explicit PlaceFinder(QStringView text)
        : m_scanner(text)
    {
    }

    CursorPlace find()
    {
        for (;;) {
            m_scanner.skipSpace();
            while (!m_scanner.isAtEnd() && takeSign())
                m_scanner.skipSpace();
            if (m_scanner.isAtEnd())
                return wordFrom(Kind::Condition, m_scanner.position());
            const std::optional<CursorPlace> place = condition();
            if (place)
                return *place;
        }
    }

private:
    bool takeSign()
    {
        const QChar c = m_scanner.peek();
        if (!QStringView(u"()!&|").contains(c) && (c != u'-' || m_scanner.peek(1).isSpace()))
            return false;
        m_scanner.seek(m_scanner.position() + 1);
        return true;
    }

    CursorPlace wordFrom(Kind kind, qsizetype from) const
    {
        CursorPlace place;
        place.kind = kind;
        place.from = from;
        place.written = m_scanner.text().sliced(from).toString();
        return place;
    }

    // Nothing if the condition ends before the cursor.
    std::optional<CursorPlace> condition()
    {
        const qsizetype begin = m_scanner.position();
        if (m_scanner.peek() == u'~') {
            const QStringView code = m_scanner.lettersAt(begin + 1);
            m_scanner.seek(begin + 1 + code.size());
            if (m_scanner.isAtEnd())
                return wordFrom(Kind::Operator, begin);
            const OperatorName *name = operatorName(code);
            if (!name || name->argument == OperatorName::Argument::None)
                return std::nullopt;
            m_scanner.skipSpace();
            CursorPlace place;
            place.operatorName = name;
            place.field = name->field ? fieldName(*name->field) : nullptr;
            return value(place, false);
        }
        const std::optional<FieldPrefix> prefix = takeFieldPrefix(m_scanner);
        if (prefix && prefix->field) {
            CursorPlace place;
            place.field = prefix->field;
            place.relation = prefix->relation;
            return prefix->field->kind == ValueKind::Fields ? fieldLine(place) : value(place, true);
        }
        m_scanner.seek(begin);
        const Piece piece = m_scanner.readValue();
        if (!m_scanner.isAtEnd())
            return std::nullopt;
        return piece.form == Piece::Form::Word ? wordFrom(Kind::Condition, begin) : CursorPlace();
    }

    std::optional<CursorPlace> value(CursorPlace place, bool mayBeList)
    {
        const qsizetype begin = m_scanner.position();
        const bool isNumeric = place.field && isNumber(place.field->kind);
        const Piece piece = m_scanner.readValue(
            isNumeric ? Scanner::Stop::Junctions : Scanner::Stop::Nothing, true);
        if (!m_scanner.isAtEnd())
            return std::nullopt;
        if (piece.form == Piece::Form::Slashed
            || (piece.form == Piece::Form::Quoted && !m_scanner.error()))
            return CursorPlace();
        place.kind = Kind::Value;
        place.from = begin;
        place.written = piece.text;
        if (mayBeList && place.field && place.field->takesList && piece.form == Piece::Form::Word) {
            const qsizetype comma = piece.text.lastIndexOf(u',') + 1;
            place.from += comma;
            place.written = piece.text.sliced(comma);
        }
        return place;
    }

    std::optional<CursorPlace> fieldLine(CursorPlace place)
    {
        const qsizetype begin = m_scanner.position();
        std::optional<CursorPlace> whole = value(place, false);
        if (!whole || whole->kind != Kind::Value)
            return whole;
        const bool hasSign = std::any_of(whole->written.cbegin(), whole->written.cend(),
            [](QChar c) { return QStringView(u":=~ ").contains(c); });
        if (hasSign || place.relation != Relation::Colon)
            return CursorPlace();
        place = *whole;
        place.kind = Kind::FieldLineName;
        place.from = begin;
        return place;
    }

    Scanner m_scanner;
};

} // namespace

CursorPlace cursorPlace(QStringView text) { return PlaceFinder(text).find(); }

} // namespace headrace::exchange::language
