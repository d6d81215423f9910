#include "verbs/ca.h"

#include "verbs/output.h"

#include <tls/authorityfile.h>

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <QSslCertificate>

namespace headrace::app {

namespace {

struct CaOptions
{
    bool isExport = false;
    QString format; ///< Empty: by the suffix of the file.
    QString password;
    bool withKey = false;
    QString file;
    bool wantsHelp = false;
    QString error;
};

QString caHelp()
{
    return QStringLiteral(
        "Usage: headrace ca\n"
        "       headrace ca export [--format pem|der|p12] [--password TEXT] [--with-key] FILE\n"
        "The certificate authority that signs what the proxy shows; each installation has its own, "
        "made when it\n"
        "is first needed. Without export: where it is, its name, its fingerprint, how long it is "
        "valid. export\n"
        "writes its certificate, for whom it is to be trusted by.\n"
        "\n"
        "  --format NAME    pem, der or p12; default: by the suffix of FILE (.pem, .crt; .cer, "
        ".der; .p12,\n"
        "                   .pfx), else pem\n"
        "  --password TEXT  of a p12 file; others on this machine may see it in the list of "
        "processes\n"
        "  --with-key       p12 only, with a password: the private key, too. Who has it can "
        "pretend to be any\n"
        "                   site to those that trust the authority\n"
        "  FILE             - is standard output\n"
        "  -h, --help       this text\n"
        "\n"
        "Exit status: 0 done; 1 the authority cannot be read or made, or FILE not written; 2 the "
        "arguments are wrong.\n");
}

QString formatOf(const QString &file)
{
    const QString suffix = file.section(u'.', -1).toLower();
    if (file.contains(u'.') && (suffix == u"cer" || suffix == u"der"))
        return QStringLiteral("der");
    if (file.contains(u'.') && (suffix == u"p12" || suffix == u"pfx"))
        return QStringLiteral("p12");
    return QStringLiteral("pem");
}

/// What does not go together.
QString conflictIn(const CaOptions &options)
{
    if (!options.isExport)
        return {};
    const bool isP12 = options.format == u"p12";
    if (options.file.isEmpty())
        return QStringLiteral("export to which file?");
    if (!isP12 && options.format != u"pem" && options.format != u"der")
        return QStringLiteral("--format takes pem, der or p12; \"%1\" is none").arg(options.format);
    if (options.withKey && !isP12)
        return QStringLiteral("--with-key is for p12 only; the key is never written openly");
    if (options.withKey && options.password.isEmpty())
        return QStringLiteral("--with-key needs a --password");
    if (!options.password.isEmpty() && !isP12)
        return QStringLiteral("--password is for p12 only");
    return {};
}

CaOptions parse(QStringList arguments)
{
    CaOptions options;
    if (!arguments.isEmpty() && arguments.constFirst() == u"export") {
        options.isExport = true;
        arguments.removeFirst();
    }
    bool onlyFiles = false;
    while (!arguments.isEmpty() && options.error.isEmpty()) {
        QString argument = arguments.takeFirst();
        if (!onlyFiles && (argument == u"-h" || argument == u"--help")) {
            options.wantsHelp = true;
        } else if (!onlyFiles && argument == u"--") {
            onlyFiles = true;
        } else if (!options.isExport) {
            options.error = QStringLiteral("\"%1\" is neither export nor an option").arg(argument);
        } else if (onlyFiles || argument == u"-" || !argument.startsWith(u'-')) {
            if (!options.file.isEmpty())
                options.error = QStringLiteral("one file; \"%1\" is the second").arg(argument);
            options.file = argument;
        } else if (argument == u"--with-key") {
            options.withKey = true;
        } else {
            QString value;
            const qsizetype equals = argument.indexOf(u'=');
            const QString name = argument.left(equals < 0 ? argument.size() : equals);
            if (name != u"--format" && name != u"--password") {
                options.error = QStringLiteral("there is no option %1").arg(argument);
            } else if (equals < 0 && arguments.isEmpty()) {
                options.error = QStringLiteral("%1 needs a value").arg(name);
            } else {
                value = equals < 0 ? arguments.takeFirst() : argument.sliced(equals + 1);
                (name == u"--format" ? options.format : options.password) = value;
            }
        }
    }
    if (options.format.isEmpty())
        options.format = formatOf(options.file);
    if (options.error.isEmpty() && !options.wantsHelp)
        options.error = conflictIn(options);
    return options;
}

void show(const tls::AuthorityFile &file, const tls::CertificateAuthority &authority)
{
    const QSslCertificate certificate(authority.identity().certificate, QSsl::Der);
    const auto day
        = [](const QDateTime &time) { return time.toUTC().date().toString(Qt::ISODate); };
    Output output;
    output.writeLine(
        QStringLiteral("file     ") + QDir::toNativeSeparators(file.certificatePath()));
    output.writeLine(QStringLiteral("name     ")
        + certificate.subjectInfo(QSslCertificate::CommonName).join(QStringLiteral(", ")));
    output.writeLine(
        QStringLiteral("SHA-256  ") + QString::fromLatin1(authority.sha256().toHex(':').toUpper()));
    output.writeLine(QStringLiteral("valid    %1 to %2")
                         .arg(day(certificate.effectiveDate()), day(certificate.expiryDate())));
}

QByteArray contentOf(
    const tls::CertificateAuthority &authority, const CaOptions &options, tls::TlsError *error)
{
    if (options.format == u"pem")
        return authority.identity().certificatePem();
    if (options.format == u"der")
        return authority.identity().certificate;
    return options.withKey ? authority.toPkcs12(options.password, error)
                           : authority.certificateToPkcs12(options.password, error);
}

int write(const QByteArray &content, const CaOptions &options)
{
    const QString what = options.withKey ? QStringLiteral("certificate and private key")
                                         : QStringLiteral("certificate, without the key");
    if (options.file == u"-") {
        Output output;
        output.write(content);
        return output.isBroken() ? ExitFailure : ExitSuccess;
    }
    QSaveFile file(options.file);
    const bool isOpen = file.open(QIODevice::WriteOnly);
    // Before anything is in it.
    const bool isSafe
        = isOpen && (!options.withKey || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    if (!isSafe || file.write(content) != content.size() || !file.commit()) {
        complain(QStringLiteral("%1: %2").arg(options.file, file.errorString()));
        return ExitFailure;
    }
    Output().writeLine(QStringLiteral("%1: %2 (%3)").arg(options.file, what, options.format));
    return ExitSuccess;
}

} // namespace

int runCa(const QStringList &arguments)
{
    const CaOptions options = parse(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("ca"), options.error);
    if (options.wantsHelp) {
        Output().write(caHelp().toUtf8());
        return ExitSuccess;
    }
    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    const QCoreApplication application(count, values); // Qt reads certificates with a plug-in
    const tls::AuthorityFile file(tls::AuthorityFile::defaultFolder());
    tls::TlsError error;
    const auto authority = file.open(&error);
    const QByteArray content
        = authority && options.isExport ? contentOf(*authority, options, &error) : QByteArray();
    if (!authority || error) {
        complain(error.message);
        return ExitFailure;
    }
    if (options.isExport)
        return write(content, options);
    show(file, *authority);
    return ExitSuccess;
}

} // namespace headrace::app
