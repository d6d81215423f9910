// http.ClientRequest over the one of lib/http: arguments and options are checked and named here.
// Source: reference "Class: http.ClientRequest", http.request().
'use strict';
const net = require('net');
const { checkConnect } = require('internal/sockets');
const { codes: errors } = require('internal/errors');
const { before, codes, connectListeners, kAlways, kHandle } = require('internal/listening');
const { IncomingMessage, makeIncoming, toObject } = require('internal/http/incoming');
const { OutgoingMessage, outgoingEvents, toList } = require('internal/http/outgoing');
const agents = require('internal/http/agent');

const client = native.client;
const kMethod = Symbol('method');
const kPath = Symbol('path');
const kAnswerSocket = Symbol('answerSocket');

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof input === 'string') {
    input = optionsOf(input);
  } else if (isUrl(input)) {
    input = require('url').urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }

  const agent = agentFor(options);
  const defaultAgent = options._defaultAgent || agents.globalAgent;
  const protocol = options.protocol || defaultAgent.protocol;
  const expected = agent?.protocol || defaultAgent.protocol;
  const path = pathOf(options);
  if (protocol !== expected) throw new errors.ERR_INVALID_PROTOCOL(protocol, expected);

  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port || defaultPort || 80;
  const host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost === undefined ? true : Boolean(options.setHost);
  const method = methodOf(options.method);
  checkLimits(options);
  if (options.signal) {
    const { validateAbortSignal } = require('internal/validators');
    validateAbortSignal(options.signal, 'options.signal');
  }

  this.agent = agent ?? undefined;
  this.timeout = options.timeout === undefined ? undefined : timeoutOf(options.timeout);
  this.socketPath = options.socketPath;
  this.maxHeaderSize = options.maxHeaderSize;
  this.insecureHTTPParser = options.insecureHTTPParser;
  this[kMethod] = method;
  this[kPath] = options.path || '/';
  this.protocol = protocol;
  this.host = host;
  this.maxHeadersCount = null;
  if (callback) this.once('response', callback);

  const isList = Array.isArray(options.headers);
  const made = {
    method,
    path,
    protocol,
    host,
    port,
    defaultPort: typeof defaultPort === 'number' ? defaultPort : undefined, // a string is no number's equal
    auth: options.auth,
    setHost,
    insecureHTTPParser: options.insecureHTTPParser,
    maxHeaderSize: options.maxHeaderSize,
    socketPath: options.socketPath,
    timeout: this.timeout,
    family: options.family,
    hints: options.hints,
    localAddress: options.localAddress,
    localPort: options.localPort,
    lookup: options.lookup,
    servername: options.servername,
    rejectUnauthorized: options.rejectUnauthorized,
    key: options.key,
    cert: options.cert,
    ca: options.ca,
    passphrase: options.passphrase,
    origin: originFor(agent, options, { host, port, path, method, defaultPort, timeout: this.timeout }),
  };
  if (isList) made.rawHeaders = toList(options.headers);
  else if (options.headers) made.headers = toList(options.headers);

  if (agent && !isForeign(agent)) {
    const hostHeader = hostHeaderOf(options.headers);
    if (hostHeader && typeof hostHeader !== 'string')
      throw new errors.ERR_INVALID_ARG_TYPE('options.headers.host', 'String', hostHeader);
  }
  if (typeof options.createConnection !== 'function' || agent) checkConnect({ ...options, port, ...agent?.options });

  if (agent && isForeign(agent)) {
    // An agent that is not ours, or hands out its own sockets: it calls onSocket().
    made.createConnection = (given, answer) => { this[kAnswerSocket] = answer; };
  } else if (agent) {
    agents.tellLimits(agent);
    made.agent = agent[kHandle];
  } else {
    made.createConnection = typeof options.createConnection === 'function'
      ? (given, answer) => options.createConnection(options, answer)
      : () => net.createConnection(options.socketPath ? { ...options, path: options.socketPath }
        : { ...options, host, port });
  }
  this[kHandle] = client.request(this, made);
  connectListeners(this, outgoingEvents);
  if (this[kReused] !== undefined) this.reusedSocket = this[kReused];
  if (made.agent === undefined && agent) {
    this.shouldKeepAlive = Boolean(agent.keepAlive);
    agent.addRequest(this, made.origin);
  }
  if (options.signal) abortBy(this, options.signal);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const prototype = ClientRequest.prototype;
