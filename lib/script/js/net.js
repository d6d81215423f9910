// net over the connections of lib/http: a Socket is a duplex stream on its transport.
// Source: reference "Net" (net.Server, net.Socket).
'use strict';
const EventEmitter = require('events');
const stream = require('stream');
const { codes } = require('internal/errors');
const { kHandle } = require('internal/listening');
const { checkConnect, isPipeName, kLent, listenArguments } = require('internal/sockets');

const socketNatives = native.socket;
const kIsLent = Symbol('isLent');
const kReads = Symbol('reads');
const kTimeout = Symbol('timeout');
const kWantsRead = Symbol('wantsRead');
const kServer = Symbol('server');
const kWaiting = Symbol('waiting');
const kBytesRead = Symbol('bytesRead');
const kAddresses = Symbol('addresses');
const kBytesWritten = Symbol('bytesWritten');
const kPath = Symbol('path');

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  const { allowHalfOpen = false, highWaterMark } = options ?? {};
  stream.Duplex.call(this, {
    allowHalfOpen: true, // decided in onReadEnd()
    autoDestroy: true,
    decodeStrings: false,
    emitClose: false,
    ...(highWaterMark === undefined ? {} : { highWaterMark }),
    ...(options?.signal ? { signal: options.signal } : {}),
    ...(options?.readable === false ? { readable: false } : {}),
    ...(options?.writable === false ? { writable: false } : {}),
  });
  this[kHandle] = undefined;
  this[kIsLent] = false;
  this[kReads] = false;
  this[kTimeout] = 0;
  this[kBytesRead] = 0;
  this.allowHalfOpen = Boolean(allowHalfOpen);
  this.connecting = false;
  this.on('end', onReadEnd);
}
Object.setPrototypeOf(Socket.prototype, stream.Duplex.prototype);
Object.setPrototypeOf(Socket, stream.Duplex);

const prototype = Socket.prototype;

function onReadEnd() {
  if (this[kIsLent]) return;
  if (!this.allowHalfOpen) {
    this.write = writeAfterFin;
    if (this.writable) this.end();
  }
}

