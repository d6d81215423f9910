#pragma once

#include <QIODevice>
#include <QObject>
#include <QPointer>

namespace headrace::http {

class OutgoingMessage;

/// Feeds a message from a device until its end, waiting for 'drain' whenever the message is full.
/// Child of the message.
class BodyPump : public QObject
{
    Q_OBJECT

public:
    BodyPump(QIODevice *source, OutgoingMessage *target);

private:
    void pump();
    void finish();

    QPointer<QIODevice> m_source;
    OutgoingMessage *m_target;
    bool m_sourceEnded = false;
    bool m_waitsForDrain = false;
    bool m_done = false;
};

} // namespace headrace::http
