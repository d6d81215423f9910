'use strict';
// Node's 'timers': the objects that scripts hold. When they fire, and in which order, is decided in C++ (loop/).
// Source: reference "Timers".
const { codes } = require('internal/errors');

const maximumDelay = 2 ** 31 - 1;
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const active = new Map();
let lastId = 0;

function delayOf(value) {
  const delay = Number(value);
  if (delay >= 1 && delay <= maximumDelay) {
    return Math.trunc(delay);
  }
  if (delay > maximumDelay) {
    process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
      'TimeoutOverflowWarning');
  }
  return 1;
}

class Timeout {
  #id = ++lastId;
  #isReferenced = true;

  constructor(callback, delay, args, repeats) {
    this._idleTimeout = delayOf(delay);
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeats ? this._idleTimeout : null;
    this._destroyed = false;
    this.#start();
  }

  #start() {
    active.set(this.#id, this);
    native.timers.schedule(this.#id, this._idleTimeout, false);
    if (!this.#isReferenced) {
      native.timers.unref(this.#id);
    }
  }

  ref() {
    if (!this.#isReferenced) {
      this.#isReferenced = true;
      native.timers.ref(this.#id);
    }
    return this;
  }

  unref() {
    if (this.#isReferenced) {
      this.#isReferenced = false;
      native.timers.unref(this.#id);
    }
    return this;
  }

  hasRef() { return this.#isReferenced; }

  /** Starts its time anew, also after it has fired. */
  refresh() {
    if (this._onTimeout !== null) {
      this._destroyed = false;
      this.#start();
    }
    return this;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive]() { return this.#id; }

  [inspectCustom](depth, options) {
    return require('util').inspect(this, { ...options, depth: 0, customInspect: false });
  }

  static fire(id) {
    const timer = active.get(id);
    if (timer === undefined) {
      return;
    }
    active.delete(id);
    try {
      const callback = timer._onTimeout;
      if (timer._timerArgs.length === 0) {
        timer._onTimeout();
      } else {
        callback.apply(timer, timer._timerArgs);
      }
    } finally {
      if (!active.has(id)) {
        if (timer._repeat !== null && !timer._destroyed) {
          timer.#start();
        } else {
          timer._destroyed = true;
        }
      }
    }
  }

  static stop(timer) {
    if (active.delete(timer.#id)) {
      native.timers.cancel(timer.#id);
    }
    timer._destroyed = true;
    timer._onTimeout = null;
    timer._repeat = null;
  }
}

const { fire, stop } = Timeout;
delete Timeout.fire;
delete Timeout.stop;

native.timers.setCallback(fire);

function checkCallback(callback) {
  if (typeof callback !== 'function') {
    throw new codes.ERR_INVALID_CALLBACK(callback);
  }
}

function setTimeout(callback, delay, ...args) {
  checkCallback(callback);
  return new Timeout(callback, delay, args, false);
}

function setInterval(callback, delay, ...args) {
  checkCallback(callback);
  return new Timeout(callback, delay, args, true);
}

/** \a timer: what setTimeout() or setInterval() answered, or that as a number or a string. */
function clearTimeout(timer) {
  if (timer instanceof Timeout) {
    stop(timer);
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = active.get(Number(timer));
    if (found !== undefined) {
      stop(found);
    }
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

// --- immediates

let queue = [];

class Immediate {
  #isReferenced = true;

  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    queue.push(this);
    native.timers.immediate(true);
  }

  ref() {
    if (!this.#isReferenced && !this._destroyed) {
      this.#isReferenced = true;
      native.timers.immediate(true);
    }
    return this;
  }

  unref() {
    this.#isReferenced = false;
    tellReferences();
    return this;
  }

  hasRef() { return this.#isReferenced && !this._destroyed; }

  [inspectCustom](depth, options) {
    return require('util').inspect(this, { ...options, depth: 0, customInspect: false });
  }
}

/** Whether those that wait still hold the program. */
function tellReferences() {
  native.timers.referImmediates(queue.some((immediate) => immediate.hasRef()));
}

let due = [];

// Called for each that is due, with true for the first of a turn; whether more are due.
native.timers.setImmediateCallback((isFirst) => {
  if (isFirst) {
    due = queue;
    queue = []; // what is queued from now on is for the next turn
  }
  const immediate = due.shift();
  if (immediate !== undefined && !immediate._destroyed) {
    immediate._destroyed = true;
    const callback = immediate._onImmediate;
    immediate._onImmediate = null;
    callback.apply(immediate, immediate._argv);
  }
  return due.length > 0;
});

function setImmediate(callback, ...args) {
  checkCallback(callback);
  return new Immediate(callback, args);
}

function clearImmediate(immediate) {
  if (immediate instanceof Immediate && !immediate._destroyed) {
    immediate._destroyed = true;
    immediate._onImmediate = null;
    tellReferences();
  }
}

for (const [method, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(method, customPromisify, {
    enumerable: true,
    get: () => require('timers/promises')[name],
  });
}

module.exports = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
};
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  get: () => require('timers/promises'),
});
