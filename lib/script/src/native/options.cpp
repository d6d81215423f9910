#include "native/options.h"

#include "native/agents.h"
#include "native/errors.h"
#include "native/outgoinghandle.h"
#include "native/sockets.h"
#include "program/program.h"

#include <QSslCertificate>
#include <QSslKey>

#include <cmath>

namespace headrace::script {

namespace {

/// The properties of one object, by type.
class Fields
{
public:
    Fields(JSContextRef context, JSValueRef object)
        : m_context(context)
        , m_object(object)
    {
    }

    JSValueRef value(const char *name) const
    {
        const Name key(name);
        return propertyOf(m_context, m_object, key);
    }

    bool has(const char *name) const
    {
        const JSType type = JSValueGetType(m_context, value(name));
        return type != kJSTypeUndefined && type != kJSTypeNull;
    }

    QString text(const char *name) const
    {
        return has(name) ? toText(m_context, value(name)) : QString();
    }

    QByteArray wireText(const char *name) const
    {
        return has(name) ? toWireText(m_context, value(name)) : QByteArray();
    }

    double number(const char *name, double fallback) const
    {
        if (!has(name))
            return fallback;
        const double number = JSValueToNumber(m_context, value(name), nullptr);
        return std::isfinite(number) ? number : fallback;
    }

    bool boolean(const char *name, bool fallback) const
    {
        return has(name) ? JSValueToBoolean(m_context, value(name)) : fallback;
    }

    JSObjectRef function(const char *name) const
    {
        const JSValueRef found = value(name);
        if (!JSValueIsObject(m_context, found))
            return nullptr;
        const JSObjectRef object = const_cast<JSObjectRef>(found);
        return JSObjectIsFunction(m_context, object) ? object : nullptr;
    }

private:
    JSContextRef m_context;
    JSValueRef m_object;
};

/// JavaScript's lookup(host, options, callback) for lib/http.
auto lookupBy(Program &program, JSObjectRef function)
{
    return [&program, kept = std::make_shared<Persistent>(program.context->ref(), function)](
               const QString &host, const http::LookupOptions &options,
               const http::ConnectOptions::LookupCallback &answer) {
        Context &context = *program.context;
        context.callExposed("lookUp",
            { kept->value(), textValue(context.ref(), host),
                JSValueMakeNumber(context.ref(), options.family),
                JSValueMakeNumber(context.ref(), options.hints),
                Handle::wrap(
                    context.ref(), std::make_unique<LookupHandle>(options.socket, answer)) });
    };
}

/// JavaScript's createConnection(options, callback) for a request without an agent.
auto connectBy(Program &program, JSObjectRef function)
{
    return [&program, kept = std::make_shared<Persistent>(program.context->ref(), function)](
               const http::ConnectOptions &options,
               const http::RequestOptions::ConnectionCallback &done) -> QIODevice * {
        return createConnectionBy(
            program, kept->object(), nullptr, originOf(program, options), done);
    };
}

QByteArray pem(JSContextRef context, JSValueRef value) { return toOctets(context, value); }

QList<QByteArray> pemList(JSContextRef context, JSValueRef value)
{
    QList<QByteArray> list;
    if (!JSValueIsArray(context, value))
        return { pem(context, value) };
    const JSObjectRef items = const_cast<JSObjectRef>(value);
    const Name lengthName("length");
    const auto length
        = unsigned(JSValueToNumber(context, propertyOf(context, items, lengthName), nullptr));
    for (unsigned i = 0; i < length; ++i)
        list += pem(context, JSObjectGetPropertyAtIndex(context, items, i, nullptr));
    return list;
}

} // namespace

std::optional<QSslConfiguration> tlsFrom(Program &program, JSValueRef options)
{
    const JSContextRef context = program.context->ref();
    const Fields fields(context, options);
    if (!fields.has("key") && !fields.has("cert") && !fields.has("ca"))
        return std::nullopt;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (fields.has("cert"))
        configuration.setLocalCertificateChain(
            QSslCertificate::fromData(pem(context, fields.value("cert"))));
    if (fields.has("key")) {
        const QByteArray text = pem(context, fields.value("key"));
        for (const QSsl::KeyAlgorithm algorithm : { QSsl::Rsa, QSsl::Ec, QSsl::Dsa }) {
            const QSslKey key(
                text, algorithm, QSsl::Pem, QSsl::PrivateKey, fields.text("passphrase").toUtf8());
            if (!key.isNull()) {
                configuration.setPrivateKey(key);
                break;
            }
        }
    }
    if (fields.has("ca")) {
        QList<QSslCertificate> trusted;
        const QList<QByteArray> list = pemList(context, fields.value("ca"));
        for (const QByteArray &text : list)
            trusted += QSslCertificate::fromData(text);
        configuration.setCaCertificates(trusted);
    }
    return configuration;
}

http::ConnectOptions connectOptionsFrom(Program &program, JSValueRef object)
{
    const JSContextRef context = program.context->ref();
    const Fields fields(context, object);
    http::ConnectOptions options;
    options.host = fields.text("host");
    options.port = quint16(fields.number("port", 0));
    options.family = int(fields.number("family", 0));
    options.hints = int(fields.number("hints", 0));
    options.localAddress = fields.text("localAddress");
    options.localPort = quint16(fields.number("localPort", 0));
    options.socketPath = fields.text("socketPath");
    if (fields.has("timeout"))
        options.timeout = std::chrono::milliseconds(qint64(fields.number("timeout", 0)));
    if (const JSObjectRef lookup = fields.function("lookup"))
        options.lookup = lookupBy(program, lookup);
    options.serverName = fields.text("servername");
    if (fields.has("rejectUnauthorized"))
        options.rejectUnauthorized = fields.boolean("rejectUnauthorized", true);
    options.ssl = tlsFrom(program, object);
    const JSValueRef origin = fields.value("origin");
    options.origin = std::make_shared<const Persistent>(
        context, JSValueIsObject(context, origin) ? origin : object);
    return options;
}

http::RequestOptions requestOptionsFrom(Program &program, JSValueRef object)
{
    const JSContextRef context = program.context->ref();
    const Fields fields(context, object);
    http::RequestOptions options;
    static_cast<http::ConnectOptions &>(options) = connectOptionsFrom(program, object);
    options.method = fields.wireText("method");
    options.path = fields.wireText("path");
    options.protocol = fields.wireText("protocol");
    options.defaultPort = quint16(fields.number("defaultPort", 0));
    options.auth = fields.text("auth").toUtf8();
    if (fields.has("rawHeaders"))
        options.rawHeaders = headersFrom(context, fields.value("rawHeaders"));
    else
        options.headers = headersFrom(context, fields.value("headers"));
    options.setHost = fields.boolean("setHost", true);
    options.insecureHTTPParser = fields.boolean("insecureHTTPParser", false);
    options.maxHeaderSize = qsizetype(fields.number("maxHeaderSize", 0));
    if (const auto *agent = Handle::from<AgentHandle>(context, fields.value("agent")))
        options.agent = agent->agent();
    else if (const JSObjectRef connection = fields.function("createConnection"))
        options.createConnection = connectBy(program, connection);
    options.observer = program.options.observer;
    return options;
}

JSValueRef originOf(Program &program, const http::ConnectOptions &options)
{
    return options.origin ? static_cast<const Persistent *>(options.origin.get())->value()
                          : JSValueMakeUndefined(program.context->ref());
}

} // namespace headrace::script
