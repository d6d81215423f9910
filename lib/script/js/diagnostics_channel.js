'use strict';
// Node's 'diagnostics_channel'. Source: reference "Diagnostics Channel".
const { validateFunction } = require('internal/validators');

class Channel {
  #subscribers = [];

  constructor(name) { this.name = name; }

  get hasSubscribers() { return this.#subscribers.length > 0; }

  subscribe(listener) {
    validateFunction(listener, 'subscription');
    this.#subscribers = [...this.#subscribers, listener];
  }

  unsubscribe(listener) {
    const at = this.#subscribers.indexOf(listener);
    this.#subscribers = this.#subscribers.filter((_, i) => i !== at);
    return at >= 0;
  }

  publish(message) {
    for (const listener of this.#subscribers) {
      try {
        listener(message, this.name);
      } catch (error) {
        process.nextTick(() => { throw error; });
      }
    }
  }
}

const channels = new Map();

function channel(name) {
  if (!channels.has(name)) {
    channels.set(name, new Channel(name));
  }
  return channels.get(name);
}

module.exports = { channel, Channel, hasSubscribers: (name) => Boolean(channels.get(name)?.hasSubscribers) };
