#include "codesamples.h"
#include "support/program.h"
#include "support/rawserver.h"

#include <formats/code.h>
#include <formats/rawrequest.h>

#include <QTemporaryDir>

using namespace headrace;
using namespace headrace::formats;

namespace {

const QByteArray picture("\x89PNG\r\n\x1a\n\0\xff", 10);

QByteArray bodyOf(const Request &request)
{
    if (request.bodyKind == Request::BodyKind::File)
        return picture;
    if (request.bodyKind != Request::BodyKind::Form)
        return request.body;
    QByteArray body;
    for (const BodyPiece &piece : encodeForm(request.parts, request.boundary))
        body += piece.filePath.isEmpty() ? piece.octets : picture;
    return body;
}

/// The request with its body in memory, so that its octets can be written.
Request inMemory(const Request &request)
{
    Request whole = request;
    whole.body = bodyOf(request);
    if (whole.bodyKind != Request::BodyKind::None)
        whole.bodyKind = Request::BodyKind::Octets;
    return whole;
}

QByteArray shown(const exchange::FieldList &fields)
{
    QByteArray text;
    for (const auto &[name, value] : fields)
        text += name + ": " + value + '\n';
    return text;
}

/// One line for each name, at the place of its first.
exchange::FieldList joined(const exchange::FieldList &fields)
{
    exchange::FieldList result;
    for (const auto &[name, value] : fields) {
        const auto known
            = std::find_if(result.begin(), result.end(), [&name = name](const auto &field) {
                  return field.first.compare(name, Qt::CaseInsensitive) == 0;
              });
        if (known == result.end())
            result.append({ name, value });
        else
            known->second += (name == "Cookie" ? "; " : ", ") + value;
    }
    return result;
}

class Recorder : public RawServer
{
public:
    Recorder()
        : RawServer([](QTcpSocket *socket, const QByteArray &received) {
            const RawRequest read = readRawRequest(received);
            if (!received.contains("\r\n\r\n") || !read.request
                || socket->property("answered").toBool())
                return;
            const bool isChunked = read.request->isChunked();
            const qint64 octets = read.request->field("Content-Length").toLongLong();
            if (isChunked ? !received.endsWith("\r\n\r\n") || !received.contains("\r\n0\r\n")
                          : read.request->body.size() < octets)
                return;
            socket->setProperty("answered", true);
            socket->write(
                "HTTP/1.1 200 Fine\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone");
            socket->disconnectFromHost();
        })
    {
    }
};

} // namespace

class CodeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cpp_run_sendsTheSameOctets_data();
    void cpp_run_sendsTheSameOctets();
    void node_run_sendsTheSameOctets_data();
    void node_run_sendsTheSameOctets();
    void python_run_sendsTheSameFieldsAndBody_data();
    void python_run_sendsTheSameFieldsAndBody();
    void fetch_run_sendsTheSameFieldsAndBody_data();
    void fetch_run_sendsTheSameFieldsAndBody();
    void comment_saysWhatIsOtherwise_data();
    void comment_saysWhatIsOtherwise();
    void names_areThere();

private:
    Request sample(const char *name, int port) const;
    static void addSamples(bool onlyCompiled = false);
    QString write(const QString &name, const QByteArray &code) const;

    QTemporaryDir m_folder;
};

void CodeTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    write(u"it's a.png"_qs, picture);
}

QString CodeTest::write(const QString &name, const QByteArray &code) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(code) != code.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

Request CodeTest::sample(const char *name, int port) const
{
    const QList<CodeSample> samples = codeSamples(port, m_folder.path());
    for (const CodeSample &sample : samples) {
        if (qstrcmp(sample.name, name) == 0)
            return sample.request;
    }
    qFatal("no such sample");
    return {};
}

void CodeTest::addSamples(bool onlyCompiled)
{
    QTest::addColumn<bool>("isIt");
    for (const CodeSample &sample : codeSamples(samplePort, {})) {
        if (!onlyCompiled || sample.isCompiled)
            QTest::newRow(sample.name) << true;
    }
}

void CodeTest::cpp_run_sendsTheSameOctets_data() { addSamples(true); }

void CodeTest::cpp_run_sendsTheSameOctets()
{
    Recorder server;
    const Request request = sample(QTest::currentDataTag(), server.serverPort());
    const QString program = qEnvironmentVariable("HEADRACE_CPP_SAMPLES") + u'/'
        + u"formats_cppsample_"_qs
        + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    const Outcome outcome = run(Program::tool(u"sh"_qs),
        { u"-c"_qs, QStringLiteral("cd '%1' && exec '%2'").arg(m_folder.path(), program) },
        { QStringLiteral("HEADRACE_TEST_PORT=%1").arg(server.serverPort()) });
    QCOMPARE(outcome.err, "");
    QCOMPARE(outcome.out, "200 Fine\ndone");
    QByteArray expected = writeRawRequest(inMemory(request));
    if (request.bodyKind == Request::BodyKind::Form) // the length was that of another port
        QCOMPARE(server.received[0].size(), expected.size());
    QCOMPARE(server.received[0], expected);
}

void CodeTest::node_run_sendsTheSameOctets_data() { addSamples(); }

