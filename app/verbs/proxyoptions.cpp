#include "verbs/proxyoptions.h"

#include <QHash>

#include <functional>

namespace headrace::app {

namespace {

class Parser
{
public:
    explicit Parser(const QStringList &arguments)
        : m_left(arguments)
    {
    }

    ProxyOptions parse()
    {
        while (!m_left.isEmpty() && m_result.error.isEmpty())
            take(m_left.takeFirst());
        if (!m_listen.isEmpty())
            m_result.settings.listeners = m_listen;
        for (proxy::ListenAddress &listener : m_result.settings.listeners) {
            if (m_port) {
                listener.port = *m_port;
                listener.takesNextFree = false; // who names a port means it
            }
        }
        return m_result;
    }

private:
    using Take = void (Parser::*)(const QString &value);

    void fail(const QString &error) { m_result.error = error; }

    void take(const QString &argument)
    {
        const qsizetype split
            = argument.startsWith(QLatin1String("--")) ? argument.indexOf(u'=') : -1;
        const QString name = split < 0 ? argument : argument.first(split);
        static const QHash<QString, Take> valued {
            { QStringLiteral("--port"), &Parser::takePort },
            { QStringLiteral("--listen"), &Parser::takeListen },
            { QStringLiteral("--record"), &Parser::takeRecord },
            { QStringLiteral("--filter"), &Parser::takeFilter },
            { QStringLiteral("--rules"), &Parser::takeRules },
            { QStringLiteral("--reverse"), &Parser::takeReverse },
            { QStringLiteral("--upstream"), &Parser::takeUpstream },
            { QStringLiteral("--no-intercept"), &Parser::takeNotIntercepted },
            { QStringLiteral("--insecure"), &Parser::takeUnverified },
            { QStringLiteral("--lenient"), &Parser::takeLenient },
            { QStringLiteral("--client-cert"), &Parser::takeClientCertificate },
            { QStringLiteral("--auth"), &Parser::takeCredentials },
            { QStringLiteral("--key-log"), &Parser::takeKeyLog },
        };
        if (argument == u"-h" || argument == u"--help") {
            m_result.wantsHelp = true;
        } else if (argument == u"-q" || argument == u"--quiet") {
            m_result.isQuiet = true;
        } else if (!valued.contains(name)) {
            fail(argument.startsWith(u'-') ? QStringLiteral("there is no option %1").arg(name)
                                           : QStringLiteral("\"%1\" is no option").arg(argument));
        } else if (split < 0 && m_left.isEmpty()) {
            fail(QStringLiteral("%1 needs a value").arg(name));
        } else {
            const QString value = split < 0 ? m_left.takeFirst() : argument.sliced(split + 1);
            (this->*valued.value(name))(value);
        }
    }

    void takePort(const QString &value)
    {
        bool isNumber = false;
        const uint port = value.toUInt(&isNumber);
        if (isNumber && port <= 65535)
            m_port = quint16(port);
        else
            fail(
                QStringLiteral("--port takes a number from 0 to 65535; \"%1\" is none").arg(value));
    }

    void takeListen(const QString &value)
    {
        proxy::ListenAddress listener;
        if (value == u"all")
            listener.address = QHostAddress(QHostAddress::Any);
        else if (!listener.address.setAddress(value))
            fail(QStringLiteral("--listen takes an address of this machine, or all; \"%1\" is none")
                     .arg(value));
        m_listen.append(listener);
    }

    void takeRecord(const QString &value) { m_result.record = value; }

    void takeFilter(const QString &value) { m_result.filter = value; }

    void takeRules(const QString &value) { m_result.rules = value; }

    void takeReverse(const QString &value)
    {
        const QUrl url = urlOf(QStringLiteral("--reverse"), value);
        if (m_result.error.isEmpty())
            m_result.settings.reverse = url;
    }

    void takeUpstream(const QString &value)
    {
        proxy::Upstream &upstream = m_result.settings.upstream;
        if (value == u"none") {
            upstream.choice = proxy::Upstream::Choice::None;
            return;
        }
        upstream.choice = proxy::Upstream::Choice::Fixed;
        upstream.url = urlOf(QStringLiteral("--upstream"), value);
    }

