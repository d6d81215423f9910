// A live server with hostile octets and every kind of handler. Source: reference "Class: http.Server"; DESIGN.md.
#include "application.h"
#include "eventorder.h"
#include "input.h"
#include "reading.h"
#include "require.h"
#include "support/memorysocket.h"

#include <http/http.h>
#include <http/ticks.h>
#include <http/transport.h>
#include <wire/messageparser.h>

#include <QPointer>

#include <memory>
#include <vector>

using namespace headrace;
using namespace headrace::fuzz;
using headrace::test::MemorySocket;
using headrace::test::settle;
using http::IncomingMessage;
using http::Server;
using http::ServerResponse;
using http::Transport;
using Event = wire::MessageParser::Event;

namespace {

/// What the owner of the server does.
struct Behaviour
{
    enum class Answer
    {
        AtOnce,
        AtEnd,
        InPieces,
        Later, ///< With the next piece of the input.
        Never,
        DestroyRequest,
        DestroyResponse,
        DestroyInData,
        DeleteSocket,
    };
    enum class OnError
    {
        NotHeard,
        Answer,
        LeaveOpen,
        Destroy,
    };
    enum class End
    {
        Finish,
        Close,
        Delete, ///< The server.
    };

    explicit Behaviour(Input &input)
        : read(Reading(input.choose(5)))
        , answer(Answer(input.choose(9)))
        , onError(OnError(input.choose(4)))
        , end(End(input.choose(3)))
        , cutSize(input.choose(64))
        , flags(input.choose(256))
        , window(input.flip() ? input.choose(256) : -1)
        , floods(input.choose(8) == 7)
    {
    }

    Reading read;
    Answer answer;
    OnError onError;
    End end;
    int cutSize;
    int flags;
    int window; ///< Of the peer; -1: no limit.
    bool floods; ///< The octets come again and again.

    bool insecure() const { return flags & 1; }

    bool small() const { return flags & 2; }

    bool checksContinue() const { return flags & 4; }

    bool checksExpectation() const { return flags & 8; }

    bool hearsUpgrade() const { return flags & 16; }

    bool hearsConnect() const { return flags & 32; }

    bool trailers() const { return flags & 64; }

    bool corks() const { return flags & 128; }
};

/// One connection with one behaviour.
class Run
{
public:
    explicit Run(const Behaviour &behaviour)
        : m_behaviour(behaviour)
        , m_server(std::make_unique<Server>(optionsOf(behaviour)))
    {
        listen();
        const auto [near, far] = MemorySocket::makePair();
        m_peer.reset(far);
        if (behaviour.window >= 0)
            far->setWindow(behaviour.window);
        m_near = near;
        m_server->injectConnection(near);
        settle();
    }

    void feed(const QByteArrayList &pieces)
    {
        for (const QByteArray &piece : pieces) {
            m_peer->write(piece);
            settle();
            m_received += m_peer->takeAll();
            const auto later = std::exchange(m_later, {});
            for (const QPointer<ServerResponse> &response : later)
                answer(response);
            settle();
            for (const QPointer<IncomingMessage> &request : m_incoming)
                require(!request || request->readableLength() <= MaxCollected,
                    "bodies are not collected");
        }
    }

    void end()
    {
        switch (m_behaviour.end) {
        case Behaviour::End::Finish:
            m_peer->finish();
            break;
        case Behaviour::End::Close:
            m_peer->close();
            break;
        case Behaviour::End::Delete:
            m_server.reset();
            break;
        }
        settle();
        m_received += m_peer->takeAll();
        for (const QPointer<ServerResponse> &response : std::exchange(m_later, {}))
            answer(response);
        settle();
        m_received += m_peer->takeAll();
        m_peer->close();
        settle();
        for (const QPointer<QIODevice> &tunnel : m_tunnels)
            delete tunnel;
        settle();
        if (m_server && m_behaviour.onError == Behaviour::OnError::LeaveOpen)
            m_server->closeAllConnections(); // its listener should have
        settle();
        if (m_server)
            require(m_server->connectionCount() == 0, "every connection ends");
        require(!m_near, "the device goes away");
        m_server.reset();
        settle();
        m_orders.checkEnded();
    }

