#include "proxy/proxydefinition.h"

#include "fields/fieldjson.h"
#include "mock/routefields.h"
#include "proxy/ruletext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace headrace::ui {

using namespace proxy;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("KeptProxy", text); }

QString key(const char *name) { return QString::fromLatin1(name); }

/// Names of enumerators, in their order, and of the kinds of actions.
const QStringList TargetNames { key("request"), key("response") };
const QStringList OperationNames { key("set"), key("add"), key("remove") };
const QStringList MannerNames { key("answer"), key("close"), key("reset") };
const QStringList FaultNames { key("reset"), key("truncate"), key("stall"), key("malformedChunk") };
const QStringList UpstreamNames { key("none"), key("environment"), key("fixed") };
const QStringList KindNames { key("mapLocal"), key("mapRemote"), key("answer"), key("changeField"),
    key("replaceInBody"), key("block"), key("delay"), key("throttle"), key("fault"),
    key("runScript") };

template <class Enum>
QString nameOf(Enum value, const QStringList &names)
{
    return names.value(int(value));
}

template <class Enum>
Enum valueOf(const QJsonValue &json, const QStringList &names, Enum otherwise)
{
    const qsizetype index = names.indexOf(json.toString());
    return index < 0 ? otherwise : Enum(index);
}

QJsonValue timeOf(milliseconds time) { return static_cast<qint64>(time.count()); }

struct ToJson
{
    QJsonObject operator()(const MapLocal &action) const
    {
        return { { key("path"), action.path } };
    }

    QJsonObject operator()(const MapRemote &action) const
    {
        return { { key("url"), action.url }, { key("keepsHost"), action.keepsHost } };
    }

    QJsonObject operator()(const Answer &action) const
    {
        return { { key("status"), action.statusCode }, { key("reason"), action.reason },
            { key("fields"), fieldsToJson(toDraftFields(action.fields)) },
            { key("body"), octetsToJson(action.body) } };
    }

    QJsonObject operator()(const ChangeField &action) const
    {
        return { { key("target"), nameOf(action.target, TargetNames) },
            { key("operation"), nameOf(action.operation, OperationNames) },
            { key("name"), octetsToJson(action.name) },
            { key("value"), octetsToJson(action.value) } };
    }

    QJsonObject operator()(const ReplaceInBody &action) const
    {
        return { { key("target"), nameOf(action.target, TargetNames) },
            { key("pattern"), action.pattern }, { key("replacement"), action.replacement },
            { key("isExpression"), action.isExpression },
            { key("isCaseSensitive"), action.isCaseSensitive } };
    }

    QJsonObject operator()(const Block &action) const
    {
        return { { key("manner"), nameOf(action.manner, MannerNames) } };
    }

    QJsonObject operator()(const Delay &action) const
    {
        return { { key("target"), nameOf(action.target, TargetNames) },
            { key("time"), timeOf(action.time) } };
    }

    QJsonObject operator()(const Throttle &action) const
    {
        return { { key("up"), action.upOctetsPerSecond },
            { key("down"), action.downOctetsPerSecond },
            { key("latency"), timeOf(action.latency) } };
    }

    QJsonObject operator()(const Fault &action) const
    {
        return { { key("target"), nameOf(action.target, TargetNames) },
            { key("fault"), nameOf(action.kind, FaultNames) },
            { key("after"), action.afterOctets } };
    }

    QJsonObject operator()(const RunScript &action) const
    {
        return { { key("file"), action.file }, { key("source"), action.source } };
    }
};

QJsonObject actionToJson(const Action &action)
{
    QJsonObject object = std::visit(ToJson(), action);
    object.insert(key("kind"), nameOf(kindOf(action), KindNames));
    return object;
}