function writeAfterFin(chunk, encoding, callback) {
  if (!this.writableEnded) {
    // 'end' closes the other direction, but only when all is written.
    return stream.Duplex.prototype.write.call(this, chunk, encoding, callback);
  }
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

// --- what C++ tells

const tell = native.process.expose;

/** The socket of a connection that C++ made; attachSocket() follows. */
tell('makeSocket', (isSecure, isAccepted) => {
  const socket = isSecure ? new (require('tls').TLSSocket)() : new Socket({ allowHalfOpen: isAccepted });
  socket[kIsLent] = true;
  return socket;
});

tell('attachSocket', (socket, handle) => {
  socket[kHandle] = handle;
  socket[kAddresses] = socketNatives.addresses(handle);
  socket.connecting = socketNatives.isConnecting(handle);
  const server = socketNatives.server(handle);
  if (server !== undefined) socket.server = server;
  stream.Duplex.prototype.on.call(socket, 'agentRemove', () => socketNatives.removeFromAgent(handle));
});

tell('socketConnected', (socket) => {
  socket.connecting = false;
  socket[kAddresses] = socketNatives.addresses(socket[kHandle]);
  const waiting = socket[kWaiting];
  socket[kWaiting] = undefined;
  if (socket.authorized !== undefined) socket._secured?.();
  socket.emit('connect');
  socket.emit('ready');
  if (waiting) waiting();
  if (socket[kIsLent] || socket.destroyed) return;
  if (socket[kWantsRead]) socket._read();
  else if (!socket.isPaused()) socket.read(0);
});

tell('socketData', (socket, octets) => {
  socket[kBytesRead] += octets.length;
  Object.setPrototypeOf(octets, Buffer.prototype);
  if (!socket.push(octets) && !socket[kIsLent]) {
    socket[kReads] = false;
    socketNatives.stopReading(socket[kHandle]);
  }
});

tell('socketEnd', (socket) => {
  socket.push(null);
  socket.read(0);
});

/** destroy() was called, here or by C++. */
tell('socketClosing', (socket) => {
  socket[kAddresses] ??= socketNatives.addresses(socket[kHandle]);
  if (!socket.destroyed) stream.Duplex.prototype.destroy.call(socket);
});

tell('socketError', (socket, error) => {
  // http listens to the sockets that it uses, so their errors are never unheard.
  if (socket[kIsLent] && socket.listenerCount('error') === 0) return;
  socket.emit('error', error);
});

tell('socketClosed', (socket, hadError) => {
  socket[kBytesWritten] = socketNatives.bytesWritten(socket[kHandle]);
  socket.connecting = false;
  const server = socket[kServer];
  socket.emit('close', hadError);
  if (server) server._connectionClosed();
});

tell('socketTimeout', (socket) => socket.emit('timeout'));

// --- the stream

prototype._read = function() {
  if (this[kHandle] === undefined) this[kWantsRead] = true;
  if (this[kHandle] === undefined || this[kReads]) return;
  this[kReads] = true;
  if (this[kIsLent]) socketNatives.watchReading(this[kHandle]);
  else if (!this.connecting) {
    this[kWantsRead] = false;
    socketNatives.startReading(this[kHandle]);
  } else {
    this[kReads] = false;
    this[kWantsRead] = true;
  }
};

function isLatin1(encoding) {
  return encoding === 'latin1' || encoding === 'binary';
}

prototype._write = function(chunk, encoding, callback) {
  if (this.connecting && this[kHandle] === undefined) {
    // A name is being looked up.
    this.once('connect', () => this._write(chunk, encoding, callback));
    return;
  }
  if (this[kHandle] === undefined) {
    callback(new codes.ERR_SOCKET_CLOSED());
    return;
  }
  const data = typeof chunk !== 'string' || isLatin1(encoding) || encoding === 'utf8' || encoding === 'utf-8'
    ? chunk : Buffer.from(chunk, encoding);
  socketNatives.write(this[kHandle], data, isLatin1(encoding), callback);
};

prototype._writev = undefined;

prototype._final = function(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (this[kHandle] !== undefined) socketNatives.end(this[kHandle]);
  callback();
};

prototype._destroy = function(error, callback) {
  this.connecting = false;
  if (this[kHandle] !== undefined) {
    // 'error' and 'close' come from C++.
    socketNatives.destroy(this[kHandle], error);
    callback(null);
  } else {
    callback(error);
    process.nextTick(() => this.emit('close', Boolean(error)));
  }
};

prototype.end = function(...args) {
  stream.Duplex.prototype.end.apply(this, args);
  return this;
};

prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

/** http uses this connection from now on, or leaves it to this socket. */
prototype[kLent] = function(isLent) {
  if (this[kIsLent] === isLent) return;
  this[kIsLent] = isLent;
  if (this[kHandle] === undefined) return;
  socketNatives.setAllowHalfOpen(this[kHandle], !isLent);
  if (!isLent) {
    this[kReads] = false;
    if (this.readableFlowing !== false) this._read();
  }
};

// --- settings

prototype.setTimeout = function(milliseconds, callback) {
  const { validateFunction } = require('internal/validators');
  if (typeof milliseconds !== 'number')
    throw new codes.ERR_INVALID_ARG_TYPE('msecs', 'number', milliseconds);
  if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
    throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', milliseconds);
  this[kTimeout] = milliseconds;
  if (this[kHandle] !== undefined) socketNatives.setTimeout(this[kHandle], milliseconds);
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
    if (milliseconds === 0) this.removeListener('timeout', callback);
    else this.once('timeout', callback);
  }
  return this;
};

