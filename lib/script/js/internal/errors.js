'use strict';
// Node's errors: a class per code, the code in the first line of the stack, and the wording of the reference.
// Source: reference "Errors", "Node.js error codes"; the wording is that of version 15.
const { setStackHeader } = require('internal/stack');

const codes = Object.create(null);

function mark(error, code) {
  const text = error.message === '' ? '' : `: ${error.message}`;
  setStackHeader(error, `${error.name} [${code}]${text}`, 1); // but for the maker of the error itself
  error.code = code;
}

/** Makes codes[code]: a class over base whose arguments the message is made of. */
function define(code, base, message) {
  const NodeError = {
    [base.name]: class extends base {
      constructor(...args) {
        super(typeof message === 'function' ? message(...args) : message);
        mark(this, code);
      }

      toString() { return `${this.name} [${code}]: ${this.message}`; }
    },
  }[base.name];
  codes[code] = NodeError;
}

// --- wording

function inspect(value, options) {
  return require('util').inspect(value, options);
}

function addArticle(list) {
  return list.length > 2 ? `one of ${list.slice(0, -1).join(', ')}, or ${list.at(-1)}`
    : list.length === 2 ? `one of ${list[0]} or ${list[1]}`
      : list[0];
}

/** "Received type number (5)" and its relatives. */
function received(value) {
  if (value === undefined || value === null) {
    return ` Received ${value}`;
  }
  if (typeof value === 'function' && value.name) {
    return ` Received function ${value.name}`;
  }
  if (typeof value === 'object') {
    return value.constructor?.name ? ` Received an instance of ${value.constructor.name}`
      : ` Received ${inspect(value, { depth: -1 })}`;
  }
  let shown = inspect(value, { colors: false });
  if (shown.length > 25) {
    shown = `${shown.slice(0, 25)}...`;
  }
  return ` Received type ${typeof value} (${shown})`;
}

const primitiveNames = new Set([
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
]);

function invalidArgType(name, expected, actual) {
  const wanted = Array.isArray(expected) ? expected : [expected];
  let text = 'The ';
  if (name.endsWith(' argument')) {
    text += `${name} `;
  } else {
    text += `"${name}" ${name.includes('.') ? 'property' : 'argument'} `;
  }
  text += 'must be ';
  const types = [];
  const instances = [];
  const others = [];
  for (const item of wanted) {
    if (primitiveNames.has(item)) {
      types.push(item.toLowerCase());
    } else if (/^([A-Z][a-z0-9]*)+$/.test(item)) {
      instances.push(item);
    } else {
      others.push(item);
    }
  }
  // With instances about, "of type object" reads better as "an instance of Object".
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances.push('Object');
  }
  if (types.length > 0) {
    text += types.length > 1 ? addArticle(types).replace('one of', 'one of type') : `of type ${types[0]}`;
    if (instances.length > 0 || others.length > 0) {
      text += ' or ';
    }
  }
  if (instances.length > 0) {
    text += instances.length > 2
      ? `an instance of ${instances.slice(0, -1).join(', ')}, or ${instances.at(-1)}`
      : `an instance of ${instances.join(' or ')}`;
    if (others.length > 0) {
      text += ' or ';
    }
  }
  if (others.length > 1) {
    text += addArticle(others);
  } else if (others.length === 1) {
    text += others[0].toLowerCase() !== others[0] ? `an ${others[0]}` : others[0];
  }
  return `${text}.${received(actual)}`;
}

function invalidArgValue(name, value, reason = 'is invalid') {
  let shown = inspect(value);
  if (shown.length > 128) {
    shown = `${shown.slice(0, 128)}...`;
  }
  const kind = name.includes('.') ? 'property' : 'argument';
  return `The ${kind} '${name}' ${reason}. Received ${shown}`;
}

function withSeparators(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');
}

function outOfRange(name, range, value, replacesName = false) {
  let shown;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) {
    shown = withSeparators(String(value));
  } else if (typeof value === 'bigint') {
    shown = `${value > 2n ** 32n || value < -(2n ** 32n) ? withSeparators(String(value)) : value}n`;
  } else {
    shown = inspect(value);
  }
  const subject = replacesName ? name : `The value of "${name}" is out of range.`;
  return `${subject} It must be ${range}. Received ${shown}`;
}

