#include "native/natives.h"
#include "program/program.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcessEnvironment>

#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace headrace::script {

namespace {

/// write(descriptor, textOrOctets)
JSValueRef write(Call &call)
{
    Program &running = Program::of(call);
    const auto channel = call.integer(0) == 2 ? Runtime::Channel::Error : Runtime::Channel::Output;
    Q_EMIT running.q->output(channel, call.octets(1));
    return call.undefined();
}

/// exit(code): the program is over; what is on the stack is ended as soon as the engine can.
JSValueRef exit(Call &call)
{
    Program::of(call).exit(call.integer(0));
    return call.failWith(latin1Value(call.ref(), "process.exit() was called"));
}

/// hrtime(): nanoseconds since the program started.
JSValueRef hrtime(Call &call)
{
    return call.answer(double(Program::of(call).started.nsecsElapsed()));
}

JSValueRef cwd(Call &call) { return textValue(call.ref(), QDir::currentPath()); }

/// memory(): octets of the JavaScript heap and its buffers.
JSValueRef memory(Call &call) { return call.answer(Program::of(call).q->memoryOctets()); }

/// tick(): one callback was queued; it is run in its turn by the exposed function "tick".
JSValueRef tick(Call &call)
{
    Program::of(call).addTick();
    return call.undefined();
}

/// expose(name, function): for C++ to call.
JSValueRef expose(Call &call)
{
    const QByteArray name = call.utf8(0);
    call.context().expose(name, call.object(1));
    if (name == "unhandledRejection")
        JSGlobalContextSetUnhandledRejectionCallback(
            JSContextGetGlobalContext(call.ref()), call.object(1), nullptr);
    return call.undefined();
}

/// listenSignal(name, listens)
JSValueRef listenSignal(Call &call)
{
    Q_EMIT Program::of(call).q->signalListened(call.text(0), call.boolean(1));
    return call.undefined();
}

/// kill(number): sends the signal to this process, if the program may. False: it may not.
JSValueRef kill(Call &call)
{
    if (!Program::of(call).options.ownsProcess)
        return call.answer(false);
    ::kill(::getpid(), call.integer(0));
    return call.answer(true);
}

JSValueRef fatal(Call &call)
{
    const JSValueRef exception = call.value(0);
    Program &program = Program::of(call);
    call.context().atTopLevel([&program, exception] { program.uncaught(exception); });
    return call.undefined();
}

/// answered(id, isError, value): the promise of a function that C++ has called is settled.
JSValueRef answered(Call &call)
{
    Program::of(call).answerCall(quint64(call.number(0)), call.boolean(1), call.value(2));
    return call.undefined();
}

/// environment(): [name, value, name, value…]
JSValueRef environment(Call &call)
{
    ValueList items(call.ref());
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const auto &[name, value] : Program::of(call).options.environment) {
        items.push_back(textValue(call.ref(), name));
        items.push_back(textValue(call.ref(), value));
    }
    for (const QString &name : names) {
        if (std::ranges::any_of(Program::of(call).options.environment,
                [&name](const auto &given) { return given.first == name; }))
            continue;
        items.push_back(textValue(call.ref(), name));
        items.push_back(textValue(call.ref(), environment.value(name)));
    }
    return arrayValue(call.ref(), items);
}

/// facts(): { pid, execPath, file, arguments, writeDirectory, source? }
JSValueRef facts(Call &call)
{
    const JSContextRef context = call.ref();
    const ProgramOptions &options = Program::of(call).options;
    ValueList arguments(context);
    for (const QString &argument : options.arguments)
        arguments.push_back(textValue(context, argument));
    const JSObjectRef facts = JSObjectMake(context, nullptr, nullptr);
    setProperty(context, facts, "pid", call.answer(qint64(QCoreApplication::applicationPid())));
    setProperty(
        context, facts, "execPath", textValue(context, QCoreApplication::applicationFilePath()));
    setProperty(context, facts, "file", textValue(context, options.file));
    setProperty(context, facts, "arguments", arrayValue(context, arguments));
    setProperty(context, facts, "writeDirectory", textValue(context, options.writeDirectory));
    setProperty(context, facts, "isHandler", call.answer(options.isHandler));
    if (options.source)
        setProperty(context, facts, "source", utf8Value(context, *options.source));
    return facts;
}

constexpr NativeModule::Function functions[] = {
    { "write", nativeFunction<write> },
    { "exit", nativeFunction<exit> },
    { "hrtime", nativeFunction<hrtime> },
    { "cwd", nativeFunction<cwd> },
    { "memory", nativeFunction<memory> },
    { "tick", nativeFunction<tick> },
    { "expose", nativeFunction<expose> },
    { "listenSignal", nativeFunction<listenSignal> },
    { "kill", nativeFunction<kill> },
    { "fatal", nativeFunction<fatal> },
    { "answered", nativeFunction<answered> },
    { "environment", nativeFunction<environment> },
    { "facts", nativeFunction<facts> },
};

} // namespace

const NativeModule processNatives { "process", functions };

} // namespace headrace::script
