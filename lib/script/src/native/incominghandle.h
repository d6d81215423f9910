#pragma once

#include "native/emitterhandle.h"

#include <http/incomingmessage.h>

#include <memory>

namespace headrace::script {

class Program;

/// A received message of lib/http, kept as long as JavaScript has it.
class IncomingHandle final : public EmitterHandle, public http::Keeper
{
public:
    static constexpr Kind HandleKind { "IncomingMessage" };

    IncomingHandle(Program &program, http::IncomingMessage *message);
    ~IncomingHandle() override;

    http::IncomingMessage *message() const { return m_message; } ///< Null: it is gone.

    void setText(bool isText) { m_isText = isText; } ///< 'data' has text.

private:
    QMetaObject::Connection connectTo(Event event) override;
    void messageReleased() override;
    void messageDestroyed() override;

    Program &m_program;
    http::IncomingMessage *m_message;
    bool m_isOurs = false;
    bool m_isText = false;
};

extern const NativeModule incomingNatives;

} // namespace headrace::script
