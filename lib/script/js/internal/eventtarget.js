'use strict';
// EventTarget, Event, AbortController and AbortSignal, as far as Node's own modules go with them: no tree of
// targets, so no capturing and no bubbling.
// Source: reference "EventTarget and Event API" and "Class: AbortController"; the DOM standard, sections 2 and 3.
const { codes } = require('internal/errors');

const kListeners = Symbol('listeners');
const kTarget = Symbol('target');
const kStop = Symbol('stop');
const kDispatching = Symbol('dispatching');
const kTrusted = Symbol('trusted');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class Event {
  #type;
  #cancelable;
  #bubbles;
  #composed;
  #defaultPrevented = false;
  #timeStamp = Date.now();
  #isTrusted = false;

  constructor(type, options = undefined) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('type');
    }
    if (options !== null && options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    this.#type = String(type);
    this.#cancelable = Boolean(options?.cancelable);
    this.#bubbles = Boolean(options?.bubbles);
    this.#composed = Boolean(options?.composed);
    this.#isTrusted = options?.[kTrusted] === true;
    Object.defineProperties(this, {
      [kTarget]: { value: null, writable: true },
      [kStop]: { value: false, writable: true },
      [kDispatching]: { value: false, writable: true },
    });
  }

  get type() { return this.#type; }

  get target() { return this[kTarget]; }

  get currentTarget() { return this[kTarget]; }

  get srcElement() { return this[kTarget]; }

  get cancelable() { return this.#cancelable; }

  get defaultPrevented() { return this.#cancelable && this.#defaultPrevented; }

  get returnValue() { return !this.defaultPrevented; }

  get bubbles() { return this.#bubbles; }

  get composed() { return this.#composed; }

  get eventPhase() { return this[kDispatching] ? Event.AT_TARGET : Event.NONE; }

  get timeStamp() { return this.#timeStamp; }

  get isTrusted() { return this.#isTrusted; }

  get cancelBubble() { return false; }

  set cancelBubble(value) {}

  composedPath() { return this[kDispatching] ? [this[kTarget]] : []; }

  preventDefault() { this.#defaultPrevented = true; }

  stopPropagation() {}

  stopImmediatePropagation() { this[kStop] = true; }

  [inspectCustom](depth, options) {
    const { inspect } = require('util');
    return `${this.constructor.name} ${inspect({
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timeStamp,
    }, options)}`;
  }

  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;
}

Object.defineProperty(Event.prototype, Symbol.toStringTag, { configurable: true, value: 'Event' });

function reportLater(error) {
  process.nextTick(() => { throw error; });
}

class EventTarget {
  constructor() {
    Object.defineProperty(this, kListeners, { value: new Map() });
  }

  addEventListener(type, listener, options = undefined) {
    if (arguments.length < 2) {
      throw new codes.ERR_MISSING_ARGS('type', 'listener');
    }
    if (listener === null || listener === undefined) {
      return;
    }
    if (typeof listener !== 'function' && typeof listener !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
    }
    const { once = false, capture = false, passive = false, signal } =
      typeof options === 'boolean' ? { capture: options } : options ?? {};
    if (signal?.aborted) {
      return;
    }
    const key = String(type);
    const list = this[kListeners].get(key) ?? [];
    if (list.some((one) => one.listener === listener && one.capture === Boolean(capture))) {
      return;
    }
    list.push({ listener, once: Boolean(once), capture: Boolean(capture), passive, isRemoved: false });
    this[kListeners].set(key, list);
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
  }

  removeEventListener(type, listener, options = undefined) {
    const capture = Boolean(typeof options === 'boolean' ? options : options?.capture);
    const key = String(type);
    const list = this[kListeners].get(key);
    const at = list?.findIndex((one) => one.listener === listener && one.capture === capture) ?? -1;
    if (at >= 0) {
      list[at].isRemoved = true;
      list.splice(at, 1);
      if (list.length === 0) {
        this[kListeners].delete(key);
      }
    }
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) {
      throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    }
    if (event[kDispatching]) {
      throw new codes.ERR_EVENT_RECURSION(event.type);
    }
    event[kTarget] = this;
    event[kDispatching] = true;
    for (const entry of [...(this[kListeners].get(event.type) ?? [])]) {
      if (entry.isRemoved) {
        continue;
      }
      const { listener } = entry;
      if (entry.once) {
        this.removeEventListener(event.type, listener, entry.capture);
      }
      try {
        const result = typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event);
        if (typeof result?.then === 'function') {
          result.then(undefined, reportLater);
        }
      } catch (error) {
        reportLater(error);
      }
      if (event[kStop]) {
        break;
      }
    }
    event[kDispatching] = false;
    return !event.defaultPrevented;
  }

  [inspectCustom](depth, options) {
    return `${this.constructor.name} ${require('util').inspect({}, options)}`;
  }
}

Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { configurable: true, value: 'EventTarget' });

/** `target.onNAME = listener`: one listener that can be replaced. */
function defineEventHandler(prototype, name) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${name}`, {
    configurable: true,
    enumerable: true,
    get() { return handlers.get(this)?.value; },
    set(value) {
      let handler = handlers.get(this);
      if (handler === undefined) {
        handler = { value: undefined };
        handlers.set(this, handler);
        this.addEventListener(name, (event) => handler.value?.call(this, event));
      }
      handler.value = typeof value === 'function' ? value : undefined;
    },
  });
}

const kMayConstruct = Symbol('may construct');
const kAborted = Symbol('aborted');

class AbortSignal extends EventTarget {
  constructor(permit) {
    if (permit !== kMayConstruct) {
      throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    }
    super();
    Object.defineProperty(this, kAborted, { value: false, writable: true });
  }

  get aborted() { return this[kAborted]; }

  [inspectCustom](depth, options) {
    return `AbortSignal ${require('util').inspect({ aborted: this.aborted }, options)}`;
  }

  /** A signal that is aborted already. */
  static abort() {
    const signal = new AbortSignal(kMayConstruct);
    signal[kAborted] = true;
    return signal;
  }
}

Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortSignal' });
Object.defineProperty(AbortSignal.prototype, 'aborted', { enumerable: true });
defineEventHandler(AbortSignal.prototype, 'abort');

class AbortController {
  #signal = new AbortSignal(kMayConstruct);

  get signal() { return this.#signal; }

  abort() {
    if (!this.#signal[kAborted]) {
      this.#signal[kAborted] = true;
      this.#signal.dispatchEvent(new Event('abort', { [kTrusted]: true }));
    }
  }

  [inspectCustom](depth, options) {
    return `AbortController ${require('util').inspect({ signal: this.signal }, options)}`;
  }
}

Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortController' });
Object.defineProperty(AbortController.prototype, 'signal', { enumerable: true });
Object.defineProperty(AbortController.prototype, 'abort', { enumerable: true });

/** The listeners of one type, in order. */
function listenersOf(target, type) {
  return (target[kListeners]?.get(String(type)) ?? []).map(({ listener }) => listener);
}

module.exports = { AbortController, AbortSignal, Event, EventTarget, listenersOf };