function missingArgs(...names) {
  const quoted = names.map((name) => (Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`));
  const list = quoted.length === 1 ? `${quoted[0]} argument`
    : quoted.length === 2 ? `${quoted[0]} and ${quoted[1]} arguments`
      : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)} arguments`;
  return `The ${list} must be specified`;
}

// --- the table

for (const [code, base, message] of [
  ['ERR_AMBIGUOUS_ARGUMENT', TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ['ERR_ARG_NOT_ITERABLE', TypeError, (value) => `${value} must be iterable`],
  ['ERR_ASYNC_CALLBACK', TypeError, (name) => `${name} must be a function`],
  ['ERR_BROTLI_INVALID_PARAM', RangeError, (value) => `${value} is not a valid Brotli parameter`],
  ['ERR_BUFFER_OUT_OF_BOUNDS', RangeError,
    (name) => (name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds')],
  ['ERR_BUFFER_TOO_LARGE', RangeError, (size) => `Cannot create a Buffer larger than ${size} bytes`],
  ['ERR_CONSOLE_WRITABLE_STREAM', TypeError, (name) => `Console expects a writable stream instance for ${name}`],
  ['ERR_CRYPTO_HASH_FINALIZED', Error, 'Digest already called'],
  ['ERR_CRYPTO_HASH_UPDATE_FAILED', Error, 'Hash update failed'],
  ['ERR_CRYPTO_INVALID_DIGEST', Error, 'Invalid digest'],
  ['ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', RangeError, 'Input buffers must have the same byte length'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', TypeError,
    (encoding) => `The encoded data was not valid for encoding ${encoding}`],
  ['ERR_ENCODING_NOT_SUPPORTED', RangeError, (encoding) => `The "${encoding}" encoding is not supported`],
  ['ERR_EVENT_RECURSION', Error, (type) => `The event "${type}" is already being dispatched`],
  ['ERR_FALSY_VALUE_REJECTION', Error, 'Promise was rejected with falsy value'],
  ['ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', TypeError,
    (name) => `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`],
  ['ERR_FS_FILE_TOO_LARGE', RangeError, (size) => `File size (${size}) is greater than 2 GB`],
  ['ERR_FS_INVALID_SYMLINK_TYPE', Error, (type) =>
    `Symlink type must be one of "dir", "file", or "junction". Received "${type}"`],
  ['ERR_HTTP_BODY_NOT_ALLOWED', Error, 'Adding content for this request method or response status is not allowed.'],
  ['ERR_HTTP_HEADERS_SENT', Error, (what) => `Cannot ${what} headers after they are sent to the client`],
  ['ERR_HTTP_INVALID_HEADER_VALUE', TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  ['ERR_HTTP_INVALID_STATUS_CODE', RangeError, (code) => `Invalid status code: ${code}`],
  ['ERR_HTTP_SOCKET_ENCODING', Error, 'Changing the socket encoding is not allowed per RFC7230 Section 3.'],
  ['ERR_HTTP_TRAILER_INVALID', Error, 'Trailers are invalid with this transfer encoding'],
  ['ERR_ILLEGAL_CONSTRUCTOR', TypeError, 'Illegal constructor'],
  ['ERR_INTERNAL_ASSERTION', Error, (message) => message ?? 'This is caused by either a bug in Node.js'],
  ['ERR_INVALID_ADDRESS_FAMILY', RangeError,
    (family, host, port) => `Invalid address family: ${family} ${host}:${port}`],
  ['ERR_INVALID_ARG_TYPE', TypeError, invalidArgType],
  ['ERR_INVALID_ARG_VALUE', TypeError, invalidArgValue],
  ['ERR_INVALID_BUFFER_SIZE', RangeError, (size) => `Buffer size must be a multiple of ${size}`],
  ['ERR_INVALID_CALLBACK', TypeError, (value) => `Callback must be a function. Received ${inspect(value)}`],
  ['ERR_INVALID_CHAR', TypeError, (name, field) =>
    `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`],
  ['ERR_INVALID_DOMAIN_NAME', TypeError, 'Unable to determine the domain name'],
  ['ERR_INVALID_FD_TYPE', TypeError, (type) => `Unsupported fd type: ${type}`],
  ['ERR_INVALID_FILE_URL_HOST', TypeError, (platform) =>
    `File URL host must be "localhost" or empty on ${platform}`],
  ['ERR_INVALID_FILE_URL_PATH', TypeError, (reason) => `File URL path ${reason}`],
  ['ERR_INVALID_HTTP_TOKEN', TypeError, (name, value) => `${name} must be a valid HTTP token ["${value}"]`],
  ['ERR_INVALID_IP_ADDRESS', TypeError, (value) => `Invalid IP address: ${value}`],
  ['ERR_INVALID_OPT_VALUE', TypeError, (name, value) =>
    `The value "${String(value)}" is invalid for option "${name}"`],
  ['ERR_INVALID_OPT_VALUE_ENCODING', TypeError, (value) =>
    `The value "${String(value)}" is invalid for option "encoding"`],
  ['ERR_INVALID_PROTOCOL', TypeError, (actual, expected) =>
    `Protocol "${actual}" not supported. Expected "${expected}"`],
  ['ERR_INVALID_RETURN_VALUE', TypeError, (expected, name, value) => {
    const type = value?.constructor?.name ? `instance of ${value.constructor.name}` : `type ${typeof value}`;
    return `Expected ${expected} to be returned from the "${name}" function but got ${type}.`;
  }],
  ['ERR_INVALID_SYNC_FORK_INPUT', TypeError, (type) =>
    `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${type}`],
  ['ERR_INVALID_THIS', TypeError, (type) => `Value of "this" must be of type ${type}`],
  ['ERR_INVALID_TUPLE', TypeError, (name, kind) => `${name} must be an iterable ${kind} tuple`],
  ['ERR_INVALID_URI', URIError, 'URI malformed'],
  ['ERR_INVALID_URL', TypeError, (input) => `Invalid URL: ${input}`],
  ['ERR_INVALID_URL_SCHEME', TypeError, (expected) =>
    `The URL must be ${[].concat(expected).length > 1 ? 'one of' : 'of'} scheme ${[].concat(expected).join(' or ')}`],
  ['ERR_METHOD_NOT_IMPLEMENTED', Error, (name) => `The ${name} method is not implemented`],
  ['ERR_MISSING_ARGS', TypeError, missingArgs],
  ['ERR_MULTIPLE_CALLBACK', Error, 'Callback called multiple times'],
  ['ERR_NO_CRYPTO', Error, 'Node.js is not compiled with OpenSSL crypto support'],
  ['ERR_OPERATION_FAILED', Error, (reason) => `Operation failed: ${reason}`],
  ['ERR_OUT_OF_RANGE', RangeError, outOfRange],
  ['ERR_SERVER_ALREADY_LISTEN', Error, 'Listen method has been called more than once without closing.'],
  ['ERR_SERVER_NOT_RUNNING', Error, 'Server is not running.'],
  ['ERR_SOCKET_BAD_PORT', RangeError, (name, port, allowZero = true) =>
    `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${String(port)}.`],
  ['ERR_SOCKET_CLOSED', Error, 'Socket is closed'],
  ['ERR_STREAM_ALREADY_FINISHED', Error, (name) => `Cannot call ${name} after a stream was finished`],
  ['ERR_STREAM_CANNOT_PIPE', Error, 'Cannot pipe, not readable'],
  ['ERR_STREAM_DESTROYED', Error, (name) => `Cannot call ${name} after a stream was destroyed`],
  ['ERR_STREAM_NULL_VALUES', TypeError, 'May not write null values to stream'],
  ['ERR_STREAM_PREMATURE_CLOSE', Error, 'Premature close'],
  ['ERR_STREAM_PUSH_AFTER_EOF', Error, 'stream.push() after EOF'],
  ['ERR_STREAM_UNSHIFT_AFTER_END_EVENT', Error, 'stream.unshift() after end event'],
  ['ERR_STREAM_WRAP', Error, 'Stream has StringDecoder set or is in objectMode'],
  ['ERR_STREAM_WRITE_AFTER_END', Error, 'write after end'],
  ['ERR_SYNTHETIC', Error, 'JavaScript Callstack'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', Error, (reason) =>
    `Hostname/IP does not match certificate's altnames: ${reason}`],
  ['ERR_UNAVAILABLE_DURING_EXIT', Error, 'Cannot call function in process exit handler'],
  ['ERR_UNESCAPED_CHARACTERS', TypeError, (name) => `${name} contains unescaped characters`],
  ['ERR_UNHANDLED_ERROR', Error, (shown) => (shown === undefined ? 'Unhandled error.' : `Unhandled error. (${shown})`)],
  ['ERR_UNKNOWN_ENCODING', TypeError, (encoding) => `Unknown encoding: ${encoding}`],
  ['ERR_UNKNOWN_SIGNAL', TypeError, (signal) => `Unknown signal: ${signal}`],
  ['ERR_ZLIB_INITIALIZATION_FAILED', Error, 'Initialization failed'],
]) {
  define(code, base, message);
}

// Of errors that are made elsewhere with their message: the class by the code.
const typeErrors = new Set(['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_VALUE', 'ERR_INVALID_CURSOR_POS']);

/** An error whose code and message are known already: those of C++. */
function nodeError(code, message) {
  const base = codes[code] ? Object.getPrototypeOf(codes[code]) : typeErrors.has(code) ? TypeError : Error;
  const error = new base(message);
  if (code.startsWith('ERR_')) {
    mark(error, code);
  } else if (code !== '') {
    error.code = code;
  }
  return error;
}

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
    setStackHeader(this, `AbortError: ${message}`);
  }
}

/** Both of two errors, where one of them happened while the other was dealt with. */
function aggregateTwoErrors(inner, outer) {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const error = new AggregateError([outer, inner], outer.message);
    error.code = outer.code;
    return error;
  }
  return inner || outer;
}

/** What a function of ours throws that only Node itself can offer. */
function unavailable(name) {
  return new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(name);
}

/** "ENOENT: no such file or directory, open 'x'", with Node's properties. */
function systemError({ code, errno, syscall, description, path, dest }) {
  let message = `${code}: ${description}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = new Error(message);
  error.errno = -Math.abs(errno);
  error.syscall = syscall;
  error.code = code;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

module.exports = {
  AbortError,
  aggregateTwoErrors,
  codes,
  hideStackFrames: (run) => run,
  isStackOverflowError: (error) => error instanceof RangeError && /call stack/.test(error.message),
  nodeError,
  received,
  systemError,
  unavailable,
};
