#include "native/natives.h"

#include "native/agents.h"
#include "native/clientnatives.h"
#include "native/incominghandle.h"
#include "native/netnatives.h"
#include "native/outgoinghandle.h"
#include "native/servers.h"
#include "native/sockets.h"
#include "native/streamdevice.h"

namespace headrace::script {

void addAllNatives(Context &context)
{
    for (const NativeModule *module : { &loaderNatives, &processNatives, &timerNatives,
             &emitterNatives, &incomingNatives, &outgoingNatives, &responseNatives, &clientNatives,
             &serverNatives, &agentNatives, &socketNatives, &streamNatives, &netNatives,
             &httpNatives, &osNatives, &textNatives, &fsNatives, &cryptoNatives, &zlibNatives })
        context.addNatives(*module);
}

} // namespace headrace::script
