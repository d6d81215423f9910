// What is listened to in JavaScript is connected in C++, and nothing else: "has a listener" means the same there.
'use strict';
const EventEmitter = require('events');

const names = native.emitter.names();
const codes = Object.create(null);
for (let i = 0; i < names.length; i++) codes[names[i]] = i;

/** The C++ object of a JavaScript one. */
const kHandle = Symbol('handle');

/** Events that a class wants to hear of in any case: an 'error' that nobody hears is thrown. */
const kAlways = Symbol('always');

/** Called with what an event of C++ is told with, before its listeners: event code -> function(target, args). */
const before = [];

native.process.expose('emit', function(target, code, a, b, c) {
  const prepare = before[code];
  if (prepare !== undefined) {
    const args = prepare(target, Array.prototype.slice.call(arguments, 2));
    if (args !== undefined) target.emit(names[code], ...args);
    return;
  }
  switch (arguments.length) {
    case 2: target.emit(names[code]); break;
    case 3: target.emit(names[code], a); break;
    case 4: target.emit(names[code], a, b); break;
    default: target.emit(names[code], a, b, c);
  }
});

/** Makes Class tell C++ when one of events gets its first listener and loses its last. */
function followListeners(Class, events, base = EventEmitter.prototype) {
  const followed = Object.create(null);
  for (const name of events) followed[name] = codes[name];
  const prototype = Class.prototype;

  const adder = (add) => function(type, listener) {
    const code = followed[type];
    if (code === undefined) return add.call(this, type, listener);
    const isFirst = this.listenerCount(type) === 0;
    add.call(this, type, listener);
    if (isFirst && this[kHandle] !== undefined) native.emitter.listen(this[kHandle], code, true);
    return this;
  };
  prototype.on = prototype.addListener = adder(base.on);
  prototype.prependListener = adder(base.prependListener);

  prototype.off = prototype.removeListener = function(type, listener) {
    const code = followed[type];
    const hadAny = code !== undefined && !this[kAlways]?.includes(type) && this.listenerCount(type) > 0;
    base.removeListener.call(this, type, listener);
    if (hadAny && this.listenerCount(type) === 0 && this[kHandle] !== undefined)
      native.emitter.listen(this[kHandle], code, false);
    return this;
  };

  prototype.removeAllListeners = function(...args) {
    base.removeAllListeners.apply(this, args);
    if (this[kHandle] !== undefined) {
      for (const name in followed) {
        if (!this[kAlways]?.includes(name) && this.listenerCount(name) === 0)
          native.emitter.listen(this[kHandle], followed[name], false);
      }
    }
    return this;
  };
}

/** In C++'s words, with what a script knows such an error by. */
native.process.expose('nodeError', (code, message, bytesParsed, rawPacket) => {
  const { nodeError } = require('internal/errors');
  const error = nodeError(code, message);
  const call = /^(connect|listen|read|write|getaddrinfo|bind) (E[A-Z_]+)(?:: [a-z ]+?)?(?: ([^a-z ].*|[^ ]*[.:/0-9].*|localhost.*))?$/.exec(message);
  if (call !== null) addCall(error, call[1], call[3]);
  else if (code === 'ECONNRESET' && message === 'read ECONNRESET') addCall(error, 'read');
  if (bytesParsed >= 0) {
    error.bytesParsed = bytesParsed;
    error.reason = message.replace(/^Parse Error: /, '');
  }
  if (rawPacket !== undefined) error.rawPacket = Object.setPrototypeOf(rawPacket, Buffer.prototype);
  return error;
});

/** errno, syscall, address and port of an error of the system. */
function addCall(error, syscall, place) {
  const numbers = require('os').constants.errno;
  if (numbers[error.code] !== undefined) error.errno = -numbers[error.code];
  else if (error.code === 'ENOTFOUND') error.errno = -3008;
  error.syscall = syscall;
  const where = place === undefined ? null : /^(.*?)(?::(\d+))?( - Local .*)?$/.exec(place);
  if (where === null) return;
  if (syscall === 'getaddrinfo') {
    error.hostname = where[1];
  } else {
    error.address = where[1];
    if (where[2] !== undefined) error.port = +where[2];
  }
}

/** For an object that gets its handle after its first listeners. */
function connectListeners(target, events) {
  for (const name of events) {
    if (target.listenerCount(name) > 0 || target[kAlways]?.includes(name)) native.emitter.listen(target[kHandle], codes[name], true);
  }
}

module.exports = { before, codes, connectListeners, followListeners, kAlways, kHandle };
