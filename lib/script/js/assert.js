'use strict';
// Node's 'assert'. Source: reference "Assert"; what an AssertionError says of two values, and how they are compared,
// comes from the npm package of that name.
const PackagedError = require('assert/build/internal/assert/assertion_error');
const { isDeepEqual, isDeepStrictEqual } = require('assert/build/internal/util/comparisons');
const { codes } = require('internal/errors');
const { formatStack, locationOf } = require('internal/stack');

const { isNativeError, isPromise, isRegExp } = require('internal/types');

const inspect = (value) => require('util').inspect(value);
const noException = Symbol('no exception');

const AssertionError = PackagedError;

/** Throws; \a message: the user's, or an error that is thrown instead. */
function fail({ actual, expected, message, operator, stackStartFn, generated }) {
  if (message instanceof Error) {
    throw message;
  }
  const error = new AssertionError({ actual, expected, message: message ?? generated, operator, stackStartFn });
  error.generatedMessage = message === undefined;
  throw error;
}

// --- assert(value)

/** The text of the call in the program that begins on the line of \a error's place; undefined: not found. */
function callText(error) {
  const { file, line, column } = locationOf(error);
  let lines;
  try {
    lines = require('fs').readFileSync(file, 'utf8').split('\n').slice(line - 1);
  } catch {
    return undefined;
  }
  const before = lines[0].slice(0, Math.max(column, 0));
  const matches = [...before.matchAll(/[\w$.]*\b(?:assert|ok)(?:\.\w+)*\s*(?=\(|$)/g)];
  const start = matches.at(-1)?.index ?? lines[0].search(/[\w$.]*\bassert(?:\.\w+)*\s*\(/);
  if (start < 0) {
    return undefined;
  }
  const text = lines.join('\n').slice(start);
  let depth = 0;
  let quote;
  for (let i = text.indexOf('('); i >= 0 && i < text.length; ++i) {
    const character = text[i];
    if (quote !== undefined) {
      if (character === '\\') ++i;
      else if (character === quote) quote = undefined;
    } else if (`'"\``.includes(character)) {
      quote = character;
    } else if ('([{'.includes(character)) {
      ++depth;
    } else if (')]}'.includes(character) && --depth === 0) {
      return text.slice(0, i + 1);
    }
  }
  return undefined;
}

function truthy(callee, count, value, message) {
  if (value) {
    return;
  }
  let generated;
  if (count === 0) {
    generated = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined) {
    const carrier = new Error();
    Error.captureStackTrace(carrier, callee);
    const text = callText(carrier);
    if (text !== undefined) {
      generated = `The expression evaluated to a falsy value:\n\n  ${text.replace(/\n/g, '\n  ')}\n`;
    }
  }
  fail({ actual: value, expected: true, message, operator: '==', stackStartFn: callee, generated });
}

function assert(...args) {
  truthy(assert, args.length, ...args);
}

assert.ok = function ok(...args) {
  truthy(ok, args.length, ...args);
};

assert.AssertionError = AssertionError;

// --- comparisons

function compares(name, isEqual) {
  const comparison = { [name]: function(actual, expected, message) {
    if (arguments.length < 2) {
      throw new codes.ERR_MISSING_ARGS('actual', 'expected');
    }
    if (!isEqual(actual, expected)) {
      fail({ actual, expected, message, operator: name, stackStartFn: comparison });
    }
  } }[name];
  assert[name] = comparison;
}

// eslint-disable-next-line eqeqeq
const isLooselyEqual = (left, right) => left == right || (Number.isNaN(left) && Number.isNaN(right));

assert.equal = function equal(actual, expected, message) {
  if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
  if (!isLooselyEqual(actual, expected)) fail({ actual, expected, message, operator: '==', stackStartFn: equal });
};

assert.notEqual = function notEqual(actual, expected, message) {
  if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
  if (isLooselyEqual(actual, expected)) fail({ actual, expected, message, operator: '!=', stackStartFn: notEqual });
};

compares('deepEqual', isDeepEqual);
compares('notDeepEqual', (left, right) => !isDeepEqual(left, right));
compares('deepStrictEqual', isDeepStrictEqual);
compares('notDeepStrictEqual', (left, right) => !isDeepStrictEqual(left, right));
compares('strictEqual', Object.is);
compares('notStrictEqual', (left, right) => !Object.is(left, right));

// --- what is thrown

class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (key in object) {
        this[key] = actual !== undefined && typeof actual[key] === 'string' && isRegExp(object[key]) &&
          object[key].exec(actual[key]) !== null ? actual[key] : object[key];
      }
    }
  }
}