Action actionFromJson(const QJsonObject &json)
{
    const auto text = [&json](const char *name) { return json.value(key(name)).toString(); };
    const auto number = [&json](const char *name) { return json.value(key(name)).toInteger(); };
    const auto target = [&json](Target otherwise) {
        return valueOf(json.value(key("target")), TargetNames, otherwise);
    };
    switch (valueOf(json.value(key("kind")), KindNames, ActionKind::Block)) {
    case ActionKind::MapLocal:
        return MapLocal { text("path") };
    case ActionKind::MapRemote:
        return MapRemote { text("url"), json.value(key("keepsHost")).toBool() };
    case ActionKind::Answer:
        return Answer { json.value(key("status")).toInt(200), text("reason"),
            toRouteFields(fieldsFromJson(json.value(key("fields")))),
            octetsFromJson(json.value(key("body"))) };
    case ActionKind::ChangeField:
        return ChangeField { target(Target::Request),
            valueOf(json.value(key("operation")), OperationNames, ChangeField::Operation::Set),
            octetsFromJson(json.value(key("name"))), octetsFromJson(json.value(key("value"))) };
    case ActionKind::ReplaceInBody:
        return ReplaceInBody { target(Target::Response), text("pattern"), text("replacement"),
            json.value(key("isExpression")).toBool(),
            json.value(key("isCaseSensitive")).toBool(true) };
    case ActionKind::Block:
        return Block { valueOf(json.value(key("manner")), MannerNames, Block::Manner::Answer) };
    case ActionKind::Delay:
        return Delay { target(Target::Request), milliseconds(number("time")) };
    case ActionKind::Throttle:
        return Throttle { number("up"), number("down"), milliseconds(number("latency")) };
    case ActionKind::Fault:
        return Fault { target(Target::Response),
            valueOf(json.value(key("fault")), FaultNames, Fault::Kind::Reset), number("after") };
    case ActionKind::RunScript:
        return RunScript { text("file"), text("source") };
    }
    return Block {};
}

QJsonObject ruleToJson(const Rule &rule)
{
    return { { key("id"), rule.id }, { key("name"), rule.name }, { key("enabled"), rule.isEnabled },
        { key("filter"), rule.filter }, { key("action"), actionToJson(rule.action) } };
}

Rule ruleFromJson(const QJsonObject &json)
{
    Rule rule = newRule(ActionKind::Block);
    if (const QString id = json.value(key("id")).toString(); !id.isEmpty())
        rule.id = id;
    rule.name = json.value(key("name")).toString();
    rule.isEnabled = json.value(key("enabled")).toBool(true);
    rule.filter = json.value(key("filter")).toString();
    rule.action = actionFromJson(json.value(key("action")).toObject());
    return rule;
}

QJsonObject breakpointToJson(const Breakpoint &breakpoint)
{
    return { { key("id"), breakpoint.id }, { key("enabled"), breakpoint.isEnabled },
        { key("filter"), breakpoint.filter }, { key("at"), int(breakpoint.at) },
        { key("onlyNext"), breakpoint.onlyNext } };
}

Breakpoint breakpointFromJson(const QJsonObject &json)
{
    Breakpoint breakpoint = newBreakpoint();
    if (const QString id = json.value(key("id")).toString(); !id.isEmpty())
        breakpoint.id = id;
    breakpoint.isEnabled = json.value(key("enabled")).toBool(true);
    breakpoint.filter = json.value(key("filter")).toString();
    breakpoint.at = HoldAts(json.value(key("at")).toInt(int(HoldAt::RequestHead)) & 15);
    breakpoint.onlyNext = json.value(key("onlyNext")).toBool();
    return breakpoint;
}

QJsonArray listToJson(const QStringList &list) { return QJsonArray::fromStringList(list); }

QStringList listFromJson(const QJsonValue &json)
{
    QStringList list;
    for (const QJsonValue &entry : json.toArray())
        list += entry.toString();
    return list;
}

QJsonObject settingsToJson(const Settings &settings)
{
    QJsonArray listeners;
    for (const ListenAddress &listener : settings.listeners)
        listeners.append(QJsonObject { { key("address"), listener.address.toString() },
            { key("port"), listener.port }, { key("takesNextFree"), listener.takesNextFree } });
    QJsonArray certificates;
    for (const ClientCertificate &certificate : settings.clientCertificates)
        certificates.append(QJsonObject { { key("host"), certificate.host },
            { key("certificate"), certificate.certificateFile },
            { key("key"), certificate.keyFile } });
    QJsonArray accepted;
    for (const AcceptedCertificate &certificate : settings.acceptedCertificates)
        accepted.append(QJsonObject { { key("host"), certificate.host },
            { key("sha256"), QString::fromLatin1(certificate.sha256.toHex()) },
            { key("subject"), certificate.subject } });
    QJsonObject object { { key("listeners"), listeners },
        { key("upstream"), nameOf(settings.upstream.choice, UpstreamNames) },
        { key("upstreamUrl"), settings.upstream.url.toString() },
        { key("upstreamExcept"), listToJson(settings.upstream.except) },
        { key("interceptsTls"), settings.interceptsTls },
        { key("notIntercepted"), listToJson(settings.notIntercepted) },
        { key("unverified"), listToJson(settings.unverified) },
        { key("acceptedCertificates"), accepted }, { key("lenient"), listToJson(settings.lenient) },
        { key("clientCertificates"), certificates }, { key("keyLogFile"), settings.keyLogFile } };
    if (settings.clientCredentials) {
        object.insert(key("user"), settings.clientCredentials->user);
        object.insert(key("password"), settings.clientCredentials->password);
    }
    if (settings.reverse)
        object.insert(key("reverse"), settings.reverse->toString());
    return object;
}

