#include "formats/curlwriter.h"

#include "formats/shellcommand.h"

#include <QFileInfo>

#include <algorithm>

namespace headrace::formats {

namespace {

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.compare(wanted, Qt::CaseInsensitive) == 0;
}

/// The argument of printf that writes these octets.
QByteArray printfFormat(const QByteArray &octets)
{
    QByteArray text;
    for (const char c : octets) {
        if (c == '\\' || c == '%')
            text += QByteArray(2, c);
        else if (uchar(c) >= 0x20 && uchar(c) < 0x7f)
            text += c;
        else
            text += '\\' + QByteArray::number(uchar(c), 8).rightJustified(3, '0');
    }
    return text;
}

bool isPlainText(const QByteArray &octets)
{
    const QByteArray again = QString::fromUtf8(octets).toUtf8();
    return again == octets && std::none_of(octets.cbegin(), octets.cend(), [](char c) {
        return uchar(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    });
}

/// Within double quotes of -F.
QByteArray quotedForForm(QByteArray text)
{
    text.replace('\\', "\\\\");
    text.replace('"', "\\\"");
    return '"' + text + '"';
}

class Writer
{
public:
    Writer(const Request &request, CurlShell shell)
        : m_request(request)
        , m_shell(shell)
    {
    }

    QByteArray write()
    {
        addMethod();
        addWire();
        m_arguments.append(quoted(m_request.url.toUtf8()));
        addFields();
        addSuppressed();
        addBody();
        if (!m_request.trailers.isEmpty())
            lose(QStringLiteral("curl's command line has no trailers: they are left out."));
        const QByteArray next = m_shell == CurlShell::Cmd ? " ^\n  " : " \\\n  ";
        return m_before + "curl " + m_arguments.join(next);
    }

    QString lost() const { return m_lost; }

private:
    void lose(const QString &what)
    {
        if (m_lost.isEmpty())
            m_lost = what;
    }

    QByteArray quoted(const QByteArray &word)
    {
        if (word.contains('\0'))
            lose(QStringLiteral(
                "A NUL cannot stand in a command line: what follows it is left out."));
        switch (m_shell) {
        case CurlShell::Posix:
            return quotedForPosix(word);
        case CurlShell::Bash:
            return quotedForBash(word);
        case CurlShell::Cmd:
            break;
        }
        if (!isPlainText(word) || word.contains('\r'))
            lose(QStringLiteral("Some octets cannot stand in a command line of cmd.exe."));
        return quotedForCmd(word);
    }

    void add(const char *option, const QByteArray &value)
    {
        m_arguments.append(option + QByteArray(" ") + quoted(value));
    }

    bool hasBody() const { return m_request.bodyKind != Request::BodyKind::None; }

    void addMethod()
    {
        const char *usual = m_request.bodyKind == Request::BodyKind::None ? "GET" : "POST";
        if (m_request.method == "HEAD" && !hasBody())
            m_arguments.append("--head");
        else if (m_request.method != usual)
            add("-X", m_request.method);
    }

    void addWire()
    {
        const QByteArray target = m_request.wireTarget();
        const QByteArray url = m_request.url.toUtf8();
        if (m_request.isHttp10)
            m_arguments.append("--http1.0");
        else if (m_request.isSecure())
            m_arguments.append("--http1.1"); // else TLS would settle on HTTP/2
        if (target.contains("/."))
            m_arguments.append("--path-as-is");
        if (std::any_of(url.cbegin(), url.cend(),
                [](char c) { return QByteArrayView("[]{}").contains(c); }))
            m_arguments.append("--globoff");
        const bool isAscii
            = std::all_of(target.cbegin(), target.cend(), [](char c) { return uchar(c) < 0x80; });
        if (!m_request.target.isEmpty() || !isAscii) // curl would encode the path
            add("--request-target", target);
        if (!m_request.connectTo.isEmpty())
            add("--connect-to", "::" + m_request.connectTo.toUtf8());
        if (!m_request.verifiesCertificates)
            m_arguments.append("--insecure");
        if (m_request.followsRedirects)
            m_arguments.append("--location");
    }

    /// Fields that curl writes in the same way and at the same place, or that tell of the framing it does itself.
    bool isAutomatic(const QByteArray &name, const QByteArray &value) const
    {
        if (name == "Host")
            return value == hostOfCurl();
        if (isNamed(name, "Content-Length"))
            return value == QByteArray::number(m_request.body.size())
                || m_request.bodyKind == Request::BodyKind::Form
                || m_request.bodyKind == Request::BodyKind::File;
        return m_request.bodyKind == Request::BodyKind::Form && isNamed(name, "Content-Type")
            && value == "multipart/form-data; boundary=" + m_request.boundary;
    }

    QByteArray hostOfCurl() const
    {
        const QString authority = m_request.authority();
        const QString usual = m_request.isSecure() ? QStringLiteral(":443") : QStringLiteral(":80");
        return (authority.endsWith(usual) ? authority.chopped(usual.size()) : authority).toUtf8();
    }

    void addFields()
    {
        for (const auto &[name, value] : m_request.fields) {
            if (isAutomatic(name, value))
                continue;
            add("-H",
                value.trimmed().isEmpty() // curl: "Name:" removes, "Name;" sends it empty
                    ? name + ';'
                    : name + ": " + withoutBoundary(name, value));
        }
    }

    // curl adds its own to the type of a form.
    QByteArray withoutBoundary(const QByteArray &name, const QByteArray &value) const
    {
        if (m_request.bodyKind != Request::BodyKind::Form || !isNamed(name, "Content-Type"))
            return value;
        const qsizetype at = value.indexOf("; boundary=");
        return at < 0 ? value : value.first(at);
    }

    // What curl would add by itself, when the request had none.
    void addSuppressed()
    {
        QList<QByteArray> own { "User-Agent", "Accept" };
        if (m_request.field("Host").isNull())
            own.prepend("Host");
        if (hasBody() && m_request.bodyKind != Request::BodyKind::Form)
            own.append("Content-Type");
        if (m_request.bodyKind == Request::BodyKind::File
            || m_request.bodyKind == Request::BodyKind::Form || m_request.body.size() > 1024 * 1024)
            own.append("Expect");
        for (const QByteArray &name : own) {
            if (m_request.field(name).isNull())
                add("-H", name + ':');
        }
    }

    void addBody()
    {
        switch (m_request.bodyKind) {
        case Request::BodyKind::None:
            break;
        case Request::BodyKind::File:
            add("--data-binary", '@' + m_request.filePath.toUtf8());
            break;
        case Request::BodyKind::Form:
            for (const FormPart &part : m_request.parts)
                addPart(part);
            break;
        case Request::BodyKind::Octets:
            addOctets(m_request.body);
            break;
        }
    }

    // --data-raw takes a leading @ as it is.
    void addOctets(const QByteArray &body)
    {
        const bool isWord = m_shell == CurlShell::Bash ? !body.contains('\0')
            : m_shell == CurlShell::Posix              ? isPlainText(body)
                                                       : true;
        if (isWord) {
            add("--data-raw", body);
            return;
        }
        m_before = "printf " + quotedForPosix(printfFormat(body)) + " | ";
        m_arguments.append("--data-binary @-");
    }

    void addPart(const FormPart &part)
    {
        const bool isLiteral = part.filePath.isEmpty() && part.fileName.isNull()
            && part.type.isEmpty() && part.fields.isEmpty();
        if (isLiteral) {
            add("--form-string", part.name + '=' + part.value);
            return;
        }
        QByteArray argument = part.name + '=';
        if (part.filePath.isEmpty())
            argument += quotedForForm(part.value);
        else
            argument
                += (part.fileName.isNull() ? '<' : '@') + quotedForForm(part.filePath.toUtf8());
        if (!part.type.isEmpty())
            argument += ";type=" + part.type;
        const QByteArray own = QFileInfo(part.filePath).fileName().toUtf8();
        if (!part.fileName.isNull() && (part.filePath.isEmpty() || part.fileName != own))
            argument += ";filename=" + quotedForForm(part.fileName);
        for (const auto &[name, value] : part.fields)
            argument += ";headers=" + quotedForForm(name + ": " + value);
        add("--form", argument);
    }

    const Request &m_request;
    CurlShell m_shell;
    QByteArray m_before;
    QList<QByteArray> m_arguments;
    QString m_lost;
};

} // namespace

QByteArray writeCurl(const Request &request, CurlShell shell, QString *lost)
{
    Writer writer(request, shell);
    QByteArray command = writer.write();
    if (lost)
        *lost = writer.lost();
    return command;
}

} // namespace headrace::formats
