#pragma once

#include "session/proxyaccess.h"

#include <QObject>

#include <memory>
#include <vector>

class QProcess;
class QTemporaryDir;

namespace headrace::session {

/// A browser of this machine.
struct Browser
{
    enum class Kind
    {
        Chromium, ///< And what is built on it.
        Firefox
    };

    Kind kind = Kind::Chromium;
    QString name; ///< For people: "Google Chrome".
    QString program; ///< Absolute.

    friend bool operator==(const Browser &, const Browser &) = default;
};

/// Those found in \a path (as `$PATH`), each once, in the order in which they are offered.
QList<Browser> installedBrowsers(const QString &path);

/// The arguments by which \a browser uses \a profile, an absolute folder, and the proxy, and opens \a address.
QStringList browserArguments(
    const Browser &browser, const ProxyAccess &access, const QString &profile, const QUrl &address);

/// The preferences (user.js) of a Firefox profile that uses the proxy.
QByteArray firefoxPreferences(const ProxyAccess &access);

/** Opens browsers that come through the proxy. Each has a profile of its own in a temporary folder, which nothing else
    uses and which goes when the browser ends; the proxy's authority is trusted in that profile alone. Firefox needs
    `certutil` (libnss3-tools) for that; Chromium trusts the authority's key by its arguments as well.
    Where the proxy asks for a password, the browser asks its user.
    When this goes, browsers that still run are ended. Thread: one with an event loop. */
class BrowserLauncher : public QObject
{
    Q_OBJECT

public:
    explicit BrowserLauncher(QObject *parent = nullptr);
    ~BrowserLauncher() override;

    /// Answers through started() or failed().
    void launch(const Browser &browser, const ProxyAccess &access, const QUrl &address);

    int runningCount() const;

Q_SIGNALS:
    void started(const QString &name);

    /// Beside started(): what its user has to know, one sentence.
    void noticed(const QString &text);
    void failed(const QString &message);
    void ended(const QString &name);

private:
    struct Running;
    bool prepare(const Browser &browser, const ProxyAccess &access, const QString &profile);
    bool trust(const ProxyAccess &access, const QString &database);
    void finish(QProcess *process);

    std::vector<std::unique_ptr<Running>> m_running;
};

} // namespace headrace::session
