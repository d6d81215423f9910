#include "resend/recordedhead.h"

#include <QByteArrayView>

#include <utility>

namespace headrace::session {

namespace {

/// Where the target is in a start line: between its first blank and its last.
std::pair<qsizetype, qsizetype> targetOf(const QByteArray &startLine)
{
    const qsizetype begin = startLine.indexOf(' ') + 1;
    const qsizetype end = startLine.lastIndexOf(' ');
    return begin > 0 && end > begin ? std::pair(begin, end) : std::pair(qsizetype(0), qsizetype(0));
}

/// RFC 9112 section 3.2.1; an OPTIONS without path asks the server as a whole (section 3.2.4).
QByteArray inOriginForm(const QByteArray &startLine)
{
    const auto [begin, end] = targetOf(startLine);
    const QByteArray target = startLine.sliced(begin, end - begin);
    qsizetype path = target.indexOf("://") + 3;
    while (path < target.size() && target.at(path) != '/' && target.at(path) != '?')
        ++path;
    QByteArray origin = target.sliced(path);
    if (origin.isEmpty() && startLine.startsWith("OPTIONS "))
        origin = "*";
    else if (!origin.startsWith('/'))
        origin.prepend('/');
    return startLine.first(begin) + origin + startLine.sliced(end);
}

bool isNamed(const QByteArray &line, QByteArrayView name)
{
    return line.size() > name.size() && line.at(name.size()) == ':'
        && line.first(name.size()).compare(name, Qt::CaseInsensitive) == 0;
}

QByteArray withValue(const QByteArray &line, const QByteArray &value)
{
    qsizetype begin = line.indexOf(':') + 1;
    while (begin < line.size() && (line.at(begin) == ' ' || line.at(begin) == '\t'))
        ++begin;
    const qsizetype end = line.endsWith("\r\n") ? line.size() - 2 : line.size() - 1;
    return line.first(std::min(begin, end)) + value + line.sliced(end);
}

} // namespace

bool isAbsoluteForm(const QByteArray &startLine)
{
    const auto [begin, end] = targetOf(startLine);
    const QByteArray target = startLine.sliced(begin, end - begin).toLower();
    return target.startsWith("http://") || target.startsWith("https://");
}

QByteArray rewritten(const QByteArray &head, const HeadRewriting &rewriting)
{
    QByteArray result;
    result.reserve(head.size());
    bool isStartLine = true;
    bool isTakenOut = false;
    bool isHostDone = !rewriting.host;
    for (qsizetype at = 0; at < head.size();) {
        const qsizetype lineEnd = head.indexOf('\n', at);
        const QByteArray line = head.mid(at, lineEnd < 0 ? -1 : lineEnd + 1 - at);
        at += line.size();
        const bool isFold = line.startsWith(' ') || line.startsWith('\t');
        if (std::exchange(isStartLine, false)) {
            const bool isAbsolute = rewriting.isFromProxy && isAbsoluteForm(line);
            result += isAbsolute ? inOriginForm(line) : line;
        } else if (isFold && isTakenOut) {
            continue; // belongs to the line before
        } else if (!isHostDone && isNamed(line, "Host") && lineEnd >= 0) {
            result += withValue(line, *rewriting.host);
            isHostDone = true;
        } else {
            isTakenOut = rewriting.isFromProxy
                && (isNamed(line, "Proxy-Connection") || isNamed(line, "Proxy-Authorization"));
            if (!isTakenOut)
                result += line;
        }
    }
    return result;
}

} // namespace headrace::session
