#pragma once

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>

namespace headrace::test {

/// Certificates made by openssl for one test. Files lie in a folder that goes with this.
class Certificates
{
public:
    /// Signed by itself, valid from now for two days. \a names as openssl has them: "DNS:a.test,IP:127.0.0.1".
    /// Answers its DER form; empty when openssl fails.
    QByteArray makeSelfSigned(const QString &subject, const QString &names);

    /// Leaf and the authority that signed it, both DER; empty when openssl fails.
    QList<QByteArray> makeChain(const QString &subject, const QString &names);

private:
    bool run(const QStringList &arguments) const;
    QByteArray derOf(const QString &pemFile) const;

    QTemporaryDir m_folder;
};

} // namespace headrace::test
