#pragma once

#include "runningscripts_p.h"
#include "scriptoutbox_p.h"

#include <script/runtime.h>

#include <QObject>
#include <QStringDecoder>

#include <memory>

namespace headrace::session {

/// Whether a loaded file is one that is edited: not of a package that was installed, of which there may be thousands.
bool isWatchable(const QString &path);

/// One script that runs, and whom it speaks to. Thread: its own.
class ScriptHost : public QObject
{
    Q_OBJECT

public:
    /// Where scripts are told of; borrowed. Outlives the host.
    struct Surroundings
    {
        ScriptOutbox &outbox;
        RunningScripts &running;
        http::Observer *observer = nullptr;
    };

    /// \a origin: see ScriptMessage. \a options: what to run, without file, source and observer; or with file and source of a
    /// program of ours, which loads the script.
    ScriptHost(const mock::Script &script, const QString &origin, script::ProgramOptions options,
        const Surroundings &surroundings, QObject *parent = nullptr);
    ~ScriptHost() override; ///< Ends it, without signals.

    const mock::Script &script() const;
    script::Runtime &runtime();
    void note(const QString &text);
    void tellFailure(const script::ScriptError &error); ///< failed() follows.

Q_SIGNALS:
    void failed(const QString &message);

private:
    void tell(ScriptMessage message);
    void tellOutput(script::Runtime::Channel channel, const QByteArray &octets);

    mock::Script m_script;
    QString m_origin;
    Surroundings m_surroundings;
    std::unique_ptr<script::Runtime> m_runtime;
    QStringDecoder m_output { QStringDecoder::Utf8 };
    QStringDecoder m_error { QStringDecoder::Utf8 };
};

} // namespace headrace::session
