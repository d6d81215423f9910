#include "formats/code.h"

#include "code/writers.h"
#include "formats/curlwriter.h"
#include "formats/rawrequest.h"

#include <array>

namespace headrace::formats {

namespace {

struct TargetName
{
    CodeTarget target;
    const char *name;
    const char *displayName;
};

constexpr std::array<TargetName, 7> Names { {
    { CodeTarget::Curl, "curl", "cURL" },
    { CodeTarget::CurlCmd, "curl-cmd", "cURL (cmd)" },
    { CodeTarget::Raw, "raw", "Raw request" },
    { CodeTarget::Cpp, "cpp", "C++" },
    { CodeTarget::Fetch, "js-fetch", "JavaScript fetch" },
    { CodeTarget::Node, "node", "Node http" },
    { CodeTarget::Python, "python", "Python requests" },
} };

// What a command line leaves out stands before it, as a comment of that shell.
QByteArray curlWithRemark(const Request &request, CurlShell shell)
{
    QString lost;
    const QByteArray command = writeCurl(request, shell, &lost);
    if (lost.isEmpty())
        return command + '\n';
    return (shell == CurlShell::Cmd ? "rem " : "# ") + lost.toUtf8() + '\n' + command + '\n';
}

} // namespace

QList<CodeTarget> codeTargets()
{
    QList<CodeTarget> targets;
    for (const TargetName &name : Names)
        targets.append(name.target);
    return targets;
}

QString displayName(CodeTarget target)
{
    return QString::fromLatin1(Names.at(size_t(target)).displayName);
}

QString name(CodeTarget target) { return QString::fromLatin1(Names.at(size_t(target)).name); }

std::optional<CodeTarget> codeTarget(const QString &wanted)
{
    for (const CodeTarget target : codeTargets()) {
        if (name(target) == wanted)
            return target;
    }
    return std::nullopt;
}

QByteArray writeCode(const Request &request, CodeTarget target)
{
    switch (target) {
    case CodeTarget::Curl:
        return curlWithRemark(request, CurlShell::Posix);
    case CodeTarget::CurlCmd:
        return curlWithRemark(request, CurlShell::Cmd);
    case CodeTarget::Raw:
        return writeRawRequest(request);
    case CodeTarget::Cpp:
        return writeCpp(request);
    case CodeTarget::Fetch:
        return writeFetch(request);
    case CodeTarget::Node:
        return writeNode(request);
    case CodeTarget::Python:
        break;
    }
    return writePython(request);
}

} // namespace headrace::formats
