// http over lib/http.
// Source: reference "HTTP".
'use strict';
const agents = require('internal/http/agent');
const { ClientRequest } = require('internal/http/client');
const { IncomingMessage } = require('internal/http/incoming');
const { METHODS, STATUS_CODES } = require('internal/http/names');
const { OutgoingMessage } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/response');
const { Server } = require('internal/http/server');

function createServer(options, listener) { return new Server(options, listener); }

function request(url, options, callback) { return new ClientRequest(url, options, callback); }

function get(url, options, callback) {
  const made = request(url, options, callback);
  made.end();
  return made;
}

function validateHeaderName(name) { native.http.validateHeaderName(typeof name === 'string' ? name : '', String(name)); }

function validateHeaderValue(name, value) {
  if (value === undefined) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  }
  native.http.validateHeaderValue(name, value);
}

module.exports = {
  METHODS: METHODS.slice().sort(),
  STATUS_CODES,
  Agent: agents.Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  get maxHeaderSize() { return native.http.maxHeaderSize(); },
};

Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get() { return agents.globalAgent; },
  set(agent) { agents.globalAgent = agent; },
});
