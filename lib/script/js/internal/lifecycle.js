// How a program ends: exit codes, what nobody caught, promises that nobody handles.
// Source: reference "Process events" ('beforeExit', 'exit', 'uncaughtException', 'unhandledRejection').
'use strict';
const { formatStack, locationOf } = require('internal/stack');
const { nextTick } = require('internal/ticks');

process.nextTick = nextTick;
process.exitCode = undefined;
process._exiting = false;

/** Tells 'exit' once; the code that counts. */
function exiting(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  return process.exitCode || 0;
}

process.exit = process.reallyExit = function exit(code) {
  native.process.exit(Number(exiting(code)));
};

process.abort = () => native.process.exit(134);

native.process.expose('exiting', exiting);
native.process.expose('beforeExit', () => process.emit('beforeExit', process.exitCode || 0));

/** The function of a script that answers requests (Runtime::handle()). */
native.process.expose('handler', () => {
  require('http'); // its messages are needed, whether or not the script asks for it
  const exported = process.mainModule?.exports;
  if (typeof exported === 'function') return exported;
  return typeof exported?.handler === 'function' ? exported.handler : exported?.default;
});

/** An asynchronous one that fails is told as one that throws. */
native.process.expose('watchHandler', (answer) => {
  if (typeof answer?.then === 'function') answer.then(undefined, (error) => native.process.fatal(error));
});

/** Runtime::call(): what the function answers, or undefined, and native.process.answered() comes later. */
native.process.expose('callExport', (id, name, args) => {
  try {
    const run = process.mainModule?.exports?.[name];
    if (typeof run !== 'function') throw new TypeError(`The script exports no function ${name}`);
    const value = run(...args);
    if (typeof value?.then !== 'function') return { isError: false, value };
    Promise.resolve(value).then((result) => native.process.answered(id, false, result),
                                (error) => native.process.answered(id, true, error));
  } catch (error) {
    return { isError: true, value: error };
  }
});

// --- signals of the system: taken from what they do by themselves while somebody listens

const isSignal = (type) => typeof type === 'string' && /^SIG[A-Z0-9]+$/.test(type);

process.on('newListener', (type) => {
  if (isSignal(type) && process.listenerCount(type) === 0) native.process.listenSignal(type, true);
});

process.on('removeListener', (type) => {
  if (isSignal(type) && process.listenerCount(type) === 0) native.process.listenSignal(type, false);
});

native.process.expose('signal', (name) => process.emit(name, name, require('internal/systemerrors').signals[name]));

// --- errors

/** True: a listener took it. */
function uncaught(error, origin = 'uncaughtException') {
  process.emit('uncaughtExceptionMonitor', error, origin);
  if (process._uncaughtCallback) {
    process._uncaughtCallback(error, origin);
    return true;
  }
  return process.emit('uncaughtException', error, origin);
}

native.process.expose('uncaught', (error) => uncaught(error));

process.setUncaughtExceptionCaptureCallback = (callback) => { process._uncaughtCallback = callback; };
process.hasUncaughtExceptionCaptureCallback = () => Boolean(process._uncaughtCallback);

/** What C++ shows of an error that ends the program. */
native.process.expose('describeError', (error) => {
  const isError = error !== null && typeof error === 'object' && typeof error.message === 'string';
  if (!isError) {
    const { inspect } = require('util');
    const message = `Uncaught ${inspect(error)}`;
    return { message, stack: message };
  }
  const stack = formatStack(error);
  const { inspect } = require('util');
  return { message: stack.split('\n    at ')[0], stack: inspect(error), ...locationOf(error) };
});

// --- promises

native.process.expose('unhandledRejection', (promise, reason) => {
  try {
    unhandledRejection(promise, reason);
  } catch (error) {
    native.process.fatal(error);
  }
});

function unhandledRejection(promise, reason) {
  if (process.emit('unhandledRejection', reason, promise)) return;
  const error = reason instanceof Error ? reason : unhandledReason(reason);
  if (!uncaught(error, 'unhandledRejection')) native.process.fatal(error);
}

function unhandledReason(reason) {
  const { inspect } = require('util');
  const error = new Error('This error originated either by throwing inside of an async function without a ' +
    'catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with ' +
    `the reason "${inspect(reason)}".`);
  error.code = 'ERR_UNHANDLED_REJECTION';
  error.name = 'UnhandledPromiseRejection';
  return error;
}
