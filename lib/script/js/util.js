'use strict';
// Node's 'util'. Source: reference "Util"; inspect and format come from an npm package (internal/inspect).
const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const types = require('internal/types');

const lazy = {
  get inspectors() { return require('internal/inspect'); },
};

const util = {
  // Replaced by the real ones when first used, so that loading util costs nothing.
  get inspect() { return define('inspect', lazy.inspectors.inspect); },
  get format() { return define('format', lazy.inspectors.format); },
  get formatWithOptions() { return define('formatWithOptions', lazy.inspectors.formatWithOptions); },
  types,
};

function define(name, value) {
  Object.defineProperty(util, name, { configurable: true, enumerable: true, writable: true, value });
  return value;
}

// --- functions with callbacks, and promises

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

util.promisify = function promisify(original) {
  if (typeof original !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('original', 'Function', original);
  }
  const custom = original[customPromisify];
  if (custom) {
    if (typeof custom !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('util.promisify.custom', 'Function', custom);
    }
    return Object.defineProperty(custom, customPromisify, { value: custom, enumerable: false, configurable: true });
  }
  const names = original[promisifyArguments];
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) {
          reject(error);
        } else if (names !== undefined && values.length > 1) {
          resolve(Object.fromEntries(names.map((name, i) => [name, values[i]])));
        } else {
          resolve(values[0]);
        }
      }]);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  Object.defineProperty(promisified, customPromisify, { value: promisified, configurable: true });
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
};

/** Names of the values that a callback gets, for functions of ours whose promise is for an object of them. */
const promisifyArguments = Symbol.for('headrace.promisifyArguments');
util.promisify.custom = customPromisify;

util.callbackify = function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(() => callback.call(this, null, value)),
      (reason) => {
        let error = reason;
        if (!error) {
          error = new codes.ERR_FALSY_VALUE_REJECTION();
          error.reason = reason;
        }
        process.nextTick(() => callback.call(this, error));
      });
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') {
    descriptors.length.value += 1;
  }
  if (typeof descriptors.name.value === 'string') {
    descriptors.name.value += 'Callbackified';
  }
  return Object.defineProperties(callbackified, descriptors);
};

// --- classes and deprecation

util.inherits = function inherits(constructor, superConstructor) {
  if (constructor === undefined || constructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', constructor);
  }
  if (superConstructor === undefined || superConstructor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superConstructor);
  }
  if (superConstructor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superConstructor.prototype);
  }
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
};

const warnedCodes = new Set();

util.deprecate = function deprecate(method, message, code) {
  if (process.noDeprecation === true) {
    return method;
  }
  if (code !== undefined) {
    validateString(code, 'code');
  }
  let hasWarned = false;
  function deprecated(...args) {
    if (!hasWarned) {
      hasWarned = true;
      if (code === undefined) {
        process.emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warnedCodes.has(code)) {
        warnedCodes.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    return new.target ? Reflect.construct(method, args, new.target) : Reflect.apply(method, this, args);
  }
  Object.setPrototypeOf(deprecated, method);
  if (method.prototype) {
    deprecated.prototype = method.prototype;
  }
  return deprecated;
};

// --- NODE_DEBUG

function isDebugged(section) {
  const names = (process.env.NODE_DEBUG ?? '').toUpperCase().split(',').filter((name) => name !== '');
  return names.some((name) => new RegExp(
    `^${name.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replace(/\*/g, '.*')}$`).test(section));
}

util.debuglog = util.debug = function debuglog(set, callback) {
  const section = String(set).toUpperCase();
  let isEnabled;
  function logger(...args) {
    isEnabled ??= isDebugged(section);
    if (isEnabled) {
      native.process.write(2, `${section} ${process.pid}: ${util.format(...args)}\n`);
    }
  }
  Object.defineProperty(logger, 'enabled', {
    configurable: true,
    enumerable: true,
    get: () => (isEnabled ??= isDebugged(section)),
  });
  callback?.(logger);
  return logger;
};

// --- text

/** Every surrogate that stands alone becomes U+FFFD. */
util.toUSVString = (text) => String(text).toWellFormed();

const controlCharacters = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]+)*|' +
  '[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]*)*)?\\u0007)|' +
  '(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))', 'g');

util.stripVTControlCharacters = (text) => {
  validateString(text, 'str');
  return text.replace(controlCharacters, '');
};

for (const name of ['TextEncoder', 'TextDecoder']) {
  Object.defineProperty(util, name, {
    configurable: true,
    enumerable: true,
    get: () => define(name, require('internal/encoding')[name]),
    set: (value) => define(name, value),
  });
}

// --- comparison

util.isDeepStrictEqual = (left, right) => require('internal/comparisons').isDeepStrictEqual(left, right);

// --- errors of the system

util.getSystemErrorName = (errno) => require('internal/systemerrors').nameOf(errno);
util._errnoException = (errno, syscall, original) => {
  const code = util.getSystemErrorName(errno);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  return Object.assign(error, { errno, code, syscall });
};
util._exceptionWithHostPort = (errno, syscall, address, port, additional) => {
  const code = util.getSystemErrorName(errno);
  const place = port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : '';
  const error = new Error(`${syscall} ${code}${place}${additional ? ` - Local (${additional})` : ''}`);
  Object.assign(error, { errno, code, syscall, address });
  if (port) {
    error.port = port;
  }
  return error;
};

// --- of old

util._extend = (target, source) => (source === null || typeof source !== 'object' ? target
  : Object.assign(target, source));
util.isArray = Array.isArray;
util.isBoolean = (value) => typeof value === 'boolean';
util.isBuffer = (value) => require('buffer').Buffer.isBuffer(value);
util.isDate = types.isDate;
util.isError = (value) => types.isNativeError(value) || value instanceof Error;
util.isFunction = (value) => typeof value === 'function';
util.isNull = (value) => value === null;
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isNumber = (value) => typeof value === 'number';
util.isObject = (value) => value !== null && typeof value === 'object';
util.isPrimitive = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function');
util.isRegExp = types.isRegExp;
util.isString = (value) => typeof value === 'string';
util.isSymbol = (value) => typeof value === 'symbol';
util.isUndefined = (value) => value === undefined;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

util.log = (...args) => {
  const now = new Date();
  const two = (value) => String(value).padStart(2, '0');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
  console.log('%s - %s', `${now.getDate()} ${months[now.getMonth()]} ${time}`, util.format(...args));
};

module.exports = util;
