'use strict';
// The checks of arguments that many modules share, with Node's errors.
// Source: reference "Errors", ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE.
const { codes } = require('internal/errors');

function isObjectLike(value) {
  return value !== null && typeof value === 'object';
}

function typeChecker(type) {
  return (value, name) => {
    if (typeof value !== type) {
      throw new codes.ERR_INVALID_ARG_TYPE(name, type, value);
    }
  };
}

const validateString = typeChecker('string');
const validateBoolean = typeChecker('boolean');
const validateFunction = (value, name) => {
  if (typeof value !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Function', value);
  }
};

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  if ((min !== undefined && value < min) || (max !== undefined && value > max) ||
      ((min !== undefined || max !== undefined) && Number.isNaN(value))) {
    const range = `${min === undefined ? '' : `>= ${min}`}` +
      `${min !== undefined && max !== undefined ? ' && ' : ''}${max === undefined ? '' : `<= ${max}`}`;
    throw new codes.ERR_OUT_OF_RANGE(name, range, value);
  }
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  if (!Number.isInteger(value)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  }
  if (value < min || value > max) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
  }
}

const validateInt32 = (value, name, min = -2147483648, max = 2147483647) => validateInteger(value, name, min, max);
const validateUint32 = (value, name, positive = false) => validateInteger(value, name, positive ? 1 : 0, 4294967295);

/** options: allowArray, allowFunction, nullable. */
function validateObject(value, name, { allowArray = false, allowFunction = false, nullable = false } = {}) {
  if ((!nullable && value === null) || (!allowArray && Array.isArray(value)) ||
      (typeof value !== 'object' && (!allowFunction || typeof value !== 'function'))) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
}

function validateArray(value, name, minLength = 0) {
  if (!Array.isArray(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'Array', value);
  }
  if (value.length < minLength) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be longer than ${minLength}`);
  }
}

function validateOneOf(value, name, allowed) {
  if (!allowed.includes(value)) {
    const list = allowed.map((one) => (typeof one === 'string' ? `'${one}'` : String(one))).join(', ');
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${list}`);
  }
}

function validateBuffer(value, name = 'buffer') {
  if (!ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
  }
}

function validateCallback(callback) {
  if (typeof callback !== 'function') {
    throw new codes.ERR_INVALID_CALLBACK(callback);
  }
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (!isObjectLike(signal) || !('aborted' in signal))) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'AbortSignal', signal);
  }
}

/** The number of a port: 0 to 65535, or its decimal or hexadecimal digits. */
function validatePort(port, name = 'Port', allowZero = true) {
  if ((typeof port !== 'number' && typeof port !== 'string') ||
      (typeof port === 'string' && port.trim().length === 0) ||
      +port !== (+port >>> 0) || port > 0xFFFF || (port === 0 && !allowZero)) {
    throw new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero);
  }
  return port | 0;
}

module.exports = {
  validateAbortSignal,
  validateArray,
  validateBoolean,
  validateBuffer,
  validateCallback,
  validateFunction,
  validateInt32,
  validateInteger,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePort,
  validateString,
  validateUint32,
};
