#include "http/incomingmessage.h"

#include "exchangeguard.h"
#include "fieldlimits.h"
#include "http/ticks.h"
#include "http/transport.h"
#include "messagedevice.h"
#include "retire.h"
#include "systemerror.h"

#include <QMetaMethod>

namespace headrace::http {

using namespace Qt::StringLiterals;

IncomingMessage::IncomingMessage(QIODevice *socket, QObject *parent)
    : ReadableStream(parent)
    , m_socket(socket)
    , m_transport(Transport::find(socket))
{
}

// --- what was received

const wire::Head &IncomingMessage::head() const { return m_head; }

QByteArray IncomingMessage::httpVersion() const
{
    return QByteArray::number(m_head.versionMajor) + '.' + QByteArray::number(m_head.versionMinor);
}

int IncomingMessage::httpVersionMajor() const { return m_head.versionMajor; }

int IncomingMessage::httpVersionMinor() const { return m_head.versionMinor; }

QByteArray IncomingMessage::method() const { return m_head.part(m_head.method).toByteArray(); }

QByteArray IncomingMessage::url() const { return m_head.part(m_head.target).toByteArray(); }

int IncomingMessage::statusCode() const { return m_head.statusCode; }

QByteArray IncomingMessage::statusMessage() const
{
    return m_head.part(m_head.reason).toByteArray();
}

const Headers &IncomingMessage::headers() const
{
    if (!m_headersParsed) {
        m_headersParsed = true;
        m_headers = Headers(m_head.fields, m_maxFields);
    }
    return m_headers;
}

QList<QByteArray> IncomingMessage::rawHeaders() const
{
    return m_head.fields.toRawList(maxRawFields(m_maxFields));
}

const Headers &IncomingMessage::trailers() const
{
    if (!m_trailersParsed && m_complete) {
        m_trailersParsed = true;
        m_trailers = Headers(m_trailerFields, maxRawFields(m_maxFields));
    }
    return m_trailers;
}

QList<QByteArray> IncomingMessage::rawTrailers() const
{
    return m_trailerFields.toRawList(maxRawFields(m_maxFields));
}

bool IncomingMessage::isComplete() const { return m_complete; }

bool IncomingMessage::isAborted() const { return m_aborted; }

bool IncomingMessage::isUpgrade() const { return m_upgrade; }

QIODevice *IncomingMessage::socket() const { return m_socket; }

QIODevice *IncomingMessage::connection() const { return socket(); }

ExchangeId IncomingMessage::exchange() const { return m_exchange; }

// --- what its owner tells

void IncomingMessage::setHead(wire::Head head, qsizetype maxFields)
{
    m_head = std::move(head);
    m_maxFields = maxFields;
}

void IncomingMessage::setTrailers(wire::Fields trailers) { m_trailerFields = std::move(trailers); }

void IncomingMessage::observeWith(Observer *observer, ExchangeId exchange)
{
    m_observer = observer;
    m_exchange = exchange;
}

void IncomingMessage::observe(EventKind event, const QString &detail) const
{
    if (m_observer)
        m_observer->event(m_exchange, Emitter::IncomingMessage, event, detail, monotonicNow());
}

void IncomingMessage::abort()
{
    m_aborted = true;
    const Error error = connectionReset(u"aborted"_s);
    if (m_observer)
        m_observer->failed(m_exchange, error, monotonicNow());
    observe(EventKind::Aborted);
    const Lifeline::Watch guard(m_lifeline);
    Q_EMIT aborted();
    if (!guard || !hasErrorListener())
        return;
    observe(EventKind::Error, error.message);
    Q_EMIT errorOccurred(error);
}

void IncomingMessage::close()
{
    m_guard.reset();
    if (m_closed)
        return;
    m_closed = true;
    setDestroyed();
    observe(EventKind::Close);
    const Lifeline::Watch guard(m_lifeline);
    Q_EMIT closed();
    if (guard)
        retireMessage(this);
}

void IncomingMessage::closeAtEnd()
{
    static const QMetaMethod endedSignal = QMetaMethod::fromSignal(&IncomingMessage::ended);
    if (isSignalConnected(endedSignal))
        connect(this, &IncomingMessage::ended, this, &IncomingMessage::close);
    else
        m_closesAtEnd = true; // whoever listens later hears of the end later
}

bool IncomingMessage::hasTimeoutListener() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&IncomingMessage::timedOut));
}

// --- the consumer's side

void IncomingMessage::readMore()
{
    if (m_transport && m_transport->isReadable())
        m_transport->resume();
}

void IncomingMessage::aboutToEmitData(const QByteArray &octets)
{
    if (m_observer)
        observe(EventKind::Data, QString::number(octets.size()) + u" B"_s);
}

void IncomingMessage::aboutToEmitEnd()
{
    observe(EventKind::End);
    if (m_closesAtEnd)
        close();
}

void IncomingMessage::destroy(const Error &error)
{
    setDestroyed();
    if (m_transport)
        m_transport->destroy(error);
}

IncomingMessage *IncomingMessage::setTimeout(
    std::chrono::milliseconds timeout, std::function<void()> listener)
{
    if (listener)
        connect(this, &IncomingMessage::timedOut, this, std::move(listener));
    if (m_transport)
        m_transport->setTimeout(timeout);
    return this;
}

QIODevice *IncomingMessage::asDevice()
{
    if (!m_device)
        m_device = new MessageDevice(this);
    return m_device;
}

} // namespace headrace::http