void CodeTest::node_run_sendsTheSameOctets()
{
    Recorder server;
    const Request request = sample(QTest::currentDataTag(), server.serverPort());
    const QByteArray code = writeCode(request, CodeTarget::Node);
    const Outcome outcome = run(Program::tool(u"node"_qs), { write(u"sample.cjs"_qs, code) });
    QVERIFY2(outcome.err.isEmpty(), outcome.err + code);
    QCOMPARE(outcome.out, "200 Fine\ndone");
    QCOMPARE(server.received[0], writeRawRequest(inMemory(request)));
}

void CodeTest::python_run_sendsTheSameFieldsAndBody_data() { addSamples(); }

void CodeTest::python_run_sendsTheSameFieldsAndBody()
{
    Recorder server;
    const Request request = sample(QTest::currentDataTag(), server.serverPort());
    const QByteArray code = writeCode(request, CodeTarget::Python);
    // requests is Debian's, for Debian's Python.
    const Outcome outcome = run(u"/usr/bin/python3"_qs, { write(u"sample.py"_qs, code) });
    QVERIFY2(outcome.err.isEmpty(), outcome.err + code);
    QCOMPARE(outcome.out, "200 Fine\ndone\n");
    const RawRequest read = readRawRequest(server.received[0]);
    QVERIFY2(read.request, server.received[0]);
    QCOMPARE(read.request->method, request.method);
    QCOMPARE(QByteArray::fromPercentEncoding(read.request->wireTarget()),
        QByteArray::fromPercentEncoding(request.wireTarget()));
    QCOMPARE(code.contains("encodes some characters"),
        read.request->wireTarget() != request.wireTarget());
    QCOMPARE(shown(read.request->fields), shown(joined(request.fields)));
    QCOMPARE(read.request->body, bodyOf(request));
}

void CodeTest::fetch_run_sendsTheSameFieldsAndBody_data() { addSamples(); }

void CodeTest::fetch_run_sendsTheSameFieldsAndBody()
{
    Recorder server;
    const Request request = sample(QTest::currentDataTag(), server.serverPort());
    const QByteArray code = writeCode(request, CodeTarget::Fetch);
    const Outcome outcome
        = run(Program::tool(u"node"_qs), { u"--no-warnings"_qs, write(u"sample.mjs"_qs, code) });
    QVERIFY2(outcome.err.isEmpty(), outcome.err + code);
    QCOMPARE(outcome.out, "200 Fine\ndone\n");
    const RawRequest read = readRawRequest(server.received[0]);
    QVERIFY2(read.request, server.received[0]);
    QCOMPARE(read.request->method, request.method);
    QCOMPARE(read.request->body, bodyOf(request));
    for (const auto &[name, value] : joined(request.fields)) {
        static const QList<QByteArray> fetchs { "Host", "Connection", "Content-Length",
            "Transfer-Encoding", "Trailer" };
        if (!fetchs.contains(name))
            QCOMPARE(read.request->field(name), value);
        else if (name != "Host")
            QVERIFY(code.contains("// Left to fetch(): ") && code.contains(name));
    }
}

void CodeTest::comment_saysWhatIsOtherwise_data()
{
    QTest::addColumn<CodeTarget>("target");
    QTest::addColumn<QByteArray>("comments");
    QTest::newRow("cURL") << CodeTarget::Curl
                          << QByteArray("# curl's command line has no trailers");
    QTest::newRow("cmd") << CodeTarget::CurlCmd << QByteArray("rem ");
    QTest::newRow("fetch")
        << CodeTarget::Fetch
        << QByteArray("lower case|Host|: A.|target *|no trailers|HTTP/1.0|certificate|not to x:1");
    QTest::newRow("Node") << CodeTarget::Node
                          << QByteArray("Connection|chunked|HTTP/1.1|upper case");
    QTest::newRow("Python") << CodeTarget::Python
                            << QByteArray("once|target *|HTTP/1.1|trailers|not to x:1");
}

void CodeTest::comment_saysWhatIsOtherwise()
{
    QFETCH(const CodeTarget, target);
    QFETCH(const QByteArray, comments);
    Request request;
    request.method = "post";
    request.url = QStringLiteral("https://h/");
    request.target = "*";
    request.connectTo = QStringLiteral("x:1");
    request.isHttp10 = true;
    request.verifiesCertificates = false;
    request.fields = { { "Host", "h" }, { "A", "1" }, { "a", "2" } };
    request.trailers = { { "T", "1" } };
    const QByteArray code = writeCode(request, target);
    for (const QByteArray &comment : comments.split('|'))
        QVERIFY2(code.contains(comment), comment + '\n' + code);
}

void CodeTest::names_areThere()
{
    QSet<QString> names;
    for (const CodeTarget target : codeTargets()) {
        QCOMPARE(codeTarget(name(target)), target);
        QVERIFY(!displayName(target).isEmpty());
        names += name(target);
    }
    QCOMPARE(names.size(), 7);
    QVERIFY(!codeTarget(u"cobol"_qs));
}

QTEST_GUILESS_MAIN(CodeTest)

#include "tst_code.moc"
