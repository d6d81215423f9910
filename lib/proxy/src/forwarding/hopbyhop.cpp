#include "forwarding/hopbyhop.h"

#include "proxy/requesttarget.h"

#include <QVarLengthArray>

#include <algorithm>
#include <utility>

namespace headrace::proxy::hopbyhop {

namespace {

constexpr quint16 httpPort = 80;
constexpr quint16 httpsPort = 443;

bool equals(QByteArrayView one, QByteArrayView other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

// What the proxy does on both connections alike, with the fields that belong to it.
bool isKept(QByteArrayView option)
{
    constexpr QByteArrayView kept[] { "close", "keep-alive", "upgrade", "te", "http2-settings" };
    return std::any_of(std::begin(kept), std::end(kept),
        [option](QByteArrayView known) { return equals(option, known); });
}

// Fields whose loss would be one of the message, whoever names them. RFC 9110 section 7.6.1: "MUST NOT".
bool isEndToEnd(QByteArrayView option)
{
    constexpr QByteArrayView never[] { "content-length", "transfer-encoding", "host", "trailer",
        "cache-control", "authorization", "content-type" };
    return std::any_of(std::begin(never), std::end(never),
        [option](QByteArrayView known) { return equals(option, known); });
}

bool stays(QByteArrayView option)
{
    return option.isEmpty() || isKept(option) || isEndToEnd(option);
}

/// Options of a Connection field, with the blanks around them.
QVarLengthArray<QByteArrayView, 4> optionsOf(QByteArrayView value)
{
    QVarLengthArray<QByteArrayView, 4> options;
    for (;;) {
        const qsizetype comma = value.indexOf(',');
        if (comma < 0)
            break;
        options.append(value.first(comma));
        value = value.sliced(comma + 1);
    }
    options.append(value);
    return options;
}

/// Takes options that are not kept out of Connection, with the fields that they name.
void dropNominated(MessageHead &head, QStringList &done)
{
    QByteArrayList dropped;
    for (qsizetype at = head.indexOf("Connection"); at >= 0;
         at = head.indexOf("Connection", at + 1)) {
        const auto options = optionsOf(head.value(at));
        if (std::all_of(options.begin(), options.end(),
                [](QByteArrayView written) { return stays(written.trimmed()); }))
            continue;
        QByteArrayList left;
        for (const QByteArrayView written : options) {
            const QByteArray option = written.trimmed().toByteArray();
            (stays(option) ? left : dropped)
                .append(option.isEmpty() ? written.toByteArray() : option);
        }
        if (left.isEmpty())
            head.removeAt(at--);
        else
            head.setAt(at, left.join(", ").trimmed());
    }
    for (const QByteArray &option : std::as_const(dropped)) {
        const QString name = QString::fromLatin1(option);
        done.append(head.removeAll(option) > 0
                ? QStringLiteral("removed %1, which Connection names").arg(name)
                : QStringLiteral("removed %1 from Connection").arg(name));
    }
}

void drop(MessageHead &head, QByteArrayView name, QStringList &done)
{
    if (head.indexOf(name) < 0)
        return;
    head.removeAll(name);
    done.append(QStringLiteral("removed %1").arg(QString::fromLatin1(name)));
}

/// RFC 9112 section 3.2.2: the host of the URL is what counts.
void settleHost(MessageHead &head, const RequestTarget &target, QStringList &done)
{
    const qsizetype at = head.indexOf("Host");
    if (at < 0) // of HTTP/1.0
        return;
    std::optional<Authority> given = Authority::fromText(head.value(at));
    if (given && given->port == 0)
        given->port = target.isSecure ? httpsPort : httpPort;
    if (given == target.authority)
        return;
    head.setAt(at, target.authority.toHost(target.isSecure ? httpsPort : httpPort));
    done.append(QStringLiteral("Host is that of the URL"));
}

} // namespace

QStringList forwardRequest(MessageHead &head, const RequestTarget &target, Next next)
{
    QStringList done;
    if (target.form == RequestTarget::Form::Absolute) {
        settleHost(head, target, done);
        if (next == Next::Origin) {
            head.setTarget(target.inOriginForm());
            done.append(QStringLiteral("target in origin-form"));
        }
    }
    dropNominated(head, done);
    drop(head, "Proxy-Connection", done);
    if (next != Next::ProxyOfClient)
        drop(head, "Proxy-Authorization", done);
    return done;
}

QStringList forwardResponse(MessageHead &head)
{
    QStringList done;
    dropNominated(head, done);
    drop(head, "Proxy-Connection", done);
    return done;
}

bool concernsResponse(const wire::Head &head)
{
    return head.fields.indexOf("Connection") >= 0 || head.fields.indexOf("Proxy-Connection") >= 0;
}

} // namespace headrace::proxy::hopbyhop
