#pragma once

#include <exchange/exchange.h>
#include <proxy/settings.h>

#include <optional>

namespace headrace::ui {

/// A certificate that the proxy did not take, as its settings would have it.
struct RefusedCertificate
{
    proxy::AcceptedCertificate certificate;
    QString
        question; ///< For people, before it is taken: cause, subject and fingerprint, a line each.
};

/// Nothing: isCertificateRefused() says no, or the record has not what the origin showed.
std::optional<RefusedCertificate> refusedCertificateOf(const exchange::Exchange &exchange);

} // namespace headrace::ui
