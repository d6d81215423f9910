'use strict';
// Node's 'async_hooks', without hooks: stores are kept for calls, and for what is bound, not along promises.
// Source: reference "Async hooks".
const { validateFunction, validateString } = require('internal/validators');

let lastId = 1;

class AsyncResource {
  #id = ++lastId;

  constructor(type) { validateString(type, 'type'); }

  runInAsyncScope(method, self, ...args) { return Reflect.apply(method, self, args); }

  emitDestroy() { return this; }

  asyncId() { return this.#id; }

  triggerAsyncId() { return 1; }

  bind(method) {
    validateFunction(method, 'fn');
    return Object.assign((...args) => this.runInAsyncScope(method, this, ...args), { asyncResource: this });
  }

  static bind(method, type) { return new AsyncResource(type || method.name || 'bound-anonymous-fn').bind(method); }
}

class AsyncLocalStorage {
  #store;

  getStore() { return this.#store; }

  enterWith(store) { this.#store = store; }

  run(store, method, ...args) {
    const before = this.#store;
    this.#store = store;
    try {
      return method(...args);
    } finally {
      this.#store = before;
    }
  }

  exit(method, ...args) { return this.run(undefined, method, ...args); }

  disable() { this.#store = undefined; }
}

module.exports = {
  AsyncLocalStorage,
  AsyncResource,
  createHook() {
    const hook = { enable: () => hook, disable: () => hook };
    return hook;
  },
  executionAsyncId: () => 1,
  executionAsyncResource: () => ({}),
  triggerAsyncId: () => 0,
};
