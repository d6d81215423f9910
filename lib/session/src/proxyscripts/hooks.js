// Runs the hooks of one script of the proxy: makes of what C++ hands over what the script sees, and takes it back.
// Heads are strings with a character for each octet. What scripts may rely on is described in session/README.md.
'use strict';
const Module = require('module');
const { dirname } = require('path');
const zlib = require('zlib');

const longestText = 64 * 1024 * 1024;

let hooks = {};
const contexts = new Map(); // by the exchange's number, while it goes on
const dropped = Symbol('dropped');

/** Loads the script: its file, or a text in the place of one. Answers what it exports. */
exports.load = (file, source) => {
  if (source === undefined) {
    hooks = require(file);
  } else {
    const module = new Module(file);
    module.filename = file;
    module.paths = Module._nodeModulePaths(dirname(file));
    module._compile(source, file);
    hooks = module.exports;
  }
  const needs = (side) => hooks.needsBody === true || hooks.needsBody === side || Boolean(hooks.needsBody?.[side]);
  return {
    hooks: ['onRequest', 'onResponse', 'onChunk', 'onWebSocketMessage']
      .filter((name) => typeof hooks[name] === 'function'),
    needsRequestBody: needs('request'),
    needsResponseBody: needs('response'),
  };
};

// --- what the script sees

const asBuffer = (octets) => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
const isSame = (one, other) => String(one).toLowerCase() === String(other).toLowerCase();

/** The lines of rawHeaders: names and values in turn. Names are compared without regard to case. */
class Headers {
  #message;

  constructor(message) { this.#message = message; }

  #indexOf(name, from = 0) {
    const raw = this.#message.rawHeaders;
    for (let i = from; i < raw.length; i += 2) if (isSame(raw[i], name)) return i;
    return -1;
  }

  /** The first value; undefined: there is none. */
  get(name) {
    const index = this.#indexOf(name);
    return index < 0 ? undefined : this.#message.rawHeaders[index + 1];
  }

  getAll(name) {
    const values = [];
    for (let i = this.#indexOf(name); i >= 0; i = this.#indexOf(name, i + 2)) values.push(this.#message.rawHeaders[i + 1]);
    return values;
  }

  has(name) { return this.#indexOf(name) >= 0; }

  /** The first line of that name gets the value and keeps its place and case, others go; without one it is added. */
  set(name, value) {
    const first = this.#indexOf(name);
    if (first < 0) return this.add(name, value);
    const raw = this.#message.rawHeaders;
    raw[first + 1] = String(value);
    for (let i = this.#indexOf(name, first + 2); i >= 0; i = this.#indexOf(name, i)) raw.splice(i, 2);
    return this;
  }

  add(name, value) {
    this.#message.rawHeaders.push(String(name), String(value));
    return this;
  }

  remove(name) {
    for (let i = this.#indexOf(name); i >= 0; i = this.#indexOf(name, i)) this.#message.rawHeaders.splice(i, 2);
    return this;
  }

  * [Symbol.iterator]() {
    const raw = this.#message.rawHeaders;
    for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i], raw[i + 1]];
  }
}

const decoders = {
  'gzip': zlib.gunzipSync, 'x-gzip': zlib.gunzipSync, 'deflate': zlib.inflateSync, 'br': zlib.brotliDecompressSync,
};

function decoded(message) {
  const codings = message.headers.getAll('Content-Encoding').join(',').toLowerCase().split(',')
    .map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  return codings.reduceRight((octets, coding) => {
    if (!decoders[coding]) throw new Error(`The body is coded as ${coding}, which cannot be decoded here`);
    return decoders[coding](octets, { maxOutputLength: longestText });
  }, message.body);
}

class Message {
  constructor(facts) {
    Object.assign(this, facts);
    if (this.body !== undefined) this.body = asBuffer(this.body);
    Object.defineProperty(this, 'headers', { value: new Headers(this) });
  }

  /** The body as text in UTF-8, without content codings; undefined: it is not there. */
  get text() {
    return this.body === undefined ? undefined : decoded(this).toString();
  }

  set text(value) {
    this.body = Buffer.from(String(value));
    this.headers.remove('Content-Encoding');
  }
}

function contextOf(id, facts) {
  let context = contexts.get(id);
  if (context === undefined) {
    const made = { id, state: {} };
    made.drop = (reason) => { made[dropped] = reason === undefined ? '' : String(reason); };
    contexts.set(id, context = made);
  }
  return Object.assign(context, facts);
}

exports.forget = (id) => { contexts.delete(id); };

// --- what it answers

/** A Uint8Array of a string or of octets; what: how it is called in an error. */
function octetsOf(value, what) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  throw new TypeError(`${what} must be a string or a Buffer`);
}

function linesOf(value, what) {
  if (!Array.isArray(value) || value.length % 2 !== 0)
    throw new TypeError(`${what} must be an array of names and values in turn`);
  return value.map((item) => {
    const text = String(item);
    for (let i = 0; i < text.length; ++i) {
      if (text.charCodeAt(i) > 0xff) throw new TypeError(`${what}: "${text}" has a character above U+00FF`);
    }
    return text;
  });
}

/** Headers of an answer: { name: value or [values] }, or [[name, value], …]. */
function linesFrom(headers) {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  return pairs.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).flatMap((one) => [name, one]));
}

