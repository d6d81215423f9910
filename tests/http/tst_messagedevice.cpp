// Source: DESIGN.md "lib/http" rule 5: messages and QIODevice; reference readable.pipe().
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/transport.h>

#include <QBuffer>
#include <QFile>
#include <QPointer>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

class MessageDeviceTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void device_readsTheWholeBody();
    void device_holdsBackTheSender();
    void sendFrom_file_data();
    void sendFrom_file();
    void sendFrom_message_echoes();
    void sendFrom_deviceThatGoesAway_failsTheMessage();
    void sendFrom_unreadableDevice_failsTheMessage();
};

void MessageDeviceTest::device_readsTheWholeBody()
{
    QByteArray body;
    for (int i = 0; i < 50'000; ++i)
        body += QByteArray::number(i) + '\n';
    const quint16 port = listen([&](auto *, auto *res) { res->end(body); });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QByteArray all;
    bool finished = false;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        QIODevice *device = res->asDevice();
        QCOMPARE(res->asDevice(), device);
        QVERIFY(device->isSequential() && device->isReadable());
        connect(device, &QIODevice::readyRead, this, [&, device] { all += device->readAll(); });
        connect(device, &QIODevice::readChannelFinished, this, [&, device] {
            finished = true;
            QVERIFY(device->atEnd());
        });
    });
    QTRY_VERIFY(!req);
    QVERIFY(finished);
    QVERIFY(all == body);
}

void MessageDeviceTest::device_holdsBackTheSender()
{
    const qint64 total = qint64(64) << 20;
    QPointer<ServerResponse> sending;
    const quint16 port = listen([&](IncomingMessage *, ServerResponse *res) {
        sending = res;
        pour(res, total);
    });
    QPointer<ClientRequest> req = get(to(port, "GET"));
    QPointer<QIODevice> device;
    connect(req, &ClientRequest::response, this,
        [&](IncomingMessage *res) { device = res->asDevice(); });
    QTRY_VERIFY(device && sending->writableNeedDrain() && device->bytesAvailable() > 0);
    turn(500);
    QVERIFY(sending->writableNeedDrain());
    QVERIFY(device->bytesAvailable() < (256 << 10));
    qint64 received = 0;
    const auto drink = [&] { received += device->readAll().size(); };
    connect(device, &QIODevice::readyRead, this, drink);
    drink();
    QTRY_VERIFY(!req);
    QCOMPARE(received, total);
}

void MessageDeviceTest::sendFrom_file_data()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("empty") << qint64(0);
    QTest::newRow("small") << qint64(11);
    QTest::newRow("large") << qint64(20'000'000);
}

void MessageDeviceTest::sendFrom_file()
{
    QFETCH(qint64, size);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(QByteArray(size, 'f'));
    file.seek(0);
    qint64 received = 0;
    const quint16 port = listen([&](IncomingMessage *req, ServerResponse *res) {
        connect(req, &IncomingMessage::data, this,
            [&](const QByteArray &octets) { received += octets.count('f'); });
        connect(req, &IncomingMessage::ended, res, [res] { res->end(); });
    });
    QPointer<ClientRequest> req = request(to(port));
    req->sendFrom(&file);
    QTRY_VERIFY_WITH_TIMEOUT(!req, 20'000);
    QCOMPARE(received, size);
}

void MessageDeviceTest::sendFrom_message_echoes()
{
    const quint16 port
        = listen([](IncomingMessage *req, ServerResponse *res) { res->sendFrom(req->asDevice()); });
    QByteArray body;
    for (int i = 0; i < 100'000; ++i)
        body += "line " + QByteArray::number(i) + '\n';
    QPointer<ClientRequest> req = request(to(port));
    QByteArray got;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        QCOMPARE(res->headers().value("transfer-encoding"), "chunked");
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { got += octets; });
    });
    req->end(body);
    QTRY_VERIFY(!req);
    QVERIFY(got == body);
}

void MessageDeviceTest::sendFrom_deviceThatGoesAway_failsTheMessage()
{
    const quint16 port = listen([](auto *, auto *) {});
    auto source = std::make_unique<QBuffer>();
    QVERIFY(source->open(QIODevice::ReadOnly));
    QPointer<ClientRequest> req = request(to(port));
    m_journal.followRequest(req, false);
    req->sendFrom(source.get());
    source.reset();
    QTRY_VERIFY(!req);
    QCOMPARE(m_journal.text(), u"socket | error EIO the source of the body went away | close"_s);
}

void MessageDeviceTest::sendFrom_unreadableDevice_failsTheMessage()
{
    const quint16 port = listen([](auto *, auto *) {});
    QFile directory(u"/proc/self/mem"_s); // opens, and fails to be read at 0
    QVERIFY(directory.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
    QPointer<ClientRequest> req = request(to(port));
    m_journal.followRequest(req, false);
    req->sendFrom(&directory);
    QTRY_VERIFY(!req);
    QVERIFY2(m_journal.text().contains(u"error EIO"_s), qPrintable(m_journal.text()));
    QVERIFY(m_journal.text().endsWith(u"close"_s));
}

QTEST_GUILESS_MAIN(MessageDeviceTest)
#include "tst_messagedevice.moc"
