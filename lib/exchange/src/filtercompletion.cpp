#include "exchange/filtercompletion.h"

#include "filter/knownvalues.h"
#include "filter/scanner.h"

#include <QSet>

#include <algorithm>

namespace headrace::exchange {

namespace {

using namespace language;
using Kind = CursorPlace::Kind;

constexpr qsizetype Most = 100;

// The sign that is usual behind a name.
QString withSign(const FieldName &field)
{
    const bool isMeasure = field.kind == ValueKind::Octets || field.kind == ValueKind::Duration;
    const QString sign = isMeasure      ? QStringLiteral(">")
        : field.kind == ValueKind::Time ? QStringLiteral(">=")
                                        : QStringLiteral(":");
    return field.name + sign;
}

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || QStringView(u".-_*").contains(c); }

class Completions
{
public:
    Completions(QStringView text, qsizetype cursor)
        : m_text(text)
        , m_cursor(cursor)
        , m_place(cursorPlace(text.first(cursor)))
    {
    }

    QList<FilterCompletion> all(const FilterValues &values)
    {
        switch (m_place.kind) {
        case Kind::Nothing:
            break;
        case Kind::Condition:
            addNames();
            if (m_place.written.isEmpty())
                addOperators();
            break;
        case Kind::Operator:
            addOperators();
            break;
        case Kind::Value:
            for (const KnownValue &known : knownValues(m_place, values))
                add(known.text, asWord(known.text), known.hint);
            break;
        case Kind::FieldLineName:
            if (m_place.written.isEmpty())
                add(QStringLiteral("*"), QStringLiteral("*"), QStringLiteral("any"));
            for (const KnownValue &known : knownFieldLines(values))
                add(known.text, known.text, known.hint);
            break;
        }
        return (m_first + m_second).mid(0, Most);
    }

private:
    void addNames()
    {
        for (const FieldName &field : fieldNames())
            add(field.name, withSign(field), field.hint);
    }

    void addOperators()
    {
        for (const OperatorName &known : operatorNames()) {
            if (known.hint.isEmpty())
                continue;
            const QString name = u'~' + known.code;
            const bool hasArgument = known.argument != OperatorName::Argument::None;
            if (name.startsWith(m_place.written))
                add(name, hasArgument ? name + u' ' : name, known.hint);
        }
    }

    // An operator's value is an expression, where a '*' means something else.
    QString asWord(const QString &value) const
    {
        QString text = value;
        if (m_place.operatorName)
            text.remove(u'*');
        const bool isPlain = std::none_of(text.cbegin(), text.cend(),
            [](QChar c) { return c.isSpace() || QStringView(u"\"'()~,").contains(c); });
        return isPlain ? text : quoted(text);
    }

    void add(const QString &name, const QString &text, const QString &hint)
    {
        const QString &written = m_place.written;
        if (text == written || m_texts.contains(text))
            return;
        const bool isFirst = name.startsWith(written, Qt::CaseInsensitive);
        if (!isFirst && !name.contains(written, Qt::CaseInsensitive))
            return;
        m_texts.insert(text);
        (isFirst ? m_first : m_second)
            .append({ text, hint, m_place.from, endOf(text) - m_place.from });
    }

    // The rest of the word goes, and a sign that is written already.
    qsizetype endOf(const QString &replacement) const
    {
        qsizetype end = m_cursor;
        while (end < m_text.size() && isWordCharacter(m_text[end]))
            ++end;
        const QChar last = replacement.back();
        const bool isSign = last == u':' || last == u' ';
        return isSign && end < m_text.size() && m_text[end] == last ? end + 1 : end;
    }

    QStringView m_text;
    qsizetype m_cursor;
    CursorPlace m_place;
    QList<FilterCompletion> m_first; // begin with what is written
    QList<FilterCompletion> m_second; // hold it
    QSet<QString> m_texts;
};

} // namespace

QList<FilterCompletion> completions(QStringView text, qsizetype cursor, const FilterValues &values)
{
    return Completions(text, qBound(0, cursor, text.size())).all(values);
}

} // namespace headrace::exchange
