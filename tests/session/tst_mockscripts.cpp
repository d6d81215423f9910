#include "support/rawserver.h"

#include <session/session.h>

#include <QElapsedTimer>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::session;
using Kind = ScriptMessage::Kind;

namespace {

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

mock::Script inlined(const char *source) { return { {}, QString::fromUtf8(source) }; }

mock::Definition program(const mock::Script &script)
{
    mock::Definition definition;
    definition.script = script;
    definition.isScripted = true;
    return definition;
}

mock::Route scripted(const QString &path, const mock::Script &script)
{
    mock::Route route;
    route.method = u"*"_qs;
    route.path = path;
    route.script = script;
    route.isScripted = true;
    return route;
}

mock::Definition routes(const QList<mock::Route> &routes) { return { {}, 0, routes }; }

const char *const looping = "console.log('looping');\nwhile (true) {}\n";

} // namespace

class MockScriptsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    QList<ScriptMessage> m_messages;

    // All of one kind, joined; notes and failures by lines.
    QString said(Kind kind) const
    {
        QString text;
        for (const ScriptMessage &message : m_messages) {
            if (message.kind == kind)
                text += message.text
                    + (kind == Kind::Note || kind == Kind::Failure ? u"\n"_qs : QString());
        }
        return text;
    }

    ScriptMessage failure() const
    {
        for (const ScriptMessage &message : m_messages) {
            if (message.kind == Kind::Failure)
                return message;
        }
        return {};
    }

    void start(const mock::Definition &definition)
    {
        QSignalSpy started(m_session.get(), &Session::mockStarted);
        m_session->setMockDefinition(definition);
        m_session->startMock(0);
        QVERIFY(started.wait(patience));
    }

    // "200 body", or the error's code.
    QString get(const QString &target, quint16 port = 0)
    {
        RequestDraft draft;
        draft.url = QStringLiteral("http://127.0.0.1:%1%2")
                        .arg(port ? port : m_session->mockPort())
                        .arg(target);
        draft.timeout = std::chrono::milliseconds(patience);
        QSignalSpy ended(m_session.get(), &Session::sendEnded);
        m_session->send(draft);
        if (!ended.wait(patience))
            return u"no end"_qs;
        const auto exchange
            = m_session->store()->exchange(ended.first().at(1).value<exchange::ExchangeId>());
        if (!exchange->summary.errorCode.isEmpty())
            return exchange->summary.errorCode;
        return QString::number(exchange->summary.statusCode) + u' '
            + QString::fromUtf8(exchange->response.joined(exchange::Part::Body));
    }

    mock::Script file(const QByteArray &source)
    {
        QSaveFile file(m_folder->filePath(u"a.js"_qs));
        if (!file.open(QIODevice::WriteOnly) || file.write(source) < 0 || !file.commit())
            qFatal("cannot write");
        return { file.fileName(), {} };
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_messages.clear();
        m_session = std::make_unique<Session>();
        connect(m_session.get(), &Session::scriptMessages, this,
            [this](const QList<ScriptMessage> &messages) { m_messages += messages; });
    }

    void cleanup() { m_session.reset(); }

    void program_serves_andSaysWhat()
    {
        start(program(inlined("const http = require('http');\n"
                              "http.createServer((req, res) => { res.end('hello'); }).listen(0);\n"
                              "console.log('one');\n"
                              "console.error('two');\n")));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->mockPort() != 0, patience);
        QCOMPARE(get(u"/a"_qs), u"200 hello"_qs);
        QTRY_COMPARE(said(Kind::Output), u"one\n"_qs);
        QTRY_COMPARE(said(Kind::Error), u"two\n"_qs);
        bool isRecorded = false;
        for (const exchange::ExchangeId id : m_session->store()->ids()) {
            const auto summary = m_session->store()->summary(id);
            isRecorded = isRecorded
                || (summary->source == exchange::Source::Mock && summary->target == u"/a");
        }
        QVERIFY(isRecorded);
        QSignalSpy stopped(m_session.get(), &Session::mockStopped);
        m_session->stopMock();
        QVERIFY(stopped.wait(patience));
        QVERIFY(m_session->mockPorts().isEmpty());
        QVERIFY(said(Kind::Note).endsWith(u"Stopped\n"));
    }

    void program_throws_placeIsTold_andItStops()
    {
        QSignalSpy stopped(m_session.get(), &Session::mockStopped);
        start(program(inlined("// first\n  throw new Error('no luck');\n")));
        QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, patience);
        QCOMPARE(failure().line, 2);
        QCOMPARE(failure().file, untitledScriptPath());
        QVERIFY2(failure().text.contains(u"no luck"), qPrintable(failure().text));
        QVERIFY(said(Kind::Note).endsWith(u"Ended with exit code 1\n"));
        QVERIFY(!m_session->isMockRunning());
    }

    void program_loops_stopsWithinASecond_othersGoOn()
    {
        RawServer other(RawServer::to("HTTP/1.1 204 No Content\r\n\r\n"));
        start(program(inlined(looping)));
        QTRY_COMPARE_WITH_TIMEOUT(said(Kind::Output), u"looping\n"_qs, patience);
        QCOMPARE(get(u"/"_qs, other.serverPort()), u"204 "_qs);
        QSignalSpy stopped(m_session.get(), &Session::mockStopped);
        QElapsedTimer timer;
        timer.start();
        m_session->stopMock();
        QVERIFY(stopped.wait(patience));
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void program_loops_sessionEnds()
    {
        start(program(inlined(looping)));
        QTRY_COMPARE_WITH_TIMEOUT(said(Kind::Output), u"looping\n"_qs, patience);
        m_session.reset();
    }

    void program_printsForEver_isBounded()
    {
        start(program(
            inlined("while (true) console.log('0123456789012345678901234567890123456789');\n")));
        qsizetype size = 0;
        qsizetype most = 0;
        connect(m_session.get(), &Session::scriptMessages, this,
            [&](const QList<ScriptMessage> &messages) {
                qsizetype now = 0;
                for (const ScriptMessage &message : messages)
                    now += message.text.size();
                size += now;
                most = qMax(most, now);
                m_messages.clear();
            });
        QTRY_VERIFY_WITH_TIMEOUT(size > 100'000, patience);
        QVERIFY2(most < 600 * 1024, qPrintable(QString::number(most)));
        QSignalSpy stopped(m_session.get(), &Session::mockStopped);
        m_session->stopMock();
        QVERIFY(stopped.wait(patience));
    }

    void program_fileChanges_startsAnew()
    {
        start(program(
            file("require('http').createServer((req, res) => { res.end('hello'); }).listen(0);\n"
                 "console.log('first');\n")));
        QTRY_VERIFY_WITH_TIMEOUT(
            said(Kind::Output) == u"first\n" && m_session->mockPort() != 0, patience);
        file("require('http').createServer((req, res) => { res.end('hello'); }).listen(0);\n"
             "console.log('second');\n");
        QTRY_COMPARE_WITH_TIMEOUT(said(Kind::Output), u"first\nsecond\n"_qs, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->mockPort() != 0, patience);
        QCOMPARE(get(u"/"_qs), u"200 hello"_qs);
    }

    void program_brokenByAChange_waitsForTheNextOne()
    {
        start(program(file(
            "require('http').createServer((req, res) => { res.end('hello'); }).listen(0);\n")));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->mockPort() != 0, patience);
        file("throw new Error('broken');\n");
        QTRY_COMPARE_WITH_TIMEOUT(failure().line, 1, patience);
        QTRY_COMPARE(m_session->mockPort(), 0);
        QVERIFY(m_session->isMockRunning());
        file("console.log('mended');\n"
             "require('http').createServer((req, res) => { res.end('hello'); }).listen(0);\n");
        QTRY_COMPARE_WITH_TIMEOUT(said(Kind::Output), u"mended\n"_qs, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->mockPort() != 0, patience);
    }

    void program_memory_isTold_untilItEnds()
    {
        QSignalSpy memory(m_session.get(), &Session::scriptMemoryChanged);
        start(program(inlined(
            "require('http').createServer((req, res) => { res.end('hello'); }).listen(0);\n")));
        QTRY_VERIFY_WITH_TIMEOUT(!memory.isEmpty(), patience);
        QVERIFY(memory.last().first().toLongLong() > 0);
        m_session->stopMock();
        QTRY_COMPARE_WITH_TIMEOUT(memory.last().first().toLongLong(), 0, patience);
    }

    void route_script_answers()
    {
        mock::Route fixed;
        fixed.path = u"/fixed"_qs;
        fixed.body = "fixed";
        start(routes({ scripted(u"/a/:id"_qs,
                           inlined("module.exports = (req, res) => {\n"
                                   "  console.log('asked');\n"
                                   "  res.end('scripted');\n"
                                   "};\n")),
            fixed }));
        QCOMPARE(get(u"/a/1"_qs), u"200 scripted"_qs);
        QCOMPARE(get(u"/fixed"_qs), u"200 fixed"_qs);
        QTRY_COMPARE(said(Kind::Output), u"asked\n"_qs);
        QCOMPARE(m_messages.first().origin, u"* /a/:id"_qs);
    }

    void route_scriptThrows_answers500WithTheError_andGoesOn()
    {
        start(routes({ scripted(u"/a"_qs,
            inlined("module.exports = (req, res) => {\n  throw new Error('no luck');\n};\n")) }));
        for (int i = 0; i < 2; ++i) {
            const QString answer = get(u"/a"_qs);
            QVERIFY2(answer.startsWith(u"500 ") && answer.contains(u"no luck"), qPrintable(answer));
        }
        QTRY_COMPARE(failure().line, 2);
        QCOMPARE(failure().script.source,
            u"module.exports = (req, res) => {\n  throw new Error('no luck');\n};\n"_qs);
    }

    void route_scriptIsWrong_answers500WithTheError()
    {
        start(routes({ scripted(u"/a"_qs, inlined("const a = 1;\nconst b = = 2;\n")),
            scripted(u"/b"_qs, inlined("console.log('exports nothing');\n")),
            scripted(u"/c"_qs, { m_folder->filePath(u"missing.js"_qs), {} }) }));
        const QString answer = get(u"/a"_qs);
        QVERIFY2(answer.startsWith(u"500 SyntaxError"), qPrintable(answer));
        QTRY_COMPARE(failure().line, 2);
        QVERIFY(get(u"/b"_qs).startsWith(u"500 The script exports no function"));
        QVERIFY(get(u"/c"_qs).startsWith(u"500 "));
    }

    void route_scriptLoops_isInterrupted_othersAnswer()
    {
        m_session->setScriptLimit(std::chrono::milliseconds(300));
        mock::Route fixed;
        fixed.path = u"/fixed"_qs;
        start(routes({ scripted(u"/loop"_qs,
                           inlined("module.exports = (req, res) => {\n  while (true) {}\n};\n")),
            fixed }));
        const QString answer = get(u"/loop"_qs);
        QVERIFY2(answer.startsWith(u"500 ") && answer.contains(u"interrupted"), qPrintable(answer));
        QCOMPARE(get(u"/fixed"_qs), u"200 "_qs);
        QTRY_VERIFY(said(Kind::Note).contains(u"held up the server for 0.3 s"));
        QVERIFY(m_session->isMockRunning());
    }

    void route_textChanges_nextRequestHasIt()
    {
        start(routes({ scripted(
            u"/a"_qs, inlined("module.exports = (req, res) => {\n  res.end('one');\n};\n")) }));
        QCOMPARE(get(u"/a"_qs), u"200 one"_qs);
        m_session->setMockDefinition(routes({ scripted(
            u"/a"_qs, inlined("module.exports = (req, res) => {\n  res.end('two');\n};\n")) }));
        QCOMPARE(get(u"/a"_qs), u"200 two"_qs);
    }

    void route_fileChanges_nextRequestHasIt()
    {
        start(routes({ scripted(
            u"/a"_qs, file("module.exports = (req, res) => {\n  res.end('one');\n};\n")) }));
        QCOMPARE(get(u"/a"_qs), u"200 one"_qs);
        file("module.exports = (req, res) => {\n  res.end('other');\n};\n");
        QTRY_VERIFY_WITH_TIMEOUT(said(Kind::Note).contains(u"a.js has changed"), patience);
        QCOMPARE(get(u"/a"_qs), u"200 other"_qs);
    }
};

QTEST_GUILESS_MAIN(MockScriptsTest)
#include "tst_mockscripts.moc"
