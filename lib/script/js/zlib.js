'use strict';
// Node's 'zlib' on the native zlib and brotli. Source: reference "Zlib".
const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { Transform } = require('stream');
const { Buffer, kMaxLength } = require('buffer');
const { zlib: constants } = require('internal/constants');

// What native.zlib numbers the formats by; the two last are brotli's.
const formats = {
  Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7, BrotliDecompress: 8,
  BrotliCompress: 9,
};

const zlibErrors = {
  0: 'Z_OK', 1: 'Z_STREAM_END', 2: 'Z_NEED_DICT', [-1]: 'Z_ERRNO', [-2]: 'Z_STREAM_ERROR', [-3]: 'Z_DATA_ERROR',
  [-4]: 'Z_MEM_ERROR', [-5]: 'Z_BUF_ERROR', [-6]: 'Z_VERSION_ERROR',
};

// The most that is worked on in one go: what else is ready gets its turn in between.
const sliceOctets = 64 * 1024;

function checkNumber(value, name, lower, upper, fallback) {
  if (value === undefined || Number.isNaN(value)) {
    return fallback;
  }
  if (typeof value !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  }
  if (value < lower || value > upper) {
    throw new codes.ERR_OUT_OF_RANGE(name, `>= ${lower} and <= ${upper}`, value);
  }
  return value;
}

function failure(isBrotli, error, message) {
  if (error === constants.Z_BUF_ERROR) {
    return Object.assign(new Error('unexpected end of file'), { errno: -5, code: 'Z_BUF_ERROR' });
  }
  if (isBrotli) {
    const text = (message ?? '').replace(/^(?:_|BROTLI_DECODER_)?(?:ERROR_)?/, '');
    return Object.assign(new Error('Decompression failed'), { errno: error, code: `ERR_${text}` });
  }
  const words = message ?? (error === 2 ? 'Missing dictionary' : error === -3 ? 'Bad dictionary' : 'Zlib error');
  return Object.assign(new Error(words), { errno: error, code: zlibErrors[error] });
}

class ZlibBase extends Transform {
  #codec;
  #isBrotli;
  #format;
  #dictionary;
  #flushFlag;
  #finishFlush;
  #maxOutputLength;
  #chunkSize;
  #hasEnded = false;
  #flushes = [];

