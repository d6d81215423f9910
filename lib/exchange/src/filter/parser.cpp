#include "exchange/filter.h"
#include "filter/termreader.h"

namespace headrace::exchange {

namespace {

using namespace language;
using L1 = QLatin1StringView;

constexpr qsizetype Longest = 64 * 1024; // characters
constexpr int Deepest = 64; // parentheses and negations in each other
constexpr qsizetype Most = 1000; // terms

/* How conditions are joined; from the loosest, as in mitmproxy:
       filter  = either *( space either )     all of them
       either  = both *( "|" both )
       both    = single *( "&" single )
       single  = "!" single / "(" filter ")" / condition
   Words and doubled signs stand for the same: not, and, or, "-", "&&", "||". */
class Parser
{
public:
    Parser(QStringView text, const QDateTime &now)
        : m_scanner(text)
        , m_terms(m_scanner, now)
    {
    }

    ParsedFilter parse()
    {
        m_scanner.skipSpace();
        if (m_scanner.isAtEnd())
            return {};
        const Filter filter = all();
        if (!hasFailed() && !m_scanner.isAtEnd())
            m_scanner.fail(m_scanner.position(), 1,
                QStringLiteral("No parenthesis is open that ) could close"));
        if (hasFailed())
            return { {}, m_scanner.error() };
        return { filter, std::nullopt };
    }

private:
    bool hasFailed() const { return m_scanner.error().has_value(); }

    Filter all()
    {
        QList<Filter> filters;
        do {
            filters += either();
            m_scanner.skipSpace();
        } while (!hasFailed() && !m_scanner.isAtEnd() && m_scanner.peek() != u')');
        return Filter::allOf(filters);
    }

    Filter either()
    {
        QList<Filter> filters { both({}) };
        while (!hasFailed()) {
            const QString sign = takeJunction(L1("||"), L1("|"), L1("or"));
            if (sign.isEmpty())
                break;
            filters += both(sign);
        }
        return Filter::anyOf(filters);
    }

    Filter both(const QString &signBefore)
    {
        QList<Filter> filters { single(signBefore) };
        while (!hasFailed()) {
            const QString sign = takeJunction(L1("&&"), L1("&"), L1("and"));
            if (sign.isEmpty())
                break;
            filters += single(sign);
        }
        return Filter::allOf(filters);
    }

    QString takeJunction(L1 doubled, L1 sign, L1 word)
    {
        m_scanner.skipSpace();
        const qsizetype begin = m_scanner.position();
        if (!m_scanner.take(doubled) && !m_scanner.take(sign) && !m_scanner.takeKeyword(word))
            return {};
        return m_scanner.text().sliced(begin, m_scanner.position() - begin).toString();
    }

    Filter single(const QString &signBefore)
    {
        m_scanner.skipSpace();
        const qsizetype position = m_scanner.position();
        if (m_scanner.isAtEnd() || m_scanner.peek() == u')') {
            m_scanner.fail(position, 0,
                signBefore.isEmpty()
                    ? QStringLiteral("A condition is missing")
                    : QStringLiteral("A condition is missing after %1").arg(signBefore));
            return {};
        }
        for (const QString &sign : { takeJunction(L1("||"), L1("|"), L1("or")),
                 takeJunction(L1("&&"), L1("&"), L1("and")) }) {
            if (!sign.isEmpty()) {
                m_scanner.fail(position, sign.size(),
                    QStringLiteral("A condition is missing before %1").arg(sign));
                return {};
            }
        }
        if (const QString sign = takeNegation(); !sign.isEmpty()) {
            if (!descend(position))
                return {};
            const Filter filter = single(sign);
            --m_depth;
            return filter.negated();
        }
        if (m_scanner.take(L1("(")))
            return inParentheses(position);
        Filter filter = m_terms.read();
        m_count += countOf(filter);
        if (m_count > Most)
            m_scanner.fail(
                position, 0, QStringLiteral("More than %1 conditions are too many").arg(Most));
        return filter;
    }

    bool descend(qsizetype position)
    {
        if (++m_depth <= Deepest)
            return true;
        m_scanner.fail(position, 1,
            QStringLiteral("Parentheses and negations are nested more than %1 deep").arg(Deepest));
        return false;
    }

    // '-' negates what it stands before without space: "-status:404".
    QString takeNegation()
    {
        if (m_scanner.take(L1("!")))
            return QStringLiteral("!");
        const QChar next = m_scanner.peek(1);
        if (m_scanner.peek() == u'-' && !next.isNull() && !next.isSpace() && next != u')') {
            m_scanner.take(L1("-"));
            return QStringLiteral("-");
        }
        return m_scanner.takeKeyword(L1("not")) ? QStringLiteral("not") : QString();
    }

    Filter inParentheses(qsizetype opened)
    {
        if (!descend(opened))
            return {};
        Filter filter = all();
        --m_depth;
        if (!hasFailed() && !m_scanner.take(L1(")")))
            m_scanner.fail(opened, 1,
                QStringLiteral("The parenthesis opened at %1 is not closed").arg(opened + 1));
        return filter;
    }

    static qsizetype countOf(const Filter &filter)
    {
        qsizetype count = 1;
        for (const Filter &child : filter.children())
            count += countOf(child);
        return count;
    }

    Scanner m_scanner;
    TermReader m_terms;
    int m_depth = 0;
    qsizetype m_count = 0;
};

} // namespace

ParsedFilter parseFilter(QStringView text, const QDateTime &now)
{
    if (text.size() > Longest)
        return { {},
            FilterError { Longest, text.size() - Longest,
                QStringLiteral("A filter is at most %1 characters long").arg(Longest) } };
    return Parser(text, now.isValid() ? now : QDateTime::currentDateTime()).parse();
}

} // namespace headrace::exchange
