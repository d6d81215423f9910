// A live request with a hostile server and every kind of owner. Source: reference "Class: http.ClientRequest".
#include "application.h"
#include "eventorder.h"
#include "input.h"
#include "reading.h"
#include "require.h"
#include "support/memorysocket.h"

#include <http/http.h>
#include <http/ticks.h>

#include <QPointer>

#include <memory>
#include <vector>

using namespace headrace;
using namespace headrace::fuzz;
using headrace::test::MemorySocket;
using headrace::test::settle;
using http::ClientRequest;
using http::IncomingMessage;

namespace {

/// In the order in which the corpus names them.
constexpr Reading readings[] = { Reading::Flowing, Reading::NotHeard, Reading::Nothing,
    Reading::Discard, Reading::ByHand, Reading::PausedAtFirst };

/// What the owner of the request does.
struct Behaviour
{
    enum class Act
    {
        Nothing,
        AbortInResponse,
        DestroyInResponse,
        DestroyInData,
        DestroyBetween, ///< Two pieces of the input.
        DestroyAtOnce,
        DestroyResponse,
        DeleteSocket,
        DeleteAgent,
    };
    enum class Send
    {
        End,
        WriteAndEnd,
        EndLater, ///< With the last piece of the input.
        NeverEnd,
    };
    enum class End
    {
        Finish,
        Close,
        LeaveOpen,
    };

    explicit Behaviour(Input &input)
        : read(readings[input.choose(std::size(readings))])
        , act(Act(input.choose(9)))
        , send(Send(input.choose(4)))
        , end(End(input.choose(3)))
        , cutSize(input.choose(64))
        , method(input.choose(5))
        , flags(input.choose(256))
    {
    }

    QByteArray methodName() const
    {
        static const QByteArrayList names { "GET", "HEAD", "POST", "CONNECT", "PUT" };
        return names.at(method);
    }

    Reading read;
    Act act;
    Send send;
    End end;
    int cutSize;
    int method;
    int flags;

    bool insecure() const { return flags & 1; }

    bool small() const { return flags & 2; }

    bool keepsAlive() const { return flags & 4; }

    bool withoutAgent() const { return flags & 8; }

    bool hearsUpgrade() const { return flags & 16; }

    bool hearsConnect() const { return flags & 32; }

    bool expects() const { return flags & 64; }

    bool hearsInformation() const { return flags & 128; }
};

/// Connections in memory.
class MemoryAgent : public http::Agent
{
public:
    explicit MemoryAgent(const http::AgentOptions &options)
        : Agent(options)
    {
    }

    QIODevice *createConnection(
        const http::ConnectOptions &, http::RequestOptions::ConnectionCallback) override
    {
        const auto [near, far] = MemorySocket::makePair();
        peers.emplace_back(far);
        sockets.emplace_back(near);
        return near;
    }

    std::vector<std::unique_ptr<MemorySocket>> peers;
    std::vector<QPointer<QIODevice>> sockets;
};

class Run
{
public:
    explicit Run(const Behaviour &behaviour)
        : m_behaviour(behaviour)
    {
        http::AgentOptions agentOptions;
        agentOptions.keepAlive = behaviour.keepsAlive();
        m_agent = std::make_unique<MemoryAgent>(agentOptions);
        http::RequestOptions options;
        options.method = behaviour.methodName();
        options.insecureHTTPParser = behaviour.insecure();
        if (behaviour.small())
            options.maxHeaderSize = 64;
        if (behaviour.expects())
            options.headers = { { "Expect", "100-continue" } };
        MemoryAgent *agent = m_agent.get();
        if (behaviour.withoutAgent()) {
            options.createConnection = [agent](const http::ConnectOptions &connectOptions,
                                           const http::RequestOptions::ConnectionCallback &) {
                return agent->createConnection(connectOptions, {});
            };
        } else {
            options.agent = agent;
        }
        m_request = http::request(options);
        require(m_request, "a request");
        listen();
        send();
        if (behaviour.act == Behaviour::Act::DestroyAtOnce)
            m_request->destroy();
        settle();
    }

    void feed(const QByteArrayList &pieces)
    {
        for (qsizetype index = 0; index < pieces.size(); ++index) {
            if (m_behaviour.act == Behaviour::Act::DestroyBetween && index == 1 && m_request)
                m_request->destroy();
            if (m_behaviour.act == Behaviour::Act::DeleteSocket && index == 1)
                delete m_agent->sockets.front();
            if (m_behaviour.send == Behaviour::Send::EndLater && index + 1 == pieces.size()
                && m_request)
                m_request->end("z");
            if (m_agent && !m_agent->peers.empty())
                m_agent->peers.front()->write(pieces.at(index));
            settle();
        }
    }

