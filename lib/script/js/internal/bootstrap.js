// The first JavaScript of every runtime: the module loader, the globals, then the program's main module.
// Called with the native modules of C++.
'use strict';
const load = native.loader.builtin('internal/loader');
const loaderModule = { exports: {} };
load(loaderModule.exports, undefined, loaderModule, native, undefined);
const { requireBuiltin, runMain } = loaderModule.exports;

const process = requireBuiltin('process');
loaderModule.exports.setProcess(process);
requireBuiltin('internal/stack');
requireBuiltin('internal/globals');
requireBuiltin('internal/lifecycle');

runMain(native.process.facts());
