#include "formats/curlreader.h"

#include "curl/argumentreader.h"
#include "curl/requestbuilder.h"
#include "curl/urlglob.h"

#include <QFileInfo>

#include <algorithm>

namespace headrace::formats {

namespace {

constexpr qsizetype MostRequests = 1000;

bool isCurl(const QByteArray &word)
{
    if (word == "curl" || word.compare("curl.exe", Qt::CaseInsensitive) == 0)
        return true;
    const bool isPath = word.startsWith('/') || word.startsWith('.') || word.startsWith('~')
        || word.mid(1, 2) == ":\\";
    if (!isPath)
        return false;
    const QByteArray name = word.sliced(qMax(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    return name == "curl" || name.compare("curl.exe", Qt::CaseInsensitive) == 0;
}

bool isAssignment(const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    return equals > 0 && std::all_of(word.cbegin(), word.cbegin() + equals, [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z');
    });
}

/// The place of the word curl; -1 when the command is another one.
qsizetype indexOfCurl(const QList<QByteArray> &words)
{
    static const QList<QByteArray> prefixes { "sudo", "time", "command", "exec", "env", "nohup" };
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isCurl(words[i]))
            return i;
        if (!isAssignment(words[i]) && !prefixes.contains(words[i]))
            return -1;
    }
    return -1;
}

class Reader
{
public:
    Reader(const CurlSurroundings &surroundings, CurlReading &reading)
        : m_surroundings(surroundings)
        , m_reading(reading)
    {
    }

    void readCommand(const QList<QByteArray> &arguments, const std::optional<QByteArray> &input)
    {
        curl::Files files(m_surroundings, input);
        curl::ArgumentReader reader(files);
        const QList<curl::Operation> operations = reader.read(arguments);
        fail(reader.refusal());
        if (!m_reading.error) {
            for (const curl::Operation &operation : operations)
                readOperation(operation, files);
        }
        for (const QString &remark : files.takeRemarks())
            this->remark(remark);
    }

    void remark(const QString &sentence)
    {
        if (!m_reading.remarks.contains(sentence))
            m_reading.remarks.append(sentence);
    }

    void fail(const QString &message)
    {
        if (!message.isEmpty() && !m_reading.error)
            m_reading.error = { 1, 1, message };
    }

private:
    void readOperation(const curl::Operation &operation, curl::Files &files)
    {
        for (const curl::Transfer &transfer : operation.transfers) {
            if (!transfer.hasUrl)
                continue;
            QString problem;
            const QList<QByteArray> urls = operation.isGlobbed
                ? curl::expandedUrls(transfer.url, &problem)
                : QList<QByteArray> { transfer.url };
            if (!problem.isEmpty())
                files.remark(problem);
            for (const QByteArray &url : urls) {
                if (m_reading.requests.size() == MostRequests) {
                    files.remark(QStringLiteral("Only the first 1,000 requests are taken."));
                    return;
                }
                const auto request
                    = curl::RequestBuilder(operation, files).build(url, transfer.upload, &problem);
                if (request)
                    m_reading.requests.append(*request);
                fail(problem);
            }
        }
    }

    const CurlSurroundings &m_surroundings;
    CurlReading &m_reading;
};

} // namespace

CurlReading readCurl(const QByteArray &text, const CurlSurroundings &surroundings, Shell shell)
{
    const ShellCommands commands = readCommands(text, shell);
    CurlReading reading;
    reading.error = commands.error;
    reading.remarks = commands.remarks;
    if (reading.error)
        return reading;
    Reader reader(surroundings, reading);
    bool isFound = false;
    for (const ShellCommand &command : commands.commands) {
        const qsizetype at = indexOfCurl(command.words);
        if (at >= 0) {
            reader.readCommand(command.words.sliced(at + 1), command.input);
            isFound = true;
        } else if (!command.isFedByPipe && isFound) {
            reader.remark(QStringLiteral("The command %1 is left out.")
                              .arg(QString::fromUtf8(command.words.first().left(40))));
        }
    }
    if (!isFound)
        reader.fail(QStringLiteral("There is no curl command."));
    else if (reading.requests.isEmpty())
        reader.fail(QStringLiteral("The command names no URL."));
    return reading;
}

CurlReading readCurlArguments(
    const QList<QByteArray> &arguments, const CurlSurroundings &surroundings)
{
    CurlReading reading;
    Reader reader(surroundings, reading);
    reader.readCommand(arguments, std::nullopt);
    if (reading.requests.isEmpty())
        reader.fail(QStringLiteral("The command names no URL."));
    return reading;
}

// Only as much as it takes: the whole is read when it is one.
bool looksLikeCurl(const QString &text)
{
    constexpr qsizetype enough = 2000;
    const ShellCommands commands = readCommands(text.left(enough).toUtf8());
    const bool isFirstOf
        = !commands.commands.isEmpty() && indexOfCurl(commands.commands.first().words) >= 0;
    if (isFirstOf)
        return true;
    return commands.commands.size() > 1 && commands.commands[1].isFedByPipe
        && indexOfCurl(commands.commands[1].words) >= 0;
}

} // namespace headrace::formats
