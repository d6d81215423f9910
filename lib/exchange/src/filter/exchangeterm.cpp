#include "filter/exchangeterm.h"

#include "exchange/websocket.h"

#include <algorithm>

namespace headrace::exchange {

namespace {

// The side that was asked recorded it. A script is either; its own requests have events of ClientRequest.
bool isOfServer(const Exchange &exchange)
{
    switch (exchange.summary.source) {
    case Source::Composer:
    case Source::Proxy: // of which the connection is that to the origin
        return false;
    case Source::Mock:
        return true;
    case Source::Script:
        break;
    }
    return std::none_of(exchange.events.cbegin(), exchange.events.cend(),
        [](const Event &event) { return event.object == u"ClientRequest"; });
}

QString endpoint(const QString &address, quint16 port)
{
    const QString host = address.contains(u':') ? u'[' + address + u']' : address;
    return host + u':' + QString::number(port);
}

bool hasEndpoint(const Connection &connection, bool isPeer, const TextTest &test)
{
    const QString &address = isPeer ? connection.peerAddress : connection.localAddress;
    return !address.isEmpty()
        && test(endpoint(address, isPeer ? connection.peerPort : connection.localPort));
}

bool hasType(const FieldList &fields, const TextTest &test)
{
    return std::any_of(fields.cbegin(), fields.cend(), [&test](const auto &field) {
        return field.first.compare("content-type", Qt::CaseInsensitive) == 0
            && test(textOf(field.second));
    });
}

} // namespace

ExchangeTerm::ExchangeTerm(const FilterTerm &term)
    : m_field(term.field)
    , m_compare(term.compare)
    , m_name(term.name)
{
    if (m_name.contains('*') || m_name.contains('?')) {
        FilterTerm name { term.field, FilterCompare::Glob, {}, QString::fromUtf8(m_name) };
        name.text.replace(u'\\', QStringLiteral("\\\\"));
        m_nameExpression = expressionOf(name);
    }
}

bool ExchangeTerm::matches(const Exchange &exchange, const TextTest &test) const
{
    const Message &request = exchange.request;
    const Message &response = exchange.response;
    switch (m_field) {
    case FilterField::Type:
        return hasType(request.fields, test) || hasType(response.fields, test);
    case FilterField::RequestType:
        return hasType(request.fields, test);
    case FilterField::ResponseType:
        return hasType(response.fields, test);
    case FilterField::Header:
        return hasField(request.fields, test) || hasField(response.fields, test);
    case FilterField::RequestHeader:
        return hasField(request.fields, test);
    case FilterField::ResponseHeader:
        return hasField(response.fields, test);
    case FilterField::Trailer:
        return hasField(request.trailers, test) || hasField(response.trailers, test);
    case FilterField::Event:
        return std::any_of(
            exchange.events.cbegin(), exchange.events.cend(), [&test](const Event &event) {
                return test(event.name) || test(event.object + u'.' + event.name);
            });
    case FilterField::Client:
        return exchange.client ? hasEndpoint(*exchange.client, true, test)
                               : hasEndpoint(exchange.connection, isOfServer(exchange), test);
    case FilterField::Server:
        return hasEndpoint(exchange.connection, !isOfServer(exchange), test);
    case FilterField::Rule:
        return std::any_of(exchange.changes.cbegin(), exchange.changes.cend(),
            [&test](const Change &change) { return !change.by.isEmpty() && test(change.by); });
    case FilterField::Changed:
        return std::any_of(exchange.changes.cbegin(), exchange.changes.cend(),
            [](const Change &change) { return isOfUser(change.cause); });
    case FilterField::Lenient:
        return std::any_of(exchange.changes.cbegin(), exchange.changes.cend(),
            [](const Change &change) { return change.cause == Change::Cause::Leniency; });
    case FilterField::WebSocket:
        return isWebSocket(exchange);
    default:
        return false;
    }
}

bool ExchangeTerm::isNamed(const QByteArray &name) const
{
    if (m_nameExpression.pattern().isEmpty())
        return name.compare(m_name, Qt::CaseInsensitive) == 0;
    return m_nameExpression.match(textOf(name)).hasMatch();
}

bool ExchangeTerm::hasField(const FieldList &fields, const TextTest &test) const
{
    return std::any_of(fields.cbegin(), fields.cend(), [this, &test](const auto &field) {
        if (m_name.isEmpty())
            return m_compare == FilterCompare::Exists
                || test(textOf(field.first + ": " + field.second));
        return isNamed(field.first)
            && (m_compare == FilterCompare::Exists || test(textOf(field.second)));
    });
}

} // namespace headrace::exchange
