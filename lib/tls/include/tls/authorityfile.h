#pragma once

#include "tls/certificateauthority.h"

namespace headrace::tls {

/** The authority of an installation: `ca.pem` and `ca.key` in a folder of the user. Made on first use. The key file
    is 0600 from its first octet on, and one that others may read is refused. Thread: any; two processes that make
    it at the same moment get the same one. */
class AuthorityFile
{
public:
    explicit AuthorityFile(const QString &folder);

    /// `$HEADRACE_CA_DIR`, or `headrace/ca` in the user's data folder.
    static QString defaultFolder();

    /// What is there, or a new one that is there now. Nothing and *error: nothing was written over.
    std::unique_ptr<CertificateAuthority> open(TlsError *error) const;

    bool exists() const;
    QString certificatePath() const;
    QString keyPath() const;

private:
    std::unique_ptr<CertificateAuthority> read(TlsError *error) const;
    TlsError make() const;

    QString m_folder;
};

} // namespace headrace::tls
