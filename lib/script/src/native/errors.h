#pragma once

#include "engine/call.h"

namespace headrace::script {

/// The error that a script gave, to be emitted as the very same object later; undefined and null: none.
http::Error errorFrom(JSContextRef context, JSValueRef value);

/// Errors that lib/http answers or emits, in JavaScript: errorFrom()'s object, or a new one.
JSValueRef errorValue(Context &context, const http::Error &error);

/// Latin-1 octets for the wire; a character that is none becomes NUL, which no field, path or phrase may have.
QByteArray toWireText(JSContextRef context, JSValueRef value);

} // namespace headrace::script