prototype[kAlways] = ['error', 'socket']; // 'socket': the socket stays known when the connection is gone

// --- options

let warnedOfUrl = false;

/** Of a URL in text; one that only the legacy parser takes is let through with a warning. */
function optionsOf(text) {
  const { URL, parse, urlToHttpOptions } = require('url');
  try {
    return urlToHttpOptions(new URL(text));
  } catch (error) {
    const parsed = parse(text);
    if (!parsed.hostname) throw error;
    if (!warnedOfUrl && !process.noDeprecation) {
      warnedOfUrl = true;
      process.emitWarning(`The provided URL ${text} is not a valid URL, and is supported in the http module ` +
        'solely for compatibility.', 'DeprecationWarning', 'DEP0109');
    }
    return parsed;
  }
}

function isUrl(value) {
  return value !== null && typeof value === 'object' && typeof value.href === 'string' &&
    typeof value.searchParams === 'object' && value.searchParams !== null && typeof value.origin === 'string';
}

function agentFor(options) {
  const { agent } = options;
  const defaultAgent = options._defaultAgent || agents.globalAgent;
  if (agent === false) return new defaultAgent.constructor();
  if (agent === null || agent === undefined)
    return typeof options.createConnection === 'function' ? null : defaultAgent;
  if (typeof agent.addRequest !== 'function')
    throw new errors.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  return agent;
}

function isForeign(agent) {
  return agent[kHandle] === undefined || !agents.own.has(agent.addRequest);
}

function pathOf(options) {
  if (!options.path) return '/';
  const path = String(options.path);
  if (/[^\u0021-\u00ff]/.test(path)) throw new errors.ERR_UNESCAPED_CHARACTERS('Request path');
  return path;
}

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string')
    throw new errors.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  return host;
}

function methodOf(method) {
  if (method !== null && method !== undefined && typeof method !== 'string')
    throw new errors.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  if (!method) return 'GET';
  if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(method)) throw new errors.ERR_INVALID_HTTP_TOKEN('Method', method);
  return method.toUpperCase();
}

function checkLimits({ maxHeaderSize, insecureHTTPParser }) {
  if (maxHeaderSize !== undefined) {
    const { validateInteger } = require('internal/validators');
    validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  }
  if (insecureHTTPParser !== undefined && typeof insecureHTTPParser !== 'boolean')
    throw new errors.ERR_INVALID_ARG_TYPE('options.insecureHTTPParser', 'boolean', insecureHTTPParser);
}

function timeoutOf(value, name = 'timeout') {
  if (typeof value !== 'number') throw new errors.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new errors.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', value);
  return Math.min(value, 2 ** 31 - 1);
}

function hostHeaderOf(headers) {
  if (!headers || Array.isArray(headers)) return undefined;
  for (const name of Object.keys(headers))
    if (name.toLowerCase() === 'host') return headers[name];
}

/** The name that a TLS server is told: that of the Host header, or of the host; no address. */
function serverNameOf({ headers }, host) {
  const header = hostHeaderOf(headers);
  const name = typeof header !== 'string' || header === '' ? host
    : header.startsWith('[') ? header.slice(1, header.indexOf(']')) : header.split(':', 1)[0];
  return net.isIP(name) ? '' : name;
}

/** What an agent's createConnection() and getName() get. */
function originFor(agent, options, known) {
  const origin = { __proto__: null, ...options, ...known, ...agent?.options };
  if (origin.socketPath) origin.path = origin.socketPath;
  else origin.path = agent ? null : known.path; // an agent connects to a host, whatever is asked of it
  if (agent && origin.servername === undefined) origin.servername = serverNameOf(options, known.host);
  return origin;
}

