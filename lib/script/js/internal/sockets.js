// What net and http share: arguments of connect() and listen(), and the streams that C++ may use as connections.
// Source: reference net.connect(), server.listen().
'use strict';
const { codes } = require('internal/errors');
const { kHandle } = require('internal/listening');

/** A method of net.Socket: tells it whether http uses its connection (true), or it itself (false). */
const kLent = Symbol('lent');
const kStream = Symbol('stream');

function validatePort(value, name = 'Port', allowZero = true) {
  if ((typeof value !== 'number' && typeof value !== 'string') ||
      (typeof value === 'string' && value.trim().length === 0) ||
      +value !== (+value >>> 0) || value > 0xFFFF || (value === 0 && !allowZero))
    throw new codes.ERR_SOCKET_BAD_PORT(name, value, allowZero);
  return value | 0;
}

/** Throws what net.connect() refuses. */
function checkConnect({ port, localAddress, localPort, lookup, socketPath }) {
  if (!socketPath) validatePort(port);
  if (lookup !== undefined && typeof lookup !== 'function')
    throw new codes.ERR_INVALID_ARG_TYPE('options.lookup', 'Function', lookup);
  if (localAddress && !native.net.isIP(String(localAddress))) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort !== undefined && localPort !== null && localPort !== 0 && typeof localPort !== 'number')
    throw new codes.ERR_INVALID_ARG_TYPE('options.localPort', 'number', localPort);
}

function isPipeName(value) {
  return typeof value === 'string' && value.trim() !== '' && !(Number(value) >= 0);
}

/** { port, host, path, callback } of listen(port, host, backlog, callback) and its other forms. */
function listenArguments(args) {
  let callback = args.length > 0 ? args[args.length - 1] : undefined;
  if (typeof callback !== 'function') callback = undefined;
  let [first, second] = args;
  if (typeof first === 'function' || first === undefined || first === null)
    return { port: 0, host: hostOf(second), callback };
  if (typeof first === 'object') {
    if (first.path !== undefined && isPipeName(first.path)) return { path: first.path, callback };
    if (first.port === undefined || first.port === null) {
      if ('port' in first) return { port: 0, host: hostOf(first.host), callback };
      throw new codes.ERR_INVALID_ARG_VALUE('options', first, 'must have the property "port" or "path"');
    }
    return { port: validatePort(first.port, 'options.port'), host: hostOf(first.host), callback };
  }
  if (isPipeName(first)) return { path: first, callback };
  if (typeof first === 'number' || typeof first === 'string')
    return { port: validatePort(first, 'options.port'), host: hostOf(second), callback };
  throw new codes.ERR_INVALID_ARG_VALUE('options', first);
}

function hostOf(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

// --- streams as connections

/** The C++ device of a net.Socket, or one that stands for any other duplex stream. */
native.process.expose('deviceOf', (stream) => {
  if (stream === null || typeof stream !== 'object') return undefined;
  if (typeof stream[kLent] === 'function') {
    stream[kLent](true);
    return stream[kHandle];
  }
  if (typeof stream.write !== 'function' || typeof stream.on !== 'function') return undefined;
  return stream[kStream] ??= adapt(stream);
});

function adapt(stream) {
  const handle = native.stream.make(stream);
  stream.on('data', (chunk) => {
    native.stream.received(handle, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  });
  stream.on('end', () => native.stream.ended(handle));
  stream.on('close', () => native.stream.closed(handle));
  stream.on('error', () => native.stream.closed(handle));
  return handle;
}

native.process.expose('streamWrite', (stream, octets) => {
  Object.setPrototypeOf(octets, Buffer.prototype);
  stream.write(octets, () => native.stream.wrote(stream[kStream], octets.length));
});

native.process.expose('streamClose', (stream) => {
  if (typeof stream.destroySoon === 'function') stream.destroySoon();
  else if (typeof stream.end === 'function' && !stream.writableEnded) stream.end();
});

// --- lookups

native.process.expose('lookUp', (lookup, host, family, hints, handle) => {
  const options = { family: family || undefined, hints };
  lookup(host, options, (error, address, addressFamily) => {
    native.agent.lookupSocket(handle)?.emit('lookup', error, address, addressFamily, host);
    const list = Array.isArray(address) ? address.map((item) => item.address) : [address];
    native.agent.lookedUp(handle, error, error ? [] : list);
  });
});

/** Calls a script's createConnection() for C++, which gets the stream now or later. */
native.process.expose('createConnection', (create, self, options, handle) => {
  return create.call(self, options, (error, stream) => native.agent.connectionMade(handle, error, stream));
});

module.exports = { checkConnect, isPipeName, kLent, listenArguments, validatePort };
