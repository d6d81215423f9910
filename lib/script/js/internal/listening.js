// What is listened to in JavaScript is connected in C++, and nothing else: "has a listener" means the same there.
'use strict';
const EventEmitter = require('events');

const names = native.emitter.names();
const codes = Object.create(null);
for (let i = 0; i < names.length; i++) codes[names[i]] = i;

/** The C++ object of a JavaScript one. */
const kHandle = Symbol('handle');

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
    const hadAny = code !== undefined && this.listenerCount(type) > 0;
    base.removeListener.call(this, type, listener);
    if (hadAny && this.listenerCount(type) === 0 && this[kHandle] !== undefined)
      native.emitter.listen(this[kHandle], code, false);
    return this;
  };

  prototype.removeAllListeners = function(...args) {
    base.removeAllListeners.apply(this, args);
    if (this[kHandle] !== undefined) {
      for (const name in followed) {
        if (this.listenerCount(name) === 0)
          native.emitter.listen(this[kHandle], followed[name], false);
      }
    }
    return this;
  };
}

/** For an object that gets its handle after its first listeners. */
function connectListeners(target, events) {
  for (const name of events) {
    if (target.listenerCount(name) > 0) native.emitter.listen(target[kHandle], codes[name], true);
  }
}

module.exports = { before, codes, connectListeners, followListeners, kHandle };
