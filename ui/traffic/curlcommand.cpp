#include "traffic/curlcommand.h"

#include "shell/format.h"

#include <exchange/summarytext.h>

#include <QStringDecoder>

#include <algorithm>

namespace headrace::ui {

namespace {

bool isNamed(const QByteArray &name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

bool isPlainText(const QByteArray &octets)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(octets);
    return !utf8.hasError() && std::none_of(octets.cbegin(), octets.cend(), [](char c) {
        return uchar(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    });
}

/// The argument of printf that writes these octets.
QString printfFormat(const QByteArray &octets)
{
    QString text;
    for (const char c : octets) {
        if (c == '\\' || c == '%')
            text += QString(2, QChar::fromLatin1(c));
        else if (uchar(c) >= 0x20 && uchar(c) < 0x7f)
            text += QChar::fromLatin1(c);
        else
            text += QStringLiteral("\\%1").arg(uint(uchar(c)), 3, 8, QLatin1Char('0'));
    }
    return shellQuoted(text);
}

/// What curl would add by itself, when the request had none.
QStringList suppressedFields(const exchange::FieldList &fields, bool hasBody)
{
    QList<QByteArrayView> own { "User-Agent", "Accept" };
    if (hasBody)
        own += "Content-Type";
    QStringList arguments;
    for (const QByteArrayView name : own) {
        if (std::none_of(fields.cbegin(), fields.cend(),
                [name](const auto &field) { return isNamed(field.first, name); }))
            arguments += QStringLiteral("-H ")
                + shellQuoted(QString::fromLatin1(name) + QStringLiteral(":"));
    }
    return arguments;
}

QStringList fieldArguments(const exchange::Exchange &exchange, const QByteArray &body)
{
    QStringList arguments;
    const QByteArray host = exchange.summary.host.toUtf8();
    for (const auto &[name, value] : exchange.request.fields) {
        const bool isAutomatic = (isNamed(name, "Host") && value == host)
            || (isNamed(name, "Content-Length") && value == QByteArray::number(body.size()));
        if (isAutomatic)
            continue;
        const QString line = value.isEmpty() // curl: "Name:" removes, "Name;" sends it empty
            ? displayText(name) + QStringLiteral(";")
            : displayText(name) + QStringLiteral(": ") + displayText(value);
        arguments += QStringLiteral("-H ") + shellQuoted(line);
    }
    return arguments + suppressedFields(exchange.request.fields, !body.isEmpty());
}

} // namespace

QString shellQuoted(const QString &word)
{
    const auto isSafe = [](QChar c) {
        return c.unicode() < 0x80
            && (c.isLetterOrNumber() || QStringView(u"_-+=./:@,").contains(c));
    };
    if (!word.isEmpty() && std::all_of(word.cbegin(), word.cend(), isSafe))
        return word;
    QString quoted = word;
    quoted.replace(QStringLiteral("'"), QStringLiteral("'\\''"));
    return QStringLiteral("'") + quoted + QStringLiteral("'");
}

QString curlCommand(const exchange::Exchange &exchange)
{
    const QString method = exchange.summary.method;
    const QString target = exchange.summary.target;
    const QString url = exchange::urlOf(exchange.summary);
    const QByteArray body = exchange.request.joined(exchange::Part::Body);

    QStringList arguments;
    if (method == u"HEAD" && body.isEmpty())
        arguments += QStringLiteral("--head");
    else if (method != (body.isEmpty() ? u"GET" : u"POST"))
        arguments += QStringLiteral("-X ") + shellQuoted(method);
    if (exchange.request.httpVersion == "1.0")
        arguments += QStringLiteral("--http1.0");
    if (target.contains(QStringLiteral("/.")))
        arguments += QStringLiteral("--path-as-is");
    if (std::any_of(
            url.cbegin(), url.cend(), [](QChar c) { return QStringView(u"[]{}").contains(c); }))
        arguments += QStringLiteral("--globoff");
    if (!target.startsWith(u'/'))
        arguments += QStringLiteral("--request-target ") + shellQuoted(target);
    arguments += shellQuoted(url);
    arguments += fieldArguments(exchange, body);

    QString before;
    if (!body.isEmpty() && isPlainText(body)) {
        // --data-raw takes a leading @ as it is.
        arguments += QStringLiteral("--data-raw ") + shellQuoted(QString::fromUtf8(body));
    } else if (!body.isEmpty()) {
        before = QStringLiteral("printf ") + printfFormat(body) + QStringLiteral(" | ");
        arguments += QStringLiteral("--data-binary @-");
    }
    return before + QStringLiteral("curl ") + arguments.join(QStringLiteral(" \\\n  "));
}

} // namespace headrace::ui
