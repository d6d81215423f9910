#include "inspector/exchangefacts.h"

#include "inspector/changefacts.h"
#include "inspector/tlsfacts.h"
#include "shell/format.h"

#include <exchange/summarytext.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headrace::ui {

using exchange::Exchange;
using exchange::Message;
using exchange::State;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Inspector", text); }

QString octetsOf(const Message &message)
{
    return tr("%1 B in the body, %2 B on the wire")
        .arg(formatCount(message.bodyOctets), formatCount(message.wireOctets));
}

void addIfAny(QList<Fact> *facts, const QString &label, const QString &value, bool isWire = false)
{
    if (!value.isEmpty())
        *facts += Fact { label, value, isWire };
}

QString stateText(const Exchange &exchange)
{
    switch (exchange.summary.state) {
    case State::Active:
        return tr("still going on");
    case State::Complete:
        return tr("complete");
    case State::Failed:
        return tr("failed");
    case State::Canceled:
        return tr("canceled by you");
    }
    return {};
}

FactGroup requestFacts(const Exchange &exchange)
{
    const Message &request = exchange.request;
    FactGroup group { tr("Request"), {}, true };
    addIfAny(&group.facts, tr("URL"), exchange::urlOf(exchange.summary), true);
    addIfAny(&group.facts, tr("Request line"), displayText(request.startLine), true);
    if (request.hasHead())
        group.facts += Fact { tr("Size"), octetsOf(request) };
    if (!request.chunks.isEmpty())
        group.facts += Fact { tr("Chunks"), formatCount(request.chunks.size()) };
    return group;
}

FactGroup responseFacts(const Exchange &exchange)
{
    const Message &response = exchange.response;
    FactGroup group { tr("Response"), {}, true };
    QStringList interim;
    for (const Message &message : exchange.interim)
        interim += QStringLiteral("%1 %2").arg(message.statusCode).arg(displayText(message.reason));
    addIfAny(&group.facts, tr("Interim"), interim.join(QStringLiteral(", ")), true);
    addIfAny(&group.facts, tr("Status line"), displayText(response.startLine), true);
    addIfAny(&group.facts, tr("Type"), displayText(response.field("Content-Type")), true);
    if (response.hasHead())
        group.facts += Fact { tr("Size"), octetsOf(response) };
    if (!response.chunks.isEmpty())
        group.facts += Fact { tr("Chunks"), formatCount(response.chunks.size()) };
    if (!response.trailers.isEmpty())
        group.facts += Fact { tr("Trailers"), formatCount(response.trailers.size()) };
    return group;
}

FactGroup connectionFacts(const exchange::Connection &connection, const QString &title)
{
    FactGroup group { title, {} };
    if (connection.id != 0)
        group.facts += Fact { tr("Number"),
            connection.isReused ? tr("%1, kept alive from an earlier exchange").arg(connection.id)
                                : tr("%1, new").arg(connection.id) };
    addIfAny(
        &group.facts, tr("Local"), endpointOf(connection.localAddress, connection.localPort), true);
    addIfAny(
        &group.facts, tr("Peer"), endpointOf(connection.peerAddress, connection.peerPort), true);
    return group;
}

QList<FactGroup> networkFacts(const Exchange &exchange)
{
    const std::optional<exchange::Connection> &client = exchange.client;
    QList<FactGroup> groups;
    if (client)
        groups += connectionFacts(*client, tr("Connection of the client"));
    groups += connectionFacts(
        exchange.connection, client ? tr("Connection to the origin") : tr("Connection"));
    if (client && client->tls)
        groups += handshakeFactsOf(*client->tls, tr("TLS with the client"));
    if (exchange.connection.tls)
        groups += handshakeFactsOf(
            *exchange.connection.tls, client ? tr("TLS with the origin") : QString());
    return groups;
}

struct Explanation
{
    QStringView code; ///< Or its beginning, when it ends with '_'.
    const char *text; ///< %1 is the host.
};

constexpr std::array Explanations {
    Explanation { u"ECONNREFUSED",
        QT_TR_NOOP(
            "Nothing accepts connections at %1. Is the server running, and is the port right?") },
    Explanation { u"ENOTFOUND", QT_TR_NOOP("No address is known for the name %1.") },
    Explanation { u"EAI_", QT_TR_NOOP("The name %1 could not be looked up.") },
    Explanation {
        u"ECONNRESET", QT_TR_NOOP("%1 closed the connection before the exchange was complete.") },
    Explanation {
        u"EPIPE", QT_TR_NOOP("%1 closed the connection while the request was being sent.") },
    Explanation { u"ETIMEDOUT", QT_TR_NOOP("%1 did not answer in time.") },
    Explanation { u"ESOCKETTIMEDOUT", QT_TR_NOOP("%1 did not answer in time.") },
    Explanation { u"EHOSTUNREACH", QT_TR_NOOP("There is no way through the network to %1.") },
    Explanation { u"ENETUNREACH", QT_TR_NOOP("There is no way through the network to %1.") },
    Explanation { u"EPROTO",
        QT_TR_NOOP("The TLS handshake with %1 failed. Does it speak TLS at this port?") },
    Explanation {
        u"ERR_TLS_CERT_ALTNAME_INVALID", QT_TR_NOOP("The certificate of %1 is for another name.") },
    Explanation { u"CERT_HAS_EXPIRED", QT_TR_NOOP("The certificate of %1 has expired.") },
    Explanation { u"CERT_", QT_TR_NOOP("The certificate of %1 is not trusted.") },
    Explanation {
        u"DEPTH_ZERO_", QT_TR_NOOP("The certificate of %1 is not trusted: it signed itself.") },
    Explanation { u"SELF_SIGNED_",
        QT_TR_NOOP(
            "The certificate of %1 is not trusted: its chain ends in one that signed itself.") },
    Explanation { u"UNABLE_", QT_TR_NOOP("The certificate of %1 could not be verified.") },
    Explanation {
        u"HPE_HEADER_OVERFLOW", QT_TR_NOOP("The header block from %1 is larger than allowed.") },
    Explanation { u"HPE_", QT_TR_NOOP("What came from %1 is not valid HTTP.") },
};

} // namespace

