// http.IncomingMessage over the one of lib/http, which is the stream: what is here only gives its state and its
// signals the names of stream.Readable.
// Source: reference "Class: http.IncomingMessage", "stream.Readable".
'use strict';
const EventEmitter = require('events');
const { Readable } = require('stream');
const { before, codes, followListeners, kHandle } = require('internal/listening');

const incoming = native.incoming;
const kHeaders = Symbol('headers');
const kTrailers = Symbol('trailers');
const kRawHeaders = Symbol('rawHeaders');
const kSocket = Symbol('socket');
const kState = Symbol('state');
const kEncoding = Symbol('encoding');
const kDecoder = Symbol('decoder');

let pending; // the handle that the message which is being constructed stands for

function IncomingMessage(socket) {
  EventEmitter.call(this);
  if (pending !== undefined) {
    this[kHandle] = pending;
    pending = undefined;
  } else {
    this[kSocket] = socket;
    this[kHandle] = incoming.make(this, socket);
  }
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

/** A message of Class for a handle of C++. */
function makeIncoming(Class, handle, major, minor) {
  pending = handle;
  const message = Class === IncomingMessage ? new IncomingMessage(undefined)
    : new Class(incoming.socket(handle));
  pending = undefined;
  message.httpVersionMajor = major;
  message.httpVersionMinor = minor;
  message.httpVersion = major === 1 && minor === 1 ? '1.1' : `${major}.${minor}`;
  return message;
}

followListeners(IncomingMessage, [
  'aborted', 'close', 'data', 'end', 'error', 'pause', 'readable', 'resume', 'timeout',
]);

/** { name: value } from [name, value, name, value…]. */
function toObject(list) {
  const object = {};
  for (let i = 0; i < list.length; i += 2) {
    // As the reference: an assignment, which "__proto__" is none of.
    object[list[i]] = list[i + 1];
  }
  return object;
}

function accessor(name, get, set) {
  Object.defineProperty(IncomingMessage.prototype, name, { configurable: true, enumerable: false, get, set });
}

/** A value that is asked of C++ once, and may be replaced. */
function cached(name, key, make) {
  accessor(name, function() {
    return this[key] ??= make(this);
  }, function(value) { this[key] = value; });
}

cached('headers', kHeaders, (message) => toObject(incoming.headers(message[kHandle])));
cached('rawHeaders', kRawHeaders, (message) => incoming.rawHeaders(message[kHandle]));

accessor('trailers', function() {
  if (this[kTrailers]) return this[kTrailers];
  const trailers = toObject(incoming.trailers(this[kHandle]));
  if (this.complete) this[kTrailers] = trailers;
  return trailers;
}, function(value) { this[kTrailers] = value; });

accessor('rawTrailers', function() { return incoming.rawTrailers(this[kHandle]); });

const getSocket = function() {
  return this[kSocket] !== undefined ? this[kSocket] : incoming.socket(this[kHandle]);
};
const setSocket = function(value) { this[kSocket] = value; };
accessor('socket', getSocket, setSocket);
accessor('connection', getSocket, setSocket);

/** A flag of C++ that a script may overwrite, for itself. */
function flag(name, read) {
  accessor(name, function() { return read(this[kHandle]); }, function(value) {
    Object.defineProperty(this, name, { configurable: true, enumerable: true, value, writable: true });
  });
}

flag('aborted', incoming.isAborted);
flag('complete', incoming.isComplete);
flag('upgrade', incoming.isUpgrade);
flag('destroyed', incoming.isDestroyed);
flag('readable', incoming.isReadable);
accessor('readableEnded', function() { return incoming.isEnded(this[kHandle]); });
accessor('readableFlowing', function() { return incoming.flowing(this[kHandle]); }, function() {});
accessor('readableLength', function() { return incoming.length(this[kHandle]); });
accessor('readableHighWaterMark', function() { return incoming.highWaterMark(this[kHandle]); });
accessor('readableObjectMode', () => false);
accessor('readableEncoding', function() { return this[kEncoding] ?? null; });
accessor('readableBuffer', function() { return []; });

// --- reading

IncomingMessage.prototype.read = function(size) {
  const octets = incoming.read(this[kHandle], size === undefined || Number.isNaN(size) ? -1 : size);
  if (octets === null) return null;
  Object.setPrototypeOf(octets, Buffer.prototype);
  if (this[kEncoding] === undefined) return octets;
  return decoderOf(this).write(octets);
};

IncomingMessage.prototype.pause = function() {
  incoming.pause(this[kHandle]);
  return this;
};

IncomingMessage.prototype.resume = function() {
  incoming.resume(this[kHandle]);
  return this;
};

IncomingMessage.prototype.isPaused = function() { return incoming.isPaused(this[kHandle]); };

IncomingMessage.prototype.unshift = function(chunk, encoding) {
  if (chunk === null) return false;
  incoming.unshift(this[kHandle], typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
  return true;
};

IncomingMessage.prototype._read = function() {};

// What stream.finished() knows a request by.
IncomingMessage.prototype._consuming = false;
IncomingMessage.prototype._dumped = false;

function decoderOf(message) {
  if (message[kDecoder] === undefined) {
    const { StringDecoder } = require('string_decoder');
    message[kDecoder] = new StringDecoder(message[kEncoding]);
  }
  return message[kDecoder];
}

IncomingMessage.prototype.setEncoding = function(encoding) {
  const { StringDecoder } = require('string_decoder');
  const name = new StringDecoder(encoding).encoding;
  this[kEncoding] = name;
  const isListening = this.listenerCount('data') > 0;
  if (isListening) native.emitter.listen(this[kHandle], codes.data, false);
  this[kState] = incoming.setEncoding(this[kHandle], name) ? 'text' : 'decode';
  if (isListening) native.emitter.listen(this[kHandle], codes.data, true);
  return this;
};

before[codes.data] = (target, [chunk]) => {
  if (typeof chunk === 'string') return [chunk];
  Object.setPrototypeOf(chunk, Buffer.prototype);
  if (target[kEncoding] === undefined || target[kState] === 'text') return [chunk];
  const text = decoderOf(target).write(chunk);
  return text === '' ? undefined : [text];
};

before[codes.end] = (target) => {
  if (target[kState] === 'decode') {
    const rest = decoderOf(target).end();
    if (rest) target.emit('data', rest);
  }
  return [];
};

// --- the rest

IncomingMessage.prototype.destroy = function(error) {
  const socket = this[kSocket];
  if (socket) socket.destroy(error);
  incoming.destroy(this[kHandle], error);
  return this;
};

IncomingMessage.prototype.setTimeout = function(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  incoming.setTimeout(this[kHandle], +milliseconds);
  return this;
};

/** What the functions that this class has of stream.Readable (pipe(), its iterator, finished()) look at. */
class ReadableState {
  constructor(message) {
    this.message = message;
    this.objectMode = false;
    this.pipes = [];
    this.awaitDrainWriters = null;
    this.multiAwaitDrain = false;
    this.autoDestroy = false;
    this.emitClose = true;
    this.errored = null;
    this.errorEmitted = false;
    this.closeEmitted = false;
    this.readingMore = false;
    this.needReadable = false;
    this.defaultEncoding = 'utf8';
  }

  get flowing() { return this.message.readableFlowing; }

  set flowing(value) {
    if (value) this.message.resume();
    else if (value === false) this.message.pause();
  }

  get ended() { return this.message.complete; }
  get endEmitted() { return this.message.readableEnded; }
  get destroyed() { return this.message.destroyed; }
  get closed() { return this.message.destroyed; }
  get constructed() { return true; }
  get length() { return this.message.readableLength; }
  get highWaterMark() { return this.message.readableHighWaterMark; }
  get encoding() { return this.message.readableEncoding; }
  get paused() { return this.message.isPaused(); }
  get buffer() { return []; }
  get reading() { return false; }
}

accessor('_readableState', function() {
  const state = new ReadableState(this);
  Object.defineProperty(this, '_readableState', { configurable: true, value: state, writable: true });
  return state;
}, function(value) {
  Object.defineProperty(this, '_readableState', { configurable: true, value, writable: true });
});

module.exports = { IncomingMessage, makeIncoming, toObject };
