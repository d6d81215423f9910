// process.nextTick() and queueMicrotask(). The ticks are those of lib/http: C++ calls back for each in its turn.
'use strict';
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_CALLBACK } } = require('internal/errors');

let queue = [];
let taken = 0;

function nextTick(callback, ...args) {
  if (typeof callback !== 'function') throw new ERR_INVALID_CALLBACK(callback);
  if (process._exiting) return;
  queue.push(args.length === 0 ? callback : () => callback(...args));
  native.process.tick();
}

native.process.expose('tick', () => {
  const callback = queue[taken];
  queue[taken++] = undefined;
  if (taken === queue.length) {
    queue = [];
    taken = 0;
  }
  callback();
});

function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  Promise.resolve().then(() => {
    try {
      callback();
    } catch (error) {
      native.process.fatal(error);
    }
  });
}

module.exports = { nextTick, queueMicrotask };
