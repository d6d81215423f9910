#include "support/program.h"
#include "support/rawserver.h"

#include <QTemporaryDir>

#include <memory>

// `headrace serve` as curl sees it.
class CurlTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Program> m_server;
    QString m_address;

    QByteArray curl(QStringList arguments, const QString &target)
    {
        arguments.prepend(u"-sS"_qs);
        const Outcome outcome = run(Program::tool(u"curl"_qs), arguments << m_address + target);
        if (outcome.exitCode != 0)
            qWarning("curl: %d: %s", outcome.exitCode, outcome.err.constData());
        return withoutDate(outcome.out);
    }

private Q_SLOTS:

    void initTestCase()
    {
        QFile file(m_folder.filePath(u"mock.json"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({ "routes": [
            { "path": "/plain", "headers": [["X-b", "1"], ["x-B", "2"]], "body": "hello" },
            { "path": "/full", "status": 201, "reason": "Made up", "body": "hello",
              "interim": [ { "status": 103, "headers": { "Link": "</a>" } } ],
              "trailers": { "X-Sum": "5d41" } },
            { "method": "POST", "path": "/upload", "body": "thanks" }
        ] })");
        file.close();
        m_server = std::make_unique<Program>(
            Program::headrace(), QStringList { u"serve"_qs, file.fileName() });
        m_address = m_server->waitForLine(u"^listening on (.*)$"_qs);
        QVERIFY2(!m_address.isEmpty(), m_server->err());
    }

    void cleanupTestCase()
    {
        m_server->terminate();
        QVERIFY(m_server->wait());
        QCOMPARE(m_server->exitCode(), 0);
        QCOMPARE(m_server->err(), "");
    }

    void fields_comeAsGiven()
    {
        QCOMPARE(curl({ u"-i"_qs }, u"/plain"_qs),
            "HTTP/1.1 200 OK\r\nX-b: 1\r\nx-B: 2\r\nContent-Length: 5\r\nConnection: keep-alive\r\n"
            "Keep-Alive: timeout=5\r\n\r\nhello");
    }

    void interimChunksAndTrailers_comeInOrder()
    {
        QCOMPARE(curl({ u"-i"_qs, u"--raw"_qs }, u"/full"_qs),
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            "HTTP/1.1 201 Made up\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n"
            "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: "
            "5d41\r\n\r\n");
        const QByteArray decoded = curl({ u"-i"_qs }, u"/full"_qs);
        QVERIFY2(decoded.contains("\r\n\r\nhello"), decoded);
    }

    void head_hasNoBody()
    {
        const QByteArray answer = curl({ u"-I"_qs }, u"/plain"_qs);
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n")
                && answer.contains("Content-Length: 5\r\n") && answer.endsWith("\r\n\r\n"),
            answer);
    }

    void upload_withExpectation_isTaken()
    {
        QFile file(m_folder.filePath(u"large"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(3 * 1024 * 1024, 'x'));
        file.close();
        const QByteArray answer = curl({ u"-i"_qs, u"-H"_qs, u"Expect: 100-continue"_qs,
                                           u"--data-binary"_qs, u'@' + file.fileName() },
            u"/upload"_qs);
        QVERIFY2(answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
                && answer.endsWith("\r\n\r\nthanks"),
            answer);
    }

    void connection_isKept()
    {
        const Outcome outcome = run(Program::tool(u"curl"_qs),
            { u"-sSv"_qs, m_address + u"/plain"_qs, m_address + u"/plain"_qs });
        QVERIFY2(outcome.err.contains("Re-using existing connection"), outcome.err);
        QCOMPARE(outcome.out, "hellohello");
    }

    void unknown_and_wrongMethod()
    {
        QVERIFY(curl({ u"-i"_qs }, u"/none"_qs).startsWith("HTTP/1.1 404 Not Found\r\n"));
        const QByteArray refused = curl({ u"-i"_qs, u"-X"_qs, u"DELETE"_qs }, u"/upload"_qs);
        QVERIFY2(refused.startsWith("HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\n"), refused);
    }

    void ownClient_seesTheSame()
    {
        const Outcome outcome
            = run(Program::headrace(), { u"send"_qs, u"--events"_qs, m_address + u"/full"_qs });
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(withoutDate(outcome.out)
                     .startsWith(
                         "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                         "HTTP/1.1 201 Made up\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n"
                         "Connection: close\r\n\r\nhello\r\nX-Sum: 5d41\r\n\n"),
            outcome.out);
        QCOMPARE(eventOrder(outcome.out), u"socket finish information response data end close"_qs);
    }
};

QTEST_GUILESS_MAIN(CurlTest)
#include "tst_curl.moc"
