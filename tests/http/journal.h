#pragma once

#include <http/error.h>
#include <http/http.h>

#include <QObject>
#include <QString>
#include <QStringList>

namespace headrace::http::test {

/** What happened, in order, one word or line each. Listeners write, a test compares it whole.
    Being a listener changes the library's defaults, so each follow…() says what it connects to. */
class Journal
{
public:
    void add(const QString &entry) { m_entries.append(entry); }

    void clear() { m_entries.clear(); }

    bool contains(const QString &entry) const { return m_entries.contains(entry); }

    qsizetype count(const QString &entry) const { return m_entries.count(entry); }

    /// Entries joined by " | ": one line to compare.
    QString text() const { return m_entries.join(QStringLiteral(" | ")); }

    /// socket, finish, information, continue, error, abort, timeout, close of a request; and with
    /// \a response everything of its response: response, data, end, aborted, error, close ("res close").
    void followRequest(ClientRequest *request, bool response = true);

    /// data, end, aborted, error and close, each with \a prefix before it ("req end").
    void followMessage(IncomingMessage *message, const QString &prefix);

    /// finish and close of a response: "res finish", "res close".
    void followResponse(ServerResponse *response, const QString &prefix = QStringLiteral("res "));

private:
    QStringList m_entries;
};

} // namespace headrace::http::test
