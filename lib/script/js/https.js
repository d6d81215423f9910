// https over lib/http's TLS agent and server.
// Source: reference "HTTPS".
'use strict';
const http = require('http');
const agents = require('internal/http/agent');
const { setUp } = require('internal/http/server');
const tls = require('tls');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  agents.setUp(this, options, true);
}
Object.setPrototypeOf(Agent.prototype, http.Agent.prototype);
Object.setPrototypeOf(Agent, http.Agent);

Agent.prototype.createConnection = function createConnection(...args) { return tls.connect(...args); };
agents.own.add(Agent.prototype.createConnection);

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  }
  const given = options ?? {};
  setUp(this, given, { key: given.key ?? null, cert: given.cert ?? null, ca: given.ca ?? null, passphrase: given.passphrase });
  if (listener) this.on('request', listener);
}
Object.setPrototypeOf(Server.prototype, http.Server.prototype);
Object.setPrototypeOf(Server, http.Server);

function createServer(options, listener) { return new Server(options, listener); }

let globalAgent;

function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') {
    const { URL, urlToHttpOptions } = require('url');
    options = urlToHttpOptions(new URL(args.shift()));
  } else if (args[0]?.searchParams !== undefined) {
    options = require('url').urlToHttpOptions(args.shift());
  }
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new http.ClientRequest(options, ...args);
}

function get(...args) {
  const made = request(...args);
  made.end();
  return made;
}

module.exports = { Agent, Server, createServer, get, request };

Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get() { return globalAgent ??= new Agent(); },
  set(agent) { globalAgent = agent; },
});
