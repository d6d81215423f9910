#pragma once

#include <QByteArrayView>
#include <QString>

namespace headrace::app {

/// Exit codes of every verb.
enum ExitCode
{
    ExitSuccess = 0,
    ExitFailure = 1,
    ExitUsage = 2
};

/** Standard output, written at once and octet for octet. After the reader has gone (EPIPE, a full disk)
    nothing more is written and isBroken() says so. */
class Output
{
public:
    void write(QByteArrayView octets);
    void writeLine(const QString &line); ///< As UTF-8, with a line feed.
    bool isBroken() const;

    bool hasWritten() const; ///< Anything at all.

    /// The last octet written was a line feed, or nothing was written.
    bool isAtLineStart() const;

private:
    int m_error = 0;
    bool m_hasWritten = false;
    char m_last = '\n';
};

/// "headrace: " and \a message, without control characters, in one line on standard error.
void complain(const QString &message);

/// As complain(), with the hint where to read more; answers ExitUsage.
int complainOfUsage(const QString &verb, const QString &message);

} // namespace headrace::app
