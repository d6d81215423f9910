#pragma once

#include "clientfixture.h"
#include "rawpeer.h"
#include "talk.h"

#include <http/http.h>

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>

namespace headrace::http::test {

/** Does with a message what a text says, when it says so, and keeps the journal. The text is a list of moments
    with uses, as "start: write:3, state; step1: end": "write:3" writes three octets. In the journal "#1" numbers
    the pieces and their callbacks ("cb1"), and a state is a list of what holds. */
class WritableFixture : public QObject
{
    Q_OBJECT

protected:
    void beginRow(const QString &uses);
    void performSteps(); ///< The moments step1, step2 and step3, with all events between them.
    QString endRow(); ///< The journal.

    void follow(OutgoingMessage *message);
    void followSocket(ClientRequest *request);
    void perform(const QString &moment);

    bool isStarted() const { return m_started; }

    bool isConnected() const { return m_log.contains(QStringLiteral("connect")); }

    /// Long runs of the body read <x20000>, the Host field reads "host".
    static QByteArray shortened(const QByteArray &octets);

private:
    Error use(const QString &name, const QByteArray &argument, QString *entry);
    OutgoingMessage::Callback noteCallback(int number);
    QString state() const;

    std::unique_ptr<QObject> m_context; ///< Of all listeners of one row.
    QStringList m_log;
    QHash<QString, QStringList> m_uses; ///< What is done at which moment.
    QPointer<OutgoingMessage> m_message;
    int m_pieces = 0;
    int m_drains = 0;
    bool m_started = false;
};

} // namespace headrace::http::test
