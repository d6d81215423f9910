#include "session/session.h"

#include "engine_p.h"
#include "mockengine_p.h"
#include "session/harfiles.h"
#include "session/proxycontrol.h"
#include "session/replay.h"
#include "session/sessionfiles.h"
#include "stuckwatch_p.h"

#include <exchange/memorystore.h>
#include <script/runtime.h>
#include <store/exchangestore.h>

#include <QThread>

#include <limits>

namespace headrace::session {

namespace {

using namespace std::chrono_literals;

constexpr auto messageInterval = 34ms;
constexpr auto stopPatience = 250ms; // then what a script runs is interrupted

} // namespace

struct Session::Private
{
    std::unique_ptr<exchange::MemoryStore> memory; // either this…
    std::unique_ptr<store::ExchangeStore> file; // …or this
    std::unique_ptr<SessionFiles> files;
    std::unique_ptr<HarFiles> harFiles; // uses the store: behind it
    std::unique_ptr<Replay> replay; // this, too
    qint64 messageLimit = exchange::Recorder::DefaultMessageLimit;
    QThread thread;
    Engine *engine = nullptr; // of the thread; deleted when it ends
    SendId lastSend = 0;

    explicit Private(Session *session)
        : outbox([session] {
            QMetaObject::invokeMethod(
                session, [session] { session->d->messageTimer.start(); }, Qt::QueuedConnection);
        })
    {
    }

    exchange::Store *store() const
    {
        return memory ? static_cast<exchange::Store *>(memory.get()) : file.get();
    }

    exchange::Sink &sink() const { return memory ? static_cast<exchange::Sink &>(*memory) : *file; }

    ScriptOutbox outbox;
    RunningScripts scripts;
    QTimer messageTimer;
    QThread mockThread;
    MockEngine *mock = nullptr; // of the mock thread; deleted when it ends
    std::unique_ptr<StuckWatch> watch;
    std::chrono::milliseconds scriptLimit = DefaultScriptLimit;
    mock::Definition definition;
    QList<quint16> mockPorts;
    bool isMockRunning = false;
    bool isMockStopping = false;
    std::unique_ptr<ProxyControl> proxy; // tells the outbox and the sink: behind them

    template <class Function>
    void inEngine(Function function)
    {
        QMetaObject::invokeMethod(engine, std::move(function), Qt::QueuedConnection);
    }

    template <class Function>
    void inMock(Function function)
    {
        QMetaObject::invokeMethod(mock, std::move(function), Qt::QueuedConnection);
    }
};

Session::Session(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->memory = std::make_unique<exchange::MemoryStore>();
    start();
}

Session::Session(const QString &stateDirectory, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->file = std::make_unique<store::ExchangeStore>();
    d->files = std::make_unique<SessionFiles>(*d->file, stateDirectory);
    d->messageLimit
        = std::numeric_limits<qint64>::max(); // what is on disk need not fit into memory
    start();
}

void Session::start()
{
    d->harFiles = std::make_unique<HarFiles>(*d->store(), d->sink());
    d->replay = std::make_unique<Replay>(*d->store(), d->sink(), d->messageLimit);
    if (d->files) {
        connect(d->files.get(), &SessionFiles::closing, d->harFiles.get(), &HarFiles::stop);
        connect(d->files.get(), &SessionFiles::closing, d->replay.get(), &Replay::stop);
    }
    d->thread.setObjectName(QStringLiteral("engine"));
    d->engine = new Engine(d->sink(), d->messageLimit);
    d->engine->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->engine, &QObject::deleteLater);
    connect(d->engine, &Engine::finished, &d->thread, &QThread::quit, Qt::DirectConnection);

    connect(d->engine, &Engine::sendBegan, this, &Session::sendBegan);
    connect(d->engine, &Engine::sendProgress, this, &Session::sendProgress);
    connect(d->engine, &Engine::sendEnded, this, &Session::sendEnded);
    connect(d->engine, &Engine::sendFailed, this, &Session::sendFailed);
    d->thread.start();

    d->mockThread.setObjectName(QStringLiteral("mock"));
    d->mock = new MockEngine(d->sink(), d->messageLimit, d->outbox, d->scripts);
    d->mock->moveToThread(&d->mockThread);
    connect(&d->mockThread, &QThread::finished, d->mock, &QObject::deleteLater);
    connect(d->mock, &MockEngine::finished, &d->mockThread, &QThread::quit, Qt::DirectConnection);
    connectMock();
    d->mockThread.start();

    d->proxy = std::make_unique<ProxyControl>(d->sink(), d->messageLimit, d->outbox);
}