Object.defineProperty(prototype, 'timeout', {
  configurable: true,
  enumerable: true,
  get() { return this[kHandle] === undefined ? this[kTimeout] : socketNatives.timeout(this[kHandle]); },
  set(value) { this[kTimeout] = value; },
});

for (const name of ['on', 'addListener', 'prependListener']) {
  const add = stream.Duplex.prototype[name];
  prototype[name] = function(type, listener) {
    if (type === 'timeout' && this[kHandle] !== undefined) socketNatives.listenToTimeout(this[kHandle]);
    return add.call(this, type, listener);
  };
}

prototype.setNoDelay = function(enable) {
  whenConnecting(this, () => socketNatives.setNoDelay(this[kHandle], enable === undefined || Boolean(enable)));
  return this;
};

prototype.setKeepAlive = function(enable, delay) {
  whenConnecting(this, () => socketNatives.setKeepAlive(this[kHandle], Boolean(enable), ~~delay));
  return this;
};

function whenConnecting(socket, run) {
  if (socket[kHandle] === undefined) socket.once('connect', run);
  else run();
}

prototype.ref = function() {
  if (this[kHandle] !== undefined) socketNatives.setReferenced(this[kHandle], true);
  else this.once('connect', this.ref);
  return this;
};

prototype.unref = function() {
  if (this[kHandle] !== undefined) socketNatives.setReferenced(this[kHandle], false);
  else this.once('connect', this.unref);
  return this;
};

// --- state

function getter(name, get) {
  Object.defineProperty(prototype, name, { configurable: true, enumerable: false, get, set(value) {
    Object.defineProperty(this, name, { configurable: true, enumerable: true, value, writable: true });
  } });
}

function addresses(socket) {
  if (socket[kHandle] === undefined) return [];
  return socket[kAddresses] ??= socketNatives.addresses(socket[kHandle]) ?? undefined ?? [];
}

getter('localAddress', function() { return addresses(this)[0]; });
getter('localPort', function() { return addresses(this)[1]; });
getter('remoteAddress', function() { return this.destroyed ? undefined : addresses(this)[3]; });
getter('remotePort', function() { return this.destroyed ? undefined : addresses(this)[4]; });
getter('remoteFamily', function() { return this.destroyed ? undefined : addresses(this)[5]; });
getter('bytesRead', function() { return this[kBytesRead]; });
getter('bytesWritten', function() {
  return this[kBytesWritten] ?? (this[kHandle] === undefined ? 0 : socketNatives.bytesWritten(this[kHandle]));
});
getter('bufferSize', function() {
  return this[kHandle] === undefined ? undefined : this.writableLength;
});
getter('pending', function() { return this[kHandle] === undefined || this.connecting; });
getter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable) return 'readOnly';
  return this.writable ? 'writeOnly' : 'closed';
});
getter('_handle', function() { return this.destroyed ? null : this[kHandle] ?? null; });
getter('_connecting', function() { return this.connecting; });

prototype.address = function() {
  const [address, port, family] = addresses(this);
  return address === undefined ? {} : { address, family, port };
};

// --- connecting

