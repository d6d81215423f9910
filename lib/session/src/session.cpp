#include "session/session.h"

#include "engine_p.h"

#include <exchange/memorystore.h>

#include <QThread>

namespace headrace::session {

struct Session::Private
{
    exchange::MemoryStore store;
    QThread thread;
    Engine *engine = nullptr; // of the thread; deleted when it ends
    SendId lastSend = 0;
    quint16 mockPort = 0;

    template <class Function>
    void inEngine(Function function)
    {
        QMetaObject::invokeMethod(engine, std::move(function), Qt::QueuedConnection);
    }
};

Session::Session(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->thread.setObjectName(QStringLiteral("engine"));
    d->engine = new Engine(d->store);
    d->engine->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->engine, &QObject::deleteLater);
    connect(d->engine, &Engine::finished, &d->thread, &QThread::quit, Qt::DirectConnection);

    connect(d->engine, &Engine::sendBegan, this, &Session::sendBegan);
    connect(d->engine, &Engine::sendProgress, this, &Session::sendProgress);
    connect(d->engine, &Engine::sendEnded, this, &Session::sendEnded);
    connect(d->engine, &Engine::sendFailed, this, &Session::sendFailed);
    connect(d->engine, &Engine::mockStarted, this, [this](quint16 port) {
        d->mockPort = port;
        Q_EMIT mockStarted(port);
    });
    connect(d->engine, &Engine::mockStopped, this, [this] {
        d->mockPort = 0;
        Q_EMIT mockStopped();
    });
    connect(d->engine, &Engine::mockFailed, this, &Session::mockFailed);
    d->thread.start();
}

Session::~Session()
{
    disconnect(d->engine, nullptr, this, nullptr);
    d->inEngine([engine = d->engine] { engine->shutDown(); });
    d->thread.wait();
}

exchange::Store *Session::store() const { return &d->store; }

SendId Session::send(const RequestDraft &draft)
{
    const SendId id = ++d->lastSend;
    const QList<DraftProblem> found = problems(draft);
    if (found.isEmpty()) {
        d->inEngine([engine = d->engine, id, draft] { engine->send(id, draft); });
    } else {
        // Queued as all else: the caller has the id before the answer.
        QMetaObject::invokeMethod(
            this,
            [this, id, problem = found.first()] {
                Q_EMIT sendFailed(id, problem.code, problem.message);
            },
            Qt::QueuedConnection);
    }
    return id;
}

void Session::cancel(SendId id)
{
    d->inEngine([engine = d->engine, id] { engine->cancel(id); });
}

void Session::setMockDefinition(const mock::Definition &definition)
{
    d->inEngine([engine = d->engine, definition] { engine->setMockDefinition(definition); });
}

void Session::startMock(quint16 port)
{
    d->inEngine([engine = d->engine, port] { engine->startMock(port); });
}

void Session::stopMock()
{
    d->inEngine([engine = d->engine] { engine->stopMock(); });
}

bool Session::isMockRunning() const { return d->mockPort != 0; }

quint16 Session::mockPort() const { return d->mockPort; }

} // namespace headrace::session
