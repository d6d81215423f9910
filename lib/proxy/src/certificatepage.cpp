#include "proxy/certificatepage.h"

#include "certificate/trustguide.h"

#include <tls/identity.h>

#include <QCryptographicHash>
#include <QUuid>

namespace headrace::proxy {

namespace {

constexpr const char *style
    = ":root{color-scheme:light dark;--line:#8884;--soft:#8882}"
      "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
      "h1{font-size:1.6em}h2{font-size:1.1em;margin:.2em 0}"
      "code{font-family:ui-monospace,monospace;font-size:.9em;background:var(--soft);"
      "padding:.1em .3em;border-radius:.2em;overflow-wrap:anywhere}"
      "section{border-top:1px solid var(--line);padding:.6em 0}"
      ".get a{display:inline-block;border:1px solid var(--line);border-radius:.4em;"
      "padding:.4em .8em;margin:0 .4em .4em 0}";

QByteArray fingerprintOf(const tls::Identity &authority)
{
    return QCryptographicHash::hash(authority.certificate, QCryptographicHash::Sha256)
        .toHex(':')
        .toUpper();
}

QByteArray escaped(const QString &text) { return text.toHtmlEscaped().toUtf8(); }

QByteArray page(const tls::Identity &authority, const QString &proxyAddress)
{
    QByteArray html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                      "<meta name=\"viewport\" content=\"width=device-width\">"
                      "<title>Headrace: trust this proxy</title><style>";
    html += style;
    html += "</style></head><body><h1>Trust this proxy</h1>"
            "<p>You see this page because your requests go through Headrace";
    if (!proxyAddress.isEmpty())
        html += " at <code>" + escaped(proxyAddress) + "</code>";
    html
        += ". To look into HTTPS it shows certificates of its own, which your device takes once it "
           "trusts the authority below. It was made on the machine that runs the proxy, and its "
           "key never leaves that machine. Who has the key can read what you send: remove the "
           "certificate when you are done.</p>"
           "<p class=\"get\"><a href=\"/ca.pem\">ca.pem</a><a href=\"/ca.cer\">ca.cer (DER)</a>"
           "<a href=\"/ca.mobileconfig\">Profile for iOS and macOS</a></p>"
           "<p>Compare its SHA-256 fingerprint with what the window or <code>headrace ca</code> "
           "shows:<br><code>"
        + fingerprintOf(authority) + "</code></p>";
    for (const TrustGuide &guide : trustGuides()) {
        html += "<section><h2>" + QByteArray(guide.title.data(), guide.title.size()) + "</h2><ul>"
            + QByteArray(guide.steps.data(), guide.steps.size()) + "</ul></section>";
    }
    return html + "</body></html>\n";
}

/// The same identifier for the same certificate, so that a profile that is installed again takes the old one's place.
QByteArray identifierOf(const tls::Identity &authority, const QByteArray &part)
{
    return QUuid::createUuidV5(QUuid(), authority.certificate + part)
        .toString(QUuid::WithoutBraces)
        .toUpper()
        .toLatin1();
}

/// A property list with one payload. Source: Apple, "Configuration Profile Reference", `com.apple.security.root`.
QByteArray profile(const tls::Identity &authority)
{
    const auto text = [](const QByteArray &key, const QByteArray &value) {
        return "<key>" + key + "</key><string>" + value + "</string>\n";
    };
    const QByteArray version = "<key>PayloadVersion</key><integer>1</integer>\n";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
           "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
           "<plist version=\"1.0\"><dict>\n"
           "<key>PayloadContent</key><array><dict>\n"
        + text("PayloadType", "com.apple.security.root")
        + text("PayloadIdentifier", "proxy.headrace.ca.certificate")
        + text("PayloadUUID", identifierOf(authority, "certificate"))
        + text("PayloadDisplayName", "Headrace certificate authority")
        + text("PayloadCertificateFileName", "ca.cer") + version + "<key>PayloadContent</key><data>"
        + authority.certificate.toBase64() + "</data>\n</dict></array>\n"
        + text("PayloadType", "Configuration") + text("PayloadIdentifier", "proxy.headrace.ca")
        + text("PayloadUUID", identifierOf(authority, "profile"))
        + text("PayloadDisplayName", "Headrace proxy")
        + text("PayloadDescription", "Trusts the certificates that this Headrace proxy shows.")
        + version + "</dict></plist>\n";
}

/// "/ca.pem" of "http://headrace.proxy/ca.pem?x".
QByteArray pathOf(const QByteArray &target)
{
    QByteArray path = target;
    for (const char end : { '?', '#' }) {
        if (const qsizetype at = path.indexOf(end); at >= 0)
            path.truncate(at);
    }
    if (const qsizetype scheme = path.indexOf("://"); scheme > 0) {
        const qsizetype slash = path.indexOf('/', scheme + 3);
        path = slash < 0 ? QByteArrayLiteral("/") : path.sliced(slash);
    }
    return path.isEmpty() ? QByteArrayLiteral("/") : path;
}

TransitMessage answer(int status, const QByteArray &type, const QByteArray &body,
    const QList<wire::FieldLine> &more = {})
{
    TransitMessage message;
    QList<wire::FieldLine> fields { { "Content-Type", type },
        { "Content-Length", QByteArray::number(body.size()) }, { "Cache-Control", "no-store" },
        { "X-Content-Type-Options", "nosniff" } };
    fields += more;
    message.head = MessageHead::makeResponse(status, {}, fields);
    message.body = body;
    return message;
}

TransitMessage download(const QByteArray &name, const QByteArray &type, const QByteArray &body)
{
    return answer(
        200, type, body, { { "Content-Disposition", "attachment; filename=\"" + name + '"' } });
}

TransitMessage get(
    const QByteArray &path, const tls::Identity &authority, const QString &proxyAddress)
{
    if (path == "/") {
        return answer(200, "text/html; charset=utf-8", page(authority, proxyAddress),
            { { "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'" } });
    }
    if (path == "/ca.pem")
        return download("ca.pem", "application/x-pem-file", authority.certificatePem());
    if (path == "/ca.cer") // with this type, Android and Windows offer to install it
        return download("ca.cer", "application/x-x509-ca-cert", authority.certificate);
    if (path == "/ca.mobileconfig")
        return answer(200, "application/x-apple-aspen-config", profile(authority));
    return answer(404, "text/plain; charset=utf-8",
        "There is no such page here: http://headrace.proxy/ has the proxy's certificate.\n");
}

} // namespace

TransitMessage certificatePage(const QByteArray &method, const QByteArray &target,
    const tls::Identity &authority, const QString &proxyAddress)
{
    if (method != "GET" && method != "HEAD")
        return answer(405, "text/plain; charset=utf-8", "Only GET and HEAD are answered here.\n",
            { { "Allow", "GET, HEAD" } });
    TransitMessage message = get(pathOf(target), authority, proxyAddress);
    if (method == "HEAD")
        message.body.clear();
    return message;
}

} // namespace headrace::proxy
