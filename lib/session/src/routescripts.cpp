#include "routescripts_p.h"

#include <http/incomingmessage.h>
#include <http/serverresponse.h>

#include <QFileInfo>

#include <algorithm>

namespace headrace::session {

namespace {

QString originOf(const mock::Route &route)
{
    return route.script.file.isEmpty() ? route.method + u' ' + route.path
                                       : QFileInfo(route.script.file).fileName();
}

} // namespace

RouteScripts::RouteScripts(const ScriptHost::Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_surroundings(surroundings)
    , m_files(this)
{
    connect(&m_files, &FileWatch::changed, this, [this](const QString &path) {
        for (const auto &entry : m_entries) {
            if (!entry->files.contains(path) || entry->isRetired)
                continue;
            entry->host->note(QStringLiteral("%1 has changed: loaded anew for the next request")
                                  .arg(QFileInfo(path).fileName()));
            retire(entry.get());
        }
        sweep();
    });
}

RouteScripts::~RouteScripts() = default;

void RouteScripts::setDefinition(const mock::Definition &definition)
{
    QList<mock::Script> scripts;
    for (const mock::Route &route : definition.routes) {
        if (route.isScripted)
            scripts += route.script;
    }
    for (const auto &entry : m_entries) {
        if (!scripts.contains(entry->host->script()))
            retire(entry.get());
    }
    sweep();
}

QString RouteScripts::handle(
    const mock::Route &route, http::IncomingMessage *request, http::ServerResponse *response)
{
    Entry *entry = load(route);
    if (!entry->host->runtime().isRunning()) {
        retire(entry);
        sweep();
        return entry->failure.isEmpty() ? QStringLiteral("The script has ended.") : entry->failure;
    }
    watchResponse(entry, response);
    const QPointer<http::ServerResponse> guard(response);
    const bool isTaken = entry->host->runtime().handle(request, response);
    if (!entry->host->runtime().isRunning())
        retire(entry);
    sweep();
    if (!guard || response->writableEnded() || (isTaken && entry->failure.isEmpty()))
        return {};
    return entry->failure.isEmpty()
        ? QStringLiteral("The script exports no function that answers: write "
                         "module.exports = (req, res) => { … }.")
        : entry->failure;
}

http::ServerResponse *RouteScripts::makeResponse(http::IncomingMessage *request, QObject *parent)
{
    static const auto make = script::Runtime::responseFactory();
    return make(request, parent);
}

RouteScripts::Entry *RouteScripts::load(const mock::Route &route)
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(), [&](const auto &entry) {
        return !entry->isRetired && entry->host->script() == route.script;
    });
    if (found != m_entries.cend()) {
        (*found)->failure.clear();
        return found->get();
    }
    Entry *entry = m_entries.emplace_back(std::make_unique<Entry>()).get();
    script::ProgramOptions options;
    options.isHandler = true;
    entry->host = std::make_unique<ScriptHost>(
        route.script, originOf(route), std::move(options), m_surroundings);
    connect(entry->host.get(), &ScriptHost::failed, this,
        [this, entry](const QString &message) { fail(entry, message); });
    // The text that an editor holds is not what is on the disk.
    connect(&entry->host->runtime(), &script::Runtime::fileLoaded, this,
        [this, entry](const QString &path) {
            const mock::Script &script = entry->host->script();
            if (!isWatchable(path) || (script.source && path == script.file))
                return;
            entry->files.append(path);
            m_files.add(path);
        });
    entry->host->runtime().start();
    return entry;
}

void RouteScripts::watchResponse(Entry *entry, http::ServerResponse *response)
{
    entry->pending.append(response);
    connect(response, &http::ServerResponse::closed, entry->host.get(), [this, entry, response] {
        entry->pending.removeIf([response](const auto &one) { return !one || one == response; });
        if (entry->isRetired)
            sweep();
    });
}

// Which of its exchanges the error belongs to, nobody knows when there are several: those without an answer
// would wait for ever, those with one may go on.
void RouteScripts::fail(Entry *entry, const QString &message)
{
    entry->failure = message;
    QList<QPointer<http::ServerResponse>> pending = entry->pending;
    pending.removeIf([](const auto &one) { return !one || one->writableEnded(); });
    for (const QPointer<http::ServerResponse> &response : std::as_const(pending)) {
        if (response && (!response->headersSent() || pending.size() == 1))
            mock::answerFailure(response, message);
    }
}

void RouteScripts::retire(Entry *entry) { entry->isRetired = true; }

// Later, because this may be called by one of them.
void RouteScripts::sweep()
{
    const auto isOver = [](const std::unique_ptr<Entry> &entry) {
        entry->pending.removeIf([](const auto &one) { return !one; });
        return entry->isRetired
            && (entry->pending.isEmpty() || !entry->host->runtime().isRunning());
    };
    if (std::none_of(m_entries.cbegin(), m_entries.cend(), isOver))
        return;
    QMetaObject::invokeMethod(
        this, [this, isOver] { std::erase_if(m_entries, isOver); }, Qt::QueuedConnection);
}

void RouteScripts::clear()
{
    m_entries.clear();
    m_files.setFiles({});
}

bool RouteScripts::isEmpty() const { return m_entries.empty(); }

qint64 RouteScripts::memoryOctets() const
{
    return m_entries.empty() ? 0 : m_entries.front()->host->runtime().memoryOctets();
}

} // namespace headrace::session
