#include "natives.h"

namespace headrace::script {

void addAllNatives(Context &context)
{
    for (const NativeModule *module : { &loaderNatives, &processNatives, &timerNatives })
        context.addNatives(*module);
}

} // namespace headrace::script
