#include "session/sending.h"

#include "bodyfile_p.h"
#include "bodypieces_p.h"
#include "session/clients.h"

#include <http/http.h>
#include <http/ticks.h>

#include <QFileInfo>
#include <QTimer>

namespace headrace::session {

namespace {

// How long a body waits for 100 before it goes out anyway: a server may know nothing of it. RFC 9110
// section 10.1.1 leaves the time open; this is what others take.
constexpr std::chrono::seconds continueTimeout { 1 };

QString inSeconds(std::chrono::milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0);
}

} // namespace

Sending::Sending(const RequestDraft &draft, QObject *parent)
    : QObject(parent)
    , m_prepared(prepare(draft))
    , m_timeout(draft.timeout)
    , m_verifiesCertificates(draft.verifyCertificates)
{
}

// A body of one file is the file itself.
http::Error Sending::openBody()
{
    std::unique_ptr<QIODevice> body;
    if (!m_prepared.parts.isEmpty())
        body = std::make_unique<BodyPieces>(m_prepared.parts);
    else if (!m_prepared.filePath.isEmpty())
        body = std::make_unique<BodyFile>(m_prepared.filePath, m_prepared.bodyOctets, nullptr);
    else
        return {};
    if (body->open(QIODevice::ReadOnly)) {
        m_file = body.release();
        m_file->setParent(this);
        return {};
    }
    const auto *pieces = qobject_cast<BodyPieces *>(body.get());
    const QString path = pieces ? pieces->failedPath() : m_prepared.filePath;
    const QFileInfo info(path);
    const http::ErrorCode code = !info.exists() ? http::ErrorCode::NoEntry
        : !info.isReadable()                    ? http::ErrorCode::AccessDenied
                                                : http::ErrorCode::IoFailure;
    return { code, QStringLiteral("%1 cannot be read: %2.").arg(path, body->errorString()), -1,
        {} };
}

http::Error Sending::start(Clients &clients)
{
    if (http::Error error = openBody())
        return error;
    http::RequestOptions options = m_prepared.options;
    options.agent = clients.agent(m_prepared.isSecure, m_verifiesCertificates);
    http::Error error;
    http::ClientRequest *request = http::request(options, &error);
    if (!request)
        return error;
    m_request = request;
    m_exchange = request->exchange();
    if (m_file)
        m_file->setParent(request); // it is read as long as the request needs it

    connect(request, &http::ClientRequest::timedOut, this, &Sending::giveUp);
    connect(request, &http::ClientRequest::errorOccurred, this, [] {}); // the observer tells
    connect(request, &http::ClientRequest::response, this, [this](http::IncomingMessage *message) {
        connect(message, &http::IncomingMessage::errorOccurred, this, [] {});
        sendBody();
        Q_EMIT response(message);
        connect(message, &http::IncomingMessage::data, this, [] {}); // each piece as it comes
    });
    const auto closeTunnel = [](http::IncomingMessage *, QIODevice *socket) {
        socket->close();
        socket->deleteLater();
    };
    connect(request, &http::ClientRequest::upgrade, this, closeTunnel);
    connect(request, &http::ClientRequest::connectRequested, this, closeTunnel);
    if (!m_prepared.waitsForContinue) {
        sendBody();
        return {};
    }
    connect(request, &http::ClientRequest::continued, this, &Sending::sendBody);
    QTimer::singleShot(continueTimeout, request, [this, guard = QPointer(this)] {
        const http::IoScope scope;
        if (guard)
            sendBody();
    });
    return {};
}

http::ExchangeId Sending::exchange() const { return m_exchange; }

qint64 Sending::bodyOctets() const { return m_prepared.bodyOctets; }

void Sending::sendBody()
{
    if (m_isBodySent || !m_request)
        return;
    m_isBodySent = true;
    if (!m_prepared.trailers.isEmpty())
        std::ignore = m_request->addTrailers(m_prepared.trailers); // problems() has checked them
    if (m_file)
        m_request->sendFrom(m_file);
    else
        m_request->end(m_prepared.body);
}

void Sending::giveUp()
{
    if (!m_request)
        return;
    m_request->destroy({ http::ErrorCode::TimedOut,
        QStringLiteral("nothing came or went for %1 s").arg(inSeconds(m_timeout)), -1, {} });
}

void Sending::cancel()
{
    if (m_request)
        m_request->destroy();
}

} // namespace headrace::session