    /// What is left of a run in which no answer went out: the same for all cuts. Message by message, as an error
    /// behind a request comes before that request's 'end' only when both came in one piece.
    QByteArray account() const { return m_accounts.join() + m_refused; }

    const QByteArray &received() const { return m_received; }

    bool wasAsked() const { return !m_accounts.isEmpty(); }

private:
    static http::ServerOptions optionsOf(const Behaviour &behaviour)
    {
        http::ServerOptions options;
        options.insecureHTTPParser = behaviour.insecure();
        if (behaviour.small())
            options.maxHeaderSize = 64;
        return options;
    }

    void listen()
    {
        Server *server = m_server.get();
        const auto onRequest = [this](IncomingMessage *request, ServerResponse *response) {
            handle(request, response);
        };
        QObject::connect(server, &Server::request, server, onRequest);
        if (m_behaviour.checksContinue()) {
            QObject::connect(server, &Server::checkContinue, server,
                [this](IncomingMessage *request, ServerResponse *response) {
                    if (m_behaviour.trailers())
                        response->writeContinue();
                    handle(request, response);
                });
        }
        if (m_behaviour.checksExpectation())
            QObject::connect(server, &Server::checkExpectation, server, onRequest);
        const auto onTunnel
            = [this](IncomingMessage *request, QIODevice *socket, const QByteArray &head) {
                  m_accounts.append("tunnel " + request->url() + '\n');
                  m_orders.follow(request, EventOrders::End::Whenever);
                  m_tunnels.push_back(socket);
                  socket->write("HTTP/1.1 101 Go\r\n\r\n" + head);
                  if (m_behaviour.answer == Behaviour::Answer::AtOnce)
                      socket->close();
              };
        if (m_behaviour.hearsUpgrade())
            QObject::connect(server, &Server::upgrade, server, onTunnel);
        if (m_behaviour.hearsConnect())
            QObject::connect(server, &Server::connectRequested, server, onTunnel);
        if (m_behaviour.onError != Behaviour::OnError::NotHeard) {
            QObject::connect(server, &Server::clientError, server,
                [this](const http::Error &error, QIODevice *socket) { refuse(error, socket); });
        }
    }

    void refuse(const http::Error &error, QIODevice *socket)
    {
        m_refused += "refused " + QByteArray(wire::name(error.code).data()) + '\n';
        if (!socket)
            return;
        Transport *transport = Transport::of(socket);
        if (m_behaviour.onError == Behaviour::OnError::Answer && transport->isWritable()) {
            transport->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            transport->end();
        } else if (m_behaviour.onError == Behaviour::OnError::Destroy) {
            transport->destroy();
        }
    }

    void handle(IncomingMessage *request, ServerResponse *response)
    {
        m_accounts.append(request->method() + ' ' + request->url() + ' ' + request->httpVersion()
            + '\n' + request->rawHeaders().join('\n') + '\n');
        m_orders.follow(request, EventOrders::End::Whenever);
        m_orders.follow(response);
        if (m_behaviour.corks())
            response->cork();
        read(request);
        using Answer = Behaviour::Answer;
        switch (m_behaviour.answer) {
        case Answer::AtOnce:
        case Answer::InPieces:
            answer(response);
            break;
        case Answer::AtEnd:
            QObject::connect(
                request, &IncomingMessage::ended, response, [this, response] { answer(response); });
            break;
        case Answer::Later:
            m_later.push_back(response);
            break;
        case Answer::Never:
            break;
        case Answer::DestroyRequest:
            request->destroy();
            break;
        case Answer::DestroyResponse:
            response->write("x");
            response->destroy();
            break;
        case Answer::DestroyInData:
            QObject::connect(
                request, &IncomingMessage::data, request, [request] { request->destroy(); });
            break;
        case Answer::DeleteSocket:
            delete m_near;
            break;
        }
    }

