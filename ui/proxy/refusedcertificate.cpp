#include "proxy/refusedcertificate.h"

#include "inspector/tlsfacts.h"
#include "proxy/authoritymodel.h"
#include "proxy/listedhost.h"

#include <exchange/certificate.h>

#include <QCoreApplication>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RefusedCertificate", text); }

/// The name that was asked for in the handshake: the settings go by it.
std::optional<ListedHost> hostOf(const exchange::Exchange &exchange)
{
    auto host = ListedHost::of(exchange.summary);
    const QString name = exchange.connection.tls->serverName.toLower();
    if (!host || name.isEmpty() || name == host->name)
        return host;
    exchange::Summary named = exchange.summary;
    named.host = QStringLiteral("%1:%2").arg(name).arg(host->port);
    return ListedHost::of(named);
}

} // namespace

std::optional<RefusedCertificate> refusedCertificateOf(const exchange::Exchange &exchange)
{
    const std::optional<exchange::Tls> &tls = exchange.connection.tls;
    if (!isCertificateRefused(exchange.summary) || !tls || tls->peerCertificates.isEmpty())
        return std::nullopt;
    const auto host = hostOf(exchange);
    const auto leaf = exchange::readCertificate(tls->peerCertificates.constFirst());
    if (!host || !leaf)
        return std::nullopt;
    RefusedCertificate refused;
    refused.certificate = { host->text, leaf->sha256, leaf->subject };
    refused.question
        = tr("%1\nSubject: %2\nSHA-256: %3\nTake this certificate of %4 all the same? No other "
             "one is taken; the settings of the proxy take it back.")
              .arg(exchange.summary.errorMessage, leaf->subject, fingerprintText(leaf->sha256),
                  host->text);
    return refused;
}

} // namespace headrace::ui
