'use strict';
// DOMException, as far as Node's modules throw it. Source: Web IDL, section 2.8.1.
const numbers = {
  InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12,
  InvalidAccessError: 15, NetworkError: 19, AbortError: 20, TimeoutError: 23, DataCloneError: 25,
};

class DOMException extends Error {
  constructor(message = '', name = 'Error') {
    super(message);
    Object.defineProperty(this, 'name', { configurable: true, writable: true, value: name });
    Object.defineProperty(this, 'code', { configurable: true, value: numbers[name] ?? 0 });
  }
}

module.exports = { DOMException };
