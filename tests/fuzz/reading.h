#pragma once

#include <http/incomingmessage.h>
#include <http/ticks.h>

#include <QObject>

namespace headrace::fuzz {

/// How the owner of a received message reads it.
enum class Reading
{
    Nothing,
    Flowing,
    Discard,
    ByHand,
    PausedAtFirst,
    NotHeard, ///< No listener to 'response' at all: requests only.
};

/// Reads \a message so; \a note gets each piece.
template <typename Note>
void read(http::IncomingMessage *message, Reading how, const Note &note)
{
    switch (how) {
    case Reading::NotHeard:
    case Reading::Nothing:
        break;
    case Reading::Flowing:
        QObject::connect(message, &http::IncomingMessage::data, message, note);
        break;
    case Reading::Discard:
        message->resume();
        break;
    case Reading::ByHand:
        QObject::connect(message, &http::IncomingMessage::readable, message, [message, note] {
            for (QByteArray octets = message->read(); !octets.isNull(); octets = message->read())
                note(octets);
        });
        break;
    case Reading::PausedAtFirst:
        message->pause();
        QObject::connect(message, &http::IncomingMessage::data, message, note);
        http::nextTick(message, [message] { message->resume(); });
        break;
    }
}

} // namespace headrace::fuzz
