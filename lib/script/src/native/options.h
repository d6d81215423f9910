#pragma once

#include "engine/value.h"

#include <http/requestoptions.h>

namespace headrace::script {

class Program;

/// From the options object that JavaScript has checked: host, port, family, socketPath, timeout, lookup, tls…
/// ConnectOptions::origin keeps that object.
http::ConnectOptions connectOptionsFrom(Program &program, JSValueRef options);

http::RequestOptions requestOptionsFrom(Program &program, JSValueRef options);

/// From { key, cert, ca, passphrase }: PEM in octets or text, ca also as a list; nothing if none is given.
std::optional<QSslConfiguration> tlsFrom(Program &program, JSValueRef options);

/// The object that the options were made from; undefined: none.
JSValueRef originOf(Program &program, const http::ConnectOptions &options);

} // namespace headrace::script
