#include "support/rawserver.h"

#include <exchange/store.h>
#include <session/proxycontrol.h>
#include <session/session.h>

#include <QSignalSpy>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headrace;
using session::HeldExchange;
using session::ProxyControl;

// The proxy of a session as the window has it: from another thread.
class ProxyControlTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<RawServer> m_origin;

    ProxyControl &proxy() { return *m_session->proxy(); }

    void startProxy()
    {
        proxy::Settings settings;
        settings.listeners.first().port = 0;
        settings.upstream.choice = proxy::Upstream::Choice::None;
        proxy().setSettings(settings);
        proxy().start();
        QTRY_VERIFY(proxy().isRunning());
    }

    std::unique_ptr<QTcpSocket> ask(const QByteArray &method, const QByteArray &body = {})
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, proxy().port());
        const QByteArray host = "127.0.0.1:" + QByteArray::number(m_origin->serverPort());
        socket->write(method + " http://" + host + "/held HTTP/1.1\r\nHost: " + host
            + "\r\nx-Odd:  1 \r\n"
            + (body.isEmpty() ? QByteArray()
                              : "Content-Length: " + QByteArray::number(body.size()) + "\r\n")
            + "\r\n" + body);
        return socket;
    }

    static proxy::Breakpoint breakpoint(proxy::HoldAts at)
    {
        proxy::Breakpoint result;
        result.id = QStringLiteral("b");
        result.at = at;
        return result;
    }

    // As an application does that pins another certificate.
    bool refuseOurCertificate(quint16 port)
    {
        QSslSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy().port());
        socket.write(
            "CONNECT 127.0.0.1:" + QByteArray::number(port) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        if (!gets(socket, "\r\n\r\n"))
            return false;
        socket.startClientEncryption();
        return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
    }

    static bool gets(QTcpSocket &socket, const QByteArray &end)
    {
        QByteArray got;
        return QTest::qWaitFor([&] {
            got += socket.readAll();
            return got.endsWith(end);
        });
    }

