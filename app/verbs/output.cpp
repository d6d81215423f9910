#include "verbs/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace headrace::app {

void Output::write(QByteArrayView octets)
{
    if (!octets.isEmpty())
        m_last = octets.back();
    m_hasWritten = m_hasWritten || !octets.isEmpty();
    while (!octets.isEmpty() && m_error == 0) {
        const ssize_t count = ::write(STDOUT_FILENO, octets.data(), size_t(octets.size()));
        if (count >= 0)
            octets = octets.sliced(count);
        else if (errno != EINTR)
            m_error = errno;
    }
}

void Output::writeLine(const QString &line) { write(line.toUtf8() + '\n'); }

bool Output::isBroken() const { return m_error != 0; }

bool Output::hasWritten() const { return m_hasWritten; }

bool Output::isAtLineStart() const { return m_last == '\n'; }

void complain(const QString &message)
{
    QString line = message;
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control)
            character = u' ';
    }
    std::fprintf(stderr, "headrace: %s\n", line.toUtf8().constData());
}

int complainOfUsage(const QString &verb, const QString &message)
{
    complain(verb + QLatin1String(": ") + message + QLatin1String(" (headrace ") + verb
        + QLatin1String(" --help tells more)"));
    return ExitUsage;
}

} // namespace headrace::app
