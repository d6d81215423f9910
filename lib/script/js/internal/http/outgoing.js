// http.OutgoingMessage over the one of lib/http: types of arguments are checked here, everything else there.
// Source: reference "Class: http.OutgoingMessage".
'use strict';
const Stream = require('stream');
const { codes } = require('internal/errors');
const { followListeners, kHandle } = require('internal/listening');

const outgoing = native.outgoing;
const kSocket = Symbol('socket');
/** Lists that are values of headers: the very ones that a script gave, which it may still change. */
const kLists = Symbol('lists');

function OutgoingMessage() {
  Stream.call(this);
  this.writable = true;
  // Those of subclasses have a handle of their own.
  if (new.target === OutgoingMessage || this.constructor === OutgoingMessage)
    this[kHandle] = native.response.makeBare(this);
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const outgoingEvents = [
  'abort', 'close', 'connect', 'continue', 'drain', 'error', 'finish', 'information', 'prefinish', 'response',
  'socket', 'timeout', 'upgrade',
];
followListeners(OutgoingMessage, outgoingEvents);

const prototype = OutgoingMessage.prototype;

// --- headers

function checkName(name) {
  if (typeof name !== 'string' || name === '') throw new codes.ERR_INVALID_HTTP_TOKEN('Header name', name);
}

function requireString(name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
}

/** A header's value as C++ takes it. */
function valueFor(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return value;
}

prototype.setHeader = function setHeader(name, value) {
  if (typeof name !== 'string' || value === undefined) {
    if (outgoing.headersSent(this[kHandle])) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    checkName(name);
    valueFor(name, value);
  }
  outgoing.setHeader(this[kHandle], name, value);
  if (Array.isArray(value)) (this[kLists] ??= new Map()).set(name.toLowerCase(), [name, value]);
  else this[kLists]?.delete(name.toLowerCase());
  return this;
};

prototype.getHeader = function getHeader(name) {
  requireString(name);
  return this[kLists]?.get(name.toLowerCase())?.[1] ?? outgoing.getHeader(this[kHandle], name);
};

prototype.hasHeader = function hasHeader(name) {
  requireString(name);
  return outgoing.hasHeader(this[kHandle], name);
};

prototype.removeHeader = function removeHeader(name) {
  requireString(name);
  outgoing.removeHeader(this[kHandle], name);
  this[kLists]?.delete(name.toLowerCase());
};

prototype.getHeaderNames = function getHeaderNames() { return outgoing.headerNames(this[kHandle]); };
prototype.getRawHeaderNames = function getRawHeaderNames() { return outgoing.rawHeaderNames(this[kHandle]); };

prototype.getHeaders = function getHeaders() {
  const list = outgoing.headers(this[kHandle]);
  const headers = Object.create(null);
  for (let i = 0; i < list.length; i += 2) headers[list[i]] = this[kLists]?.get(list[i])?.[1] ?? list[i + 1];
  return headers;
};

/** [name, value, name, value…] of an object, of pairs or of such a list. */
function toList(headers) {
  if (!headers) return [];
  const list = [];
  if (Array.isArray(headers)) {
    const pairs = headers.length > 0 && Array.isArray(headers[0]);
    if (!pairs && headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
    for (const [name, value] of pairs ? headers : inPairs(headers)) {
      checkName(name);
      list.push(name, valueFor(name, value));
    }
    return list;
  }
  for (const name in headers) {
    if (!Object.prototype.hasOwnProperty.call(headers, name)) continue;
    list.push(name, valueFor(name, headers[name]));
  }
  return list;
}

function inPairs(list) {
  const pairs = [];
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
  return pairs;
}

prototype.addTrailers = function addTrailers(trailers) {
  outgoing.addTrailers(this[kHandle], toList(trailers));
};

// --- the body

function isLatin1(encoding) {
  return encoding === 'latin1' || encoding === 'binary';
}

function isUtf8(encoding) {
  return encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8' ||
    encoding === '' || typeof encoding !== 'string';
}

/** What C++ sends of a chunk: text that it encodes, or octets. */
function chunkFor(chunk, encoding) {
  if (typeof chunk === 'string')
    return isUtf8(encoding) || isLatin1(encoding) ? chunk : Buffer.from(chunk, encoding);
  if (chunk instanceof Uint8Array) return chunk;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}

/** What was changed in lists since they were set. */
function tellLists(message) {
  if (message.headersSent) return;
  for (const [name, list] of message[kLists].values()) outgoing.setHeader(message[kHandle], name, list);
}

prototype.write = function write(chunk, encoding, callback) {
  if (this[kLists] !== undefined) tellLists(this);
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  return outgoing.write(this[kHandle], chunkFor(chunk, encoding), isLatin1(encoding), callback);
};

prototype.end = function end(chunk, encoding, callback) {
  if (this[kLists] !== undefined) tellLists(this);
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = undefined;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (chunk) outgoing.end(this[kHandle], chunkFor(chunk, encoding), isLatin1(encoding), callback);
  else outgoing.end(this[kHandle], undefined, false, callback);
  return this;
};

prototype.flushHeaders = function flushHeaders() { outgoing.flushHeaders(this[kHandle]); };
prototype.cork = function cork() { outgoing.cork(this[kHandle]); };
prototype.uncork = function uncork() { outgoing.uncork(this[kHandle]); };

prototype.destroy = function destroy(error) {
  outgoing.destroy(this[kHandle], error);
  return this;
};

prototype.setTimeout = function setTimeout(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  outgoing.setTimeout(this[kHandle], +milliseconds);
  return this;
};

prototype.pipe = function pipe() { this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE()); };

// What stream.finished() and stream.pipeline() know an outgoing message by.
prototype._removedConnection = false;
prototype._removedContLen = false;
prototype._removedTE = false;

prototype._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

native.process.expose('implicitHeader', (message) => {
  message._implicitHeader();
  return true;
});

// --- state

function accessor(name, get, set) {
  Object.defineProperty(prototype, name, { configurable: true, enumerable: false, get, set });
}

/** A state that C++ knows; a script may overwrite it, for itself. */
function state(name, read) {
  accessor(name, function() { return read(this[kHandle]); }, function(value) {
    Object.defineProperty(this, name, { configurable: true, enumerable: true, value, writable: true });
  });
}

state('headersSent', outgoing.headersSent);
state('_header', outgoing.head);
state('finished', outgoing.isEnded);
state('writableEnded', outgoing.isEnded);
state('writableFinished', outgoing.isFinished);
state('writableNeedDrain', outgoing.needsDrain);
state('writableLength', outgoing.length);
state('writableHighWaterMark', outgoing.highWaterMark);
state('writableCorked', outgoing.corked);
state('chunkedEncoding', outgoing.isChunked);
state('destroyed', outgoing.isDestroyed);
accessor('writableObjectMode', () => false);
accessor('sendDate', function() { return outgoing.sendDate(this[kHandle]); },
         function(value) { outgoing.setSendDate(this[kHandle], Boolean(value)); });
accessor('shouldKeepAlive', function() { return outgoing.shouldKeepAlive(this[kHandle]); },
         function(value) { outgoing.setShouldKeepAlive(this[kHandle], Boolean(value)); });

const getSocket = function() {
  return this[kSocket] !== undefined ? this[kSocket] : outgoing.socket(this[kHandle]);
};
const setSocket = function(value) { this[kSocket] = value; };
accessor('socket', getSocket, setSocket);
accessor('connection', getSocket, setSocket);

module.exports = { OutgoingMessage, checkName, outgoingEvents, toList, valueFor };
