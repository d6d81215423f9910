#include "nginxserver.h"
#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

#include <memory>

// `headrace send` against nginx: its own files, and an upstream whose chunks it passes on.
class NginxTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<RawServer> m_upstream;
    std::unique_ptr<NginxServer> m_nginx;
    QString m_address;

    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
    }

    QString configuration(quint16 port) const
    {
        return QStringLiteral(
            "  server {\n    listen 127.0.0.1:%2;\n    root %1;\n"
            "    location /passed { proxy_pass http://127.0.0.1:%3; proxy_http_version 1.1;\n"
            "      proxy_buffering off; }\n  }\n")
            .arg(m_folder.path())
            .arg(port)
            .arg(m_upstream->serverPort());
    }

    Outcome send(const QStringList &arguments)
    {
        return run(Program::headrace(), QStringList { u"send"_qs } + arguments);
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_upstream = std::make_unique<RawServer>(
            [](QTcpSocket *socket, const QByteArray &received) {
                if (received.endsWith("\r\n\r\n")) {
                    socket->write(
                        "HTTP/1.1 200 OK\r\nX-a: 1\r\nx-A: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n");
                }
            });
        write(u"page.txt"_qs, "a static page\n");
        write(u"large"_qs, QByteArray(5 * 1024 * 1024, 'x'));
        m_nginx = std::make_unique<NginxServer>(m_folder.path(), 1,
            [this](const QList<quint16> &ports) { return configuration(ports.first()); });
        m_address = QStringLiteral("http://127.0.0.1:%1").arg(m_nginx->port());
    }

    void staticFile_isPrintedWhole()
    {
        const Outcome outcome = send({ u"--events"_qs, m_address + u"/page.txt"_qs });
        QCOMPARE(outcome.err, "");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("HTTP/1.1 200 OK\r\nServer: nginx"), outcome.out);
        QVERIFY2(outcome.out.contains("\r\nContent-Length: 14\r\n"), outcome.out);
        QVERIFY2(outcome.out.contains("\r\n\r\na static page\n\n"), outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish response data end close"_qs);
    }

    void passedChunks_areShown()
    {
        const Outcome outcome = send({ u"--events"_qs, m_address + u"/passed"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains("\r\nTransfer-Encoding: chunked\r\n")
                && outcome.out.contains("\r\nX-a: 1\r\nx-A: 2\r\n"),
            outcome.out);
        QVERIFY2(outcome.out.contains("\r\n\r\nhello, world\n\n"), outcome.out);
        QVERIFY2(outcome.out.contains("Wire             chunk received     0 B\n"), outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish response data end close"_qs);
    }

    void raw_holdsTheChunkFraming()
    {
        const Outcome outcome = send({ u"--raw"_qs, m_address + u"/passed"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("> ") && outcome.out.contains("\n< ")
                && outcome.out.contains("0\r\n\r\n"),
            outcome.out);
    }

    void largeFile_isWhole()
    {
        const Outcome outcome = send({ m_address + u"/large"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out.size() - outcome.out.indexOf("\r\n\r\n") - 4, 5 * 1024 * 1024);
    }

    void head_hasNoBody()
    {
        const Outcome outcome
            = send({ u"-X"_qs, u"HEAD"_qs, u"--events"_qs, m_address + u"/large"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains("Content-Length: 5242880\r\n"), outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish response end close"_qs);
    }

    void refusals_areAnswers()
    {
        QVERIFY(send({ m_address + u"/none"_qs }).out.startsWith("HTTP/1.1 404 Not Found\r\n"));
        const Outcome refused = send({ u"-d"_qs, u"x"_qs, m_address + u"/page.txt"_qs });
        QCOMPARE(refused.exitCode, 0);
        QVERIFY2(refused.out.startsWith("HTTP/1.1 405 Not Allowed\r\n"), refused.out);
    }

    void http10_isAnswered()
    {
        const Outcome outcome = send({ u"--http1.0"_qs, m_address + u"/passed"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(!outcome.out.contains("Transfer-Encoding")
                && outcome.out.endsWith("\r\n\r\nhello, world"),
            outcome.out);
    }
};

QTEST_GUILESS_MAIN(NginxTest)
#include "tst_nginx.moc"
