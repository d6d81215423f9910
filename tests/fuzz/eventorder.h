#pragma once

#include "require.h"

#include <http/http.h>

#include <QPointer>

#include <memory>
#include <vector>

namespace headrace::fuzz {

/** Watches the events of messages: 'close' once and last, at most one 'error', nothing after the end. What is
    connected to here has no say in what the library does by default, but for 'error' of a message. */
class EventOrders
{
public:
    enum class End
    {
        BeforeClose,
        Whenever, ///< 'close' may be first: of a request that others follow in one piece, as in the reference.
    };

    void follow(http::IncomingMessage *message, End end)
    {
        const auto state = add();
        using http::IncomingMessage;
        QObject::connect(message, &IncomingMessage::ended, message, [state, end] {
            // The reference ends an aborted body even behind 'close'.
            require(
                end == End::Whenever || !state->closed || state->aborted, "'end' before 'close'");
            require(!state->ended, "'end' once");
            state->ended = true;
        });
        QObject::connect(message, &IncomingMessage::aborted, message, [state] {
            require(!state->closed && !state->aborted, "'aborted' once and before 'close'");
            state->aborted = true;
        });
        QObject::connect(message, &IncomingMessage::closed, message, [state] {
            require(!state->closed, "'close' once");
            state->closed = true;
        });
        QObject::connect(message, &QObject::destroyed, message, [state] { state->gone = true; });
    }

    void follow(http::OutgoingMessage *message)
    {
        const auto state = add();
        using http::OutgoingMessage;
        QObject::connect(message, &OutgoingMessage::finish, message, [state] {
            require(!state->closed && !state->ended, "'finish' once and before 'close'");
            state->ended = true;
        });
        QObject::connect(message, &OutgoingMessage::drain, message,
            [state] { require(!state->closed, "no 'drain' after 'close'"); });
        QObject::connect(message, &OutgoingMessage::errorOccurred, message, [state] {
            require(!state->closed, "no 'error' after 'close'");
            require(++state->errors == 1, "one 'error'");
        });
        QObject::connect(message, &OutgoingMessage::closed, message, [state] {
            require(!state->closed, "'close' once");
            state->closed = true;
        });
        QObject::connect(message, &QObject::destroyed, message, [state] { state->gone = true; });
    }

    /// All is over: no message is left behind.
    void checkEnded() const
    {
        for (const auto &state : m_states)
            require(state->gone, "messages go away with their connection");
    }

private:
    struct State
    {
        bool ended = false;
        bool aborted = false;
        bool closed = false;
        bool gone = false;
        int errors = 0;
    };

    std::shared_ptr<State> add()
    {
        m_states.push_back(std::make_shared<State>());
        return m_states.back();
    }

    std::vector<std::shared_ptr<State>> m_states;
};

} // namespace headrace::fuzz
