#include "exchange/octetsearch.h"

#include "search/literal.h"
#include "search/literalpart.h"
#include "search/regexrun.h"

#include <algorithm>

namespace headrace::exchange {

/// One way to search, in one stream.
class OctetSearch::Search
{
public:
    virtual ~Search() = default;
    virtual std::unique_ptr<Search> anew() const = 0;

    virtual void restart() { }

    virtual std::optional<qint64> feed(QByteArrayView octets) = 0;
    virtual std::optional<qint64> finish() = 0;

    virtual bool gaveUp() const { return false; }
};

/// Does not look at the octets: the pattern is not valid, or empty.
class OctetSearch::Fixed : public OctetSearch::Search
{
public:
    explicit Fixed(std::optional<qint64> answer)
        : m_answer(answer)
    {
    }

    std::unique_ptr<Search> anew() const override { return std::make_unique<Fixed>(m_answer); }

    std::optional<qint64> feed(QByteArrayView) override { return m_answer; }

    std::optional<qint64> finish() override { return m_answer; }

private:
    std::optional<qint64> m_answer;
};

/// Keeps the end of each piece, to see what spans two.
class OctetSearch::Literal : public OctetSearch::Search
{
public:
    explicit Literal(std::shared_ptr<const search::Literal> literal)
        : m_literal(std::move(literal))
    {
    }

    std::unique_ptr<Search> anew() const override { return std::make_unique<Literal>(m_literal); }

    void restart() override
    {
        m_tail.resize(0);
        m_seen = 0;
    }

    std::optional<qint64> feed(QByteArrayView octets) override
    {
        const qsizetype overlap = m_literal->size() - 1;
        const qint64 pieceAt = m_seen;
        m_seen += octets.size();
        if (!m_tail.isEmpty()) {
            const qint64 tailAt = pieceAt - m_tail.size();
            m_tail += octets.first(std::min(octets.size(), overlap));
            if (const qsizetype found = m_literal->indexIn(m_tail); found >= 0)
                return tailAt + found;
        }
        if (const qsizetype found = m_literal->indexIn(octets); found >= 0)
            return pieceAt + found;
        if (octets.size() >= overlap)
            m_tail = octets.last(overlap).toByteArray();
        else if (m_tail.isEmpty())
            m_tail = octets.toByteArray();
        else
            m_tail = m_tail.last(std::min(m_tail.size(), overlap));
        return {};
    }

    std::optional<qint64> finish() override { return {}; }

private:
    std::shared_ptr<const search::Literal> m_literal;
    QByteArray m_tail;
    qint64 m_seen = 0;
};

class OctetSearch::Regex : public OctetSearch::Search
{
public:
    explicit Regex(std::shared_ptr<const search::Regex> regex)
        : m_regex(std::move(regex))
        , m_run(m_regex)
    {
    }

    std::unique_ptr<Search> anew() const override { return std::make_unique<Regex>(m_regex); }

    void restart() override { m_run.restart(); }

    std::optional<qint64> feed(QByteArrayView octets) override { return m_run.feed(octets); }

    std::optional<qint64> finish() override { return m_run.finish(); }

    bool gaveUp() const override { return m_run.gaveUp(); }

private:
    std::shared_ptr<const search::Regex> m_regex;
    search::RegexRun m_run;
};

OctetSearch::OctetSearch(const SearchPattern &pattern)
{
    SearchPattern wanted = pattern;
    if (wanted.isRegex) {
        if (const auto literal = search::literalOf(wanted.text)) {
            wanted.text = *literal;
            wanted.isRegex = false;
        }
    }
    m_isLiteral = !wanted.isRegex;
    const bool needsFolding = !wanted.isCaseSensitive && search::hasNonAscii(wanted.text)
        && search::isUtf8(wanted.text);
    if (m_isLiteral && wanted.text.isEmpty()) {
        m_search = std::make_unique<Fixed>(0);
    } else if (m_isLiteral && !needsFolding) {
        m_search = std::make_unique<Literal>(
            std::make_shared<search::Literal>(wanted.text, wanted.isCaseSensitive));
    } else {
        const auto regex = std::make_shared<search::Regex>(
            wanted, m_isLiteral ? search::Regex::Syntax::Literal : search::Regex::Syntax::Perl);
        m_error = regex->error();
        if (m_error)
            m_search = std::make_unique<Fixed>(std::nullopt);
        else
            m_search = std::make_unique<Regex>(regex);
    }
}

OctetSearch::~OctetSearch() = default;
OctetSearch::OctetSearch(OctetSearch &&) noexcept = default;
OctetSearch &OctetSearch::operator=(OctetSearch &&) noexcept = default;

OctetSearch::OctetSearch(const OctetSearch &other)
    : m_search(other.m_search->anew())
    , m_error(other.m_error)
    , m_isLiteral(other.m_isLiteral)
{
}

OctetSearch &OctetSearch::operator=(const OctetSearch &other)
{
    if (this != &other)
        *this = OctetSearch(other);
    return *this;
}

std::optional<SearchPatternError> OctetSearch::error() const { return m_error; }

bool OctetSearch::isLiteral() const { return m_isLiteral; }

std::optional<qint64> OctetSearch::feed(QByteArrayView octets)
{
    if (!m_found)
        m_found = m_search->feed(octets);
    return m_found;
}

std::optional<qint64> OctetSearch::finish()
{
    if (!m_found)
        m_found = m_search->finish();
    return m_found;
}

void OctetSearch::reset()
{
    m_search->restart();
    m_found.reset();
}

bool OctetSearch::gaveUp() const { return m_search->gaveUp(); }

std::optional<qint64> searchIn(QByteArrayView octets, const SearchPattern &pattern)
{
    OctetSearch search(pattern);
    const std::optional<qint64> found = search.feed(octets);
    return found ? found : search.finish();
}

} // namespace headrace::exchange