function plain(message) {
  return {
    ...message,
    rawHeaders: linesOf(message.rawHeaders, 'rawHeaders'),
    rawTrailers: message.rawTrailers && linesOf(message.rawTrailers, 'rawTrailers'),
    body: message.body === undefined || message.body === null ? undefined : octetsOf(message.body, 'body'),
  };
}

function answerOf({ statusCode = 200, statusMessage = '', headers = {}, rawHeaders, rawTrailers = [], body = '' }) {
  return {
    statusCode: Number(statusCode),
    statusMessage: linesOf([statusMessage, ''], 'statusMessage')[0],
    rawHeaders: linesOf(rawHeaders ?? linesFrom(headers), 'rawHeaders'),
    rawTrailers: linesOf(rawTrailers, 'rawTrailers'),
    body: octetsOf(body ?? '', 'body'),
  };
}

const isPromise = (value) => typeof value?.then === 'function';

function after(result, run) {
  return isPromise(result) ? Promise.resolve(result).then(run) : run(result);
}

function outcome(context, message, result) {
  if (context[dropped] !== undefined) return { drop: context[dropped] };
  if (result === undefined || result === null || result === message) return { message: plain(message) };
  if (typeof result !== 'object') throw new TypeError('A hook answers an object with a statusCode, or nothing');
  return { answer: answerOf(result) };
}

exports.onRequest = (id, facts, requestFacts) => {
  const context = contextOf(id, facts);
  const request = new Message(requestFacts);
  return after(hooks.onRequest(request, context), (result) => outcome(context, request, result));
};

exports.onResponse = (id, facts, requestFacts, responseFacts) => {
  const context = contextOf(id, facts);
  const response = new Message(responseFacts);
  return after(hooks.onResponse(response, new Message(requestFacts), context),
               (result) => outcome(context, response, result));
};

/** The octets in the place of those; undefined: they stay. chunk: null at the end. */
exports.onChunk = (id, facts, chunk) =>
  after(hooks.onChunk(chunk === null ? null : asBuffer(chunk), contextOf(id, facts)),
        (result) => (result === undefined ? undefined : octetsOf(result ?? '', 'The answer of onChunk')));

/** The string or octets in the place of those, false: they are left out, or undefined: they stay. */
exports.onWebSocketMessage = (id, facts, { fromClient, data }) => {
  const message = { fromClient, isText: typeof data === 'string', data: typeof data === 'string' ? data : asBuffer(data) };
  const given = message.data;
  return after(hooks.onWebSocketMessage(message, contextOf(id, facts)), (answer) => {
    const result = answer === undefined && message.data !== given ? message.data : answer;
    if (result === undefined || result === given) return undefined;
    if (result === null || result === false) return false;
    return typeof result === 'string' ? result : octetsOf(result, 'The answer of onWebSocketMessage');
  });
};
