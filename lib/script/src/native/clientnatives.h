#pragma once

#include "native/emitterhandle.h"

#include <http/clientrequest.h>
#include <http/incomingmessage.h>

namespace headrace::script {

class OutgoingHandle;
class Program;

/// The http.IncomingMessage of a response; made on first use.
JSValueRef clientResponse(
    Program &program, OutgoingHandle &request, http::IncomingMessage *response);

JSValueRef informationValue(JSContextRef context, const http::Information &information);

extern const NativeModule clientNatives;

} // namespace headrace::script