    void read(IncomingMessage *request)
    {
        const qsizetype index = m_accounts.size() - 1;
        const auto note = [this, request, index](const QByteArray &octets) {
            m_accounts[index] += octets;
            require(
                request->readableLength() <= http::ReadableStream::DefaultHighWaterMark + 64 * 1024,
                "bodies are not collected");
        };
        headrace::fuzz::read(request, m_behaviour.read, note);
        QObject::connect(request, &IncomingMessage::ended, request, [this, request, index] {
            m_accounts[index] += "\nend " + request->rawTrailers().join('\n') + '\n';
        });
    }

    void answer(ServerResponse *response)
    {
        if (!response || response->writableEnded())
            return;
        if (m_behaviour.trailers()) {
            (void)response->setHeader("Trailer", "A");
            (void)response->addTrailers({ { "A", "b" } });
        }
        http::Error thrown;
        if (m_behaviour.answer == Behaviour::Answer::InPieces) {
            response->write("one", {}, &thrown);
            response->write(QByteArray(100, '2'), {}, &thrown);
        }
        response->end("ok", {}, &thrown);
    }

    /// The mark that a body is held back at, and one read of the device.
    static constexpr qsizetype MaxCollected
        = http::ReadableStream::DefaultHighWaterMark + 64 * 1024;

    const Behaviour m_behaviour;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<MemorySocket> m_peer;
    QPointer<QIODevice> m_near;
    EventOrders m_orders;
    std::vector<QPointer<IncomingMessage>> m_incoming;
    std::vector<QPointer<ServerResponse>> m_later;
    std::vector<QPointer<QIODevice>> m_tunnels;
    QByteArrayList m_accounts; ///< Of each message.
    QByteArray m_refused;
    QByteArray m_received;
};

/// What a server that answers in the usual way sends is a row of responses: whole ones, then perhaps one that
/// was cut off.
void checkAnswers(const QByteArray &octets)
{
    wire::MessageParser parser(wire::MessageKind::Response, {}, wire::Lenience::Insecure);
    parser.feed(octets);
    for (Event event = parser.next(); event != Event::NeedMore; event = parser.next()) {
        if (event == Event::Fault)
            require(
                parser.error().code == wire::ErrorCode::ParserClosedConnection, "answers are HTTP");
        if (event == Event::Fault || event == Event::Tunnel)
            return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 9);
    Behaviour behaviour(input);
    {
        Run run(behaviour);
        QByteArrayList pieces = cut(input.octets(), behaviour.cutSize);
        if (behaviour.floods)
            pieces.append(input.octets().repeated(100));
        run.feed(pieces);
        run.end();
        const bool usual = behaviour.onError != Behaviour::OnError::LeaveOpen
            && !behaviour.hearsUpgrade() && !behaviour.hearsConnect()
            && !input.octets().contains("HEAD");
        if (usual && behaviour.window < 0)
            checkAnswers(run.received());
        // Trailers of an unchunked answer are refused, and then it is none.
        if (usual && !behaviour.trailers() && behaviour.answer == Behaviour::Answer::AtOnce
            && run.wasAsked())
            require(run.received().startsWith("HTTP/1.1 "), "who is asked and answers is heard");
    }

    // Nobody answers, so the cuts decide nothing.
    behaviour.answer = Behaviour::Answer::Never;
    behaviour.read = Reading::Flowing;
    behaviour.end = Behaviour::End::Finish;
    behaviour.window = -1;
    behaviour.onError = Behaviour::OnError::Answer;
    behaviour.flags |= 4 | 8 | 16 | 32;
    behaviour.flags &= ~64;
    Run whole(behaviour);
    whole.feed({ input.octets() });
    whole.end();
    Run pieces(behaviour);
    pieces.feed(cut(input.octets(), behaviour.cutSize));
    pieces.end();
    requireSame(whole.account(), pieces.account(), "cuts change nothing");
    return 0;
}
