// http.ServerResponse over the one of lib/http.
// Source: reference "Class: http.ServerResponse".
'use strict';
const { codes } = require('internal/errors');
const { kHandle } = require('internal/listening');
const { OutgoingMessage, toList } = require('internal/http/outgoing');
const { STATUS_CODES } = require('internal/http/names');

const response = native.response;
let pending; // the handle that the response which is being constructed stands for

function ServerResponse(request) {
  OutgoingMessage.call(this);
  this.req = request;
  if (pending !== undefined) {
    this[kHandle] = pending;
    pending = undefined;
  } else {
    this[kHandle] = native.server.makeResponse(
      this, request?.[kHandle], request?.method, request?.httpVersionMajor, request?.httpVersionMinor);
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

/** A response of Class for a handle of C++. */
function makeServerResponse(Class, handle, request) {
  pending = handle;
  const made = new Class(request);
  pending = undefined;
  return made;
}

const prototype = ServerResponse.prototype;
prototype.statusCode = 200;
prototype.statusMessage = undefined;
prototype._sent100 = false; // what stream.finished() knows a response by

prototype._implicitHeader = function _implicitHeader() { this.writeHead(this.statusCode); };

prototype.writeHead = function writeHead(statusCode, reason, headers) {
  const code = statusCode | 0;
  if (code < 100 || code > 999) {
    if (this.headersSent) throw new codes.ERR_HTTP_HEADERS_SENT('write');
    throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  }
  let phrase = reason;
  if (typeof reason !== 'string') {
    headers = reason;
    phrase = this.statusMessage || undefined;
  }
  const list = headers ? toList(headers) : undefined;
  response.writeHead(this[kHandle], code, phrase, list, Array.isArray(headers));
  this.statusCode = code;
  this.statusMessage = phrase !== undefined ? phrase : STATUS_CODES[code] || 'unknown';
  return this;
};
prototype.writeHeader = prototype.writeHead;

prototype.writeContinue = function writeContinue(callback) { response.writeContinue(this[kHandle], callback); };

prototype.writeProcessing = function writeProcessing(callback) {
  response.writeProcessing(this[kHandle], callback);
};

/** 103, with Link and other fields. Beyond the reference release (Node 18.11). */
prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  if (hints === null || typeof hints !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('hints', 'Object', hints);
  const list = [];
  for (const [name, value] of Object.entries(hints))
    list.push(name, Array.isArray(value) ? value.join(', ') : value);
  response.writeInformation(this[kHandle], 103, list);
  if (typeof callback === 'function') process.nextTick(callback);
};

prototype.assignSocket = function assignSocket(socket) { response.assignSocket(this[kHandle], socket); };
prototype.detachSocket = function detachSocket() { response.detachSocket(this[kHandle]); };

/** The response of a server that is not a script's: its head is rendered in C++, of what is told here. */
class PlainResponse extends ServerResponse {
  write(...args) {
    response.setStatus(this[kHandle], this.statusCode | 0, this.statusMessage);
    return super.write(...args);
  }

  end(...args) {
    response.setStatus(this[kHandle], this.statusCode | 0, this.statusMessage);
    return super.end(...args);
  }

  flushHeaders() {
    response.setStatus(this[kHandle], this.statusCode | 0, this.statusMessage);
    super.flushHeaders();
  }
}

module.exports = { PlainResponse, ServerResponse, makeServerResponse };
