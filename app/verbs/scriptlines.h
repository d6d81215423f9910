#pragma once

#include "verbs/output.h"

#include <session/scriptmessage.h>

namespace headrace::app {

/// What a script says, as if it were a program of its own: its output as written, all else on standard error.
void tellScript(const session::ScriptMessage &message, Output &output);

} // namespace headrace::app
