#include "natives.h"

#include "program.h"

namespace headrace::script {

namespace {

ScriptLoop &loop() { return *Program::current()->loop; }

TimerLists::Id idOf(const Call &call) { return TimerLists::Id(call.number(0)); }

/// schedule(id, milliseconds, repeats)
JSValueRef schedule(Call &call)
{
    loop().startTimer(idOf(call), qint64(call.number(1)), call.boolean(2));
    return call.undefined();
}

JSValueRef cancel(Call &call)
{
    loop().stopTimer(idOf(call));
    return call.undefined();
}

JSValueRef ref(Call &call)
{
    loop().setTimerReferenced(idOf(call), true);
    return call.undefined();
}

JSValueRef unref(Call &call)
{
    loop().setTimerReferenced(idOf(call), false);
    return call.undefined();
}

/// immediate(referenced): the immediates are run once, in the next check phase.
JSValueRef immediate(Call &call)
{
    loop().requestImmediates(call.boolean(0));
    return call.undefined();
}

JSValueRef setCallback(Call &call)
{
    call.context().expose("timer", call.object(0));
    return call.undefined();
}

JSValueRef setImmediateCallback(Call &call)
{
    call.context().expose("immediates", call.object(0));
    return call.undefined();
}

constexpr NativeModule::Function functions[] = {
    { "schedule", nativeFunction<schedule> },
    { "cancel", nativeFunction<cancel> },
    { "ref", nativeFunction<ref> },
    { "unref", nativeFunction<unref> },
    { "immediate", nativeFunction<immediate> },
    { "setCallback", nativeFunction<setCallback> },
    { "setImmediateCallback", nativeFunction<setImmediateCallback> },
};

} // namespace

const NativeModule timerNatives { "timers", functions };

} // namespace headrace::script
