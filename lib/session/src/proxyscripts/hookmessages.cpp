#include "proxyscripts/hookmessages.h"

#include <proxy/headcheck.h>
#include <proxy/requesttarget.h>

#include <QUrl>

namespace headrace::session {

namespace {

using exchange::Direction;
using proxy::MessageHead;
using proxy::Route;
using proxy::Transit;
using proxy::TransitMessage;
using FieldLines = QList<wire::FieldLine>;

const QString bodyKey = QStringLiteral("body");
const QString targetKey = QStringLiteral("target");
const QString urlKey = QStringLiteral("url");

QVariantList rawOf(const FieldLines &fields)
{
    QVariantList raw;
    for (const auto &[name, value] : fields)
        raw << QString::fromLatin1(name) << QString::fromLatin1(value);
    return raw;
}

FieldLines linesOf(const QVariant &raw)
{
    const QVariantList list = raw.toList();
    FieldLines fields;
    for (qsizetype i = 0; i + 1 < list.size(); i += 2)
        fields.append({ list.at(i).toString().toLatin1(), list.at(i + 1).toString().toLatin1() });
    return fields;
}

QByteArray octetsOf(const QVariant &text) { return text.toString().toLatin1(); }

QVariantMap factsOf(const TransitMessage &message, bool withBody)
{
    QVariantMap facts { { QStringLiteral("httpVersion"),
                            QString::fromLatin1(message.head.version()) },
        { QStringLiteral("rawHeaders"), rawOf(message.head.fields()) } };
    if (withBody) {
        facts.insert(bodyKey, message.body);
        facts.insert(QStringLiteral("rawTrailers"), rawOf(message.trailers));
    }
    return facts;
}

// By its target, or by its url, which also says where it goes.
void editTarget(Transit &transit, const QVariantMap &facts, MessageHead &wanted, HookEdit &edit)
{
    const QByteArray before = wanted.target().toByteArray();
    const QByteArray target = octetsOf(facts.value(targetKey));
    const QString url = facts.value(urlKey).toString();
    if (target != before) {
        wanted.setTarget(target);
        const auto route = proxy::routeOfTarget(wanted.method(), target);
        if (route && route != proxy::routeOfTarget(wanted.method(), before))
            edit.route = route;
        return;
    }
    if (url == urlOf(transit))
        return;
    const QByteArray encoded = QUrl(url).toEncoded(QUrl::RemoveFragment);
    const auto aim = proxy::RequestTarget::parse("GET", encoded);
    const auto route = aim ? aim->route() : std::nullopt;
    if (!route) {
        edit.problem = QStringLiteral("\"%1\" is no URL that a request can go to").arg(url);
        return;
    }
    edit.route = route;
    wanted.setTarget(before.startsWith('/') ? aim->inOriginForm()
                                            : proxy::originOf(*route) + aim->inOriginForm());
    if (wanted.first("Host") == transit.request().head.first("Host") // else the script says it
        && *route != transit.route())
        wanted.set("Host", proxy::Authority::of(*route));
}

} // namespace

QString urlOf(Transit &transit)
{
    const MessageHead &head = transit.request().head;
    const auto target = proxy::RequestTarget::parse(head.method(), head.target());
    if (!target || !target->hasPath())
        return {};
    return QString::fromUtf8(proxy::originOf(transit.route()))
        + QString::fromLatin1(target->inOriginForm());
}

QVariantMap requestFacts(Transit &transit, bool withBody)
{
    const MessageHead &head = transit.request().head;
    QVariantMap facts = factsOf(transit.request(), withBody);
    facts.insert(QStringLiteral("method"), QString::fromLatin1(head.method()));
    facts.insert(targetKey, QString::fromLatin1(head.target()));
    facts.insert(urlKey, urlOf(transit));
    return facts;
}

QVariantMap responseFacts(Transit &transit, bool withBody)
{
    const MessageHead &head = transit.response().head;
    QVariantMap facts = factsOf(transit.response(), withBody);
    facts.insert(QStringLiteral("statusCode"), head.statusCode());
    facts.insert(QStringLiteral("statusMessage"), QString::fromLatin1(head.reason()));
    return facts;
}

HookEdit editOf(Transit &transit, Direction direction, const QVariantMap &facts, bool withBody)
{
    const bool isRequest = direction == Direction::Request;
    HookEdit edit;
    edit.message = isRequest ? transit.request() : transit.response();
    const MessageHead before = edit.message.head;
    MessageHead wanted = before;
    wanted.setFields(linesOf(facts.value(QStringLiteral("rawHeaders"))));
    if (isRequest) {
        const QByteArray method = octetsOf(facts.value(QStringLiteral("method")));
        if (method != before.method())
            wanted.setMethod(method);
        editTarget(transit, facts, wanted, edit);
    } else {
        const int status = facts.value(QStringLiteral("statusCode")).toInt();
        QByteArray reason = octetsOf(facts.value(QStringLiteral("statusMessage")));
        if (status != before.statusCode() && reason == before.reason())
            reason.clear(); // the other status has another phrase
        if (status != before.statusCode() || reason != before.reason())
            wanted.setStatus(status, reason);
    }
    if (edit.problem.isEmpty())
        edit.problem = proxy::checkEdit(before, wanted);
    edit.message.head = proxy::editedHead(before, wanted, &edit.kept);
    const QVariant body = facts.value(bodyKey);
    if (withBody) {
        edit.message.body = body.toByteArray();
        edit.message.trailers = linesOf(facts.value(QStringLiteral("rawTrailers")));
    } else if (body.isValid()) {
        edit.kept.append(QStringLiteral("body, as the script does not export needsBody"));
    }
    return edit;
}

TransitMessage answerOf(const QVariantMap &facts, QString *problem)
{
    const double status = facts.value(QStringLiteral("statusCode")).toDouble();
    TransitMessage answer;
    if (!(status >= 200 && status <= 999)) {
        *problem = QStringLiteral("The status code of an answer is a number from 200 to 999.");
        return answer;
    }
    answer.head = MessageHead::makeResponse(
        int(status), octetsOf(facts.value(QStringLiteral("statusMessage"))));
    for (const auto &[name, value] : linesOf(facts.value(QStringLiteral("rawHeaders")))) {
        if (!proxy::isFramingField(name)) // the body says what they are
            answer.head.append(name, value);
    }
    answer.trailers = linesOf(facts.value(QStringLiteral("rawTrailers")));
    const QVariant body = facts.value(bodyKey);
    answer.body
        = body.typeId() == QMetaType::QString ? body.toString().toUtf8() : body.toByteArray();
    MessageHead all = answer.head;
    for (const auto &[name, value] : std::as_const(answer.trailers))
        all.append(name, value);
    *problem = proxy::checkHead(all);
    return answer;
}

} // namespace headrace::session