Session::~Session()
{
    disconnect(d->engine, nullptr, this, nullptr);
    disconnect(d->mock, nullptr, this, nullptr);
    d->watch->stop();
    d->inEngine([engine = d->engine] { engine->shutDown(); });
    d->inMock([mock = d->mock] { mock->shutDown(); });
    d->proxy.reset();
    while (!d->mockThread.wait(stopPatience))
        d->scripts.interruptAll();
    d->thread.wait();
}

void Session::connectMock()
{
    connect(d->mock, &MockEngine::started, this, [this](quint16 port) {
        d->isMockRunning = true;
        d->mockPorts = port == 0 ? QList<quint16>() : QList<quint16> { port };
        Q_EMIT mockStarted(port);
    });
    connect(d->mock, &MockEngine::portsChanged, this, [this](const QList<quint16> &ports) {
        d->mockPorts = ports;
        Q_EMIT mockPortsChanged(ports);
    });
    connect(d->mock, &MockEngine::programEnded, this, [this](int exitCode) {
        tellScriptMessages(); // what was said before is told before
        Q_EMIT mockProgramEnded(exitCode);
    });
    connect(d->mock, &MockEngine::stopped, this, [this] {
        d->watch->stop();
        tellScriptMessages();
        d->isMockRunning = false;
        d->isMockStopping = false;
        d->mockPorts.clear();
        Q_EMIT mockStopped();
    });
    connect(
        d->mock, &MockEngine::failed, this, [this](const QString &code, const QString &message) {
            d->watch->stop();
            Q_EMIT mockFailed(code, message);
        });
    connect(d->mock, &MockEngine::memoryChanged, this, &Session::scriptMemoryChanged);

    d->messageTimer.setSingleShot(true);
    d->messageTimer.setInterval(messageInterval);
    connect(&d->messageTimer, &QTimer::timeout, this, &Session::tellScriptMessages);
    d->watch = std::make_unique<StuckWatch>(d->mock);
    connect(d->watch.get(), &StuckWatch::stuck, this, &Session::interruptScripts);
}

void Session::tellScriptMessages()
{
    d->messageTimer.stop();
    const QList<ScriptMessage> messages = d->outbox.take();
    if (!messages.isEmpty())
        Q_EMIT scriptMessages(messages);
}

void Session::interruptScripts(std::chrono::milliseconds limit)
{
    if (!d->isMockStopping) {
        ScriptMessage note;
        note.kind = ScriptMessage::Kind::Note;
        note.time = QDateTime::currentDateTime();
        note.text = QStringLiteral("A script held up the server for %1 s and is interrupted")
                        .arg(double(limit.count()) / 1000);
        d->outbox.add(note);
    }
    d->scripts.interruptAll();
}

exchange::Store *Session::store() const { return d->store(); }

ProxyControl *Session::proxy() const { return d->proxy.get(); }

HarFiles *Session::harFiles() const { return d->harFiles.get(); }

Replay *Session::replay() const { return d->replay.get(); }

SessionFiles *Session::files() const { return d->files.get(); }

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
    d->definition = definition;
    d->inMock([mock = d->mock, definition] { mock->setDefinition(definition); });
}

void Session::startMock(quint16 port)
{
    if (!d->definition.isScripted)
        d->watch->start(d->scriptLimit);
    d->inMock([mock = d->mock, port] { mock->start(port); });
}

void Session::stopMock()
{
    d->isMockStopping = true;
    d->watch->start(stopPatience);
    d->inMock([mock = d->mock] { mock->stop(); });
}

bool Session::isMockRunning() const { return d->isMockRunning; }

quint16 Session::mockPort() const { return d->mockPorts.isEmpty() ? 0 : d->mockPorts.first(); }

QList<quint16> Session::mockPorts() const { return d->mockPorts; }

// In the engine thread, which no script holds up.
void Session::checkScript(const mock::Script &script)
{
    d->inEngine([this, script] {
        ScriptMessage answer;
        answer.kind = ScriptMessage::Kind::Failure;
        answer.script = script;
        answer.file = script.file.isEmpty() ? untitledScriptPath() : script.file;
        const auto error
            = script::Runtime::checkSyntax(script.source.value_or(QString()).toUtf8(), answer.file);
        if (error) {
            answer.text = error->message;
            answer.line = error->line;
            answer.column = error->column;
        }
        QMetaObject::invokeMethod(
            this, [this, answer] { Q_EMIT scriptChecked(answer); }, Qt::QueuedConnection);
    });
}

std::chrono::milliseconds Session::scriptLimit() const { return d->scriptLimit; }

void Session::setScriptLimit(std::chrono::milliseconds limit) { d->scriptLimit = limit; }

} // namespace headrace::session
