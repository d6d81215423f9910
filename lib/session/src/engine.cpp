#include "engine_p.h"

#include <http/ticks.h>
#include <wire/errorcode.h>

namespace headrace::session {

namespace {

constexpr std::chrono::milliseconds progressInterval { 34 };
constexpr std::chrono::seconds shutDownTimeout { 1 };

bool isSame(const TransferProgress &one, const TransferProgress &other)
{
    return one.sent == other.sent && one.received == other.received
        && one.toReceive == other.toReceive;
}

} // namespace

Engine::Engine(exchange::Sink &sink, qint64 messageLimit)
    : m_recorder(sink, exchange::Source::Composer)
    , m_progressTimer(this)
{
    m_recorder.setMessageLimit(messageLimit);
    m_progressTimer.setInterval(progressInterval);
    connect(&m_progressTimer, &QTimer::timeout, this, &Engine::tellProgress);
    m_recorder.setEndListener([this](http::ExchangeId exchange, exchange::ExchangeId storeId) {
        // From within the library: its objects may be changed only when it has returned.
        QMetaObject::invokeMethod(
            this, [this, exchange, storeId] { end(exchange, storeId); }, Qt::QueuedConnection);
    });
}

Engine::~Engine()
{
    m_recorder.setEndListener({});
    m_running.clear();
    m_clients.reset();
    m_recorder.endAll();
}

void Engine::send(SendId id, const RequestDraft &draft)
{
    const http::IoScope scope;
    if (!m_clients) {
        m_clients = std::make_unique<Clients>(Clients::Persistence::KeepAlive);
        m_clients->setObserver(&m_recorder);
    }
    auto sending = std::make_unique<Sending>(draft);
    if (const http::Error error = sending->start(*m_clients)) {
        Q_EMIT sendFailed(id, QString(wire::name(error.code)), error.message);
        return;
    }
    const http::ExchangeId exchange = sending->exchange();
    TransferProgress progress;
    progress.toSend = sending->bodyOctets();
    m_sends.insert(exchange, id);
    m_running.emplace(id, Running { std::move(sending), progress });
    Q_EMIT sendBegan(id, m_recorder.storeId(exchange));
    if (!m_progressTimer.isActive())
        m_progressTimer.start();
}

void Engine::cancel(SendId id)
{
    const http::IoScope scope;
    const auto found = m_running.find(id);
    if (found == m_running.end())
        return;
    m_recorder.markCanceled(found->second.sending->exchange());
    found->second.sending->cancel();
}

void Engine::tellProgress()
{
    for (auto &[id, running] : m_running) {
        const exchange::RecordedBody body = m_recorder.body(running.sending->exchange());
        TransferProgress progress = running.progress;
        progress.sent = qMax(progress.sent, body.requestOctets);
        progress.received = qMax(progress.received, body.responseOctets);
        progress.toReceive = qMax(progress.toReceive, body.responseLength);
        if (isSame(progress, running.progress))
            continue;
        running.progress = progress;
        Q_EMIT sendProgress(id, progress);
    }
}

void Engine::end(http::ExchangeId exchange, exchange::ExchangeId storeId)
{
    const SendId id = m_sends.take(exchange);
    if (id == 0)
        return;
    m_running.erase(id);
    if (m_running.empty())
        m_progressTimer.stop();
    Q_EMIT sendEnded(id, storeId);
    if (m_isShuttingDown)
        finishShutDown();
}

void Engine::shutDown()
{
    const http::IoScope scope;
    m_isShuttingDown = true;
    QTimer::singleShot(shutDownTimeout, this, &Engine::finished);
    for (auto &[id, running] : m_running) {
        m_recorder.markCanceled(running.sending->exchange());
        running.sending->cancel();
    }
    if (m_clients)
        m_clients->destroy();
    QMetaObject::invokeMethod(this, &Engine::finishShutDown, Qt::QueuedConnection);
}

void Engine::finishShutDown()
{
    if (m_running.empty())
        Q_EMIT finished();
}

} // namespace headrace::session
