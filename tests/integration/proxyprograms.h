#pragma once

#include "support/program.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>

/// `headrace proxy` as tests start it: with an authority of its own and a file of roots, in a folder that goes with this.
class ProxyPrograms
{
public:
    /// One that runs; ended with this.
    struct Proxy
    {
        std::unique_ptr<Program> program;
        QString url; ///< "http://127.0.0.1:40001"

        /// Once it has ended by SIGTERM: its lines.
        QByteArray stop()
        {
            program->terminate();
            if (!program->wait())
                qWarning("the proxy does not stop");
            return program->out();
        }

        QString address() const { return url.section(u'/', 2); } ///< "127.0.0.1:40001"
    };

    QString folder() const { return m_folder.path(); }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Certificate of the proxy's authority; there once a proxy has run.
    QString authority() const { return path(QStringLiteral("authority/ca.pem")); }

    /// The roots by which origins are verified; for the test to write.
    QString roots() const { return path(QStringLiteral("roots.pem")); }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QStringList environment() const
    {
        QStringList all { QStringLiteral("HEADRACE_CA_DIR=") + path(QStringLiteral("authority")),
            QStringLiteral("SSL_CERT_FILE=") + roots() };
        for (const char *name : { "http_proxy", "https_proxy", "all_proxy", "SSLKEYLOGFILE" })
            all += QLatin1String(name) + u'=';
        return all;
    }

    Proxy startProxy(const QStringList &arguments = {}) const
    {
        Proxy proxy;
        proxy.program = std::make_unique<Program>(Program::headrace(),
            QStringList { QStringLiteral("proxy"), QStringLiteral("--port"), QStringLiteral("0") }
                + arguments,
            environment());
        proxy.url = proxy.program->waitForLine(QStringLiteral("^proxy on (.*)$"));
        if (proxy.url.isEmpty())
            qFatal("headrace proxy: %s", proxy.program->err().constData());
        return proxy;
    }

    Outcome runCurl(const Proxy &proxy, const QStringList &arguments) const
    {
        return run(Program::tool(QStringLiteral("curl")),
            QStringList { QStringLiteral("-sS"), QStringLiteral("-x"), proxy.url,
                QStringLiteral("--suppress-connect-headers"), QStringLiteral("--cacert"),
                authority() }
                + arguments);
    }

    /// What it has got; what it complains of becomes a warning.
    QByteArray curl(const Proxy &proxy, const QStringList &arguments) const
    {
        const Outcome outcome = runCurl(proxy, arguments);
        if (outcome.exitCode != 0)
            qWarning("curl: %d: %s", outcome.exitCode, outcome.err.constData());
        return outcome.out;
    }

private:
    QTemporaryDir m_folder;
};
