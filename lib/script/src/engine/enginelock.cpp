#include "enginelock.h"

#include <dlfcn.h>

namespace headrace::script {

namespace {

// Itanium names, the same with gcc and clang, on Linux and macOS. A context group is the engine's JSC::VM.
struct Symbols
{
    using Construct = void (*)(void *holder, const void *vm);
    using Destruct = void (*)(void *holder);
    using Drain = void (*)(const void *vm);

    Construct construct
        = reinterpret_cast<Construct>(dlsym(RTLD_DEFAULT, "_ZN3JSC12JSLockHolderC1EPNS_2VME"));
    Destruct destruct
        = reinterpret_cast<Destruct>(dlsym(RTLD_DEFAULT, "_ZN3JSC12JSLockHolderD1Ev"));
    Drain drain = reinterpret_cast<Drain>(dlsym(RTLD_DEFAULT, "_ZN3JSC2VM15drainMicrotasksEv"));

    bool areComplete() const { return construct && destruct && drain; }
};

const Symbols &symbols()
{
    static const Symbols found;
    return found;
}

} // namespace

EngineLock::EngineLock(JSContextGroupRef group)
    : m_group(group)
{
    if (symbols().areComplete()) {
        symbols().construct(m_holder, group);
        m_held = true;
    }
}

EngineLock::~EngineLock()
{
    if (m_held)
        symbols().destruct(m_holder);
}

void EngineLock::drainJobs()
{
    if (m_held)
        symbols().drain(m_group);
}

} // namespace headrace::script
