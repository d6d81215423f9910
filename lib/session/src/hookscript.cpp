#include "hookscript_p.h"

#include <QFile>
#include <QFileInfo>

/// The collection of a static library is only there when it is asked for; not inside a namespace.
static void initializeResources() { Q_INIT_RESOURCE(proxyscripts); }

namespace headrace::session {

namespace {

QByteArray hooksSource()
{
    initializeResources();
    QFile file(QStringLiteral(":/session/proxyscripts/hooks.js"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return file.readAll();
}

} // namespace

HookScript::HookScript(const proxy::RunScript &script, const QString &name,
    const ScriptHost::Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_script(script)
    , m_name(script.file.isEmpty() ? name : QFileInfo(script.file).fileName())
{
    script::ProgramOptions options;
    options.file = QStringLiteral("/headrace/hooks.js"); // what its stacks say
    options.source = hooksSource();
    options.isHandler = true;
    const mock::Script shown { script.file,
        script.file.isEmpty() ? std::optional(script.source) : std::nullopt };
    m_host = std::make_unique<ScriptHost>(shown, m_name, std::move(options), surroundings);
    using script::Runtime;
    connect(&m_host->runtime(), &Runtime::failed, this, &HookScript::onFailed);
    connect(&m_host->runtime(), &Runtime::finished, this, [this] { Q_EMIT changed(facts()); });
    connect(&m_host->runtime(), &Runtime::fileLoaded, this, [this](const QString &path) {
        if (!isWatchable(path) || m_files.contains(path))
            return;
        m_files.append(path);
        Q_EMIT fileLoaded(path);
    });
    load();
}

HookScript::~HookScript() = default;

void HookScript::onFailed(const script::ScriptError &error)
{
    m_facts.isSwitchedOff = error.message == QLatin1String("Script execution was interrupted");
    m_facts.problem = error.message;
    if (m_facts.isSwitchedOff) {
        m_facts.problem = m_script.file.isEmpty()
            ? QStringLiteral("switched off until it is edited, as it held up others")
            : QStringLiteral("switched off until its file changes, as it held up others");
        m_host->note(QStringLiteral("%1 is %2").arg(m_name, m_facts.problem));
    }
    Q_EMIT changed(facts());
}

void HookScript::load()
{
    m_host->runtime().start();
    QVariantList arguments { m_script.file.isEmpty() ? untitledScriptPath() : m_script.file };
    if (m_script.file.isEmpty())
        arguments.append(m_script.source);
    else
        m_files.append(m_script.file); // also one that is not there yet
    m_host->runtime().call(QStringLiteral("load"), arguments,
        [this](const script::Runtime::Answer &answer) { take(answer); });
}

void HookScript::take(const script::Runtime::Answer &loaded)
{
    m_facts.isSettled = true;
    if (loaded.error) {
        if (!m_facts.isSwitchedOff)
            m_facts.problem = loaded.error->message;
        if (m_host->runtime().isRunning()) // else it was told already
            m_host->tellFailure(*loaded.error);
    } else {
        const QVariantMap exported = loaded.value.toMap();
        m_facts.hooks = exported.value(QStringLiteral("hooks")).toStringList();
        m_facts.needsRequestBody = exported.value(QStringLiteral("needsRequestBody")).toBool();
        m_facts.needsResponseBody = exported.value(QStringLiteral("needsResponseBody")).toBool();
        m_facts.problem.clear();
    }
    Q_EMIT changed(facts());
}

HookFacts HookScript::facts() const
{
    HookFacts facts = m_facts;
    if (facts.isSwitchedOff)
        return facts;
    if (!m_host->runtime().isRunning() && facts.problem.isEmpty())
        facts.problem = QStringLiteral("The script has ended");
    else if (m_host->runtime().isRunning() && !facts.hooks.isEmpty())
        facts.problem.clear(); // what was thrown outside of hooks does not end it
    return facts;
}

void HookScript::call(Hook hook, const QVariantList &arguments,
    const std::function<void(const script::Runtime::Answer &)> &answered)
{
    m_host->runtime().call(
        nameOf(hook), arguments, [this, answered](const script::Runtime::Answer &answer) {
            if (answer.error && m_host->runtime().isRunning())
                m_host->tellFailure(*answer.error);
            answered(answer);
        });
}

void HookScript::forget(exchange::ExchangeId id)
{
    if (m_host->runtime().isRunning())
        m_host->runtime().call(
            QStringLiteral("forget"), { double(id) }, [](const script::Runtime::Answer &) {});
}

QString HookScript::nameOf(Hook hook)
{
    switch (hook) {
    case Hook::Request:
        return QStringLiteral("onRequest");
    case Hook::Response:
        return QStringLiteral("onResponse");
    case Hook::Chunk:
        return QStringLiteral("onChunk");
    case Hook::WebSocketMessage:
        return QStringLiteral("onWebSocketMessage");
    }
    return {};
}

} // namespace headrace::session