/** [options, callback] of connect(port, host, callback) and its other forms. */
function normalizeArgs(args) {
  let options = {};
  const [first] = args;
  if (first !== null && typeof first === 'object') options = first;
  else if (isPipeName(first)) options.path = first;
  else if (args.length > 0) {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const callback = args[args.length - 1];
  return [options, typeof callback === 'function' ? callback : null];
}

prototype.connect = function(...args) {
  const [options, callback] = normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
  const { path, port, host, lookup } = options;
  if (path !== undefined && path !== null) {
    if (typeof path !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('options.path', 'string', path);
  } else if (port === undefined || port === null) {
    throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  } else {
    if (typeof port !== 'number' && typeof port !== 'string')
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    if (host !== undefined && host !== null && typeof host !== 'string' && host)
      throw new codes.ERR_INVALID_ARG_TYPE('options.host', 'string', host);
    checkConnect(options);
  }
  if (callback) this.once('connect', callback);
  this.connecting = true;
  this.writable = true;
  const handle = native.net.connect(this, {
    host: host || 'localhost',
    port: port === undefined ? 0 : +port,
    socketPath: path,
    family: options.family,
    hints: options.hints,
    localAddress: options.localAddress,
    localPort: options.localPort,
    lookup,
    ...this._tlsOptions?.(options),
  }, this._isSecure === true);
  if (handle instanceof Error) {
    this.connecting = false;
    process.nextTick(() => this.destroy(handle));
    return this;
  }
  this[kHandle] = handle;
  socketNatives.setAllowHalfOpen(handle, true);
  if (this[kTimeout] > 0) socketNatives.setTimeout(handle, this[kTimeout]);
  if (this.listenerCount('timeout') > 0) socketNatives.listenToTimeout(handle);
  if (options.timeout) this.setTimeout(options.timeout);
  return this;
};

function connect(...args) {
  const [options, callback] = normalizeArgs(args);
  const socket = new Socket(options);
  return callback ? socket.connect(options, callback) : socket.connect(options);
}

// --- servers

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (typeof listener === 'function') this.on('connection', listener);
  this.allowHalfOpen = options?.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options?.pauseOnConnect);
  this[kHandle] = native.net.server(this);
  this._connections = 0;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

Server.prototype.listen = function(...args) {
  const { port, host, path, callback } = listenArguments(args);
  if (this.listening) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  if (callback) this.once('listening', callback);
  const error = path !== undefined ? native.net.listenLocal(this[kHandle], path)
    : native.net.listen(this[kHandle], port, host);
  if (error) {
    process.nextTick(() => this.emit('error', error));
  } else {
    process.nextTick(() => {
      if (this.listening) this.emit('listening');
    });
  }
  return this;
};

tell('netConnection', (server, socket) => {
  if (server.maxConnections && server._connections >= server.maxConnections) {
    socket.destroy();
    return;
  }
  server._connections++;
  socket[kServer] = server;
  socket.server = server;
  socket.allowHalfOpen = server.allowHalfOpen;
  if (server.pauseOnConnect) socket.pause();
  socket[kLent](false);
  server.emit('connection', socket);
});

Server.prototype.close = function(callback) {
  const wasListening = this.listening;
  if (typeof callback === 'function') {
    this.once('close', wasListening ? callback : () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
  }
  native.net.close(this[kHandle]);
  this._closing = true;
  this._connectionClosed(true);
  return this;
};

/** 'close' when nothing is open any more. */
Server.prototype._connectionClosed = function(isNone) {
  if (!isNone) this._connections--;
  if (!this._closing || this._connections > 0 || this.listening) return;
  this._closing = false;
  process.nextTick(() => this.emit('close'));
};

function addressOf(found) {
  if (found === null || typeof found === 'string') return found;
  const [address, port] = found;
  return { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port };
}

Server.prototype.address = function() { return addressOf(native.net.address(this[kHandle])); };

Server.prototype.getConnections = function(callback) {
  process.nextTick(callback, null, this._connections);
  return this;
};

Server.prototype.ref = function() {
  native.net.setReferenced(this[kHandle], true);
  return this;
};

Server.prototype.unref = function() {
  native.net.setReferenced(this[kHandle], false);
  return this;
};

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true,
  get() { return native.net.isListening(this[kHandle]); },
});
Object.defineProperty(Server.prototype, 'connections', {
  configurable: true,
  get() { return this._connections; },
});

function createServer(options, listener) { return new Server(options, listener); }

const isIP = (text) => native.net.isIP(String(text));

module.exports = {
  Server,
  Socket,
  Stream: Socket,
  _addressOf: addressOf,
  _normalizeArgs: normalizeArgs,
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4: (text) => isIP(text) === 4,
  isIPv6: (text) => isIP(text) === 6,
};
