'use strict';
// Node's 'events'. Source: the npm package of that name, for what has not changed since, and the reference
// "Events" for the rest: rejections that are captured, errorMonitor, once() and on() with a signal.
// emit() is on the way of every message and every piece of data, so it makes no array of its arguments.
const { prototype: base } = require('events/');

const errorMonitor = Symbol('events.errorMonitor');
const captureRejectionSymbol = Symbol.for('nodejs.rejection');
const kCapture = Symbol('kCapture');

const lazy = {
  get errors() { return require('internal/errors'); },
  get validators() { return require('internal/validators'); },
  get util() { return require('util'); },
  get process() { return require('process'); }, // which is made of this module
};

function checkListener(listener) {
  if (typeof listener !== 'function') {
    throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
  }
}

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype = base;
Object.defineProperty(base, 'constructor', { value: EventEmitter, writable: true, configurable: true });
Object.defineProperty(base, kCapture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options?.captureRejections) {
    lazy.validators.validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(options.captureRejections);
  } else {
    this[kCapture] = base[kCapture];
  }
};

// --- emit

function throwUnhandled(error) {
  if (error instanceof Error) {
    throw error; // Unhandled 'error' event
  }
  let shown;
  try {
    shown = lazy.util.inspect(error);
  } catch {
    shown = error;
  }
  const unhandled = new lazy.errors.codes.ERR_UNHANDLED_ERROR(shown);
  unhandled.context = error;
  throw unhandled; // Unhandled 'error' event
}

function emitRejection(emitter, error, type, args) {
  if (typeof emitter[captureRejectionSymbol] === 'function') {
    emitter[captureRejectionSymbol](error, type, ...args);
    return;
  }
  // What fails in an 'error' listener must not come back to it.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = before;
  }
}

function catchRejection(emitter, promise, type, args) {
  try {
    const { then } = promise;
    if (typeof then === 'function') {
      then.call(promise, undefined, (error) => lazy.process.nextTick(emitRejection, emitter, error, type, args));
    }
  } catch (error) {
    emitter.emit('error', error);
  }
}

EventEmitter.prototype.emit = function emit(type, first, second, third) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[errorMonitor] !== undefined) {
      this.emit(errorMonitor, ...Array.prototype.slice.call(arguments, 1));
    }
    if (events === undefined || events.error === undefined) {
      throwUnhandled(first);
    }
  } else if (events === undefined) {
    return false;
  }
  const handler = events[type];
  if (handler === undefined) {
    return false;
  }

  const count = arguments.length;
  const isOne = typeof handler === 'function';
  // A listener may add and remove others: those that are called are the ones of now.
  const listeners = isOne ? undefined : handler.slice();
  const length = isOne ? 1 : listeners.length;
  for (let i = 0; i < length; ++i) {
    const listener = isOne ? handler : listeners[i];
    let result;
    switch (count) {
      case 1: result = listener.call(this); break;
      case 2: result = listener.call(this, first); break;
      case 3: result = listener.call(this, first, second); break;
      case 4: result = listener.call(this, first, second, third); break;
      default: result = listener.apply(this, Array.prototype.slice.call(arguments, 1));
    }
    if (result !== undefined && result !== null && this[kCapture] === true) {
      catchRejection(this, result, type, Array.prototype.slice.call(arguments, 1));
    }
  }
  return true;
};

// --- listeners

