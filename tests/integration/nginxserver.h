#pragma once

#include "support/program.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <list>
#include <memory>

/// An nginx with its files in a folder of the test's.
class NginxServer
{
public:
    /// What stands in `http { … }`, given the ports to listen on: the first serves as the sign that it is up.
    using Configuration = std::function<QString(const QList<quint16> &ports)>;

    /// nginx cannot choose a port itself: another process may take the free one in between. Fatal when it does not start.
    NginxServer(const QString &folder, int portCount, const Configuration &configuration)
    {
        for (int attempt = 0; attempt < 5; ++attempt) {
            m_ports = freePorts(portCount);
            const QString file = folder + QStringLiteral("/nginx-%1.conf").arg(m_ports.first());
            write(file, frame(folder).arg(configuration(m_ports)).toUtf8());
            m_program = std::make_unique<Program>(Program::tool(QStringLiteral("nginx")),
                QStringList { QStringLiteral("-p"), folder, QStringLiteral("-c"), file,
                    QStringLiteral("-e"), QStringLiteral("stderr") });
            if (isUp())
                return;
        }
        qFatal("nginx: %s", m_program->err().constData());
    }

    quint16 port(qsizetype index = 0) const { return m_ports.at(index); }

private:
    /// Around %1.
    QString frame(const QString &folder) const
    {
        QString text = QStringLiteral(
            "daemon off;\nmaster_process off;\npid FOLDER/nginx-PORT.pid;\nerror_log stderr;\n"
            "events {}\nhttp {\n  access_log off;\n");
        for (const char *kind : { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" })
            text += QStringLiteral("  %1_temp_path FOLDER/%1-PORT;\n").arg(QLatin1String(kind));
        text.replace(QLatin1String("FOLDER"), folder);
        text.replace(QLatin1String("PORT"), QString::number(m_ports.first()));
        return text + QStringLiteral("%1\n}\n");
    }

    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(path));
    }

    static QList<quint16> freePorts(int count)
    {
        QList<quint16> ports;
        std::list<QTcpServer> servers; // all at once, so that they differ
        while (ports.size() < count) {
            if (!servers.emplace_back().listen(QHostAddress::LocalHost))
                qFatal("no port is free");
            ports += servers.back().serverPort();
        }
        return ports;
    }

    bool isUp() const
    {
        return QTest::qWaitFor(
                   [this] {
                       QTcpSocket probe;
                       probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port());
                       return probe.waitForConnected(1000) || !m_program->isRunning();
                   },
                   Program::patience)
            && m_program->isRunning();
    }

    QList<quint16> m_ports;
    std::unique_ptr<Program> m_program;
};
