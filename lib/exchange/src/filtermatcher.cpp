#include "exchange/filtermatcher.h"

#include "exchange/bodydecoder.h"
#include "filter/exchangeterm.h"
#include "filter/summaryterm.h"

#include <algorithm>
#include <vector>

namespace headrace::exchange {

namespace {

constexpr int RequestIndex = -1; // as in Sink::setHead()
constexpr int ResponseIndex = 0;

// Content codings are taken off; a body with one that is not known is looked at as it is.
QByteArray bodyOf(FilterSubject &subject, int message)
{
    const Exchange &exchange = subject.exchange();
    const FieldList &fields
        = message == RequestIndex ? exchange.request.fields : exchange.response.fields;
    const QList<QByteArray> codings = codingsOf(fields);
    BodyDecoder decoder(codings);
    if (decoder.error())
        decoder = BodyDecoder(QList<QByteArray>());
    QByteArray body;
    const auto drain = [&decoder, &body] {
        for (QByteArray piece = decoder.take(); !piece.isEmpty(); piece = decoder.take())
            body += piece;
    };
    subject.readOctets(message, [&decoder, &drain](const Octets &piece) {
        if (piece.part != Part::Body)
            return true;
        decoder.feed(piece.octets);
        drain();
        return !decoder.error();
    });
    decoder.finish();
    drain();
    return body;
}

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
        return (m_term.field != FilterField::ResponseBody && holdsBody(subject, RequestIndex))
            || (m_term.field != FilterField::RequestBody && holdsBody(subject, ResponseIndex));
    }

private:
    bool holdsBody(FilterSubject &subject, int message) const
    {
        const QByteArray body = bodyOf(subject, message);
        return !body.isEmpty() && m_test(textOf(body));
    }

    Filter::Kind m_kind;
    FilterTerm m_term;
    FilterCost m_cost;
    TextTest m_test;
    ExchangeTerm m_exchangeTerm;
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