Settings settingsFromJson(const QJsonObject &json)
{
    Settings settings;
    QList<ListenAddress> listeners;
    for (const QJsonValue &entry : json.value(key("listeners")).toArray()) {
        const QJsonObject object = entry.toObject();
        ListenAddress listener;
        if (const QHostAddress address(object.value(key("address")).toString()); !address.isNull())
            listener.address = address;
        listener.port = quint16(object.value(key("port")).toInt(ListenAddress::DefaultPort));
        listener.takesNextFree = object.value(key("takesNextFree")).toBool(true);
        listeners.append(listener);
    }
    if (!listeners.isEmpty())
        settings.listeners = listeners;
    settings.upstream.choice
        = valueOf(json.value(key("upstream")), UpstreamNames, Upstream::Choice::Environment);
    settings.upstream.url = QUrl(json.value(key("upstreamUrl")).toString());
    settings.upstream.except = listFromJson(json.value(key("upstreamExcept")));
    settings.interceptsTls = json.value(key("interceptsTls")).toBool(true);
    settings.notIntercepted = listFromJson(json.value(key("notIntercepted")));
    settings.unverified = listFromJson(json.value(key("unverified")));
    for (const QJsonValue &entry : json.value(key("acceptedCertificates")).toArray()) {
        const QJsonObject object = entry.toObject();
        settings.acceptedCertificates.append({ object.value(key("host")).toString(),
            QByteArray::fromHex(object.value(key("sha256")).toString().toLatin1()),
            object.value(key("subject")).toString() });
    }
    settings.lenient = listFromJson(json.value(key("lenient")));
    for (const QJsonValue &entry : json.value(key("clientCertificates")).toArray()) {
        const QJsonObject object = entry.toObject();
        settings.clientCertificates.append({ object.value(key("host")).toString(),
            object.value(key("certificate")).toString(), object.value(key("key")).toString() });
    }
    settings.keyLogFile = json.value(key("keyLogFile")).toString();
    if (json.contains(key("user")) || json.contains(key("password")))
        settings.clientCredentials = Credentials { json.value(key("user")).toString(),
            json.value(key("password")).toString() };
    if (json.contains(key("reverse")))
        settings.reverse = QUrl(json.value(key("reverse")).toString());
    return settings;
}

} // namespace

QJsonObject toJson(const ProxyDefinition &definition)
{
    QJsonArray rules;
    for (const Rule &rule : definition.rules)
        rules.append(ruleToJson(rule));
    QJsonArray breakpoints;
    for (const Breakpoint &breakpoint : definition.breakpoints)
        breakpoints.append(breakpointToJson(breakpoint));
    return { { key("settings"), settingsToJson(definition.settings) }, { key("rules"), rules },
        { key("breakpoints"), breakpoints } };
}

ProxyDefinition proxyDefinitionFromJson(const QJsonObject &json)
{
    ProxyDefinition definition;
    definition.settings = settingsFromJson(json.value(key("settings")).toObject());
    for (const QJsonValue &rule : json.value(key("rules")).toArray())
        definition.rules.append(ruleFromJson(rule.toObject()));
    for (const QJsonValue &breakpoint : json.value(key("breakpoints")).toArray())
        definition.breakpoints.append(breakpointFromJson(breakpoint.toObject()));
    return definition;
}

KeptProxy::KeptProxy(const QString &path)
    : m_path(path)
    , m_file(path, KeptFile::Readers::OwnerOnly)
{
}

ProxyDefinition KeptProxy::load()
{
    m_problem.clear();
    if (!m_file.exists())
        return {};
    QByteArray octets;
    if (!m_file.read(&octets)) {
        m_problem = tr("The settings kept in %1 cannot be read: %2").arg(m_path, m_file.problem());
        return {};
    }
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(octets, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        m_problem = tr("The rules and settings of last time could not be read (%1); the file is "
                       "kept as %2.")
                        .arg(error.errorString(), m_file.putAside());
        return {};
    }
    return proxyDefinitionFromJson(document.object());
}

bool KeptProxy::save(const ProxyDefinition &definition)
{
    m_problem.clear();
    if (m_file.write(QJsonDocument(toJson(definition)).toJson()))
        return true;
    m_problem = tr("The rules and settings cannot be kept in %1: %2").arg(m_path, m_file.problem());
    return false;
}

QString KeptProxy::problem() const { return m_problem; }

} // namespace headrace::ui
