'use strict';
// Error stacks as V8 writes them, on an engine that writes them in another way. JavaScriptCore's `stack` is
// "name@file:line:column" per line, without the message; programs read, print and take apart V8's:
//
//     TypeError: no such thing
//         at look (/dir/file.js:3:5)
//
// The global error classes are replaced by functions that share the prototype of the engine's own, so errors of
// either origin are instances of both. What scripts make has V8's stack from the start; what the engine throws
// (null.x) keeps JavaScriptCore's, and formatStack() gives V8's for it.
// Source: V8's "Stack trace API"; reference "Errors" (captureStackTrace, stackTraceLimit).

const NativeError = Error;
const nativeCapture = NativeError.captureStackTrace;
const defaultLimit = 10;
const ourFrames = 2; // the replacing class and the engine's Reflect.construct, on top of every raw stack
NativeError.stackTraceLimit = defaultLimit + ourFrames;

// --- frames

/** What a module of the user is wrapped in, on its first line. */
const wrapperLength = '(function (exports, require, module, __filename, __dirname) {'.length;

/** { name, file, line, column, isNative } of one line of a raw stack. */
function parseLine(text) {
  const at = text.indexOf('@');
  let name = at < 0 ? '' : text.slice(0, at);
  const place = at < 0 ? text : text.slice(at + 1);
  const frame = { name, file: '', line: null, column: null, isNative: place === '[native code]', isEval: false };
  const match = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place);
  if (!frame.isNative && match) {
    frame.file = match[1];
    frame.line = match[2] === undefined ? null : Number(match[2]);
    frame.column = match[3] === undefined ? null : Number(match[3]);
    if (frame.line === 1 && frame.column > wrapperLength && frame.file.startsWith('/')) frame.column -= wrapperLength;
  }
  if (name === 'global code' || name === 'module code') {
    frame.name = '';
  } else if (name === 'eval code') {
    frame.name = 'eval';
    frame.isEval = true;
  } else if (name === 'anonymous' && frame.file !== '') {
    // The function that a module is wrapped in.
    frame.name = 'Object.<anonymous>';
  }
  return frame;
}

function parseFrames(raw) {
  return raw === '' ? [] : raw.split('\n').map(parseLine);
}

function frameText({ name, file, line, column, isNative }) {
  const place = isNative || file === '' ? '<anonymous>'
    : file + (line === null ? '' : `:${line}`) + (column === null ? '' : `:${column}`);
  return name === '' ? place : `${name} (${place})`;
}

function stackText(header, frames) {
  let text = header;
  for (const frame of frames) {
    text += `\n    at ${frameText(frame)}`;
  }
  return text;
}

/** One frame, as Error.prepareStackTrace gets them. Source: V8's "Stack trace API", "Customizing stack traces". */
class CallSite {
  #frame;

