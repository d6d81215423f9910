#include "curllines.h"
#include "support/program.h"
#include "support/rawserver.h"

#include <QDir>
#include <QTemporaryDir>

namespace {

/// Value of a field of a head; null without.
QByteArray fieldOf(const QByteArray &head, const QByteArray &name)
{
    const qsizetype at = head.toLower().indexOf("\r\n" + name.toLower() + ':');
    if (at < 0)
        return {};
    const qsizetype begin = at + name.size() + 3;
    return head.sliced(begin, head.indexOf('\r', begin) - begin).trimmed();
}

bool isComplete(const QByteArray &received)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = received.first(end + 2);
    if (fieldOf(head, "Transfer-Encoding").toLower() == "chunked")
        return received.endsWith("\r\n0\r\n\r\n") || received.endsWith("\r\n\r\n0\r\n\r\n");
    return received.size() - end - 4 >= fieldOf(head, "Content-Length").toLongLong();
}

/// Reads requests and answers them, one on each connection; asks for the body where that is expected.
class Recorder : public RawServer
{
public:
    Recorder()
        : RawServer(
            [](QTcpSocket *socket, const QByteArray &received) { answer(socket, received); })
    {
    }

    QList<QByteArray> take() { return std::exchange(received, {}); }

private:
    static void answer(QTcpSocket *socket, const QByteArray &received)
    {
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        if (!fieldOf(received.first(end + 2), "Expect").isEmpty()
            && !socket->property("continued").toBool()) {
            socket->setProperty("continued", true);
            socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if (!isComplete(received) || socket->property("answered").toBool())
            return;
        socket->setProperty("answered", true);
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
    }
};

QByteArray withoutChunks(const QByteArray &body)
{
    QByteArray joined;
    for (qsizetype at = 0; at < body.size();) {
        const qsizetype lineEnd = body.indexOf("\r\n", at);
        const qsizetype size = body.sliced(at, lineEnd - at).toLongLong(nullptr, 16);
        joined += body.sliced(lineEnd + 2, size);
        at = lineEnd + 2 + size + 2;
        if (size == 0)
            break;
    }
    return joined;
}

/** What differs for a reason: the boundary of a form is random, the release of curl is that of the machine, where a
    stream is cut into chunks is chance, and -H 'A:b' is sent without the blank that fields here always have. */
QByteArray comparable(QByteArray request)
{
    const qsizetype end = request.indexOf("\r\n\r\n");
    if (end < 0)
        return request;
    QByteArray head = request.first(end + 2);
    QByteArray body = request.sliced(end + 4);
    static const QRegularExpression ofCurl(QStringLiteral("boundary=(-{24}[0-9a-f]{16})\r"));
    const QByteArray boundary = ofCurl.match(QString::fromLatin1(head)).captured(1).toLatin1();
    if (!boundary.isEmpty()) {
        head.replace(boundary, "BOUNDARY");
        body.replace(boundary, "BOUNDARY");
    }
    if (fieldOf(head, "Transfer-Encoding").toLower() == "chunked")
        body = withoutChunks(body);
    QList<QByteArray> lines = head.split('\n');
    for (QByteArray &line : lines) {
        if (line.startsWith("User-Agent: curl/"))
            line = "User-Agent: curl\r";
        const qsizetype colon = line.indexOf(':');
        if (&line != &lines.first() && colon > 0 && line.mid(colon + 1, 1) != " ")
            line.insert(colon + 1, ' ');
    }
    return lines.join('\n') + "\r\n" + body;
}

QByteArray shown(const QList<QByteArray> &requests)
{
    QByteArray text;
    for (const QByteArray &request : requests)
        text += comparable(request).left(3000) + "\n----\n";
    return text;
}

} // namespace

class CurlLinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        write(u"data.json"_qs, "{\"a\": [1, 2]}\n");
        write(u"notes.txt"_qs, "one\r\ntwo & three\n");
        write(u"with blank.txt"_qs, "blank\n");
        write(u"picture.png"_qs, QByteArray("\x89PNG\r\n\x1a\n\0\xff", 10));
        write(u"binary.dat"_qs, QByteArray("a\r\n\0b\xff\xfe\n", 8));
        write(u"big.dat"_qs, QByteArray(1'100'000, 'x'));
        write(u"headers.txt"_qs, "X-F: 1\nX-G: 2\n# no\n");
    }

    void line_bothSendTheSame_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("forBash");
        for (const CurlLine &line : curlLines())
            QTest::newRow(line.name)
                << QByteArray(line.line) << QByteArray(line.forBash ? line.forBash : line.line);
        QVERIFY(curlLines().size() >= 60);
    }

    void line_bothSendTheSame()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, forBash);
        Recorder server;
        const QByteArray port = QByteArray::number(server.serverPort());
        const auto at = [&port](QByteArray text) {
            text.replace("%1", "http://%2");
            text.replace("%2", "127.0.0.1:" + port);
            return text.replace("%%", "%");
        };
        const QStringList environment { u"HOME="_qs + m_folder.path(), u"CURL_HOME="_qs,
            u"http_proxy="_qs, u"all_proxy="_qs, u"LC_ALL=C.UTF-8"_qs };
        const QString folder = QStringLiteral("cd '%1' || exit\n").arg(m_folder.path());

        write(u"script"_qs,
            folder.toUtf8() + "curl() { command curl --silent \"$@\"; }\n" + at(forBash) + '\n');
        const Outcome curl
            = run(Program::tool(u"bash"_qs), { m_folder.filePath(u"script"_qs) }, environment);
        const QList<QByteArray> byCurl = server.take();
        QVERIFY2(curl.exitCode == 0, curl.err);
        QVERIFY2(!byCurl.isEmpty(), curl.err);

        write(u"line.curl"_qs, at(line));
        const QString command
            = folder + QStringLiteral("exec '%1' send --curl line.curl").arg(Program::headrace());
        const Outcome ours = run(Program::tool(u"bash"_qs), { u"-c"_qs, command }, environment);
        const QList<QByteArray> byUs = server.take();
        QVERIFY2(ours.exitCode == 0, ours.err);
        QCOMPARE(shown(byUs), shown(byCurl));
        for (qsizetype i = 0; i < byCurl.size(); ++i)
            QVERIFY(comparable(byUs[i]) == comparable(byCurl[i]));
    }

private:
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(CurlLinesTest)
#include "tst_curllines.moc"
