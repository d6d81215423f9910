#include "bodypump.h"

#include "http/outgoingmessage.h"
#include "http/ticks.h"
#include "systemerror.h"

namespace headrace::http {

namespace {
constexpr qint64 PieceSize = 64 * 1024;
}

BodyPump::BodyPump(QIODevice *source, OutgoingMessage *target)
    : QObject(target)
    , m_source(source)
    , m_target(target)
{
    connect(source, &QIODevice::readyRead, this, [this] {
        const IoScope scope;
        pump();
    });
    connect(source, &QIODevice::readChannelFinished, this, [this] {
        const IoScope scope;
        m_sourceEnded = true;
        pump();
    });
    connect(target, &OutgoingMessage::drain, this, [this] {
        m_waitsForDrain = false;
        pump();
    });
    connect(target, &OutgoingMessage::closed, this, [this] { m_done = true; });
    nextTick(this, [this] { pump(); });
}

void BodyPump::pump()
{
    if (m_done || m_waitsForDrain)
        return;
    if (!m_source) {
        m_done = true;
        m_target->destroy(
            makeError(ErrorCode::IoFailure, QStringLiteral("the source of the body went away")));
        return;
    }
    const QPointer<BodyPump> guard(this);
    while (guard && !m_done) {
        QByteArray piece(PieceSize, Qt::Uninitialized);
        const qint64 count = m_source->read(piece.data(), PieceSize);
        if (count < 0 && !m_source->isSequential()) {
            m_done = true;
            m_target->destroy(makeError(ErrorCode::IoFailure, m_source->errorString()));
            return;
        }
        if (count <= 0) {
            if (count < 0 || m_sourceEnded || (!m_source->isSequential() && m_source->atEnd()))
                finish();
            return; // a sequential source tells of more
        }
        piece.truncate(count);
        if (!m_target->write(piece)) {
            m_waitsForDrain = true;
            return;
        }
    }
}

void BodyPump::finish()
{
    m_done = true;
    m_target->end();
}

} // namespace headrace::http
