#pragma once

#include "tls/tlserror.h"

#include <QByteArray>

#include <memory>

struct x509_store_st;

namespace headrace::tls {

/** The authorities that servers' certificates are verified by. Thread: any, several at a time, once nothing is added
    any more. */
class TrustStore
{
public:
    enum class Base
    {
        System, ///< OpenSSL's folder and file, or those of `$SSL_CERT_DIR` and `$SSL_CERT_FILE`.
        Nothing
    };

    explicit TrustStore(Base base);
    ~TrustStore();
    TrustStore(const TrustStore &) = delete;
    TrustStore &operator=(const TrustStore &) = delete;

    /// What the system trusts. Read once, on first use.
    static std::shared_ptr<const TrustStore> system();

    /// Also trusts all certificates in \a pem; NotReadable when there is none, or one cannot be read.
    TlsError add(const QByteArray &pem);
    TlsError addFile(const QString &path); ///< The same.

    x509_store_st *handle() const; ///< For OpenSSL; borrowed.

private:
    struct Freed
    {
        void operator()(x509_store_st *store) const;
    };

    std::unique_ptr<x509_store_st, Freed> m_store;
};

} // namespace headrace::tls
