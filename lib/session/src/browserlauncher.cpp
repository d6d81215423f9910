#include "session/browserlauncher.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace headrace::session {

namespace {

constexpr int CertutilPatience = 10'000; // milliseconds; it takes some hundred
constexpr int EndPatience = 3'000;

struct Known
{
    Browser::Kind kind;
    const char *program;
    const char *name;
};

constexpr Known KnownBrowsers[] = {
    { Browser::Kind::Chromium, "chromium", "Chromium" },
    { Browser::Kind::Chromium, "chromium-browser", "Chromium" },
    { Browser::Kind::Chromium, "google-chrome-stable", "Google Chrome" },
    { Browser::Kind::Chromium, "google-chrome", "Google Chrome" },
    { Browser::Kind::Chromium, "microsoft-edge", "Microsoft Edge" },
    { Browser::Kind::Chromium, "brave-browser", "Brave" },
    { Browser::Kind::Chromium, "vivaldi-stable", "Vivaldi" },
    { Browser::Kind::Firefox, "firefox", "Firefox" },
    { Browser::Kind::Firefox, "firefox-esr", "Firefox ESR" },
};

/// Runs it and waits. False: it is not there, or says that it failed.
bool run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(CertutilPatience) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

/// The folder that stands for the user's own, so that what a browser keeps there is its own as well.
QString homeOf(const QString &profile) { return profile + QStringLiteral("/home"); }

QString databaseOf(const Browser &browser, const QString &profile)
{
    return browser.kind == Browser::Kind::Firefox ? profile
                                                  : homeOf(profile) + QStringLiteral("/.pki/nssdb");
}

} // namespace

QList<Browser> installedBrowsers(const QString &path)
{
    const QStringList folders = path.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    QList<Browser> browsers;
    if (folders.isEmpty()) // Qt would look into the $PATH of this process
        return browsers;
    QSet<QString> names;
    for (const Known &known : KnownBrowsers) {
        const QString program
            = QStandardPaths::findExecutable(QString::fromLatin1(known.program), folders);
        const QString name = QString::fromLatin1(known.name);
        if (program.isEmpty() || names.contains(name))
            continue;
        names.insert(name);
        browsers.append({ known.kind, name, program });
    }
    return browsers;
}

QStringList browserArguments(
    const Browser &browser, const ProxyAccess &access, const QString &profile, const QUrl &address)
{
    const QString place = address.toString(QUrl::FullyEncoded);
    QStringList arguments;
    if (browser.kind == Browser::Kind::Firefox) {
        arguments << QStringLiteral("-profile") << profile << QStringLiteral("-no-remote")
                  << QStringLiteral("-new-instance");
    } else {
        const QString host = access.host.contains(u':') ? u'[' + access.host + u']' : access.host;
        arguments << QStringLiteral("--user-data-dir=") + profile
                  << QStringLiteral("--proxy-server=http://%1:%2").arg(host).arg(access.port)
                  // Else it asks this machine without the proxy.
                  << QStringLiteral("--proxy-bypass-list=<-loopback>")
                  << QStringLiteral("--ignore-certificate-errors-spki-list=")
                + QString::fromLatin1(access.trust.publicKeySha256.toBase64())
                  // Without it, a bar warns of the argument above.
                  << QStringLiteral("--test-type") << QStringLiteral("--no-first-run")
                  << QStringLiteral("--no-default-browser-check")
                  // What it asks by itself is not what one wants to look at.
                  << QStringLiteral("--disable-background-networking")
                  << QStringLiteral("--disable-component-update")
                  << QStringLiteral("--disable-sync");
#ifdef Q_OS_UNIX
        if (::geteuid() == 0) // its sandbox refuses to be run by root
            arguments << QStringLiteral("--no-sandbox");
#endif
    }
    if (!place.isEmpty())
        arguments << place;
    return arguments;
}

QByteArray firefoxPreferences(const ProxyAccess &access)
{
    const QByteArray host = access.host.toUtf8();
    const QByteArray port = QByteArray::number(access.port);
    QByteArray text;
    const auto set = [&text](const char *key, const QByteArray &value) {
        text += "user_pref(\"" + QByteArray(key) + "\", " + value + ");\n";
    };
    const auto quoted = [](const QByteArray &value) { return '"' + value + '"'; };
    set("network.proxy.type", "1");
    for (const char *scheme : { "http", "ssl" }) {
        const QByteArray key = QByteArray("network.proxy.") + scheme;
        set(key.constData(), quoted(host));
        set((key + "_port").constData(), port);
    }
    set("network.proxy.no_proxies_on", quoted({}));
    set("network.proxy.allow_hijacking_localhost", "true");
    // What it asks by itself is not what one wants to look at.
    for (const char *key : { "app.update.enabled", "app.normandy.enabled",
             "browser.aboutwelcome.enabled", "browser.safebrowsing.malware.enabled",
             "browser.safebrowsing.phishing.enabled", "browser.shell.checkDefaultBrowser",
             "browser.newtabpage.activity-stream.feeds.section.topstories",
             "datareporting.healthreport.uploadEnabled",
             "datareporting.policy.dataSubmissionEnabled", "extensions.update.enabled",
             "network.captive-portal-service.enabled", "network.connectivity-service.enabled",
             "toolkit.telemetry.enabled" })
        set(key, "false");
    set("browser.startup.homepage", quoted("about:blank"));
    set("browser.startup.page", "0");
    return text;
}