  constructor(frame) { this.#frame = frame; }

  getThis() { return undefined; }

  getTypeName() { return this.isToplevel() ? 'Object' : null; }

  getFunction() { return undefined; }

  getFunctionName() {
    const { name } = this.#frame;
    return name === '' || name === 'Object.<anonymous>' ? null : name;
  }

  getMethodName() { return null; }

  getFileName() { return this.#frame.file === '' ? undefined : this.#frame.file; }

  getScriptNameOrSourceURL() { return this.getFileName(); }

  getLineNumber() { return this.#frame.line; }

  getColumnNumber() { return this.#frame.column; }

  getEvalOrigin() { return undefined; }

  getPromiseIndex() { return null; }

  isToplevel() { return this.#frame.name === '' || this.#frame.name === 'Object.<anonymous>'; }

  isEval() { return this.#frame.isEval; }

  isNative() { return this.#frame.isNative; }

  isConstructor() { return false; }

  isAsync() { return false; }

  isPromiseAll() { return false; }

  toString() { return frameText(this.#frame); }
}

// --- the stack of one error

/** "Name: message", with what a getter or a missing name may do to it. */
function headerOf(error) {
  try {
    return NativeError.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

// Where a stack comes from until it is read: { raw, header, skip, limit }.
const records = new WeakMap();

/** What the stack of \a error is when it is read first; the name that it has by then counts, as in V8. */
function textOf(error, { raw, header, skip, limit }) {
  const frames = parseFrames(raw).slice(skip, skip + limit);
  const prepare = Error.prepareStackTrace;
  return typeof prepare === 'function' ? prepare(error, frames.map((frame) => new CallSite(frame)))
    : stackText(header ?? headerOf(error), frames);
}

function recordOf(object) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const record = records.get(at);
    if (record !== undefined) {
      return record;
    }
  }
  return undefined;
}

const lazyStack = {
  configurable: true,
  enumerable: false,
  get: function stack() {
    const record = recordOf(this);
    if (record === undefined) {
      return undefined;
    }
    record.text ??= textOf(this, record);
    return record.text;
  },
  set: function stack(value) {
    Object.defineProperty(this, 'stack', { configurable: true, enumerable: false, writable: true, value });
  },
};

function currentLimit() {
  const limit = Error.stackTraceLimit;
  return typeof limit === 'number' ? Math.max(0, Math.min(limit, 200)) : 0;
}

function setStack(target, raw, skip) {
  records.set(target, { raw, header: undefined, skip, limit: currentLimit(), text: undefined });
  Object.defineProperty(target, 'stack', lazyStack);
}

/** Another first line: "TypeError [ERR_X]: message", and frames at the top left out. No effect on a stack that
    was set. */
function setStackHeader(error, header, dropped = 0) {
  const record = records.get(error);
  if (record !== undefined) {
    record.header = header;
    record.skip += dropped;
    record.text = undefined;
  }
}

// --- the global classes

/** The frames that are kept by the engine, for what Error.stackTraceLimit asks for. */
function followLimit() {
  const wanted = currentLimit() + ourFrames;
  if (NativeError.stackTraceLimit !== wanted) {
    NativeError.stackTraceLimit = wanted;
  }
}

function replaceClass(Native) {
  const { name } = Native;
  const Replacement = {
    [name]: function(...args) {
      followLimit();
      const error = Reflect.construct(Native, args, new.target ?? Replacement);
      setStack(error, error.stack, ourFrames);
      return error;
    },
  }[name];
  Object.defineProperty(Replacement, 'length', { value: Native.length, configurable: true });
  Object.defineProperty(Replacement, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Native.prototype, 'constructor', { value: Replacement, writable: true, configurable: true });
  Object.defineProperty(globalThis, name, { value: Replacement, writable: true, configurable: true });
  return Replacement;
}

const OurError = replaceClass(NativeError);
for (const name of [
  'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError',
]) {
  Object.setPrototypeOf(replaceClass(globalThis[name]), OurError);
}

OurError.stackTraceLimit = defaultLimit;
OurError.isError = NativeError.isError;
Object.defineProperty(OurError, 'isError', { enumerable: false });

OurError.captureStackTrace = function captureStackTrace(target, callee) {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null) {
    throw new TypeError(`Invalid argument`);
  }
  // Frames above the callee do not count against the limit.
  NativeError.stackTraceLimit = typeof callee === 'function' ? 200 : currentLimit() + 1;
  const carrier = {};
  nativeCapture(carrier, typeof callee === 'function' ? callee : captureStackTrace);
  setStack(target, carrier.stack, 0);
};

// --- stacks of errors that the engine made

function isRaw(stack) {
  return stack !== '' && !stack.includes('\n    at ') &&
    stack.split('\n').every((line) => /^[^\n]*@(\[native code\]|[^@]*:\d+:\d+|)$/.test(line));
}

/** The stack of any error as V8 writes it. */
function formatStack(error) {
  const { stack } = error;
  if (records.has(error) || typeof stack !== 'string') {
    return stack === undefined || stack === null ? headerOf(error) : String(stack);
  }
  return isRaw(stack) ? stackText(headerOf(error), parseFrames(stack).slice(0, defaultLimit)) : stack;
}

/** { file, line, column } of where it was thrown in the user's code; empty: not known. */
function locationOf(error) {
  const raw = records.get(error)?.raw ?? error.stack;
  const isSyntax = error instanceof SyntaxError && typeof error.line === 'number' && !records.has(error);
  if (isSyntax && typeof error.sourceURL === 'string' && !error.sourceURL.startsWith('node:')) {
    return { file: error.sourceURL, line: error.line, column: error.column };
  }
  const lines = typeof raw === 'string' ? raw.split('\n') : [];
  for (const text of lines) {
    const place = /^\s+at /.test(text) ? text.replace(/^\s+at (?:.*\((?=.*\)$))?/, '@').replace(/\)$/, '') : text;
    const frame = parseLine(place);
    if (frame.line !== null && frame.file !== '' && !frame.file.startsWith('node:')) {
      return { file: frame.file, line: frame.line, column: frame.column ?? -1 };
    }
  }
  return {};
}

module.exports = { formatStack, locationOf, setStackHeader };
