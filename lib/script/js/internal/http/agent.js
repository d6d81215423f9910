// http.Agent over the one of lib/http, which calls what a script overrides.
// Source: reference "Class: http.Agent".
'use strict';
const EventEmitter = require('events');
const net = require('net');
const { codes: errors } = require('internal/errors');
const { before, codes, followListeners, kHandle } = require('internal/listening');

const agentNatives = native.agent;
const kLimits = Symbol('limits');
const kIsSecure = Symbol('isSecure');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  setUp(this, options, false);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
followListeners(Agent, ['free']);

/** What http.Agent and https.Agent share. */
function setUp(agent, options, isSecure) {
  EventEmitter.call(agent);
  agent.defaultPort = isSecure ? 443 : 80;
  agent.protocol = isSecure ? 'https:' : 'http:';
  agent.options = { ...options };
  agent.options.path = null; // of no use for connecting
  const { keepAliveMsecs, keepAlive, maxSockets, maxFreeSockets, scheduling, maxTotalSockets } = agent.options;
  if (scheduling !== undefined && scheduling !== 'fifo' && scheduling !== 'lifo') {
    throw new errors.ERR_INVALID_ARG_VALUE('scheduling', scheduling, "must be one of: 'fifo', 'lifo'");
  }
  if (maxTotalSockets !== undefined) {
    if (typeof maxTotalSockets !== 'number')
      throw new errors.ERR_INVALID_ARG_TYPE('maxTotalSockets', 'number', maxTotalSockets);
    if (!(maxTotalSockets > 0)) throw new errors.ERR_OUT_OF_RANGE('maxTotalSockets', '> 0', maxTotalSockets);
  }
  agent[kIsSecure] = isSecure;
  agent[kLimits] = {
    keepAliveMsecs: keepAliveMsecs || 1000,
    keepAlive: keepAlive || false,
    maxSockets: maxSockets || Infinity,
    maxFreeSockets: maxFreeSockets || 256,
    scheduling: scheduling || 'lifo',
    maxTotalSockets: maxTotalSockets === undefined ? Infinity : maxTotalSockets,
  };
  agent[kHandle] = agentNatives.make(agent, isSecure, connectOptions(agent.options));
  tellLimits(agent);
}

/** The options of an agent that count for its connections, over those of a request. */
function connectOptions(options) {
  const { host, hostname, port, socketPath, timeout, family, hints, localAddress, localPort, lookup, servername,
          rejectUnauthorized, key, cert, ca, passphrase } = options;
  return {
    host: hostname || host, port: port === undefined ? undefined : +port, socketPath, timeout, family, hints,
    localAddress, localPort, lookup, servername, rejectUnauthorized, key, cert, ca, passphrase,
  };
}

function tellLimits(agent) {
  const limits = agent[kLimits];
  agentNatives.setLimits(
    agent[kHandle], limits.maxSockets, limits.maxTotalSockets, limits.maxFreeSockets, Boolean(limits.keepAlive),
    +limits.keepAliveMsecs, agent.protocol, agent.defaultPort | 0, limits.scheduling === 'fifo');
}

for (const name of ['keepAliveMsecs', 'keepAlive', 'maxSockets', 'maxFreeSockets', 'scheduling', 'maxTotalSockets']) {
  Object.defineProperty(Agent.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return this[kLimits]?.[name]; },
    set(value) {
      this[kLimits][name] = value;
      tellLimits(this);
    },
  });
}

/** { name: [item…] } of C++'s list; null prototype, as in the reference. */
function groups(list) {
  const found = Object.create(null);
  for (let i = 0; i < list.length; i += 2) found[list[i]] = list[i + 1];
  return found;
}

for (const name of ['sockets', 'freeSockets', 'requests']) {
  Object.defineProperty(Agent.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return groups(agentNatives[name](this[kHandle])); },
  });
}

Object.defineProperty(Agent.prototype, 'totalSocketCount', {
  configurable: true,
  get() {
    return Object.values(this.sockets).concat(Object.values(this.freeSockets))
      .reduce((count, list) => count + list.length, 0);
  },
});

// --- what a script may override

Agent.prototype.createConnection = net.createConnection;

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  const timeout = this.options.timeout || 0;
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, request) {
  request.reusedSocket = true;
  socket.ref();
};

Agent.prototype.getName = function getName(options = {}) {
  return agentNatives.name(this[kHandle], connectOptions(options));
};

Agent.prototype.addRequest = function addRequest() {
  throw new errors.ERR_METHOD_NOT_IMPLEMENTED('addRequest()'); // C++ does it for the requests that it makes
};

/** Functions of this name that are not a script's. */
const own = new Set([
  Agent.prototype.createConnection, Agent.prototype.keepSocketAlive, Agent.prototype.reuseSocket,
  Agent.prototype.getName, Agent.prototype.addRequest,
]);

native.process.expose('agentOverride', (agent, name) => {
  const found = agent[name];
  return typeof found === 'function' && !own.has(found) ? found : undefined;
});

Agent.prototype.destroy = function destroy() { agentNatives.destroy(this[kHandle]); };

Agent.prototype.removeSocket = function removeSocket(socket) { agentNatives.removeSocket(this[kHandle], socket); };

before[codes.free] = (agent, [socket]) => [socket, agent.options];

let globalAgent;

module.exports = {
  Agent,
  connectOptions,
  own,
  setUp,
  tellLimits,
  get globalAgent() { return globalAgent ??= new Agent(); },
  set globalAgent(agent) { globalAgent = agent; },
};
