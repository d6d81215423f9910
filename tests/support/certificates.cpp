#include "support/certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>

namespace headrace::test {

namespace {

QStringList request(const QString &subject, const QString &name)
{
    return { QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("ec"),
        QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"),
        QStringLiteral("-nodes"), QStringLiteral("-keyout"), name + QStringLiteral(".key"),
        QStringLiteral("-out"), name + QStringLiteral(".pem"), QStringLiteral("-subj"), subject };
}

} // namespace

QByteArray Certificates::makeSelfSigned(const QString &subject, const QString &names)
{
    QStringList arguments = request(subject, QStringLiteral("own"));
    arguments += { QStringLiteral("-x509"), QStringLiteral("-days"), QStringLiteral("2") };
    if (!names.isEmpty())
        arguments += { QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + names };
    return run(arguments) ? derOf(QStringLiteral("own.pem")) : QByteArray();
}

QList<QByteArray> Certificates::makeChain(const QString &subject, const QString &names)
{
    const QStringList authority
        = request(QStringLiteral("/CN=Test Authority"), QStringLiteral("ca"))
        + QStringList { QStringLiteral("-x509"), QStringLiteral("-days"), QStringLiteral("2") };
    QFile extensions(m_folder.filePath(QStringLiteral("leaf.ext")));
    if (!run(authority) || !run(request(subject, QStringLiteral("leaf")))
        || !extensions.open(QIODevice::WriteOnly))
        return {};
    extensions.write("subjectAltName=" + names.toLatin1()
        + "\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n");
    extensions.close();
    if (!run({ QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"),
            QStringLiteral("leaf.pem"), QStringLiteral("-CA"), QStringLiteral("ca.pem"),
            QStringLiteral("-CAkey"), QStringLiteral("ca.key"), QStringLiteral("-CAcreateserial"),
            QStringLiteral("-days"), QStringLiteral("1"), QStringLiteral("-extfile"),
            QStringLiteral("leaf.ext"), QStringLiteral("-out"), QStringLiteral("leaf.crt") }))
        return {};
    return { derOf(QStringLiteral("leaf.crt")), derOf(QStringLiteral("ca.pem")) };
}

bool Certificates::run(const QStringList &arguments) const
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.start(QStringLiteral("openssl"), arguments);
    return openssl.waitForFinished() && openssl.exitCode() == 0;
}

QByteArray Certificates::derOf(const QString &pemFile) const
{
    return QSslCertificate::fromPath(m_folder.filePath(pemFile)).value(0).toDer();
}

} // namespace headrace::test
