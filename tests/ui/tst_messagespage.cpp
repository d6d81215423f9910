#include "samples.h"

#include <exchange/websocket.h>
#include <inspector/bodyview.h>
#include <inspector/inspector.h>
#include <inspector/messagespage.h>
#include <inspector/websocketmodel.h>
#include <text/textview.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace headrace;
using exchange::Direction;
using exchange::WebSocketMessage;
using ui::Inspector;
using ui::MessagesPage;
using ui::WebSocketModel;

namespace {

/// A WebSocket that goes on, and both ends of it.
struct Socket
{
    exchange::MemoryStore &store;
    exchange::ExchangeId id = 0;
    exchange::WebSocketWriter client;
    exchange::WebSocketWriter server;
    qint64 time = 1000;

    explicit Socket(
        exchange::MemoryStore &store, const std::optional<exchange::WebSocketDeflate> &deflate = {})
        : store(store)
        , client(Direction::Request, deflate)
        , server(Direction::Response, deflate)
    {
        exchange::Summary summary;
        summary.method = QStringLiteral("GET");
        summary.statusCode = 101;
        id = store.begin(summary);
        exchange::Message head;
        head.startLine = "HTTP/1.1 101 Switching Protocols";
        head.statusCode = 101;
        head.fields = { { "Upgrade", "websocket" } };
        if (deflate)
            head.fields.emplaceBack("Sec-WebSocket-Extensions", "permessage-deflate");
        store.setHead(id, 0, head);
        store.setSummary(id, summary);
    }

    void pass(Direction direction, const QByteArray &octets)
    {
        store.addOctets(id, direction == Direction::Request ? -1 : 0,
            { time += 1000, exchange::Part::Tunnel, octets });
    }

    void send(const QByteArray &text) { pass(Direction::Request, client.write(1, text)); }

    void receive(int opcode, const QByteArray &data)
    {
        pass(Direction::Response, server.write(opcode, data));
    }
};

QString shown(const MessagesPage &page, int row, int column)
{
    return page.model()->index(row, column).data().toString();
}

} // namespace

class MessagesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void tab_isOfWebSocketsOnly()
    {
        exchange::MemoryStore store;
        const exchange::ExchangeId plain = ui::samples::add(store);
        const Socket socket(store);
        Inspector inspector;
        inspector.setExchange(&store, plain);
        QVERIFY(!inspector.isOffered(Inspector::Tab::Messages));
        inspector.setCurrentTab(Inspector::Tab::Messages);
        QCOMPARE(inspector.currentTab(), Inspector::Tab::Overview);
        inspector.setExchange(&store, socket.id);
        QVERIFY(inspector.isOffered(Inspector::Tab::Messages));
        QCOMPARE(inspector.currentTab(), Inspector::Tab::Messages);
        inspector.setExchange(&store, plain);
        QCOMPARE(inspector.currentTab(), Inspector::Tab::Overview);
        inspector.setExchange(&store, socket.id);
        QCOMPARE(inspector.currentTab(), Inspector::Tab::Messages);
    }

    void messages_areListedInOrderOfTime()
    {
        exchange::MemoryStore store;
        Socket socket(store);
        socket.send("{\"a\":1}");
        socket.receive(WebSocketMessage::Text, "two\nlines");
        socket.receive(WebSocketMessage::Ping, {});
        socket.receive(WebSocketMessage::Binary, QByteArray("\0\xff", 2));
        socket.send("last");
        socket.receive(WebSocketMessage::Close, QByteArray("\x03\xe9") + "bye");
        Inspector inspector;
        const QAbstractItemModelTester tester(inspector.messagesPage()->model());
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        const MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 6);
        const QStringList lines { QStringLiteral("↑ 0.002000 text 7 {\"a\":1}"),
            QStringLiteral("↓ 0.003000 text 9 two⏎lines"), QStringLiteral("↓ 0.004000 ping 0 "),
            QStringLiteral("↓ 0.005000 binary 2 00 ff"), QStringLiteral("↑ 0.006000 text 4 last"),
            QStringLiteral("↓ 0.007000 close 1001 5 going away: bye") };
        for (int row = 0; row < lines.size(); ++row) {
            QStringList cells;
            for (int column = 0; column < WebSocketModel::ColumnCount; ++column)
                cells += shown(page, row, column);
            QCOMPARE(cells.join(u' '), lines.at(row));
        }
        QCOMPARE(page.legend(), QStringLiteral("4 messages · 2 control frames"));
    }

    void list_growsAndStaysWhereItIs()
    {
        exchange::MemoryStore store;
        Socket socket(store);
        for (int i = 0; i < 100; ++i)
            socket.receive(WebSocketMessage::Text, QByteArray::number(i));
        Inspector inspector;
        inspector.resize(800, 400);
        inspector.show();
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        const MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 100);
        QScrollBar *bar = page.list()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        bar->setValue(3);
        socket.send("more");
        QTRY_COMPARE(page.model()->rowCount(), 101);
        QCOMPARE(bar->value(), 3);
        bar->setValue(bar->maximum());
        for (int i = 0; i < 20; ++i)
            socket.receive(WebSocketMessage::Text, "more");
        QTRY_COMPARE(page.model()->rowCount(), 121);
        QTRY_COMPARE(bar->value(), bar->maximum());
        QCOMPARE(page.legend(), QStringLiteral("121 messages"));
    }

    void payload_ofTheChosenOne_isLaidOut()
    {
        exchange::MemoryStore store;
        Socket socket(store, exchange::WebSocketDeflate {});
        socket.receive(WebSocketMessage::Text, "{\"pad\":\"" + QByteArray(5000, 'x') + "\"}");
        socket.receive(
            WebSocketMessage::Text, "{\"a\":[1,2],\"pad\":\"" + QByteArray(5000, 'x') + "\"}");
        socket.receive(WebSocketMessage::Close, QByteArray("\x03\xe8") + "bye");
        Inspector inspector;
        inspector.resize(800, 600);
        inspector.show();
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 3);
        QVERIFY(page.legend().contains(QStringLiteral("permessage-deflate")));
        QVERIFY(!page.payload()->isVisible());
        page.list()->selectRow(1); // longer than what the list keeps
        QTRY_VERIFY(page.payload()->isVisible());
        QTRY_VERIFY(page.payload()->textView()->text().contains(QStringLiteral("\"a\": [")));
        QVERIFY(page.payload()->textView()->text().size() > 5000);
        page.list()->selectRow(2);
        QTRY_COMPARE(page.payload()->textView()->text(), QStringLiteral("bye"));
    }

    void fault_isTold()
    {
        exchange::MemoryStore store;
        Socket socket(store);
        socket.pass(Direction::Request, QByteArray::fromHex("810161")); // not masked
        socket.pass(Direction::Response, QByteArray::fromHex("89fe8100"));
        Inspector inspector;
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 2);
        QVERIFY(shown(page, 0, WebSocketModel::TypeColumn).startsWith(QStringLiteral("⚠ ")));
        QVERIFY(page.model()->index(0, 0).data(WebSocketModel::FaultRole).toBool());
        page.list()->selectRow(0);
        QVERIFY(page.notice().contains(QStringLiteral("mask")));
        QVERIFY(shown(page, 1, WebSocketModel::DataColumn).contains(QStringLiteral("No frame")));
    }

    void incomplete_isShownWhenAllIsOver()
    {
        exchange::MemoryStore store;
        Socket socket(store);
        socket.receive(WebSocketMessage::Text, "whole");
        socket.pass(Direction::Response, QByteArray::fromHex("810548656c"));
        Inspector inspector;
        const QAbstractItemModelTester tester(inspector.messagesPage()->model());
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        const MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 1);
        exchange::Summary summary = *store.summary(socket.id);
        summary.state = exchange::State::Complete;
        store.setSummary(socket.id, summary);
        store.end(socket.id);
        QTRY_COMPARE(page.model()->rowCount(), 2);
        QCOMPARE(shown(page, 1, WebSocketModel::TypeColumn), QStringLiteral("text, incomplete"));
    }

    void copy_givesTheDataOfTheChosen()
    {
        exchange::MemoryStore store;
        Socket socket(store);
        for (const char *text : { "a", "b", "c" })
            socket.send(text);
        Inspector inspector;
        inspector.setExchange(&store, socket.id);
        inspector.setCurrentTab(Inspector::Tab::Messages);
        MessagesPage &page = *inspector.messagesPage();
        QTRY_COMPARE(page.model()->rowCount(), 3);
        page.list()->selectAll();
        page.list()->actions().constFirst()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\nb\nc"));
    }
};

QTEST_MAIN(MessagesPageTest)
#include "tst_messagespage.moc"