function compareKey(actual, expected, key, message, keys, callee) {
  if (key in actual && isDeepStrictEqual(actual[key], expected[key])) {
    return;
  }
  if (message === undefined) {
    const error = new AssertionError({
      actual: new Comparison(actual, keys), expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual', stackStartFn: callee,
    });
    Object.assign(error, { actual, expected, operator: callee.name });
    error.generatedMessage = true;
    throw error;
  }
  fail({ actual, expected, message, operator: callee.name, stackStartFn: callee });
}

/** Checks what was thrown against what was expected of it: a class, a pattern, a function or an object. */
function checkException(actual, expected, message, callee) {
  const failHere = (generated) => fail({
    actual, expected, message, operator: callee.name, stackStartFn: callee, generated,
  });
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      const text = String(actual);
      if (expected.exec(text) === null) {
        failHere(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`);
      }
      return;
    }
    if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({
        actual, expected, message, operator: 'deepStrictEqual', stackStartFn: callee,
      });
      error.operator = callee.name;
      throw error;
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) {
      keys.push('name', 'message');
    } else if (keys.length === 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
    }
    for (const key of keys) {
      if (typeof actual[key] === 'string' && isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) {
        continue;
      }
      compareKey(actual, expected, key, message, keys, callee);
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  }
  if (Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error) {
    let text = `The error is expected to be an instance of "${expected.name}". Received `;
    if (isNativeError(actual)) {
      text += `"${actual.name}"\n\nError message:\n\n${actual.message}`;
    } else {
      text += `"${inspect(actual)}"`;
    }
    failHere(text);
  }
  const answer = Reflect.apply(expected, {}, [actual]);
  if (answer !== true) {
    const name = expected.name ? `"${expected.name}" ` : '';
    let text = `The ${name}validation function is expected to return "true". Received ${inspect(answer)}`;
    if (isNativeError(actual)) {
      text += `\n\nCaught error:\n\n${actual}`;
    }
    failHere(text);
  }
}

/** What \a callee has to do with a function that threw \a actual, or nothing. */
function expectException(callee, isRejection, actual, error, message) {
  let [expected, text] = [error, message];
  if (typeof error === 'string') {
    if (message !== undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    }
    const shown = typeof actual === 'object' && actual !== null ? actual.message : actual;
    if (shown === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', typeof actual === 'object' && actual !== null
        ? `The error message "${shown}" is identical to the message.`
        : `The error "${shown}" is identical to the message.`);
    }
    [expected, text] = [undefined, error];
  } else if (error !== undefined && error !== null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === noException) {
    const details = `${expected?.name ? ` (${expected.name})` : ''}${text ? `: ${text}` : '.'}`;
    const failure = new AssertionError({
      actual: undefined, expected, operator: callee.name, stackStartFn: callee,
      message: `Missing expected ${isRejection ? 'rejection' : 'exception'}${details}`,
    });
    throw failure;
  }
  if (expected) {
    checkException(actual, expected, text, callee);
  }
}

function expectNone(callee, isRejection, actual, error, message) {
  if (actual === noException) {
    return;
  }
  const [expected, text] = typeof error === 'string' ? [undefined, error] : [error, message];
  const matches = expected === undefined || (typeof expected === 'function'
    ? (expected.prototype !== undefined && actual instanceof expected) ||
      (!Object.prototype.isPrototypeOf.call(Error, expected) && Reflect.apply(expected, {}, [actual]) === true)
    : expected.exec(String(actual)) !== null);
  if (!matches) {
    throw actual;
  }
  fail({
    actual, expected, operator: callee.name, stackStartFn: callee,
    message: `Got unwanted ${isRejection ? 'rejection' : 'exception'}${text ? `: ${text}` : '.'}\n` +
      `Actual message: "${actual?.message}"`,
  });
}

function thrownBy(method) {
  if (typeof method !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', 'function', method);
  }
  try {
    method();
  } catch (error) {
    return error;
  }
  return noException;
}

const isThenable = (value) => isPromise(value) ||
  (value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function');

async function rejectionOf(promiseOrMethod) {
  let promise = promiseOrMethod;
  if (typeof promiseOrMethod === 'function') {
    promise = promiseOrMethod();
    if (!isThenable(promise)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (!isThenable(promise)) {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['function', 'Promise'], promise);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return noException;
}

assert.throws = function throws(method, ...args) {
  expectException(throws, false, thrownBy(method), ...args);
};

assert.rejects = async function rejects(promise, ...args) {
  expectException(rejects, true, await rejectionOf(promise), ...args);
};

assert.doesNotThrow = function doesNotThrow(method, ...args) {
  expectNone(doesNotThrow, false, thrownBy(method), ...args);
};

assert.doesNotReject = async function doesNotReject(promise, ...args) {
  expectNone(doesNotReject, true, await rejectionOf(promise), ...args);
};

assert.ifError = function ifError(error) {
  if (error === null || error === undefined) {
    return;
  }
  let message = 'ifError got unwanted exception: ';
  if (typeof error === 'object' && typeof error.message === 'string') {
    message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  } else {
    message += inspect(error);
  }
  const failure = new AssertionError({
    actual: error, expected: null, operator: 'ifError', message, stackStartFn: ifError,
  });
  if (isNativeError(error)) {
    // Where the error came from matters more than where it was looked at.
    const frames = formatStack(error).split('\n').slice(1).join('\n');
    failure.stack = `${failure.stack.split('\n')[0]}\n${frames}\n${failure.stack.split('\n').slice(1).join('\n')}`;
  }
  throw failure;
};

// --- patterns

function matching(name, isWanted) {
  const checking = { [name]: function(text, pattern, message) {
    if (!isRegExp(pattern)) {
      throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', pattern);
    }
    if (typeof text === 'string' && (pattern.exec(text) !== null) === isWanted) {
      return;
    }
    const generated = typeof text !== 'string'
      ? `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`
      : `${isWanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression '}` +
        `${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
    fail({ actual: text, expected: pattern, message, operator: name, stackStartFn: checking, generated });
  } }[name];
  assert[name] = checking;
}

matching('match', true);
matching('doesNotMatch', false);

assert.fail = function failNow(actual, expected, message, operator) {
  if (actual instanceof Error) {
    throw actual;
  }
  if (arguments.length <= 1) {
    const error = new AssertionError({
      message: actual === undefined ? 'Failed' : actual, operator: 'fail', stackStartFn: failNow,
    });
    error.generatedMessage = actual === undefined;
    throw error;
  }
  fail({ actual, expected, message, operator: operator ?? '!=', stackStartFn: failNow });
};
Object.defineProperty(assert.fail, 'name', { value: 'fail' });

// --- counting calls

class CallTracker {
  #checks = [];

  calls(method, expected = 1) {
    const [callee, count] = typeof method === 'number' ? [undefined, method] : [method, expected];
    require('internal/validators').validateUint32(count, 'expected', true);
    const check = { name: callee?.name || 'calls', expected: count, actual: 0, origin: new Error() };
    this.#checks.push(check);
    return function(...args) {
      ++check.actual;
      return callee?.apply(this, args);
    };
  }

  report() {
    return this.#checks.filter(({ actual, expected }) => actual !== expected)
      .map(({ name, actual, expected, origin }) => ({
        message: `Expected the ${name} function to be executed ${expected} time(s) but was executed ${actual} time(s).`,
        actual, expected, operator: name, stack: origin,
      }));
  }

  verify() {
    const failures = this.report();
    if (failures.length > 0) {
      throw new AssertionError({ message: failures.length === 1 ? failures[0].message
        : 'Functions were not called the expected number of times', details: failures });
    }
  }
}

assert.CallTracker = CallTracker;

assert.strict = Object.assign((...args) => truthy(assert.strict, args.length, ...args), assert, {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;

module.exports = assert;
