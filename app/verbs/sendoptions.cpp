#include "verbs/sendoptions.h"

#include <cmath>

namespace headrace::app {

namespace {

using session::DraftField;
using session::RequestDraft;

class Parser
{
public:
    explicit Parser(const QStringList &arguments)
        : m_left(arguments)
    {
    }

    SendOptions parse()
    {
        while (!m_left.isEmpty() && m_result.error.isEmpty())
            take(m_left.takeFirst());
        const bool hasCurl = !m_result.curlFile.isEmpty();
        if (m_result.error.isEmpty() && hasCurl && (m_hasRequest || !m_result.draft.url.isEmpty()))
            fail(QStringLiteral(
                "--curl says all of the request: only --events and --raw go with it"));
        if (m_result.error.isEmpty() && !m_result.wantsHelp && !hasCurl
            && m_result.draft.url.isEmpty())
            fail(QStringLiteral("which URL?"));
        if (m_hasBody && !m_hasMethod)
            m_result.draft.method = "POST";
        return m_result;
    }

private:
    void fail(const QString &error) { m_result.error = error; }

    void take(const QString &argument)
    {
        static const QStringList ofRequest { QStringLiteral("-k"), QStringLiteral("--http1.0") };
        m_hasRequest = m_hasRequest || ofRequest.contains(argument);
        if (m_onlyUrls || argument == u'-' || !argument.startsWith(u'-'))
            takeUrl(argument);
        else if (argument == u"--")
            m_onlyUrls = true;
        else if (argument == u"-h" || argument == u"--help")
            m_result.wantsHelp = true;
        else if (argument == u"-k")
            m_result.draft.verifyCertificates = false;
        else if (argument == u"--events")
            m_result.showsEvents = true;
        else if (argument == u"--raw")
            m_result.showsRaw = true;
        else if (argument == u"--http1.0")
            m_result.draft.version = RequestDraft::Version::Http10;
        else
            takeValued(argument);
    }

    // -X M, -XM, --trailer T and --trailer=T
    void takeValued(const QString &argument)
    {
        const bool isLong = argument.startsWith(QLatin1String("--"));
        const qsizetype split = isLong ? argument.indexOf(u'=') : argument.size() > 2 ? 2 : -1;
        const QString name = split < 0 ? argument : argument.first(split);
        static const QStringList known { QStringLiteral("-X"), QStringLiteral("-H"),
            QStringLiteral("-d"), QStringLiteral("--curl"), QStringLiteral("--trailer"),
            QStringLiteral("--timeout") };
        if (!known.contains(name)) {
            fail(QStringLiteral("there is no option %1").arg(name));
            return;
        }
        if (split < 0 && m_left.isEmpty()) {
            fail(QStringLiteral("%1 needs a value").arg(name));
            return;
        }
        const QString value
            = split < 0 ? m_left.takeFirst() : argument.sliced(split + (isLong ? 1 : 0));
        if (name == u"--curl") {
            if (value.isEmpty())
                fail(QStringLiteral("--curl needs a file"));
            m_result.curlFile = value;
            return;
        }
        m_hasRequest = true;
        if (name == u"-X")
            takeMethod(value);
        else if (name == u"-H")
            takeField(name, value, m_result.draft.fields);
        else if (name == u"--trailer")
            takeField(name, value, m_result.draft.trailers);
        else if (name == u"-d")
            takeBody(value);
        else
            takeTimeout(value);
    }

    void takeUrl(const QString &url)
    {
        if (!m_result.draft.url.isEmpty()) {
            fail(QStringLiteral("one URL at a time; \"%1\" is the second").arg(url));
            return;
        }
        m_result.draft.url
            = url.contains(QLatin1String("://")) ? url : QLatin1String("http://") + url;
    }

    void takeMethod(const QString &method)
    {
        m_hasMethod = true;
        m_result.draft.method = method.toUtf8();
    }

    // The blanks around the value belong to the syntax, not to the value. RFC 9110 section 5.5.
    void takeField(const QString &option, const QString &text, QList<DraftField> &fields)
    {
        const qsizetype colon = text.indexOf(u':');
        if (colon < 0)
            fail(QStringLiteral("%1 takes 'Name: value'; \"%2\" has no colon").arg(option, text));
        else
            fields.append(
                { true, text.first(colon).toUtf8(), text.sliced(colon + 1).trimmed().toUtf8() });
    }

    void takeBody(const QString &value)
    {
        if (m_hasBody) {
            fail(QStringLiteral("one -d at a time"));
            return;
        }
        m_hasBody = true;
        if (!value.startsWith(u'@')) {
            m_result.draft.bodyKind = RequestDraft::BodyKind::Text;
            m_result.draft.text = value;
            return;
        }
        m_result.draft.bodyKind = RequestDraft::BodyKind::File;
        m_result.draft.filePath = value == u"@-" ? QStringLiteral("/dev/stdin") : value.sliced(1);
    }

    void takeTimeout(const QString &value)
    {
        bool isNumber = false;
        const double seconds = value.toDouble(&isNumber);
        if (!isNumber || !(seconds >= 0 && seconds <= 1e6))
            fail(QStringLiteral("--timeout takes seconds; \"%1\" is no such number").arg(value));
        else
            m_result.draft.timeout = std::chrono::milliseconds(qint64(std::ceil(seconds * 1000)));
    }

    QStringList m_left;
    SendOptions m_result;
    bool m_onlyUrls = false;
    bool m_hasMethod = false;
    bool m_hasBody = false;
    bool m_hasRequest = false; ///< Any option that says something of it.
};

} // namespace

SendOptions parseSendOptions(const QStringList &arguments) { return Parser(arguments).parse(); }

QString sendHelp()
{
    return QStringLiteral(
        "Usage: headrace send [option…] URL\n"
        "       headrace send --curl FILE [--events] [--raw]\n"
        "Sends one request. Prints every head, the body and the trailers of the answer as they "
        "came.\n"
        "\n"
        "  -X METHOD          method; default: GET, or POST with -d\n"
        "  -H 'NAME: VALUE'   header field, sent as given; may be repeated\n"
        "  -d DATA            body: the text, sent as UTF-8\n"
        "  -d @FILE           body: the file, streamed; @- is standard input\n"
        "  --trailer 'N: V'   trailer field behind a chunked body; may be repeated\n"
        "  --http1.0          say HTTP/1.0\n"
        "  -k                 accept any certificate\n"
        "  --timeout SECONDS  give up after that time without traffic; default: 30, 0: never\n"
        "  --curl FILE        what the curl command in the file asks for, octet for octet; - is "
        "standard input.\n"
        "                     What cannot be done as curl does it is said on standard error\n"
        "  --events           behind the answer and an empty line, one line for each event in "
        "order: time in\n"
        "                     milliseconds since the request was made, object, event, detail\n"
        "  --raw              instead of the answer, all octets in both directions, chunk framing "
        "included.\n"
        "                     For each run of octets one line \"> COUNT\" (sent) or \"< COUNT\" "
        "(received),\n"
        "                     then exactly COUNT octets and a line feed\n"
        "  -h, --help         this text\n"
        "\n"
        "A URL without scheme is an http one. Nothing is added to the fields but Host, Connection "
        "and what\n"
        "frames the body.\n"
        "Exit status: 0 answered, whatever the status; 1 failed; 2 the arguments are wrong.\n");
}

} // namespace headrace::app