private Q_SLOTS:

    void init()
    {
        qputenv("HEADRACE_CA_DIR", QFile::encodeName(m_folder.filePath(QStringLiteral("ca"))));
        m_session = std::make_unique<session::Session>();
        m_origin = std::make_unique<RawServer>([](QTcpSocket *socket, const QByteArray &received) {
            if (received.contains("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\norigin");
        });
    }

    void cleanup() { m_session.reset(); }

    void port_taken_nextFreeOneIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        proxy::Settings settings;
        settings.listeners.first().port = other.serverPort();
        proxy().setSettings(settings);
        QSignalSpy noticed(&proxy(), &ProxyControl::noticed);
        proxy().start();
        QTRY_VERIFY(proxy().isRunning());
        QVERIFY(proxy().port() > other.serverPort());
        QTRY_COMPARE(noticed.size(), 1);
        QVERIFY(noticed.first().first().toString().contains(QString::number(proxy().port())));
        proxy().stop();
        QTRY_VERIFY(!proxy().isRunning());
        settings.listeners.first().takesNextFree = false;
        proxy().setSettings(settings);
        QSignalSpy failed(&proxy(), &ProxyControl::failed);
        proxy().start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().toString(), u"EADDRINUSE");
        QVERIFY(!proxy().isRunning());
    }

    void heldRequest_editedAndResumed()
    {
        startProxy();
        proxy().setBreakpoints({ breakpoint(proxy::HoldAt::RequestHead) });
        const auto client = ask("GET");
        QTRY_COMPARE(proxy().held().size(), 1);
        const HeldExchange held = proxy().held().first();
        QCOMPARE(held.request.head.target(), "/held");
        QCOMPARE(m_origin->connections, 0);
        proxy::TransitMessage edited = held.request;
        edited.head.setTarget("/edited");
        edited.head.append("X-New", "2");
        proxy().resume(held.id, edited);
        QVERIFY(gets(*client, "origin"));
        QTRY_VERIFY(proxy().held().isEmpty());
        const QByteArray got = m_origin->received.first();
        QVERIFY2(got.startsWith("GET /edited HTTP/1.1\r\n"), got);
        QVERIFY2(got.contains("\r\nx-Odd:  1 \r\n"), got); // as it came
        QVERIFY2(got.endsWith("\r\nX-New: 2\r\n\r\n"), got);
        exchange::Store *store = m_session->store();
        QTRY_COMPARE(store->summary(held.exchange)->state, exchange::State::Complete);
        const exchange::Exchange exchange = *store->exchange(held.exchange);
        QVERIFY(std::any_of(
            exchange.changes.cbegin(), exchange.changes.cend(), [](const exchange::Change &change) {
                return change.cause == exchange::Change::Cause::Breakpoint;
            }));
        QVERIFY(exchange.timings.held > 0);
    }

    void heldBodies_areEdited_data()
    {
        QTest::addColumn<bool>("isResponse");
        QTest::newRow("request") << false;
        QTest::newRow("response") << true;
    }

    void heldBodies_areEdited()
    {
        QFETCH(bool, isResponse);
        startProxy();
        proxy().setBreakpoints(
            { breakpoint(isResponse ? proxy::HoldAt::ResponseBody : proxy::HoldAt::RequestBody) });
        const auto client = ask("POST", "client");
        QTRY_COMPARE(proxy().held().size(), 1);
        const HeldExchange held = proxy().held().first();
        proxy::TransitMessage edited = isResponse ? held.response : held.request;
        QCOMPARE(edited.body, isResponse ? "origin" : "client");
        edited.body = "somebody else";
        proxy().resume(held.id, edited);
        QVERIFY(
            gets(*client, isResponse ? "\r\nContent-Length: 13\r\n\r\nsomebody else" : "origin"));
        if (!isResponse)
            QVERIFY(
                m_origin->received.first().endsWith("\r\nContent-Length: 13\r\n\r\nsomebody else"));
    }

    void held_droppedOrAnswered()
    {
        startProxy();
        proxy().setBreakpoints({ breakpoint(proxy::HoldAt::RequestHead) });
        const auto dropped = ask("GET");
        QTRY_COMPARE(proxy().held().size(), 1);
        proxy().drop(proxy().held().first().id);
        QTRY_COMPARE(dropped->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(dropped->readAll().isEmpty());
        QTRY_VERIFY(proxy().held().isEmpty());
        const auto answered = ask("GET");
        QTRY_COMPARE(proxy().held().size(), 1);
        proxy::TransitMessage own;
        own.head = proxy::MessageHead::makeResponse(299, "Made up");
        own.body = "mine";
        proxy().answer(proxy().held().first().id, own);
        QVERIFY(gets(*answered, "HTTP/1.1 299 Made up\r\nContent-Length: 4\r\n\r\nmine"));
        QCOMPARE(m_origin->connections, 0);
    }

    void onlyTheNext_isHeld()
    {
        startProxy();
        proxy::Breakpoint next = breakpoint(proxy::HoldAt::RequestHead);
        next.onlyNext = true;
        proxy().setBreakpoints({ next });
        const auto first = ask("GET");
        QTRY_COMPARE(proxy().held().size(), 1);
        const auto second = ask("GET");
        QVERIFY(gets(*second, "origin"));
        QVERIFY(!proxy().breakpoints().first().isEnabled);
        proxy().resumeAll();
        QVERIFY(gets(*first, "origin"));
    }

    void clientThatCloses_isShownAsGone_data()
    {
        QTest::addColumn<bool>("resets");
        QTest::newRow("orderly") << false;
        QTest::newRow("by a reset") << true;
    }

    void clientThatCloses_isShownAsGone()
    {
        QFETCH(bool, resets);
        startProxy();
        proxy().setBreakpoints({ breakpoint(proxy::HoldAt::RequestHead) });
        QSignalSpy changed(&proxy(), &ProxyControl::holdChanged);
        const auto client = ask("GET");
        QTRY_COMPARE(proxy().held().size(), 1);
        if (resets)
            client->abort();
        else
            client->disconnectFromHost();
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(!proxy().held().first().gone.isEmpty());
        proxy().resume(proxy().held().first().id);
        QTRY_VERIFY(proxy().held().isEmpty());
        QCOMPARE(m_origin->connections, 0);
    }

    void refusedAgainAndAgain_passesThrough_untilTakenBack()
    {
        RawServer origin(
            [](QTcpSocket *socket, const QByteArray &) { socket->write("no TLS here\r\n"); });
        startProxy();
        QSignalSpy changed(&proxy(), &ProxyControl::passedHostsChanged);
        for (int i = 0; i < proxy::InterceptionPolicy::MostRefusals; ++i)
            QVERIFY(refuseOurCertificate(origin.serverPort()));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(proxy().passedHosts().size(), 1);
        const session::PassedHost passed = proxy().passedHosts().constFirst();
        QCOMPARE(passed.host, u"127.0.0.1");
        QCOMPARE(passed.port, origin.serverPort());
        QVERIFY(passed.until > QDateTime::currentDateTimeUtc());
        proxy().interceptAgain(passed.host, passed.port);
        QTRY_VERIFY(proxy().passedHosts().isEmpty());
    }

    void rules_applyAndCount()
    {
        startProxy();
        proxy::Rule rule;
        rule.id = QStringLiteral("r");
        rule.name = QStringLiteral("made");
        rule.filter = QStringLiteral("path:/held");
        rule.action = proxy::Answer { 200, {}, {}, "rule" };
        proxy().setRules({ rule });
        const auto client = ask("GET");
        QVERIFY(gets(*client, "rule"));
        QTRY_COMPARE(proxy().matches().value(rule.id), 1);
        QTRY_COMPARE(proxy().counters().exchanges, 1);
        rule.isEnabled = false;
        proxy().setRules({ rule });
        const auto other = ask("GET");
        QVERIFY(gets(*other, "origin"));
    }
};

QTEST_GUILESS_MAIN(ProxyControlTest)
#include "tst_proxycontrol.moc"
