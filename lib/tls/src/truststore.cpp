#include "tls/truststore.h"

#include "openssl_p.h"

#include <QFile>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <new>

namespace headrace::tls {

namespace {

constexpr qint64 mostOctets
    = 16 * 1024 * 1024; // all of the world's authorities have a quarter of one

} // namespace

void TrustStore::Freed::operator()(x509_store_st *store) const { X509_STORE_free(store); }

TrustStore::TrustStore(Base base)
    : m_store(X509_STORE_new())
{
    if (!m_store)
        throw std::bad_alloc();
    if (base == Base::System) {
        // Without a file or folder, nobody is trusted; that is what verification says then.
        X509_STORE_set_default_paths(m_store.get());
        ERR_clear_error();
    }
}

TrustStore::~TrustStore() = default;

std::shared_ptr<const TrustStore> TrustStore::system()
{
    static const auto store = std::make_shared<const TrustStore>(Base::System);
    return store;
}

TlsError TrustStore::add(const QByteArray &pem)
{
    const BioPointer reader(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    int count = 0;
    while (const CertificatePointer certificate {
        PEM_read_bio_X509_AUX(reader.get(), nullptr, nullptr, nullptr) }) {
        X509_STORE_add_cert(m_store.get(), certificate.get());
        ++count;
    }
    const bool isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (count > 0 && isAtEnd)
        return {};
    return { TlsError::Code::NotReadable,
        count == 0 ? QStringLiteral("There is no certificate in PEM form.")
                   : QStringLiteral("Certificate %1 cannot be read.").arg(count + 1) };
}

TlsError TrustStore::addFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return { TlsError::Code::NotReadable,
            QStringLiteral("%1: %2").arg(path, file.errorString()) };
    TlsError error = add(file.read(mostOctets));
    if (error)
        error.message = QStringLiteral("%1: %2").arg(path, error.message);
    return error;
}

x509_store_st *TrustStore::handle() const { return m_store.get(); }

} // namespace headrace::tls
