#pragma once

/** The one place that knows where JavaScriptCore comes from: Debian's libjavascriptcoregtk, or the system
    framework on macOS. Below its public headers, what both export of the C API without declaring it there. */
#include <JavaScriptCore/JavaScript.h>

extern "C" {

/// Called on the thread of the engine when the time is up; true ends the script that runs.
typedef bool (*JSShouldTerminateCallback)(JSContextRef context, void *data);
JS_EXPORT void JSContextGroupSetExecutionTimeLimit(
    JSContextGroupRef group, double seconds, JSShouldTerminateCallback callback, void *data);
JS_EXPORT void JSContextGroupClearExecutionTimeLimit(JSContextGroupRef group);

/// \a function: called with (promise, reason) for each rejected promise that has no handler when the jobs are done.
JS_EXPORT void JSGlobalContextSetUnhandledRejectionCallback(
    JSGlobalContextRef context, JSObjectRef function, JSValueRef *exception);

/// An object with heapSize, heapCapacity, extraMemorySize, objectCount…
JS_EXPORT JSObjectRef JSGetMemoryUsageStatistics(JSContextRef context);

} // extern "C"
