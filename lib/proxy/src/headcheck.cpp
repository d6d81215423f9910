#include "proxy/headcheck.h"

#include <wire/fieldrules.h>

#include <algorithm>
#include <iterator>

namespace headrace::proxy {

namespace {

using wire::FieldLine;

bool isVisible(QByteArrayView text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return uchar(c) > 0x20 && uchar(c) != 0x7f; });
}

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 18
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// RFC 9112 section 2.3
bool isVersion(QByteArrayView text)
{
    return text.size() == 3 && text[1] == '.' && isNumber(text.first(1)) && isNumber(text.last(1));
}

QList<FieldLine> framingOf(const QList<FieldLine> &fields)
{
    QList<FieldLine> framing;
    std::copy_if(fields.cbegin(), fields.cend(), std::back_inserter(framing),
        [](const FieldLine &field) { return isFramingField(field.first); });
    return framing;
}

// RFC 9112 section 3.2: which form goes with which method.
QString checkTarget(QByteArrayView method, QByteArrayView target)
{
    if (target.isEmpty())
        return QStringLiteral("The request has no target.");
    if (!isVisible(target))
        return QStringLiteral("The target holds a blank or a control character; write it as %20.");
    if (method == "CONNECT") {
        if (target.contains('/') || !target.contains(':'))
            return QStringLiteral("The target of CONNECT is host:port.");
        return {};
    }
    if (target == "*") {
        if (method != "OPTIONS")
            return QStringLiteral("The target * goes with OPTIONS only.");
        return {};
    }
    if (!target.startsWith('/') && target.indexOf("://") <= 0)
        return QStringLiteral("The target begins with a slash, or is a whole URL.");
    return {};
}

QString checkStartLine(const MessageHead &head)
{
    if (!isVersion(head.version()))
        return QStringLiteral("The start line has no version such as HTTP/1.1.");
    if (head.isRequest()) {
        if (!wire::isToken(head.method()))
            return QStringLiteral(
                "The method is not a word of letters, digits and !#$%&'*+-.^_`|~.");
        return checkTarget(head.method(), head.target());
    }
    if (head.statusCode() < 100 || head.statusCode() > 999)
        return QStringLiteral("The status code is not a number from 100 to 999.");
    if (!wire::isFieldValue(head.reason()))
        return QStringLiteral("The reason phrase holds a control character.");
    return {};
}

QString checkField(const MessageHead &head, qsizetype index)
{
    const QByteArrayView name = head.name(index);
    if (!wire::isToken(name))
        return QStringLiteral(
            "\"%1\" is no field name: a word of letters, digits and !#$%&'*+-.^_`|~.")
            .arg(QString::fromLatin1(name));
    const QByteArrayView value = head.value(index);
    if (!wire::isFieldValue(value))
        return QStringLiteral("The value of %1 holds a control character or a line end.")
            .arg(QString::fromLatin1(name));
    return {};
}

// RFC 9112 section 6.3: one length, and not beside a transfer coding.
QString checkFraming(const MessageHead &head)
{
    const qsizetype length = head.indexOf("Content-Length");
    if (length >= 0) {
        if (head.indexOf("Content-Length", length + 1) >= 0)
            return QStringLiteral("Content-Length comes twice.");
        if (!isNumber(head.value(length)))
            return QStringLiteral("Content-Length is not a number.");
        if (head.indexOf("Transfer-Encoding") >= 0)
            return QStringLiteral("Content-Length and Transfer-Encoding exclude each other.");
    }
    return {};
}

// RFC 9112 section 3.2
QString checkHost(const MessageHead &head)
{
    if (!head.isRequest() || head.version() != "1.1")
        return {};
    const qsizetype host = head.indexOf("Host");
    if (host < 0)
        return QStringLiteral("A request of HTTP/1.1 has a Host field.");
    if (head.indexOf("Host", host + 1) >= 0)
        return QStringLiteral("Host comes twice.");
    return {};
}

} // namespace

bool isFramingField(QByteArrayView name)
{
    static constexpr QByteArrayView names[]
        = { "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection" };
    return std::any_of(std::begin(names), std::end(names),
        [&](QByteArrayView one) { return wire::equalsIgnoringCase(name, one); });
}

bool keepFraming(const MessageHead &original, MessageHead &head)
{
    const QList<FieldLine> wanted = framingOf(original.fields());
    const QList<FieldLine> fields = head.fields();
    if (framingOf(fields) == wanted)
        return false;
    QList<FieldLine> kept;
    qsizetype next = 0;
    for (const FieldLine &field : fields) {
        if (!isFramingField(field.first))
            kept.append(field);
        else if (next < wanted.size())
            kept.append(wanted.at(next++));
    }
    kept.append(wanted.sliced(next));
    head.setFields(kept);
    return true;
}

bool isBodiless(int statusCode)
{
    return statusCode < 200 || statusCode == 204 || statusCode == 304;
}

MessageHead editedHead(const MessageHead &original, const MessageHead &wanted, QStringList *kept)
{
    MessageHead head = original;
    const auto keep = [kept](const QString &what) {
        if (kept)
            kept->append(what);
    };
    if (original.isRequest()) {
        const auto isApart
            = [](QByteArrayView method) { return method == "HEAD" || method == "CONNECT"; };
        if (wanted.method() != original.method()) {
            if (isApart(wanted.method()) || isApart(original.method()))
                keep(QStringLiteral("method ") + QString::fromLatin1(original.method()));
            else
                head.setMethod(wanted.method());
        }
        if (wanted.target() != original.target())
            head.setTarget(wanted.target());
    } else if (wanted.statusCode() != original.statusCode()
        || wanted.reason() != original.reason()) {
        if ((wanted.statusCode() < 200 || original.statusCode() < 200)
            && wanted.statusCode() != original.statusCode())
            keep(QStringLiteral("status %1").arg(original.statusCode()));
        else
            head.setStatus(wanted.statusCode(), wanted.reason());
    }
    if (wanted.version() != original.version())
        keep(QStringLiteral("version ") + QString::fromLatin1(original.version()));
    head.setFields(wanted.fields());
    if (keepFraming(original, head))
        keep(QStringLiteral("framing fields"));
    return head;
}

QString checkEdit(const MessageHead &original, const MessageHead &edited)
{
    QString problem;
    if (edited.startLine() != original.startLine())
        problem = checkStartLine(edited);
    const QList<FieldLine> received = original.fields();
    for (qsizetype i = 0; problem.isEmpty() && i < edited.count(); ++i) {
        if (!received.contains(
                FieldLine(edited.name(i).toByteArray(), edited.value(i).toByteArray())))
            problem = checkField(edited, i);
    }
    return problem;
}

QString checkHead(const MessageHead &head)
{
    QString problem = checkStartLine(head);
    for (qsizetype i = 0; problem.isEmpty() && i < head.count(); ++i)
        problem = checkField(head, i);
    if (problem.isEmpty())
        problem = checkFraming(head);
    if (problem.isEmpty())
        problem = checkHost(head);
    return problem;
}

} // namespace headrace::proxy
