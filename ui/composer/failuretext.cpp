#include "composer/failuretext.h"

#include <QCoreApplication>
#include <QHash>

namespace headrace::ui {

namespace {

const QHash<QString, const char *> &sentences()
{
    static const QHash<QString, const char *> table {
        { QStringLiteral("ECONNREFUSED"),
            QT_TRANSLATE_NOOP("FailureText",
                "Nothing listens there: the server refused the connection. Check host and port, "
                "and "
                "that the server runs.") },
        { QStringLiteral("ENOTFOUND"),
            QT_TRANSLATE_NOOP("FailureText",
                "No address was found for this host. Check how its name is spelled.") },
        { QStringLiteral("EAI_AGAIN"),
            QT_TRANSLATE_NOOP("FailureText",
                "The name server did not answer, so the host's address is unknown. Check the "
                "network.") },
        { QStringLiteral("ECONNRESET"),
            QT_TRANSLATE_NOOP("FailureText",
                "The server closed the connection before its answer was complete.") },
        { QStringLiteral("EPIPE"),
            QT_TRANSLATE_NOOP("FailureText",
                "The server closed the connection while the request was still being sent.") },
        { QStringLiteral("ETIMEDOUT"),
            QT_TRANSLATE_NOOP("FailureText",
                "The server did not answer in time. Raise the time limit under Wire, or check that "
                "it "
                "can be reached.") },
        { QStringLiteral("EPROTO"),
            QT_TRANSLATE_NOOP("FailureText",
                "No secure connection could be set up. Check that the server speaks TLS on this "
                "port.") },
        { QStringLiteral("CERT_HAS_EXPIRED"),
            QT_TRANSLATE_NOOP("FailureText",
                "The server's certificate has expired. Under Wire you can go on without verifying "
                "it.") },
        { QStringLiteral("ERR_TLS_CERT_ALTNAME_INVALID"),
            QT_TRANSLATE_NOOP("FailureText",
                "The server's certificate is for another host name. Under Wire you can go on "
                "without "
                "verifying it.") },
        { QStringLiteral("EHOSTUNREACH"),
            QT_TRANSLATE_NOOP("FailureText", "There is no way to this host. Check the network.") },
        { QStringLiteral("ENETUNREACH"),
            QT_TRANSLATE_NOOP(
                "FailureText", "There is no way to this network. Check that you are connected.") },
    };
    return table;
}

bool isCertificateCode(const QString &code)
{
    return code.startsWith(QStringLiteral("CERT_")) || code.startsWith(QStringLiteral("UNABLE_TO_"))
        || code.contains(QStringLiteral("SELF_SIGNED_CERT"));
}

} // namespace

QString failureText(const QString &code, const QString &message)
{
    const auto translated
        = [](const char *text) { return QCoreApplication::translate("FailureText", text); };
    QString sentence;
    if (const char *known = sentences().value(code))
        sentence = translated(known);
    else if (isCertificateCode(code))
        sentence = translated(QT_TRANSLATE_NOOP("FailureText",
            "The server's certificate is not trusted. Under Wire you can go on without verifying "
            "it."));
    else if (code.startsWith(QStringLiteral("HPE_")))
        sentence = translated(QT_TRANSLATE_NOOP("FailureText",
            "The server sent something that is not HTTP. The octets received are in the Raw tab."));
    if (sentence.isEmpty())
        return message.isEmpty()
            ? translated(QT_TRANSLATE_NOOP("FailureText", "The request failed."))
            : message;
    return message.isEmpty() ? sentence : QStringLiteral("%1 (%2)").arg(sentence, message);
}

} // namespace headrace::ui
