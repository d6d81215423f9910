// http.Server over the one of lib/http.
// Source: reference "Class: http.Server", http.createServer().
'use strict';
const EventEmitter = require('events');
const { codes: errors } = require('internal/errors');
const { before, codes, connectListeners, followListeners, kHandle } = require('internal/listening');
const { IncomingMessage, makeIncoming } = require('internal/http/incoming');
const { PlainResponse, ServerResponse, makeServerResponse } = require('internal/http/response');
const net = require('net');
const { kLent, listenArguments } = require('internal/sockets');

const kIncoming = Symbol('IncomingMessage');
const kResponse = Symbol('ServerResponse');
const kLimits = Symbol('limits');

const events = [
  'checkContinue', 'checkExpectation', 'clientError', 'close', 'connect', 'connection', 'error', 'listening',
  'request', 'timeout', 'upgrade',
];

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new errors.ERR_INVALID_ARG_TYPE('options', 'object', options);
  }
  setUp(this, options, undefined);
  if (listener) this.on('request', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);
followListeners(Server, events);

/** What http.Server and https.Server share. tls: options with key and cert, or undefined. */
function setUp(server, options, tls) {
  EventEmitter.call(server);
  const { insecureHTTPParser, maxHeaderSize } = options;
  if (insecureHTTPParser !== undefined && typeof insecureHTTPParser !== 'boolean')
    throw new errors.ERR_INVALID_ARG_TYPE('options.insecureHTTPParser', 'boolean', insecureHTTPParser);
  if (maxHeaderSize !== undefined) {
    const { validateInteger } = require('internal/validators');
    validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  }
  server[kIncoming] = options.IncomingMessage || IncomingMessage;
  server[kResponse] = options.ServerResponse || ServerResponse;
  server[kHandle] = native.server.make(server, Boolean(insecureHTTPParser), maxHeaderSize || 0, tls);
  server[kLimits] = {
    headersTimeout: 60000, keepAliveTimeout: 5000, requestTimeout: 0, timeout: 0, maxHeadersCount: null,
  };
  server._events ??= Object.create(null);
  server.httpAllowHalfOpen = false;
  server.allowHalfOpen = true;
  server.pauseOnConnect = false;
}

for (const name of ['headersTimeout', 'keepAliveTimeout', 'requestTimeout', 'timeout', 'maxHeadersCount']) {
  Object.defineProperty(Server.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return this[kLimits]?.[name]; },
    set(value) {
      this[kLimits][name] = value;
      const limits = this[kLimits];
      native.server.setLimits(
        this[kHandle], +limits.headersTimeout || 0, +limits.keepAliveTimeout || 0, +limits.requestTimeout || 0,
        +limits.timeout || 0, typeof limits.maxHeadersCount === 'number' ? limits.maxHeadersCount : -1);
    },
  });
}

Server.prototype.setTimeout = function(milliseconds, callback) {
  this.timeout = milliseconds;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype.listen = function(...args) {
  const { port, host, path, callback } = listenArguments(args);
  if (this.listening) throw new errors.ERR_SERVER_ALREADY_LISTEN();
  if (callback) this.once('listening', callback);
  if (path !== undefined) native.server.listenLocal(this[kHandle], path);
  else native.server.listen(this[kHandle], port, host);
  return this;
};

Server.prototype.close = function(callback) {
  native.server.close(this[kHandle], callback);
  return this;
};

Server.prototype.closeAllConnections = function() { native.server.closeAllConnections(this[kHandle]); };

Server.prototype.address = function() { return net._addressOf(native.server.address(this[kHandle])); };

Server.prototype.getConnections = function(callback) {
  process.nextTick(callback, null, native.server.connectionCount(this[kHandle]));
  return this;
};

Server.prototype.ref = function() {
  native.server.setReferenced(this[kHandle], true);
  return this;
};

Server.prototype.unref = function() {
  native.server.setReferenced(this[kHandle], false);
  return this;
};

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true,
  get() { return native.server.isListening(this[kHandle]); },
});
Object.defineProperty(Server.prototype, 'connections', {
  configurable: true,
  get() { return native.server.connectionCount(this[kHandle]); },
});

// --- connections from elsewhere

let announced; // the socket that C++ is telling of

before[codes.connection] = (target, args) => {
  announced = args[0];
  return args;
};

/** A 'connection' that a script emits hands its socket over: C++ serves it, and tells of it. */
Server.prototype.emit = function(type, ...args) {
  if (type === 'connection' && args[0] !== announced && this[kHandle] !== undefined) {
    native.server.inject(this[kHandle], args[0]);
    return true;
  }
  announced = undefined;
  return EventEmitter.prototype.emit.call(this, type, ...args);
};

// --- messages

native.process.expose('makeMessages', (server, requestHandle, responseHandle, method, url, major, minor, isPlain) => {
  const request = makeIncoming(server?.[kIncoming] ?? IncomingMessage, requestHandle, major, minor);
  request.method = method;
  request.url = url;
  return [
    request,
    responseHandle === undefined ? null
      : makeServerResponse(isPlain ? PlainResponse : server?.[kResponse] ?? ServerResponse, responseHandle, request),
  ];
});

/** A socket that was handed over is the script's: from here on it reads. */
before[codes.upgrade] = before[codes.connect] = (target, args) => {
  if (args[1]) args[1][kLent]?.(false);
  if (args[2]) Object.setPrototypeOf(args[2], Buffer.prototype);
  if (target instanceof Server) return args;
  target.res = args[0];
  return args;
};

module.exports = { Server, setUp, serverEvents: events, connectListeners };
