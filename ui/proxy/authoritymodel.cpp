#include "proxy/authoritymodel.h"

#include <QCoreApplication>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("DeviceHelp", text); }

QString steps(const QStringList &all)
{
    QString text = QStringLiteral("<ol style=\"margin-left:0; -qt-list-indent:1\">");
    for (const QString &step : all)
        text += QStringLiteral("<li style=\"margin-bottom:4px\">%1</li>").arg(step);
    return text + QStringLiteral("</ol>");
}

} // namespace

QString helpAddress() { return QStringLiteral("http://headrace.proxy/"); }

QList<DeviceHelp> deviceHelp(const QString &certificateFile, const QString &address)
{
    const QString host = address.section(u':', 0, -2).toHtmlEscaped();
    const QString port = address.section(u':', -1).toHtmlEscaped();
    const QString file = QStringLiteral("<tt>%1</tt>").arg(certificateFile.toHtmlEscaped());
    const QString link = QStringLiteral("<tt>%1</tt>").arg(helpAddress());
    const QString proxy = tr("server <tt>%1</tt>, port <tt>%2</tt>").arg(host, port);
    return {
        { tr("iPhone, iPad"),
            steps({ tr("Settings › Wi-Fi › (i) at the network › Configure Proxy › Manual: %1.")
                        .arg(proxy),
                tr("In Safari, open %1 and download the certificate.").arg(link),
                tr("Settings › Profile Downloaded › Install."),
                tr("Settings › General › About › Certificate Trust Settings: turn Headrace "
                   "on.") }) },
        { tr("Android"),
            steps({ tr("Settings › Wi-Fi › the network › Proxy › Manual: %1.").arg(proxy),
                tr("In the browser, open %1 and download the certificate.").arg(link),
                tr("Settings › Security › More › Install a certificate › CA certificate."),
                tr("Apps trust it only if they say so (networkSecurityConfig); browsers do.") }) },
        { tr("Linux"),
            steps({ tr("Copy %1 to <tt>/usr/local/share/ca-certificates/headrace.crt</tt>.")
                        .arg(file),
                tr("<tt>sudo update-ca-certificates</tt>"),
                tr("Chromium and Firefox have stores of their own: “Launch browser” uses a profile "
                   "that trusts it, and only that.") }) },
        { tr("macOS"),
            steps({ tr("Open %1 in Keychain Access and put it into the System keychain.").arg(file),
                tr("Double-click it: Trust › Always Trust."),
                tr("System Settings › Network › Details › Proxies: web proxies, %1.")
                    .arg(proxy) }) },
        { tr("Windows"),
            steps({ tr("Export the certificate as DER, and open the file."),
                tr("Install Certificate › Local Machine › Trusted Root Certification Authorities."),
                tr("Settings › Network › Proxy › Manual: %1.").arg(proxy) }) },
        { tr("Firefox"),
            steps({ tr("Settings › Privacy &amp; Security › View Certificates › Authorities › "
                       "Import: %1.")
                        .arg(file),
                tr("Tick “Trust this CA to identify websites”."),
                tr("Settings › Network Settings › Manual: %1, also for HTTPS.").arg(proxy) }) },
        { tr("Programs in a terminal"),
            steps({ tr("“Open terminal” sets the variables that curl, git, Node, Python, Ruby, Go, "
                       "Rust, Java and others look at."),
                tr("So does <tt>headrace exec -- COMMAND</tt>, with a proxy of its own.") }) },
    };
}

QString fingerprintText(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

} // namespace headrace::ui
