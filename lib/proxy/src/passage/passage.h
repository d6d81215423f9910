#pragma once

#include "origin/originconnection.h"
#include "passage/gathering.h"
#include "passage/messagesender.h"
#include "passage/passagerecord.h"
#include "passage/tunnel.h"
#include "passage/websocketrelay.h"
#include "proxy/requesttarget.h"
#include "proxy/transit.h"

#include <memory>
#include <optional>
#include <vector>

namespace headrace::proxy {

class ClientConnection;

/** One exchange on its way: a request of a client, from its first octet on, and the answer to it. It takes what its client's
    connection reads, as fast as it can be sent on; has an origin's connection for as long as it needs it; and asks
    interceptors in between. Owner: the client's connection, and each function that is being executed.

    Octets go on as they came. A head is put together anew only where a line of it was changed, a body only where somebody
    has changed it. */
class Passage final : public Transit,
                      public std::enable_shared_from_this<Passage>,
                      private OriginConnection::User,
                      private MessageSender::Owner
{
public:
    Passage(ClientConnection &client, http::MonotonicTime began);
    ~Passage() override;

    // --- from the client's connection
    bool takesRequest() const; ///< More of the request can be taken now.

    bool isRequestComplete() const { return m_isRequestComplete; }

    bool isOver() const { return m_isOver; }

    bool isConnect() const { return m_target.form == RequestTarget::Form::Authority; }

    void requestOctets(wire::MessagePart part, const QByteArray &octets, http::MonotonicTime time);
    void requestHead(const wire::Head &head, http::MonotonicTime time);
    void requestChunk(const wire::ChunkHeader &chunk, http::MonotonicTime time);
    void requestTrailers(const wire::Fields &trailers, http::MonotonicTime time);
    void requestEnded(http::MonotonicTime time);

    /// What follows is no request. \a rest: what was read with it.
    void requestFaulted(const http::Error &error, const QByteArray &rest);
    void clientEnded(); ///< It will send nothing more, and may wait for an answer.
    void clientGone(const http::Error &error);
    void stop(); ///< The proxy stops: the exchange was canceled.

    // --- from the entry of its tunnel (CONNECT)
    PassageRecord &record() { return m_record; }

    /// What comes passes through unseen, but for the record.
    void passThrough(std::unique_ptr<OriginConnection> origin, const QByteArray &fromClient,
        const QByteArray &fromOrigin);
    void entered(); ///< What is in the tunnel are exchanges of their own: this one is over.

    // --- Transit
    exchange::ExchangeId id() const override;
    exchange::FilterSubject &subject() override;
    TransitMessage &request() override;
    TransitMessage &response() override;
    Route &route() override;
    Shaping &shaping(exchange::Direction direction) override;
    void setPieceFilter(exchange::Direction direction, PieceFilter filter) override;
    void setWebSocketFilter(WebSocketFilter filter) override;
    void addChange(exchange::Change change) override;
    void addEvent(const QString &name, const QString &detail) override;
    void addHeldTime(std::chrono::microseconds time) override;
    void resume() override;
    void answer(const TransitMessage &response, bool verbatim) override;
    void answerFrom(const MessageHead &head, std::unique_ptr<BodySource> body) override;
    void drop(bool reset, const QString &why) override;

private:
    class Subject;

    /// Of a message on its way out.
    struct Way
    {
        Shaping shaping;
        PieceFilter filter;
        std::optional<Gathering> gathering; ///< Its body is wanted whole.
        std::unique_ptr<MessageSender> sender; ///< From its head on.
        bool isReframed = false; ///< What was gathered was changed.
    };

    enum class Phase
    {
        ReadingHead,
        AtRequestHead, // interceptors are asked
        GatheringRequest,
        AtRequestBody,
        Connecting, // to the origin
        Sending, // the request goes on; there is no response yet
        AtResponseHead,
        GatheringResponse,
        AtResponseBody,
        Answering, // the response goes on
        Tunneling,
        Over
    };

    // passage.cpp: stages, and the end
    void ask(Stage stage);
    void askOn();
    void stageDone();
    void giveUpInterceptors(const QString &why);
    void end(bool keepsClient);
    void resetClient(bool reset);

    // passagerequest.cpp: the request, and the way to the origin
    bool findRoute(const wire::Head &head);
    void refuse(
        int statusCode, const http::Error &error, const QList<wire::FieldLine> &fields = {});
    void requestHeadDone();
    void sayContinue();
    void requestBodyDone();
    void connectOrigin();
    void sendRequest();
    void frameRequest();
    void requestSent();
    static void sendGathered(Way &way, const TransitMessage &message);
    Hop hop() const;
    bool mayBeAnswered() const;
    bool mayRepeat() const;

    void originPhase(http::SocketPhase phase, http::MonotonicTime time) override;
    void originReady() override;
    void originReadable() override;
    void originFailed(const http::Error &error) override;

    // passageresponse.cpp: the response, whoever makes it
    bool takesResponse() const;
    bool isRecorded() const; ///< The response that is read now.
    void pumpResponse();
    void responseOctets(
        wire::MessagePart part, const wire::MessageParser &parser, http::MonotonicTime time);
    void responseHead(const wire::Head &head, http::MonotonicTime time);
    void interimHead(const wire::Head &head);
    void responseHeadDone();
    void sendResponse();
    void frameResponse();
    void responseEnded(http::MonotonicTime time);
    void responseSent();
    void responseFaulted(const http::Error &error, const QByteArray &rest);
    void finishIfDone();
    MessageReader *reader();
    void releaseOrigin(bool keep);

    MessageSender::Owner &sendersOwner() { return *this; }

    void senderDrained(exchange::Direction direction) override;

    // passageanswer.cpp: answers that are not the origin's
    bool beginAnswer();
    void frameAnswer(TransitMessage &made) const;
    void answerOurselves(const QByteArray &octets, std::unique_ptr<BodySource> body = nullptr);
    void readOwnBodySoon();
    void readOwnBody();
    void sayFailure(int statusCode, const QString &text, const QList<wire::FieldLine> &fields);
    void failWith(const http::Error &error);

    // passagetunnel.cpp: faults and tunnels
    void senderFaulted(exchange::Direction direction, Shaping::Fault fault) override;
    static QString faultText(Shaping::Fault fault);
    void establish();
    void upgrade();
    void startTunnel(const QByteArray &fromClient, const QByteArray &fromOrigin);
    Tunnel::Filter webSocketFilter();
    void settleWebSocket(exchange::Direction direction);
    void tunnelEnded(const http::Error &error);

    ClientConnection &m_client;
    std::shared_ptr<const std::vector<Interceptor *>> m_interceptors;
    PassageRecord m_record;
    Phase m_phase = Phase::ReadingHead;

    RequestTarget m_target;
    Route m_route;
    TransitMessage m_request;
    MessageHead m_receivedHead; ///< Of the request, as its client wrote it.
    wire::BodyFraming m_requestFraming = wire::BodyFraming::None;
    Way m_requestWay;
    bool m_isRequestComplete = false; ///< It was read.
    bool m_isRequestSent = false; ///< And sent on.
    bool m_keepsClient = true; ///< The request lets its connection persist.
    bool m_asksUpgrade = false;
    bool m_discardsRequest = false; ///< There is nobody whom it could go on to.
    qint64 m_requestBodyOctets = 0;

    std::unique_ptr<OriginConnection> m_origin;
    std::unique_ptr<MessageReader> m_own; ///< Our own answer, in place of an origin's.
    bool m_isOwnRecorded = false;
    std::unique_ptr<BodySource> m_ownBody; ///< What is left of it; null: m_own has all.
    qint64 m_ownBodyLeft = 0;
    bool m_isOwnBodyDue = false; ///< The event loop comes to it.
    http::Error m_ownError; ///< It broke off.
    bool m_hasRepeated = false;
    http::Error m_originError; ///< Its connection broke, and not all that came is read.

    TransitMessage m_response;
    QByteArray m_responseOctets; ///< Its head, while nobody has to see m_response.
    int m_responseStatus = 0; ///< Of the head that was read last.
    wire::BodyFraming m_responseFraming = wire::BodyFraming::None;
    Way m_responseWay;
    bool m_hasResponseOctets = false;
    bool m_isSwitching = false; ///< The response is the 101 of an upgrade.
    bool m_isResponseComplete = false; ///< It was read.
    bool m_isAnswered = false; ///< And sent on.
    bool m_keepsOrigin = true;
    bool m_responseKeepsClient = true;

    Stage m_stage = Stage::RequestHead;
    size_t m_nextInterceptor = 0;
    bool m_isAsking = false; ///< Inside intercept().
    bool m_isResumed = false; ///< While it was.
    bool m_isWaiting = false; ///< For a decision.
    int m_decisions = 0; ///< By answer() and drop().
    size_t m_firstForAnswer = 0; ///< Interceptors before it do not see the response.
    bool m_isPumping = false;
    bool m_isOver = false;

    WebSocketFilter m_webSocketFilter;
    std::unique_ptr<WebSocketRelay> m_webSocket; ///< With a filter of its messages.
    std::unique_ptr<Tunnel> m_tunnel;
    std::unique_ptr<Subject> m_subject;
};

} // namespace headrace::proxy
