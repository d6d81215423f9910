// bench_transfer serve [PORT]                               takes and gives bodies; prints `port N`
// bench_transfer upload|download URL OCTETS [slow] [chunked]
//
// Moves one body of OCTETS octets through Server and ClientRequest, and prints `mib_per_second N` and
// `peak_mib N` (of this process). slow: the reader stops for two milliseconds after each MiB. chunked:
// without Content-Length.
#include "usage.h"

#include <http/clientrequest.h>
#include <http/http.h>
#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>

#include <QCoreApplication>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace headrace;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Mebibyte = 1024 * 1024;
constexpr qsizetype PieceSize = 64 * 1024;

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "bench_transfer: %s\n", qPrintable(why));
    std::exit(1);
}

/// Writes a body as fast as the message takes it. Child of the message.
class BodySource : public QObject
{
public:
    BodySource(http::OutgoingMessage *message, qint64 octets)
        : QObject(message)
        , m_message(message)
        , m_left(octets)
    {
        connect(message, &http::OutgoingMessage::drain, this, &BodySource::send);
        send();
    }

private:
    void send()
    {
        static const QByteArray piece(PieceSize, 'x');
        while (m_left > 0) {
            const qint64 size = std::min<qint64>(m_left, PieceSize);
            m_left -= size;
            if (!m_message->write(size == PieceSize ? piece : piece.first(size)) && m_left > 0)
                return; // drain() follows
        }
        m_message->end();
    }

    http::OutgoingMessage *m_message;
    qint64 m_left;
};

/// Reads a body to its end and counts it. Child of the message.
class BodySink : public QObject
{
public:
    using Done = std::function<void(qint64 octets)>;

    BodySink(http::IncomingMessage *message, bool slow, Done done)
        : QObject(message)
        , m_message(message)
        , m_slow(slow)
        , m_done(std::move(done))
    {
        connect(message, &http::IncomingMessage::data, this, &BodySink::take);
        connect(message, &http::IncomingMessage::ended, this, [this] { m_done(m_octets); });
    }

private:
    void take(const QByteArray &octets)
    {
        const qint64 before = std::exchange(m_octets, m_octets + octets.size());
        if (!m_slow || before / Mebibyte == m_octets / Mebibyte)
            return;
        m_message->pause();
        QTimer::singleShot(2ms, m_message, &http::IncomingMessage::resume);
    }

    http::IncomingMessage *m_message;
    bool m_slow;
    Done m_done;
    qint64 m_octets = 0;
};

void announce(http::OutgoingMessage *message, qint64 octets, bool chunked)
{
    if (chunked)
        return;
    if (const http::Error error = message->setHeader("Content-Length", octets))
        fail(error.message);
}

// --- the server

void answer(http::IncomingMessage *request, http::ServerResponse *response)
{
    const QUrl url(QString::fromLatin1(request->url()));
    const QUrlQuery query(url);
    if (request->method() == "GET") {
        const qint64 octets = url.path().sliced(1).toLongLong();
        announce(response, octets, query.hasQueryItem(u"chunked"_s));
        new BodySource(response, octets);
    } else {
        new BodySink(request, query.hasQueryItem(u"slow"_s),
            [response](qint64 octets) { response->end(QByteArray::number(octets)); });
    }
}

int serve(quint16 port)
{
    http::Server server(answer);
    if (const http::Error error = server.listen(port, QHostAddress::LocalHost))
        fail(error.message);
    std::printf("port %d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

// --- the client

void report(qint64 octets, std::chrono::duration<double> took)
{
    std::printf("mib_per_second %.0f\n", double(octets) / Mebibyte / took.count());
    std::printf("peak_mib %.1f\n", double(usage::peakOctets()) / Mebibyte);
}

int transfer(bool upload, const QString &url, qint64 octets, bool slow, bool chunked)
{
    http::RequestOptions options = http::RequestOptions::fromUrl(url);
    options.method = upload ? "POST" : "GET";
    options.path = '/' + QByteArray::number(octets) + '?' + (slow ? "slow" : "") + '&'
        + (chunked ? "chunked" : "");
    const auto begin = std::chrono::steady_clock::now();
    http::ClientRequest *request = http::request(options);
    QObject::connect(request, &http::ClientRequest::errorOccurred, request,
        [](const http::Error &error) { fail(error.message); });
    QObject::connect(
        request, &http::ClientRequest::response, request, [=](http::IncomingMessage *response) {
            QByteArray *text = new QByteArray;
            QObject::connect(response, &http::IncomingMessage::data, response,
                [=](const QByteArray &piece) { *text += upload ? piece : QByteArray(); });
            new BodySink(response, slow && !upload, [=](qint64 received) {
                if ((upload ? text->toLongLong() : received) != octets)
                    fail(u"the body did not arrive whole"_s);
                delete text;
                report(octets, std::chrono::steady_clock::now() - begin);
                QCoreApplication::quit();
            });
        });
    if (upload) {
        announce(request, octets, chunked);
        new BodySource(request, octets);
    } else {
        request->end();
    }
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString mode = arguments.value(1);
    if (mode == "serve"_L1)
        return serve(arguments.value(2).toUShort());
    if ((mode == "upload"_L1 || mode == "download"_L1) && arguments.size() >= 4)
        return transfer(mode == "upload"_L1, arguments.at(2), arguments.at(3).toLongLong(),
            arguments.contains("slow"_L1), arguments.contains("chunked"_L1));
    std::fprintf(stderr,
        "usage: bench_transfer serve [PORT]\n"
        "       bench_transfer upload|download URL OCTETS [slow] [chunked]\n");
    return 2;
}
