'use strict';
// Node's 'crypto', as far as web programs need it without keys and certificates: random octets, hashes, HMAC.
// OpenSSL does the work. Source: reference "Crypto".
const { codes } = require('internal/errors');
const { validateCallback, validateFunction, validateNumber, validateString } =
  require('internal/validators');
const { Transform } = require('stream');
const { adopt, Buffer } = require('buffer');

// --- random

const maximumRandom = 2 ** 31 - 1;

function checkSize(size, name = 'size', most = maximumRandom) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size > most || size < 0) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${most}`, size);
  }
}

function fill(octets) {
  if (!native.crypto.random(octets)) {
    throw new codes.ERR_OPERATION_FAILED('no random octets');
  }
  return octets;
}

/** Calls back on a tick of its own, as if the octets had been waited for. */
function later(callback, value) {
  setImmediate(() => callback(null, value));
}

function randomBytes(size, callback) {
  checkSize(size);
  if (callback !== undefined) {
    validateCallback(callback);
  }
  const octets = fill(Buffer.alloc(size));
  if (callback === undefined) {
    return octets;
  }
  later(callback, octets);
  return undefined;
}

function viewOf(target, offset = 0, size = undefined) {
  if (!ArrayBuffer.isView(target) && !(target instanceof ArrayBuffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], target);
  }
  checkSize(offset, 'offset', target.byteLength);
  const length = size ?? target.byteLength - offset;
  checkSize(length, 'size', maximumRandom);
  if (length + offset > target.byteLength) {
    throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${target.byteLength}`, length + offset);
  }
  return new Uint8Array(target.buffer ?? target, (target.byteOffset ?? 0) + offset, length);
}

function randomFillSync(target, offset, size) {
  fill(viewOf(target, offset, size));
  return target;
}

/** randomFill(target[, offset[, size]], callback) */
function randomFill(target, ...rest) {
  const callback = rest.pop();
  validateCallback(callback);
  randomFillSync(target, ...rest);
  later(callback, target);
}

/** randomInt([min, ]max[, callback]) */
function randomInt(min, max, callback) {
  let [low, high, done] = [min, max, callback];
  if (high === undefined || typeof high === 'function') {
    [low, high, done] = [0, min, max];
  }
  if (done !== undefined) {
    validateFunction(done, 'callback');
  }
  if (!Number.isSafeInteger(low)) {
    throw new codes.ERR_INVALID_ARG_TYPE('min', 'safe integer', low);
  }
  if (!Number.isSafeInteger(high)) {
    throw new codes.ERR_INVALID_ARG_TYPE('max', 'safe integer', high);
  }
  if (high <= low) {
    throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${low})`, high);
  }
  const range = high - low;
  const width = 2 ** 48;
  if (range > width - 1) {
    throw new codes.ERR_OUT_OF_RANGE(max === undefined ? 'max' : 'max - min', `<= ${width - 1}`, range);
  }
  // Values of the last, incomplete round would make some numbers likelier than others.
  const limit = width - width % range;
  let drawn;
  do {
    drawn = randomBytes(6).readUIntBE(0, 6);
  } while (drawn >= limit);
  const value = low + drawn % range;
  if (done === undefined) {
    return value;
  }
  later(done, value);
  return undefined;
}

/** RFC 4122, version 4. */
function randomUUID() {
  const octets = randomBytes(16);
  octets[6] = (octets[6] & 0x0F) | 0x40;
  octets[8] = (octets[8] & 0x3F) | 0x80;
  const text = octets.toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

// --- hashes

function octetsOf(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    return Buffer.from(data, encoding === 'buffer' ? undefined : encoding);
  }
  if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  return data;
}

/** What Hash and Hmac share: octets go in, by update() or as a stream, and once the digest comes out. */
class Digest extends Transform {
  #state;
  #isKeyed;
  #isFinished = false;

  constructor(state, isKeyed, options) {
    super(options);
    this.#state = state;
    this.#isKeyed = isKeyed;
  }

  get isFinished() { return this.#isFinished; }

  get state() { return this.#state; }

  update(data, encoding) {
    if (this.#isFinished) {
      throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    }
    native.crypto.update(this.#state, octetsOf(data, encoding));
    return this;
  }

  digest(encoding) {
    if (this.#isFinished) {
      if (this.#isKeyed) {
        return encoding && encoding !== 'buffer' ? '' : Buffer.alloc(0);
      }
      throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    }
    this.#isFinished = true;
    const octets = adopt(native.crypto.finish(this.#state, this.#isKeyed));
    return encoding && encoding !== 'buffer' ? octets.toString(encoding) : octets;
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

for (const name of ['isFinished', 'state']) {
  Object.defineProperty(Digest.prototype, name, { enumerable: false });
}

class Hash extends Digest {
  constructor(algorithm, options) {
    const isCopy = typeof algorithm === 'object';
    if (!isCopy) {
      validateString(algorithm, 'algorithm');
    }
    const state = isCopy ? algorithm : native.crypto.hash(algorithm);
    if (state === undefined) {
      throw Object.assign(new Error('Digest method not supported'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
    }
    super(state, false, options);
  }

  /** Another hash that has taken the same so far. */
  copy(options) {
    if (this.isFinished) {
      throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    }
    return new Hash(native.crypto.copy(this.state), options);
  }
}

class Hmac extends Digest {
  constructor(algorithm, key, options) {
    validateString(algorithm, 'hmac');
    const state = native.crypto.hmac(algorithm, octetsOf(key, options?.encoding, 'key'));
    if (state === undefined) {
      throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
    }
    super(state, true, options);
  }
}

function timingSafeEqual(left, right) {
  for (const [name, value] of [['buf1', left], ['buf2', right]]) {
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
    }
  }
  if (left.byteLength !== right.byteLength) {
    throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  }
  return native.crypto.equal(left, right);
}

const hashes = [
  'RSA-MD5', 'RSA-RIPEMD160', 'RSA-SHA1', 'RSA-SHA224', 'RSA-SHA256', 'RSA-SHA384', 'RSA-SHA512', 'blake2b512',
  'blake2s256', 'md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512',
  'sha384', 'sha512', 'sha512-224', 'sha512-256', 'shake128', 'shake256', 'sm3',
];

/** Constructors that also work without new, as Node's do. */
function callable(Class) {
  return new Proxy(Class, { apply: (target, self, args) => new Class(...args) });
}

module.exports = {
  Hash: callable(Hash),
  Hmac: callable(Hmac),
  constants: Object.freeze({}),
  createHash: (algorithm, options) => new Hash(algorithm, options),
  createHmac: (algorithm, key, options) => new Hmac(algorithm, key, options),
  getCiphers: () => [],
  getCurves: () => [],
  getFips: () => 0,
  getHashes: () => hashes.filter((name) => native.crypto.hash(name) !== undefined),
  pseudoRandomBytes: randomBytes,
  prng: randomBytes,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  rng: randomBytes,
  timingSafeEqual,
};