QString endpointOf(const QString &address, quint16 port)
{
    if (address.isEmpty())
        return {};
    return (address.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(address)
        .arg(port);
}

QString Headline::text() const
{
    QStringList parts { QStringLiteral("%1 %2 → %3").arg(method, target, status) };
    return (parts + details).join(QStringLiteral(" · "));
}

Headline headlineOf(const Exchange &exchange)
{
    const exchange::Summary &summary = exchange.summary;
    Headline headline;
    headline.method = summary.method.isEmpty() ? QStringLiteral("–") : summary.method;
    headline.target = summary.target;
    headline.statusCode = summary.statusCode;
    headline.hasFailed = summary.state == State::Failed;
    if (summary.statusCode != 0)
        headline.status
            = QStringLiteral("%1 %2").arg(summary.statusCode).arg(summary.reason).trimmed();
    else if (headline.hasFailed)
        headline.status = QStringLiteral("✕ ") + summary.errorCode;
    else if (summary.state == State::Canceled)
        headline.status = tr("⊘ canceled");
    else
        headline.status = tr("waiting…");

    if (!summary.host.isEmpty())
        headline.details += summary.host;
    if (summary.duration >= 0)
        headline.details += formatDuration(summary.duration);
    if (headline.hasFailed && summary.statusCode != 0)
        headline.details += QStringLiteral("✕ ") + summary.errorCode;
    if (exchange.connection.tls && !exchange.connection.tls->protocol.isEmpty())
        headline.details += exchange.connection.tls->protocol;
    if (exchange.connection.isReused)
        headline.details += tr("reused connection");
    if (const QString changes = changesText(exchange.changes); !changes.isEmpty())
        headline.details += changes;
    return headline;
}

QList<FactGroup> factsOf(const Exchange &exchange)
{
    QList<FactGroup> groups;
    groups += requestFacts(exchange);
    groups += responseFacts(exchange);
    groups += networkFacts(exchange);

    FactGroup record { tr("Record"), {} };
    record.facts += Fact { tr("Number"), QString::number(exchange.summary.id) };
    record.facts += Fact { tr("Seen by"), exchange::displayName(exchange.summary.source) };
    record.facts += Fact { tr("Began"), exchange.summary.began.toString(Qt::ISODateWithMs) };
    record.facts += Fact { tr("State"), stateText(exchange) };
    if (exchange.summary.pattern != exchange::Pattern::Active)
        record.facts += Fact { tr("Pattern"), exchange::displayName(exchange.summary.pattern) };
    groups += record;
    groups.removeIf([](const FactGroup &group) { return group.facts.isEmpty(); });
    return groups;
}

QString failureText(const Exchange &exchange)
{
    if (!exchange.failure)
        return {};
    const QString host
        = exchange.summary.host.isEmpty() ? tr("the other side") : exchange.summary.host;
    const QString &code = exchange.failure->code;
    const auto found = std::find_if(
        Explanations.cbegin(), Explanations.cend(), [&code](const Explanation &explanation) {
            return explanation.code.endsWith(u'_') ? code.startsWith(explanation.code)
                                                   : code == explanation.code;
        });
    if (found == Explanations.cend())
        return exchange.failure->message;
    return tr(found->text).arg(host);
}

QString passedThroughText(const Exchange &exchange)
{
    for (const exchange::Event &event : exchange.events) {
        if (event.object == u"Proxy" && event.name == u"passed through")
            return tr("What is in this tunnel passed through unseen. %1").arg(event.detail);
    }
    return {};
}

QString truncationText(const Exchange &exchange)
{
    QStringList parts;
    const auto note = [&parts](const Message &message, const QString &name) {
        if (!message.isTruncated)
            return;
        qint64 kept = 0;
        for (const exchange::Octets &run : message.octets)
            kept += run.octets.size();
        parts += tr("Of the %1, the first %2 of %3 octets were kept.")
                     .arg(name, formatCount(kept), formatCount(message.wireOctets));
    };
    note(exchange.request, tr("request"));
    note(exchange.response, tr("response"));
    return parts.join(u' ');
}

} // namespace headrace::ui
