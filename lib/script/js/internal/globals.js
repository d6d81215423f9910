'use strict';
// What programs find on globalThis without require(): most of it is loaded when it is used first.
// Source: reference "Global objects".
const timers = require('timers');
const { queueMicrotask } = require('internal/ticks');

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { configurable: true, enumerable, writable: true, value });
  return value;
}

function defineLazy(name, load, enumerable = false) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable,
    get: () => define(name, load(), enumerable),
    set: (value) => define(name, value, enumerable),
  });
}

define('global', globalThis, true);
define('process', process);
for (const name of ['clearInterval', 'clearTimeout', 'setInterval', 'setTimeout', 'clearImmediate', 'setImmediate']) {
  define(name, timers[name], true);
}
define('queueMicrotask', queueMicrotask, true);

defineLazy('console', () => require('console'));
defineLazy('Buffer', () => require('buffer').Buffer);
for (const name of ['URL', 'URLSearchParams']) {
  defineLazy(name, () => require('internal/url')[name]);
}
for (const name of ['TextEncoder', 'TextDecoder']) {
  defineLazy(name, () => require('internal/encoding')[name]);
}
for (const name of ['AbortController', 'AbortSignal', 'Event', 'EventTarget']) {
  defineLazy(name, () => require('internal/eventtarget')[name]);
}