/** The signal counts until the request is sent. */
function abortBy(request, signal) {
  const abort = () => {
    const { AbortError } = require('internal/errors');
    request.destroy(new AbortError());
  };
  if (signal.aborted) {
    abort();
    return;
  }
  signal.addEventListener('abort', abort);
  const forget = () => signal.removeEventListener('abort', abort);
  request.once('finish', forget);
  request.once('close', forget);
}

// --- what C++ tells

native.process.expose('makeResponse', (handle, request, major, minor, statusCode, statusMessage) => {
  const response = makeIncoming(IncomingMessage, handle, major, minor);
  response.statusCode = statusCode;
  response.statusMessage = statusMessage;
  response.req = request;
  request.res = response;
  return response;
});

native.process.expose('makeInformation', (statusCode, statusMessage, httpVersion, major, minor, headers, rawHeaders) => ({
  statusCode, statusMessage, httpVersion, httpVersionMajor: major, httpVersionMinor: minor,
  headers: toObject(headers), rawHeaders,
}));

before[codes.socket] = (target, args) => {
  target.socket = args[0];
  return args;
};

// --- methods

prototype._implicitHeader = function _implicitHeader() {};

/** An agent that makes its own sockets gives one here. */
prototype.onSocket = function onSocket(socket, error) {
  const answer = this[kAnswerSocket];
  this[kAnswerSocket] = undefined;
  if (answer) answer(error ?? null, socket);
};

prototype.abort = function abort() { client.abort(this[kHandle], this.listenerCount('abort') > 0); };

prototype.setNoDelay = function setNoDelay(noDelay) {
  client.setNoDelay(this[kHandle], noDelay === undefined || Boolean(noDelay));
};

prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, delay) {
  client.setSocketKeepAlive(this[kHandle], Boolean(enable), ~~delay);
};

prototype.setTimeout = function setTimeout(milliseconds, callback) {
  const value = timeoutOf(milliseconds, 'msecs');
  if (callback) {
    const { validateFunction } = require('internal/validators');
    validateFunction(callback, 'callback');
    this.once('timeout', callback);
  }
  this.timeout = value;
  native.outgoing.setTimeout(this[kHandle], value);
  return this;
};

prototype.clearTimeout = function clearTimeout(callback) { this.setTimeout(0, callback); };

function accessor(name, get, set) {
  Object.defineProperty(prototype, name, { configurable: true, enumerable: true, get, set });
}

accessor('method', function() { return this[kMethod]; }, function(value) {
  this[kMethod] = value;
  if (this[kHandle] !== undefined && !this.headersSent) client.setMethod(this[kHandle], value);
});
accessor('path', function() { return this[kPath]; }, function(value) {
  this[kPath] = value;
  if (this[kHandle] !== undefined && !this.headersSent) client.setPath(this[kHandle], value);
});
const kReused = Symbol('reusedSocket');
accessor('reusedSocket', function() {
  return this[kHandle] === undefined ? Boolean(this[kReused]) : client.reusedSocket(this[kHandle]);
}, function(value) {
  if (this[kHandle] === undefined) this[kReused] = value; // an agent's reuseSocket(), while it is being made
  else client.setReusedSocket(this[kHandle], Boolean(value));
});
const kResponse = Symbol('res');
accessor('res', function() {
  return this[kResponse] ??= this[kHandle] === undefined ? null : client.response(this[kHandle]);
}, function(value) { this[kResponse] = value; });
accessor('aborted', function() { return client.isAborted(this[kHandle]); }, function() {});

const kMaxHeadersCount = Symbol('maxHeadersCount');
accessor('maxHeadersCount', function() { return this[kMaxHeadersCount] ?? null; }, function(value) {
  this[kMaxHeadersCount] = value;
  if (this[kHandle] !== undefined && typeof value === 'number') client.setMaxHeadersCount(this[kHandle], value);
});

module.exports = { ClientRequest };
