#pragma once

#include "inspector/exchangefacts.h"

#include <exchange/certificate.h>

namespace headrace::ui {

/// What was agreed in the handshake. \a title: "TLS" without one.
FactGroup handshakeFactsOf(const exchange::Tls &tls, const QString &title = {});

/// The certificates of the peer that can be read, leaf first.
QList<exchange::Certificate> certificatesOf(const exchange::Tls &tls);

QList<FactGroup> certificateFactsOf(const exchange::Certificate &certificate);

/// Whether an exchange of the proxy failed because that did not take the certificate of the origin.
bool isCertificateRefused(const exchange::Summary &summary);

/** What speaks against a chain, leaf first, as it was at \a time: expired, for another name than \a host, in a
    wrong order …; a sentence each. Nothing of trust: who signed is not looked up. */
QStringList chainProblems(
    const QList<exchange::Certificate> &chain, const QString &host, const QDateTime &time);

} // namespace headrace::ui