    void end()
    {
        MemorySocket *peer = m_agent->peers.empty() ? nullptr : m_agent->peers.front().get();
        if (peer && m_behaviour.end == Behaviour::End::Finish)
            peer->finish();
        if (peer && m_behaviour.end == Behaviour::End::Close)
            peer->close();
        settle();
        for (const QPointer<QIODevice> &tunnel : m_tunnels)
            delete tunnel;
        if (m_response)
            m_response->resume(); // what nobody reads does not end
        settle();
        if (m_request)
            m_request->destroy();
        settle();
        auto peers = std::move(m_agent->peers);
        const auto sockets = m_agent->sockets;
        m_agent.reset();
        settle();
        peers.clear();
        settle();
        m_orders.checkEnded();
        require(!m_request, "the request goes away");
        require(m_closes == 1, "'close' once");
        for (const QPointer<QIODevice> &socket : sockets)
            require(!socket, "the device goes away");
    }

    /// The same for all cuts; an error comes before data that came in the same piece.
    QByteArray account() const { return m_account + m_failed; }

private:
    void listen()
    {
        ClientRequest *request = m_request;
        m_orders.follow(request);
        QObject::connect(request, &ClientRequest::closed, request, [this] { ++m_closes; });
        QObject::connect(
            request, &ClientRequest::errorOccurred, request, [this](const http::Error &error) {
                if (!m_response || !m_response->isComplete()) // a cut there hides what follows
                    m_failed += "error " + QByteArray(wire::name(error.code).data()) + '\n';
            });
        if (m_behaviour.hearsInformation()) {
            QObject::connect(request, &ClientRequest::information, request,
                [this](const http::Information &information) {
                    m_account += "information " + QByteArray::number(information.statusCode) + '\n'
                        + information.rawHeaders.join('\n') + '\n';
                });
        }
        const auto onTunnel
            = [this](IncomingMessage *response, QIODevice *socket, const QByteArray &head) {
                  m_account += "tunnel " + QByteArray::number(response->statusCode()) + '\n';
                  m_tunnels.push_back(socket);
                  socket->write("ping" + head);
              };
        if (m_behaviour.hearsUpgrade())
            QObject::connect(request, &ClientRequest::upgrade, request, onTunnel);
        if (m_behaviour.hearsConnect())
            QObject::connect(request, &ClientRequest::connectRequested, request, onTunnel);
        if (m_behaviour.read != Reading::NotHeard) {
            QObject::connect(request, &ClientRequest::response, request,
                [this](IncomingMessage *response) { handle(response); });
        }
    }

    void send()
    {
        using Send = Behaviour::Send;
        switch (m_behaviour.send) {
        case Send::End:
            m_request->end();
            break;
        case Send::WriteAndEnd:
            m_request->write("x");
            m_request->end("y");
            break;
        case Send::EndLater:
        case Send::NeverEnd:
            m_request->write("x");
            break;
        }
    }

    void handle(IncomingMessage *response)
    {
        require(!m_response && !m_responded, "'response' once");
        m_responded = true;
        m_response = response;
        m_account += "response " + QByteArray::number(response->statusCode()) + ' '
            + response->statusMessage() + ' ' + response->httpVersion() + '\n'
            + response->rawHeaders().join('\n') + '\n';
        m_orders.follow(response, EventOrders::End::BeforeClose);
        read(response);
        using Act = Behaviour::Act;
        switch (m_behaviour.act) {
        case Act::AbortInResponse:
            m_request->abort();
            break;
        case Act::DestroyInResponse:
            m_request->destroy();
            break;
        case Act::DestroyInData:
            QObject::connect(response, &IncomingMessage::data, response, [this] {
                if (m_request)
                    m_request->destroy();
            });
            break;
        case Act::DestroyResponse:
            response->destroy();
            break;
        case Act::DeleteAgent:
            m_agent->destroy();
            break;
        default:
            break;
        }
    }

    void read(IncomingMessage *response)
    {
        headrace::fuzz::read(
            response, m_behaviour.read, [this](const QByteArray &octets) { m_account += octets; });
        QObject::connect(response, &IncomingMessage::ended, response, [this, response] {
            m_account += "\nend " + response->rawTrailers().join('\n') + '\n';
        });
        QObject::connect(
            response, &IncomingMessage::aborted, response, [this] { m_account += "\naborted\n"; });
    }

    const Behaviour m_behaviour;
    std::unique_ptr<MemoryAgent> m_agent;
    QPointer<ClientRequest> m_request;
    QPointer<IncomingMessage> m_response;
    EventOrders m_orders;
    std::vector<QPointer<QIODevice>> m_tunnels;
    QByteArray m_account;
    QByteArray m_failed;
    bool m_responded = false;
    int m_closes = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 7);
    Behaviour behaviour(input);
    {
        Run run(behaviour);
        run.feed(cut(input.octets(), behaviour.cutSize));
        run.end();
    }

    // Nobody interferes, so the cuts decide nothing.
    behaviour.act = Behaviour::Act::Nothing;
    behaviour.read = Reading::Flowing;
    behaviour.end = Behaviour::End::Finish;
    behaviour.send = Behaviour::Send::End;
    behaviour.flags |= 16 | 32 | 128;
    Run whole(behaviour);
    whole.feed({ input.octets() });
    whole.end();
    Run pieces(behaviour);
    pieces.feed(cut(input.octets(), behaviour.cutSize));
    pieces.end();
    requireSame(whole.account(), pieces.account(), "cuts change nothing");
    return 0;
}
