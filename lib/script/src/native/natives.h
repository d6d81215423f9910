#pragma once

#include "engine/call.h"

namespace headrace::script {

// What C++ gives to the built-in JavaScript modules; each in the file of its name below native/.
extern const NativeModule loaderNatives;
extern const NativeModule processNatives;
extern const NativeModule timerNatives;
extern const NativeModule httpNatives;
extern const NativeModule osNatives;
extern const NativeModule textNatives;
extern const NativeModule fsNatives;
extern const NativeModule cryptoNatives;
extern const NativeModule zlibNatives;

void addAllNatives(Context &context);

} // namespace headrace::script