function warnOfLeak(emitter, type, list, limit) {
  list.warned = true;
  const warning = new Error(`Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners ` +
    `added to ${lazy.util.inspect(emitter, { depth: -1 })}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = list.length;
  lazy.process.emitWarning(warning);
}

function add(emitter, type, listener, isFirst) {
  checkListener(listener);
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    // Told before it is added, so that a listener of it does not hear of itself.
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }
  const present = events[type];
  if (present === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list = present;
  if (typeof present === 'function') {
    list = events[type] = isFirst ? [listener, present] : [present, listener];
  } else if (isFirst) {
    list.unshift(listener);
  } else {
    list.push(listener);
  }
  const limit = emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
  if (limit > 0 && list.length > limit && !list.warned) {
    warnOfLeak(emitter, type, list, limit);
  }
  return emitter;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrapper(emitter, type, listener) {
  let isDone = false;
  function wrapper(...args) {
    if (!isDone) {
      emitter.removeListener(type, wrapper);
      isDone = true;
      return listener.apply(emitter, args);
    }
    return undefined;
  }
  wrapper.listener = listener;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener);
  this.on(type, onceWrapper(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  this.prependListener(type, onceWrapper(this, type, listener));
  return this;
};

const baseRemoveListener = base.removeListener;
EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  return baseRemoveListener.call(this, type, listener);
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

// --- limits

let defaultMaxListeners = 10;

function checkLimit(limit, name) {
  if (typeof limit !== 'number' || limit < 0 || Number.isNaN(limit)) {
    throw new lazy.errors.codes.ERR_OUT_OF_RANGE(name, 'a non-negative number', limit);
  }
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(limit) {
  checkLimit(limit, 'n');
  this._maxListeners = limit;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners === undefined ? defaultMaxListeners : this._maxListeners;
};

// --- functions of the module

function isEventTarget(target) {
  return typeof target?.addEventListener === 'function';
}

function listen(target, type, listener, isOnce) {
  if (typeof target?.on === 'function') {
    if (isOnce) {
      target.once(type, listener);
    } else {
      target.on(type, listener);
    }
  } else if (isEventTarget(target)) {
    target.addEventListener(type, listener, { once: isOnce });
  } else {
    throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', target);
  }
}

function unlisten(target, type, listener) {
  if (typeof target.removeListener === 'function') {
    target.removeListener(type, listener);
  } else {
    target.removeEventListener(type, listener);
  }
}

function signalOf(options) {
  const signal = options?.signal;
  lazy.validators.validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) {
    throw new lazy.errors.AbortError();
  }
  return signal;
}

/** A promise for the arguments of the next event of that type. */
async function once(emitter, type, options) {
  const signal = signalOf(options);
  return new Promise((resolve, reject) => {
    const forget = () => {
      unlisten(emitter, type, resolver);
      if (typeof emitter.removeListener === 'function') {
        emitter.removeListener('error', rejecter);
      }
      signal?.removeEventListener('abort', aborter);
    };
    const rejecter = (error) => {
      forget();
      reject(error);
    };
    const resolver = (...args) => {
      forget();
      resolve(args);
    };
    const aborter = () => {
      forget();
      reject(new lazy.errors.AbortError());
    };
    listen(emitter, type, resolver, true);
    if (type !== 'error' && typeof emitter.once === 'function') {
      emitter.once('error', rejecter);
    }
    signal?.addEventListener('abort', aborter, { once: true });
  });
}

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

/** An async iterator over the arguments of all events of that type. */
function on(emitter, type, options) {
  const signal = signalOf(options);
  const events = [];
  const waiting = [];
  let error = null;
  let isFinished = false;

  const iterator = Object.setPrototypeOf({
    next() {
      if (events.length > 0) {
        return Promise.resolve({ value: events.shift(), done: false });
      }
      if (error) {
        const rejected = Promise.reject(error);
        error = null;
        return rejected;
      }
      if (isFinished) {
        return Promise.resolve({ value: undefined, done: true });
      }
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },

    return() {
      unlisten(emitter, type, eventHandler);
      unlisten(emitter, 'error', errorHandler);
      signal?.removeEventListener('abort', abortListener);
      isFinished = true;
      for (const { resolve } of waiting.splice(0)) {
        resolve({ value: undefined, done: true });
      }
      return Promise.resolve({ value: undefined, done: true });
    },

    throw(reason) {
      if (!(reason instanceof Error)) {
        throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', reason);
      }
      error = reason;
      unlisten(emitter, type, eventHandler);
      unlisten(emitter, 'error', errorHandler);
    },

    [Symbol.asyncIterator]() { return this; },
  }, AsyncIteratorPrototype);

  function eventHandler(...args) {
    const first = waiting.shift();
    if (first) {
      first.resolve({ value: args, done: false });
    } else {
      events.push(args);
    }
  }

  function errorHandler(reason) {
    isFinished = true;
    const first = waiting.shift();
    if (first) {
      first.reject(reason);
    } else {
      error = reason;
    }
    iterator.return();
  }

  function abortListener() {
    errorHandler(new lazy.errors.AbortError());
  }

  listen(emitter, type, eventHandler, false);
  if (type !== 'error' && typeof emitter.on === 'function') {
    emitter.on('error', errorHandler);
  }
  signal?.addEventListener('abort', abortListener, { once: true });
  return iterator;
}

/** Copies of the listeners of one type, of an emitter or an EventTarget. */
function getEventListeners(target, type) {
  if (typeof target?.listeners === 'function') {
    return target.listeners(type);
  }
  if (isEventTarget(target)) {
    return require('internal/eventtarget').listenersOf(target, type);
  }
  throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], target);
}

EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = captureRejectionSymbol;
EventEmitter.errorMonitor = errorMonitor;

Object.defineProperties(EventEmitter, {
  captureRejections: {
    enumerable: true,
    get: () => base[kCapture],
    set(value) {
      lazy.validators.validateBoolean(value, 'EventEmitter.captureRejections');
      Object.defineProperty(base, kCapture, { value, writable: true, enumerable: false });
    },
  },
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(limit) {
      checkLimit(limit, 'defaultMaxListeners');
      defaultMaxListeners = limit;
    },
  },
});

EventEmitter.setMaxListeners = (limit = defaultMaxListeners, ...targets) => {
  checkLimit(limit, 'n');
  if (targets.length === 0) {
    defaultMaxListeners = limit;
  }
  for (const target of targets) {
    if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(limit);
    } else if (!isEventTarget(target)) {
      throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

EventEmitter.listenerCount = (emitter, type) => (typeof emitter.listenerCount === 'function'
  ? emitter.listenerCount(type) : base.listenerCount.call(emitter, type));

module.exports = EventEmitter;
