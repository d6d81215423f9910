#include "exchange/filtermatcher.h"

#include "filter/bodytest.h"
#include "filter/exchangeterm.h"
#include "filter/summaryterm.h"

#include <algorithm>
#include <vector>

namespace headrace::exchange {

namespace {

constexpr int RequestIndex = -1; // as in Sink::setHead()
constexpr int ResponseIndex = 0;

// An exchange that is in memory as a whole.
class WholeExchange : public FilterSubject
{
public:
    explicit WholeExchange(const Exchange &exchange)
        : m_exchange(exchange)
    {
    }

    const Exchange &exchange() override { return m_exchange; }

    void readOctets(int message, const std::function<bool(const Octets &)> &take) override
    {
        const Message &read = message == RequestIndex ? m_exchange.request : m_exchange.response;
        for (const Octets &piece : read.octets) {
            if (!take(piece))
                return;
        }
    }

private:
    const Exchange &m_exchange;
};

} // namespace

class FilterMatcher::Node
{
public:
    explicit Node(const Filter &filter)
        : m_kind(filter.kind())
        , m_term(filter.term())
        , m_cost(costOf(filter))
        , m_test(m_term)
        , m_exchangeTerm(m_term)
    {
        for (const Filter &child : filter.children())
            m_children.push_back(std::make_unique<const Node>(child));
        std::stable_sort(m_children.begin(), m_children.end(),
            [](const auto &left, const auto &right) { return left->m_cost < right->m_cost; });
        if (m_kind == Filter::Kind::Term && m_cost == FilterCost::Body)
            m_bodyTest.emplace(m_term);
    }

    bool matches(FilterSubject &subject) const
    {
        const auto childMatches = [&subject](const auto &child) { return child->matches(subject); };
        switch (m_kind) {
        case Filter::Kind::All:
            return true;
        case Filter::Kind::Not:
            return !m_children.front()->matches(subject);
        case Filter::Kind::And:
            return std::all_of(m_children.cbegin(), m_children.cend(), childMatches);
        case Filter::Kind::Or:
            return std::any_of(m_children.cbegin(), m_children.cend(), childMatches);
        case Filter::Kind::Term:
            break;
        }
        switch (m_cost) {
        case FilterCost::Summary:
            return matchesSummary(m_term, m_test, subject.summary());
        case FilterCost::Exchange:
            return m_exchangeTerm.matches(subject.exchange(), m_test);
        case FilterCost::Body:
            break;
        }
        return (m_term.field != FilterField::ResponseBody
                   && m_bodyTest->matches(subject, RequestIndex))
            || (m_term.field != FilterField::RequestBody
                && m_bodyTest->matches(subject, ResponseIndex));
    }

private:
    Filter::Kind m_kind;
    FilterTerm m_term;
    FilterCost m_cost;
    TextTest m_test;
    ExchangeTerm m_exchangeTerm;
    std::optional<BodyTest> m_bodyTest;
    std::vector<std::unique_ptr<const Node>> m_children; // the cheap ones first
};

FilterMatcher::FilterMatcher(const Filter &filter)
    : m_root(std::make_shared<const Node>(filter))
{
}

bool FilterMatcher::matches(FilterSubject &subject) const { return m_root->matches(subject); }

bool FilterMatcher::matches(const Exchange &exchange) const
{
    WholeExchange subject(exchange);
    return matches(subject);
}

} // namespace headrace::exchange
