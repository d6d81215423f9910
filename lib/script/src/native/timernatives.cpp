#include "native/natives.h"
#include "program/program.h"

namespace headrace::script {

namespace {

ScriptLoop &loopOf(const Call &call) { return *Program::of(call).loop; }

TimerLists::Id idOf(const Call &call) { return TimerLists::Id(call.number(0)); }

/// schedule(id, milliseconds, repeats)
JSValueRef schedule(Call &call)
{
    loopOf(call).startTimer(idOf(call), qint64(call.number(1)), call.boolean(2));
    return call.undefined();
}

JSValueRef cancel(Call &call)
{
    loopOf(call).stopTimer(idOf(call));
    return call.undefined();
}

JSValueRef ref(Call &call)
{
    loopOf(call).setTimerReferenced(idOf(call), true);
    return call.undefined();
}

JSValueRef unref(Call &call)
{
    loopOf(call).setTimerReferenced(idOf(call), false);
    return call.undefined();
}

/// immediate(referenced): the immediates are run once, in the next check phase.
JSValueRef immediate(Call &call)
{
    loopOf(call).requestImmediates(call.boolean(0));
    return call.undefined();
}

/// referImmediates(referenced): whether those that are queued hold the program.
JSValueRef referImmediates(Call &call)
{
    loopOf(call).setImmediatesReferenced(call.boolean(0));
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
    { "referImmediates", nativeFunction<referImmediates> },
    { "setCallback", nativeFunction<setCallback> },
    { "setImmediateCallback", nativeFunction<setImmediateCallback> },
};

} // namespace

const NativeModule timerNatives { "timers", functions };

} // namespace headrace::script
