#include "scripthost_p.h"

namespace headrace::session {

namespace {

script::ProgramOptions complete(script::ProgramOptions options, const mock::Script &script,
    const ScriptHost::Surroundings &surroundings)
{
    options.observer = surroundings.observer;
    if (options.source)
        return options; // a program of ours, which loads the script
    options.file = script.file.isEmpty() ? untitledScriptPath() : script.file;
    if (script.source)
        options.source = script.source->toUtf8();
    else if (script.file.isEmpty())
        options.source = QByteArray();
    return options;
}

} // namespace

bool isWatchable(const QString &path)
{
    return !path.isEmpty() && !path.contains(QStringLiteral("/node_modules/"));
}

ScriptHost::ScriptHost(const mock::Script &script, const QString &origin,
    script::ProgramOptions options, const Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_script(script)
    , m_origin(origin)
    , m_surroundings(surroundings)
    , m_runtime(
          std::make_unique<script::Runtime>(complete(std::move(options), script, surroundings)))
{
    using script::Runtime;
    connect(m_runtime.get(), &Runtime::output, this, &ScriptHost::tellOutput);
    connect(m_runtime.get(), &Runtime::failed, this, &ScriptHost::tellFailure);
    m_surroundings.running.add(m_runtime.get());
}

ScriptHost::~ScriptHost()
{
    m_runtime->disconnect();
    m_surroundings.running.remove(m_runtime.get());
}

const mock::Script &ScriptHost::script() const { return m_script; }

script::Runtime &ScriptHost::runtime() { return *m_runtime; }

void ScriptHost::note(const QString &text)
{
    ScriptMessage message;
    message.kind = ScriptMessage::Kind::Note;
    message.text = text;
    tell(std::move(message));
}

void ScriptHost::tell(ScriptMessage message)
{
    message.time = QDateTime::currentDateTime();
    message.origin = m_origin;
    m_surroundings.outbox.add(message);
}

void ScriptHost::tellOutput(script::Runtime::Channel channel, const QByteArray &octets)
{
    const bool isError = channel == script::Runtime::Channel::Error;
    ScriptMessage message;
    message.kind = isError ? ScriptMessage::Kind::Error : ScriptMessage::Kind::Output;
    message.text = isError ? m_error(octets) : m_output(octets);
    tell(std::move(message));
}

void ScriptHost::tellFailure(const script::ScriptError &error)
{
    ScriptMessage message;
    message.kind = ScriptMessage::Kind::Failure;
    message.text = error.stack.isEmpty() ? error.message : error.stack;
    message.script = m_script;
    message.file = error.file;
    message.line = error.line;
    message.column = error.column;
    tell(std::move(message));
    Q_EMIT failed(error.message);
}

} // namespace headrace::session