  constructor(format, options) {
    const settings = options ?? {};
    const isBrotli = format >= formats.BrotliDecompress;
    const mostFlush = isBrotli ? constants.BROTLI_OPERATION_EMIT_METADATA : constants.Z_BLOCK;
    const chunkSize = checkNumber(settings.chunkSize, 'options.chunkSize', constants.Z_MIN_CHUNK, Infinity,
      constants.Z_DEFAULT_CHUNK);
    const plain = isBrotli ? constants.BROTLI_OPERATION_PROCESS : constants.Z_NO_FLUSH;
    const finish = isBrotli ? constants.BROTLI_OPERATION_FINISH : constants.Z_FINISH;
    const flushFlag = checkNumber(settings.flush, 'options.flush', 0, mostFlush, plain);
    const finishFlush = checkNumber(settings.finishFlush, 'options.finishFlush', 0, mostFlush, finish);
    const most = checkNumber(settings.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    const codec = isBrotli ? brotliCodec(format, settings) : zlibCodec(format, settings);
    super({ autoDestroy: true, ...settings });
    this.bytesWritten = 0;
    this.#codec = codec;
    this.#isBrotli = isBrotli;
    this.#format = format;
    this.#dictionary = settings.dictionary;
    this.#flushFlag = flushFlag;
    this.#finishFlush = finishFlush;
    this.#maxOutputLength = most;
    this.#chunkSize = chunkSize;
  }

  get _closed() { return this.destroyed; }

  get bytesRead() { return this.bytesWritten; }

  /** Lets \a input through; what comes out goes to \a push. Answers an error, or undefined. done: no room was short. */
  #step(flush, input, from, push) {
    const output = Buffer.allocUnsafe(this.#chunkSize);
    const length = Math.min(input.length - from, sliceOctets);
    const isLast = from + length === input.length;
    const operation = isLast ? flush : this.#isBrotli ? constants.BROTLI_OPERATION_PROCESS : constants.Z_NO_FLUSH;
    let [inputLeft, outputLeft, error, hasEnded, message] =
      native.zlib.run(this.#codec, operation, input, from, length, output, 0, output.length);
    if (error === constants.Z_NEED_DICT && !this.#isBrotli && this.#dictionary !== undefined) {
      if (!native.zlib.setDictionary(this.#codec, this.#dictionary)) {
        return { error: failure(false, -3) };
      }
      [inputLeft, outputLeft, error, hasEnded, message] = native.zlib.run(
        this.#codec, operation, input, from + length - inputLeft, inputLeft, output, 0, output.length);
    }
    if (error !== 0) {
      return { error: failure(this.#isBrotli, error, message) };
    }
    const taken = length - inputLeft;
    this.bytesWritten += taken;
    const made = output.length - outputLeft;
    if (made > 0) {
      push(output.subarray(0, made));
    }
    this.#hasEnded = hasEnded;
    // A compressed stream that has ended takes nothing more; what follows it is left out.
    return { next: from + taken, isDone: hasEnded || (outputLeft > 0 && from + taken >= input.length) };
  }

  get #compresses() {
    return [formats.Deflate, formats.Gzip, formats.DeflateRaw, formats.BrotliCompress].includes(this.#format);
  }

  /** A gzip file may be several, one after the other. */
  get #takesMembers() { return this.#format === formats.Gunzip || this.#format === formats.Unzip; }

  #run(flush, input, callback) {
    const mayGoOn = this.#compresses || (this.#takesMembers && input.length > 0);
    if (this.#hasEnded && !mayGoOn) {
      callback();
      return;
    }
    let from = 0;
    const step = () => {
      if (this.destroyed) {
        callback();
        return;
      }
      const { error, next, isDone } = this.#step(flush, input, from, (chunk) => this.push(chunk));
      if (error !== undefined) {
        this.destroy(error);
        callback(error);
      } else if (isDone) {
        callback();
      } else {
        from = next;
        setImmediate(step);
      }
    };
    step();
  }

  _transform(chunk, encoding, callback) {
    const octets = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    let flush = this.#flushFlag;
    if (octets.length === 0 && this.#flushes.length > 0) {
      flush = this.#flushes.shift();
    }
    this.#run(flush, octets, callback);
  }

  _flush(callback) {
    this.#run(this.#finishFlush, Buffer.alloc(0), callback);
  }

  _final(callback) {
    callback();
  }

  /** flush([kind, ]callback): what was written so far comes out. */
  flush(kind, callback) {
    const full = this.#isBrotli ? constants.BROTLI_OPERATION_FLUSH : constants.Z_FULL_FLUSH;
    const [flush, done] = typeof kind === 'function' || kind === undefined ? [full, kind ?? callback] : [kind, callback];
    if (this.writableFinished) {
      if (done) process.nextTick(done);
    } else if (this.writableEnded) {
      if (done) this.once('end', done);
    } else {
      this.#flushes.push(flush);
      this.write(Buffer.alloc(0), done);
    }
  }

  /** Deflate and gzip only: another level and strategy from now on. */
  params(level, strategy, callback) {
    checkNumber(level, 'level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL);
    checkNumber(strategy, 'strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED);
    this.flush(constants.Z_SYNC_FLUSH, () => {
      native.zlib.setParameters(this.#codec, level, strategy);
      callback?.();
    });
  }

  reset() {
    native.zlib.reset(this.#codec);
    this.#hasEnded = false;
  }

  close(callback) {
    if (callback) {
      if (this.destroyed) process.nextTick(callback);
      else this.once('close', callback);
    }
    this.destroy();
  }

  /** All of \a input at once. */
  static all(engine, input) {
    const chunks = [];
    let size = 0;
    let from = 0;
    for (;;) {
      const { error, next, isDone } = engine.#step(engine.#finishFlush, input, from, (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
      });
      if (error !== undefined) {
        throw error;
      }
      if (size > engine.#maxOutputLength) {
        throw new codes.ERR_BUFFER_TOO_LARGE(engine.#maxOutputLength);
      }
      if (isDone) {
        return Buffer.concat(chunks, size);
      }
      from = next;
    }
  }

  static mostOf(engine) { return engine.#maxOutputLength; }
}

const { all, mostOf } = ZlibBase;
delete ZlibBase.all;
delete ZlibBase.mostOf;

function zlibCodec(format, options) {
  const isInflating = [formats.Inflate, formats.Gunzip, formats.InflateRaw, formats.Unzip].includes(format);
  const isRaw = format === formats.DeflateRaw;
  const mayBeZero = isInflating && format !== formats.InflateRaw;
  let windowBits = options.windowBits === 0 && mayBeZero ? 0 : checkNumber(options.windowBits, 'options.windowBits',
    format === formats.Gzip || format === formats.Gunzip ? 9 : constants.Z_MIN_WINDOWBITS,
    constants.Z_MAX_WINDOWBITS, constants.Z_DEFAULT_WINDOWBITS);
  if (isRaw && windowBits === 8) {
    windowBits = 9; // the library cannot do less
  }
  const level = checkNumber(options.level, 'options.level', constants.Z_MIN_LEVEL, constants.Z_MAX_LEVEL,
    constants.Z_DEFAULT_COMPRESSION);
  const memLevel = checkNumber(options.memLevel, 'options.memLevel', constants.Z_MIN_MEMLEVEL,
    constants.Z_MAX_MEMLEVEL, constants.Z_DEFAULT_MEMLEVEL);
  const strategy = checkNumber(options.strategy, 'options.strategy', constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED,
    constants.Z_DEFAULT_STRATEGY);
  const { dictionary } = options;
  if (dictionary !== undefined && !ArrayBuffer.isView(dictionary) && !(dictionary instanceof ArrayBuffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary',
      ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
  }
  const isDictionaryNow = dictionary !== undefined && (!isInflating || format === formats.InflateRaw);
  const codec = native.zlib.zlib(format, windowBits, level, memLevel, strategy, isDictionaryNow ? dictionary : undefined);
  if (codec === undefined) {
    throw new codes.ERR_ZLIB_INITIALIZATION_FAILED();
  }
  return codec;
}

function brotliCodec(format, options) {
  if (format === formats.BrotliDecompress) {
    return native.zlib.brotliDecompressor();
  }
  const pairs = [];
  for (const [key, value] of Object.entries(options.params ?? {})) {
    const number = Number(key);
    if (!Number.isInteger(number) || number < 0 || number > 8) {
      throw new codes.ERR_BROTLI_INVALID_PARAM(key);
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    pairs.push(number, Number(value));
  }
  const codec = native.zlib.brotliCompressor(new Uint32Array(pairs));
  if (codec === undefined) {
    throw new codes.ERR_ZLIB_INITIALIZATION_FAILED();
  }
  return codec;
}

// --- the module

function octetsOf(data) {
  if (typeof data === 'string') {
    return Buffer.from(data);
  }
  if (ArrayBuffer.isView(data)) {
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }
  if (data instanceof ArrayBuffer) {
    return Buffer.from(data);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
}

/** All of \a input through \a engine, in slices. */
function collect(engine, input, callback) {
  const chunks = [];
  let size = 0;
  let isOver = false;
  const finish = (error, value) => {
    if (!isOver) {
      isOver = true;
      engine.destroy();
      callback(error, value);
    }
  };
  engine.on('data', (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostOf(engine)) {
      finish(new codes.ERR_BUFFER_TOO_LARGE(mostOf(engine)));
    }
  });
  engine.on('error', finish);
  engine.on('end', () => finish(null, Buffer.concat(chunks, size)));
  engine.end(input);
}

const zlib = {};

for (const [name, format] of Object.entries(formats)) {
  const Class = { [name]: class extends ZlibBase { constructor(options) { super(format, options); } } }[name];
  zlib[name] = new Proxy(Class, { apply: (target, self, args) => new Class(...args) });
  zlib[`create${name}`] = (options) => new Class(options);
  const method = name.startsWith('Brotli') ? `b${name.slice(1)}` : name[0].toLowerCase() + name.slice(1);
  zlib[method] = (data, options, callback) => {
    const [settings, done] = typeof options === 'function' ? [{}, options] : [options, callback];
    validateFunction(done, 'callback');
    collect(new Class(settings), octetsOf(data), done);
  };
  zlib[`${method}Sync`] = (data, options) => all(new Class(options), octetsOf(data));
}

zlib.constants = Object.freeze({ ...constants });
zlib.codes = Object.freeze({
  ...zlibErrors, ...Object.fromEntries(Object.entries(zlibErrors).map(([number, name]) => [name, Number(number)])),
});
// Those of zlib are also on the module itself, but not listed.
for (const [name, value] of Object.entries(constants)) {
  if (!name.startsWith('BROTLI')) {
    Object.defineProperty(zlib, name, { value });
  }
}

module.exports = zlib;
