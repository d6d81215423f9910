#pragma once

#include "scripthost_p.h"
#include "session/filewatch.h"

#include <memory>

namespace headrace::session {

/** Runs one program that is a whole server. When a file that it has loaded changes on disk, it begins anew; a program that fails
    then is waited for, so that the next version of the file has its turn.
    Thread: its own, which the program keeps as busy as it likes. */
class ScriptProgram : public QObject
{
    Q_OBJECT

public:
    explicit ScriptProgram(const ScriptHost::Surroundings &surroundings, QObject *parent = nullptr);
    ~ScriptProgram() override;

    /// \a port: the program's process.env.PORT. Not while one runs.
    void start(const mock::Script &script, quint16 port);
    void stop(); ///< finished() follows, if it runs.

    bool isRunning() const; ///< Or waits for its file.
    qint64 memoryOctets() const; ///< 0 unless it runs.

Q_SIGNALS:
    void listening(quint16 port);
    void restarted(); ///< Its ports are gone.
    void finished(int exitCode); ///< 0 after stop().

private:
    void watch(const QString &path);
    void run();
    void onFileChanged(const QString &path);
    void onFinished(int exitCode);
    void end(const QString &note, int exitCode);

    ScriptHost::Surroundings m_surroundings;
    FileWatch m_files;
    mock::Script m_script;
    quint16 m_port = 0;
    std::unique_ptr<ScriptHost> m_host; ///< While it runs or waits.
    bool m_isReloaded = false; ///< Runs because its file has changed.
    bool m_isStopping = false; ///< By us; how it ends says nothing.
};

} // namespace headrace::session