struct BrowserLauncher::Running
{
    QString name;
    std::unique_ptr<QTemporaryDir> profile;
    std::unique_ptr<QProcess> process; ///< Goes first: the folder is its own.
};

BrowserLauncher::BrowserLauncher(QObject *parent)
    : QObject(parent)
{
}

BrowserLauncher::~BrowserLauncher()
{
    for (const auto &running : m_running) {
        running->process->disconnect(this);
        running->process->terminate();
    }
    for (const auto &running : m_running) {
        if (!running->process->waitForFinished(EndPatience)) {
            running->process->kill();
            running->process->waitForFinished(EndPatience);
        }
    }
}

void BrowserLauncher::launch(const Browser &browser, const ProxyAccess &access, const QUrl &address)
{
    auto running = std::make_unique<Running>();
    running->name = browser.name;
    running->profile = std::make_unique<QTemporaryDir>(
        QDir::tempPath() + QStringLiteral("/headrace-browser-XXXXXX"));
    if (!running->profile->isValid()) {
        Q_EMIT failed(
            tr("No folder for a profile can be made: %1").arg(running->profile->errorString()));
        return;
    }
    const QString profile = running->profile->path();
    if (!prepare(browser, access, profile))
        return;
    running->process = std::make_unique<QProcess>();
    QProcess *process = running->process.get();
    process->setProgram(browser.program);
    process->setArguments(browserArguments(browser, access, profile, address));
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (browser.kind == Browser::Kind::Chromium)
        environment.insert(QStringLiteral("HOME"), homeOf(profile));
    process->setProcessEnvironment(environment);
    connect(
        process, &QProcess::started, this, [this, name = browser.name] { Q_EMIT started(name); });
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        Q_EMIT failed(
            tr("%1 cannot be started: %2").arg(process->program(), process->errorString()));
        finish(process);
    });
    connect(process, &QProcess::finished, this, [this, process] { finish(process); });
    m_running.push_back(std::move(running));
    process->start();
}

int BrowserLauncher::runningCount() const { return int(m_running.size()); }

bool BrowserLauncher::prepare(
    const Browser &browser, const ProxyAccess &access, const QString &profile)
{
    const QString database = databaseOf(browser, profile);
    QDir().mkpath(database);
    if (browser.kind == Browser::Kind::Firefox) {
        QFile preferences(profile + QStringLiteral("/user.js"));
        if (!preferences.open(QIODevice::WriteOnly)
            || preferences.write(firefoxPreferences(access)) < 0) {
            Q_EMIT failed(tr("%1 cannot be written: %2")
                              .arg(preferences.fileName(), preferences.errorString()));
            return false;
        }
    }
    const bool isTrusted = trust(access, database);
    if (!isTrusted && browser.kind == Browser::Kind::Firefox)
        Q_EMIT noticed(tr("Firefox does not trust the proxy's certificates yet: certutil "
                          "(libnss3-tools) is missing. Import the authority from "
                          "http://headrace.proxy/."));
    return true;
}

bool BrowserLauncher::trust(const ProxyAccess &access, const QString &database)
{
    const QString certutil = QStandardPaths::findExecutable(QStringLiteral("certutil"));
    const QString place = QStringLiteral("sql:") + database;
    return !certutil.isEmpty()
        && run(certutil,
            { QStringLiteral("-N"), QStringLiteral("-d"), place,
                QStringLiteral("--empty-password") })
        && run(certutil,
            { QStringLiteral("-A"), QStringLiteral("-d"), place, QStringLiteral("-t"),
                QStringLiteral("C,,"), QStringLiteral("-n"), QStringLiteral("Headrace"),
                QStringLiteral("-i"), access.trust.certificate });
}

void BrowserLauncher::finish(QProcess *process)
{
    const auto at = std::find_if(m_running.begin(), m_running.end(),
        [process](const auto &running) { return running->process.get() == process; });
    if (at == m_running.end())
        return;
    const std::unique_ptr<Running> running = std::move(*at);
    m_running.erase(at);
    // It is the one that signals.
    running->process->disconnect(this);
    running->process.release()->deleteLater();
    Q_EMIT ended(running->name);
}

} // namespace headrace::session
