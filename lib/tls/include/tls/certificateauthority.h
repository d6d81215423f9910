#pragma once

#include "tls/identity.h"
#include "tls/tlserror.h"

#include <QStringList>

#include <chrono>
#include <memory>

namespace headrace::tls {

/// What a leaf certificate is for.
struct LeafRequest
{
    /** Names and addresses, the one that was asked for first: "api.example.test", "*.cdn.test", "münchen.test",
        "127.0.0.1", "::1". Doubles are left out. Source: RFC 5280 section 4.2.1.6. */
    QStringList names;
};

/** Signs certificates for hosts, so that a client that trusts it can be looked at. Each installation makes its own;
    see AuthorityFile. Thread: any, one at a time; LeafCache is for several. */
class CertificateAuthority
{
public:
    /// Leaves are valid from a day before they are made, for clocks that are slow, and never for 200 days
    /// (CA/Browser Forum Baseline Requirements, section 6.3.2).
    static constexpr std::chrono::hours LeafValidity { 24 * 198 };
    static constexpr std::chrono::hours SlowClock { 24 };

    /** A new one with a new key (EC P-256), valid for ten years. \a place: what tells it from others in a list of
        trusted ones, such as the machine's name. Nothing and *error when OpenSSL refuses. */
    static std::unique_ptr<CertificateAuthority> create(const QString &place, TlsError *error);

    /// The one with this certificate and key, both PEM.
    static std::unique_ptr<CertificateAuthority> fromPem(
        const QByteArray &certificate, const QByteArray &key, TlsError *error);

    ~CertificateAuthority();
    CertificateAuthority(const CertificateAuthority &) = delete;
    CertificateAuthority &operator=(const CertificateAuthority &) = delete;

    /** A certificate for servers of these names, signed by this authority. All leaves have one key, made with this
        object: what it is for, is to be quick. A null identity and *error: BadName names the name. */
    Identity issue(const LeafRequest &request, TlsError *error) const;

    const Identity &identity() const; ///< Its own.
    QByteArray sha256() const; ///< Of its certificate's DER form.

    /// Certificate and key for keychains, encrypted with \a password. Empty and *error when OpenSSL refuses.
    QByteArray toPkcs12(const QString &password, TlsError *error) const;

    /// The same without the key, for those who are to trust it.
    QByteArray certificateToPkcs12(const QString &password, TlsError *error) const;

private:
    struct Private;
    explicit CertificateAuthority(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace headrace::tls
