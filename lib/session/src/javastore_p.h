#pragma once

#include <QByteArray>
#include <QList>

namespace headrace::session {

/** Certificates (DER) that Java trusts, as a key store of kind JKS. \a password: ASCII.
    Source: OpenJDK, sun.security.provider.JavaKeyStore, engineStore(). */
QByteArray javaTrustStore(const QList<QByteArray> &certificates, const QByteArray &password);

} // namespace headrace::session
