// What is pasted as a curl command or an HTTP request: read or refused with a place within the text; a word quoted for a
// shell is read as that word; a request written as a command, or as octets, is read as the same request.
#include "require.h"

#include <formats/code.h>
#include <formats/curlreader.h>
#include <formats/curlwriter.h>
#include <formats/rawrequest.h>
#include <wire/fieldrules.h>

#include <algorithm>

using namespace headrace;
using namespace headrace::formats;
using namespace headrace::fuzz;

namespace {

constexpr qsizetype most = 20; // requests and words that are looked at

CurlSurroundings surroundings()
{
    CurlSurroundings result;
    result.boundary = "boundary";
    result.readFile = [](const QString &path, QString *problem) -> std::optional<QByteArray> {
        if (path.size() % 2 == 0)
            return "a\r\n\0b";
        *problem = QStringLiteral("no");
        return std::nullopt;
    };
    result.fileSize = [](const QString &path) { return qint64(path.size() % 3) - 1; };
    return result;
}

void checkPlace(const TextError &error, const QByteArray &text)
{
    require(
        error.line >= 1 && error.line <= text.count('\n') + 1, "an error lies within the lines");
    require(error.column >= 1 && error.column <= text.size() + 1, "an error lies within the text");
}

QByteArray firstWord(const QByteArray &text, Shell shell)
{
    const ShellCommands commands = readCommands(text, shell);
    require(!commands.error && commands.commands.size() == 1, "a quoted word is one command");
    require(commands.commands.first().words.size() == 2, "a quoted word is one word");
    return commands.commands.first().words.last();
}

void checkWords(const QByteArray &text, Shell shell)
{
    const ShellCommands commands = readCommands(text, shell);
    if (commands.error)
        checkPlace(commands.error, text);
    qsizetype left = most;
    for (const ShellCommand &command : commands.commands) {
        for (const QByteArray &word : command.words) {
            if (left-- == 0)
                return;
            if (word.contains('\0'))
                continue;
            requireSame(
                firstWord("x " + quotedForPosix(word), Shell::Posix), word, "a word for sh");
            requireSame(
                firstWord("x " + quotedForBash(word), Shell::Posix), word, "a word for bash");
            if (!word.contains('\r'))
                requireSame(
                    firstWord("x " + quotedForCmd(word), Shell::Cmd), word, "a word for cmd");
        }
    }
}

bool isOrdinary(const Request &request)
{
    const auto isField = [](const auto &field) {
        return wire::isToken(field.first) && !wire::validateHeaderValue({}, field.second)
            && (field.second.isEmpty() || !field.second.trimmed().isEmpty());
    };
    return wire::isToken(request.method) && !request.url.contains(QChar::ReplacementCharacter)
        && !request.wireTarget().contains('\0')
        && std::all_of(request.fields.cbegin(), request.fields.cend(), isField);
}

// Forms and files are of their own making, and a Host that -H names twice is one.
void checkWritten(const Request &request)
{
    for (const CodeTarget target : codeTargets())
        require(!writeCode(request, target).isEmpty(), "a request can be written in each notation");
    const bool isPlain = request.bodyKind == Request::BodyKind::None
        || request.bodyKind == Request::BodyKind::Octets;
    QString lost;
    const QByteArray command = writeCurl(request, CurlShell::Posix, &lost);
    if (!isPlain || !lost.isEmpty() || !isOrdinary(request))
        return;
    const CurlReading reading = readCurl(command, surroundings(), Shell::Posix);
    requireSame(reading.error.message.toUtf8(), {}, "a written command has no fault");
    require(reading.requests.size() == 1, "a written command is one request");
    const Request &again = reading.requests.first();
    requireSame(again.method, request.method, "the method is the same");
    requireSame(again.wireTarget(), request.wireTarget(), "the target is the same");
    requireSame(again.body, request.body, "the body is the same");
}

void checkRaw(const QByteArray &text)
{
    const RawRequest read = readRawRequest(text);
    if (!read.request) {
        require(bool(read.error), "no request without a reason");
        checkPlace(read.error, text);
        return;
    }
    const QByteArray written = writeRawRequest(*read.request);
    if (!read.remarks.isEmpty() || read.request->url.contains(u'#')
        || read.request->url.contains(QChar::ReplacementCharacter))
        return;
    const RawRequest again = readRawRequest(written);
    require(again.request.has_value(), "a written request is one");
    requireSame(writeRawRequest(*again.request), written, "the same octets again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const Shell shell : { Shell::Posix, Shell::Cmd, Shell::PowerShell })
        checkWords(text, shell);
    const QString shown = QString::fromUtf8(text);
    looksLikeCurl(shown);
    looksLikeRawRequest(shown);
    for (const QByteArray &command : { text, "curl " + text }) {
        const CurlReading reading = readCurl(command, surroundings());
        require(reading.error || !reading.requests.isEmpty(), "no request without a reason");
        if (reading.error)
            checkPlace(reading.error, command);
        for (const Request &request :
            reading.requests.first(std::min(most, reading.requests.size())))
            checkWritten(request);
    }
    checkRaw(text);
    return 0;
}
