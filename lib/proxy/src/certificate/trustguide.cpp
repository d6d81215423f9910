#include "certificate/trustguide.h"

namespace headrace::proxy {

namespace {

constexpr TrustGuide guides[] = {
    { QLatin1StringView("Windows"),
        QLatin1StringView(
            "<li>Open <a href=\"/ca.cer\">ca.cer</a> and choose <b>Install Certificate</b>.</li>"
            "<li>Take <b>Current User</b>, then <b>Place all certificates in the following "
            "store</b> "
            "and <b>Trusted Root Certification Authorities</b>.</li>"
            "<li>Or in a terminal: <code>certutil -user -addstore Root ca.cer</code></li>") },
    { QLatin1StringView("macOS"),
        QLatin1StringView(
            "<li>Open <a href=\"/ca.pem\">ca.pem</a>; Keychain Access takes it into the login "
            "keychain.</li>"
            "<li>Double-click it there, open <b>Trust</b> and set <b>Always Trust</b>.</li>"
            "<li>Or in a terminal: <code>security add-trusted-cert -r trustRoot -k "
            "~/Library/Keychains/login.keychain-db ca.pem</code></li>") },
    { QLatin1StringView("iPhone and iPad"),
        QLatin1StringView(
            "<li>Open <a href=\"/ca.mobileconfig\">the profile</a> in Safari and allow it.</li>"
            "<li>In Settings, open <b>Profile Downloaded</b> and install it.</li>"
            "<li>Then turn it on under <b>General, About, Certificate Trust Settings</b>. Without "
            "this step it is installed, but not trusted.</li>") },
    { QLatin1StringView("Android"),
        QLatin1StringView(
            "<li>Save <a href=\"/ca.cer\">ca.cer</a>.</li>"
            "<li>In Settings, look for <b>CA certificate</b> (Security, Encryption and "
            "credentials, "
            "Install a certificate) and choose the file.</li>"
            "<li>Browsers trust it then. Other applications do only if their network security "
            "configuration allows certificates of the user.</li>") },
    { QLatin1StringView("Linux: Debian, Ubuntu"),
        QLatin1StringView(
            "<li><code>sudo cp ca.pem /usr/local/share/ca-certificates/headrace.crt</code></li>"
            "<li><code>sudo update-ca-certificates</code></li>") },
    { QLatin1StringView("Linux: Fedora, RHEL"),
        QLatin1StringView("<li><code>sudo cp ca.pem /etc/pki/ca-trust/source/anchors/</code></li>"
                          "<li><code>sudo update-ca-trust</code></li>") },
    { QLatin1StringView("Firefox"),
        QLatin1StringView("<li>In Settings, search for <b>certificates</b> and choose <b>View "
                          "Certificates</b>, <b>Authorities</b>, <b>Import</b>.</li>"
                          "<li>Choose ca.pem and trust it to identify websites.</li>") },
    { QLatin1StringView("Chromium and Chrome on Linux"),
        QLatin1StringView("<li>Install <code>certutil</code> (package libnss3-tools).</li>"
                          "<li><code>certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Headrace -i "
                          "ca.pem</code></li>") },
    { QLatin1StringView("curl"),
        QLatin1StringView("<li><code>curl --cacert ca.pem …</code></li>") },
    { QLatin1StringView("git"),
        QLatin1StringView("<li><code>git -c http.sslCAInfo=ca.pem …</code></li>") },
    { QLatin1StringView("Node"),
        QLatin1StringView("<li><code>NODE_EXTRA_CA_CERTS=ca.pem node …</code></li>") },
    { QLatin1StringView("Python"),
        QLatin1StringView("<li>requests: <code>REQUESTS_CA_BUNDLE=ca.pem</code></li>"
                          "<li>the standard library: <code>SSL_CERT_FILE=ca.pem</code></li>") },
    { QLatin1StringView("Java"),
        QLatin1StringView(
            "<li><code>keytool -importcert -cacerts -alias headrace -file ca.pem</code> "
            "(the password is usually <code>changeit</code>)</li>") },
};

} // namespace

std::span<const TrustGuide> trustGuides() { return guides; }

} // namespace headrace::proxy
