#include "clientfixture.h"

#include <QCoreApplication>
#include <QTest>

namespace headrace::http::test {

using namespace Qt::StringLiterals;

void ClientFixture::init()
{
    m_journal.clear();
    m_agent = std::make_unique<Agent>();
}

void ClientFixture::cleanup()
{
    m_agent.reset();
    m_server.reset();
}

quint16 ClientFixture::listen(const Handler &handler)
{
    m_server = std::make_unique<Server>(handler);
    return m_server->listen(0, QHostAddress::LocalHost) ? 0 : m_server->serverPort();
}

RequestOptions ClientFixture::to(quint16 port, const QByteArray &method) const
{
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = port;
    options.method = method;
    options.agent = m_agent.get();
    return options;
}

ClientRequest *ClientFixture::start(RequestOptions options, bool response)
{
    m_journal.clear();
    Error error;
    ClientRequest *started = request(options, &error);
    if (!started)
        qFatal("%s", qPrintable(error.message));
    m_journal.followRequest(started, response);
    return started;
}

QString ClientFixture::journalOf(const RequestOptions &options, const Use &use, bool response)
{
    const QPointer<ClientRequest> started = start(options, response);
    (use ? use : justEnd)(started);
    const bool over = QTest::qWaitFor([&] { return !started; }, 10'000);
    return m_journal.text() + (over ? u""_s : u" [not over]"_s);
}

void ClientFixture::warmUp(quint16 port, const QByteArray &path)
{
    RequestOptions options = to(port, "GET");
    options.path = path;
    get(options);
    QTRY_COMPARE(m_agent->freeSockets().size(), 1);
}

void justEnd(ClientRequest *request) { request->end(); }

void turn(int times)
{
    for (int i = 0; i < times; ++i)
        QCoreApplication::processEvents();
}

void pour(OutgoingMessage *target, qint64 total)
{
    const auto left = std::make_shared<qint64>(total);
    const auto more = [target, left] {
        static const QByteArray piece(64 * 1024, 'x');
        while (*left > 0) {
            const QByteArray part = piece.first(qMin<qint64>(*left, piece.size()));
            *left -= part.size();
            if (!target->write(part))
                break;
        }
        if (*left == 0 && !target->writableEnded())
            target->end();
    };
    QObject::connect(target, &OutgoingMessage::drain, target, more);
    more();
}

} // namespace headrace::http::test
