#include "verbs/execoptions.h"

namespace headrace::app {

namespace {

/// Of those of `headrace proxy`; the rest is about clients of which there are none here.
constexpr const char *ProxyOptionNames[] = { "--port", "--record", "--filter", "--rules",
    "--upstream", "--no-intercept", "--insecure", "--client-cert", "--key-log" };

bool isProxyOption(const QString &name)
{
    for (const char *known : ProxyOptionNames) {
        if (name == QLatin1String(known))
            return true;
    }
    return false;
}

} // namespace

ExecOptions parseExecOptions(const QStringList &arguments)
{
    ExecOptions options;
    QStringList left = arguments;
    QStringList forProxy;
    while (!left.isEmpty() && left.constFirst().startsWith(u'-')) {
        const QString argument = left.takeFirst();
        const QString name = argument.section(u'=', 0, 0);
        if (argument == u"--")
            break;
        if (argument == u"-h" || argument == u"--help") {
            options.wantsHelp = true;
            return options;
        }
        if (argument == u"-v" || argument == u"--verbose") {
            options.isVerbose = true;
        } else if (!isProxyOption(name)) {
            options.error = QStringLiteral("there is no option %1").arg(name);
            return options;
        } else {
            forProxy += argument;
            if (!argument.contains(u'=') && !left.isEmpty())
                forProxy += left.takeFirst();
        }
    }
    options.command = left;
    options.proxy = parseProxyOptions(forProxy);
    options.error = options.proxy.error;
    if (options.error.isEmpty() && options.command.isEmpty())
        options.error = QStringLiteral("which command?");
    proxy::ListenAddress &listener = options.proxy.settings.listeners.first();
    if (listener.takesNextFree) // nobody named one, and nobody else has to know it
        listener.port = 0;
    return options;
}

QString execHelp()
{
    return QStringLiteral(
        "Usage: headrace exec [OPTION...] [--] COMMAND [ARGUMENT...]\n"
        "Runs a command that comes through a proxy of its own, and trusts it: variables tell "
        "curl, git, Node,\n"
        "Python, Ruby, Perl, Go, Rust, Cargo, npm, Deno, Java and others where the proxy is and "
        "where its\n"
        "certificate is. Requests to this machine come through it as well.\n"
        "\n"
        "  -v, --verbose        one line for each exchange on standard error\n"
        "  --record FILE        records into this session (.headrace), which may exist\n"
        "  --filter TEXT        lines and records of exchanges that match it alone\n"
        "  --rules FILE         rules of a rule file\n"
        "  --port N             port of the proxy; default: any free one\n"
        "  --upstream URL       the proxy behind this one, or none; default: that of the "
        "environment\n"
        "  --no-intercept HOST  passes tunnels to this host through unseen; may be given again\n"
        "  --insecure HOST      takes this host's certificate as it is; may be given again\n"
        "  --client-cert HOST=CERTIFICATE.pem[,KEY.pem]\n"
        "                       shown to this host when it asks for one\n"
        "  --key-log FILE       TLS secrets for Wireshark; default: $SSLKEYLOGFILE\n"
        "  -h, --help           this text\n"
        "\n"
        "Exit status: that of the command; 128 and the number of the signal that ended it; 127 it "
        "is not found;\n"
        "126 it cannot be run; 1 the proxy could not start; 2 the arguments are wrong.\n");
}

} // namespace headrace::app