    QUrl urlOf(const QString &option, const QString &value)
    {
        const QUrl url(
            value.contains(QLatin1String("://")) ? value : QLatin1String("http://") + value);
        if ((url.scheme() != u"http" && url.scheme() != u"https") || url.host().isEmpty())
            fail(QStringLiteral("%1 takes a URL of http or https; \"%2\" is none")
                     .arg(option, value));
        return url;
    }

    void takeNotIntercepted(const QString &value) { m_result.settings.notIntercepted += value; }

    void takeUnverified(const QString &value) { m_result.settings.unverified += value; }

    void takeLenient(const QString &value) { m_result.settings.lenient += value; }

    void takeClientCertificate(const QString &value)
    {
        const qsizetype equals = value.indexOf(u'=');
        const QStringList files = value.sliced(equals + 1).split(u',');
        if (equals <= 0 || files.size() > 2 || files.contains(QString()))
            fail(QStringLiteral("--client-cert takes HOST=CERTIFICATE.pem[,KEY.pem], not \"%1\"")
                     .arg(value));
        else
            m_result.settings.clientCertificates.append(
                { value.first(equals), files.constFirst(), files.constLast() });
    }

    void takeCredentials(const QString &value)
    {
        const qsizetype colon = value.indexOf(u':');
        if (colon <= 0)
            fail(QStringLiteral("--auth takes USER:PASSWORD"));
        else
            m_result.settings.clientCredentials
                = proxy::Credentials { value.first(colon), value.sliced(colon + 1) };
    }

    void takeKeyLog(const QString &value) { m_result.settings.keyLogFile = value; }

    QStringList m_left;
    QList<proxy::ListenAddress> m_listen;
    std::optional<quint16> m_port;
    ProxyOptions m_result;
};

} // namespace

ProxyOptions parseProxyOptions(const QStringList &arguments) { return Parser(arguments).parse(); }

QString proxyHelp()
{
    return QStringLiteral(
        "Usage: headrace proxy [OPTION...]\n"
        "A proxy for HTTP and HTTPS that changes no octet it was not asked to change. Prints one "
        "line "
        "for each\n"
        "exchange until it is interrupted: time, method, URL, status or error, octets of the "
        "answer's "
        "body, duration.\n"
        "\n"
        "  --port N             port to listen on, 0 for any free one; default: 8080, or the next "
        "free "
        "one\n"
        "  --listen ADDRESS     address to listen on, or all; may be given again; default: "
        "127.0.0.1\n"
        "  --auth USER:PASSWORD what clients have to show\n"
        "  --record FILE        records into this session (.headrace), which may exist\n"
        "  --filter TEXT        lines and records of exchanges that match it alone\n"
        "  --rules FILE         rules and breakpoints of a rule file, read again when it changes\n"
        "  --reverse URL        a reverse proxy for this origin\n"
        "  --upstream URL       the proxy behind this one, or none; default: that of the "
        "environment "
        "(http_proxy,\n"
        "                       https_proxy, no_proxy)\n"
        "  --no-intercept HOST  passes tunnels to this host through unseen; *.example.com, * and "
        "HOST:PORT work;\n"
        "                       may be given again, like the next three\n"
        "  --insecure HOST      takes this host's certificate as it is\n"
        "  --lenient HOST       passes on what this host and a proxy could read differently, and "
        "flags "
        "it\n"
        "  --client-cert HOST=CERTIFICATE.pem[,KEY.pem]\n"
        "                       shown to this host when it asks for one\n"
        "  --key-log FILE       TLS secrets for Wireshark; default: $SSLKEYLOGFILE\n"
        "  -q, --quiet          no lines for exchanges\n"
        "  -h, --help           this text\n"
        "\n"
        "Clients trust the certificates that it shows once they trust its authority: see "
        "http://headrace.proxy/ "
        "through\n"
        "the proxy, or headrace ca.\n"
        "\n"
        "Exit status: 0 stopped by SIGINT or SIGTERM; 1 a file is wrong or the port is not to be "
        "had; 2 "
        "the arguments\n"
        "are wrong.\n");
}

} // namespace headrace::app
