#include "verbs/scriptlines.h"

#include <cstdio>

namespace headrace::app {

void tellScript(const session::ScriptMessage &message, Output &output)
{
    switch (message.kind) {
    case session::ScriptMessage::Kind::Output:
        output.write(message.text.toUtf8());
        break;
    case session::ScriptMessage::Kind::Error:
        std::fputs(message.text.toUtf8().constData(), stderr);
        break;
    case session::ScriptMessage::Kind::Failure:
        std::fprintf(stderr, "%s\n", message.text.toUtf8().constData());
        break;
    case session::ScriptMessage::Kind::Note:
        complain(message.origin.isEmpty() ? message.text
                                          : message.origin + QLatin1String(": ") + message.text);
        break;
    }
}

} // namespace headrace::app
