'use strict';
// Node's 'timers/promises'. Source: reference "Timers Promises API".
const timers = require('timers');
const { AbortError } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateObject } = require('internal/validators');

/** A promise for what \a start does later; a signal ends the wait. start(done) answers what cancel() gets. */
function waiting(options, start, cancel) {
  try {
    validateObject(options, 'options');
    validateAbortSignal(options.signal, 'options.signal');
    if (options.ref !== undefined) {
      validateBoolean(options.ref, 'options.ref');
    }
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) {
    return Promise.reject(new AbortError());
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      cancel(timer);
      reject(new AbortError());
    };
    const timer = start((value) => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    });
    if (!ref) {
      timer.unref();
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function setTimeout(delay, value, options = {}) {
  return waiting(options, (done) => timers.setTimeout(done, delay, value), timers.clearTimeout);
}

function setImmediate(value, options = {}) {
  return waiting(options, (done) => timers.setImmediate(done, value), timers.clearImmediate);
}

/** An async iterator that gives \a value whenever the interval has passed. */
async function* setInterval(delay, value, options = {}) {
  validateObject(options, 'options');
  validateAbortSignal(options.signal, 'options.signal');
  const { signal, ref = true } = options;
  if (signal?.aborted) {
    throw new AbortError();
  }
  let passed = 0;
  let wake;
  const onAbort = () => {
    timers.clearInterval(interval);
    wake?.reject(new AbortError());
    wake = undefined;
  };
  const interval = timers.setInterval(() => {
    ++passed;
    wake?.resolve();
    wake = undefined;
  }, delay);
  if (!ref) {
    interval.unref();
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (passed === 0) {
        await new Promise((resolve, reject) => { wake = { resolve, reject }; });
      }
      for (; passed > 0; --passed) {
        yield value;
      }
    }
    throw new AbortError();
  } finally {
    timers.clearInterval(interval);
    signal?.removeEventListener('abort', onAbort);
  }
}

module.exports = { setTimeout, setImmediate, setInterval };
