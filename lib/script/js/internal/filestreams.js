'use strict';
// fs.ReadStream and fs.WriteStream. Source: reference "Class: fs.ReadStream", "Class: fs.WriteStream".
const fs = require('fs');
const { Readable, Writable } = require('stream');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateInteger } = require('internal/validators');

const readAtOnce = 64 * 1024;

function settingsOf(options) {
  return typeof options === 'string' ? { encoding: options } : { ...options };
}

/** Opens the file of \a stream, unless it was given open; then \a callback. */
function construct(stream, callback) {
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  fs.open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

function destroy(stream, error, callback) {
  const { fd } = stream;
  stream.fd = null;
  if (typeof fd !== 'number' || !stream.closesFile) {
    callback(error);
    return;
  }
  fs.close(fd, (closeError) => callback(error || closeError));
}

function setUp(stream, path, settings, flags) {
  const fd = settings.fd === null ? undefined : settings.fd;
  Object.defineProperty(stream, 'closesFile', { value: settings.autoClose !== false });
  stream.fd = fd === undefined ? null : typeof fd === 'object' ? fd.fd : fd;
  stream.path = path instanceof Uint8Array ? Buffer.from(path).toString()
    : path?.href ? require('url').fileURLToPath(path) : path;
  stream.flags = settings.flags ?? flags;
  stream.mode = settings.mode ?? 0o666;
  if (stream.fd === null && typeof stream.path !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'Buffer', 'URL'], path);
  }
}

class ReadStream extends Readable {
  #position;

  constructor(path, options) {
    const settings = settingsOf(options);
    const { start, end = Infinity } = settings;
    if (start !== undefined) {
      validateInteger(start, 'start', 0);
    }
    if (end !== Infinity) {
      validateInteger(end, 'end', 0);
      if (start !== undefined && start > end) {
        throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${end})`, start);
      }
    }
    const highWaterMark = settings.highWaterMark ?? readAtOnce;
    super({ ...settings, highWaterMark, autoDestroy: settings.autoClose !== false, construct: undefined });
    this.#position = start;
    this.start = start;
    this.end = end;
    this.bytesRead = 0;
  }

  _construct(callback) { construct(this, callback); }

  _read(count) {
    const left = this.end === Infinity ? count : this.end - (this.start ?? 0) + 1 - this.bytesRead;
    const size = Math.min(count, left);
    if (size <= 0) {
      this.push(null);
      return;
    }
    const chunk = Buffer.allocUnsafe(size);
    fs.read(this.fd, chunk, 0, size, this.#position ?? null, (error, read) => {
      if (error) {
        this.destroy(error);
        return;
      }
      if (this.#position !== undefined) {
        this.#position += read;
      }
      this.bytesRead += read;
      this.push(read > 0 ? chunk.subarray(0, read) : null);
    });
  }

  _destroy(error, callback) { destroy(this, error, callback); }

  close(callback) {
    if (callback) this.once('close', callback);
    this.destroy();
  }

  get pending() { return this.fd === null; }
}

class WriteStream extends Writable {
  #position;

  constructor(path, options) {
    const settings = settingsOf(options);
    if (settings.start !== undefined) {
      validateInteger(settings.start, 'start', 0);
    }
    super({ ...settings, decodeStrings: true, construct: undefined });
    if (settings.encoding) {
      this.setDefaultEncoding(settings.encoding);
    }
    this.start = settings.start;
    this.#position = settings.start;
    this.bytesWritten = 0;
  }

  _construct(callback) { construct(this, callback); }

  _write(chunk, encoding, callback) {
    fs.write(this.fd, chunk, 0, chunk.length, this.#position ?? null, (error, written) => {
      if (error) {
        callback(error);
        return;
      }
      this.bytesWritten += written;
      if (this.#position !== undefined) {
        this.#position += written;
      }
      if (written < chunk.length) {
        this._write(chunk.subarray(written), encoding, callback);
      } else {
        callback();
      }
    });
  }

  _destroy(error, callback) { destroy(this, error, callback); }

  close(callback) {
    if (callback) {
      if (this.closed) process.nextTick(callback);
      else this.once('close', callback);
    }
    if (this.closesFile) this.end();
    else this.destroy();
  }

  get pending() { return this.fd === null; }
}

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

/** Node's constructors work without new. The fields must be there before the stream opens its file. */
function made(Class, flags) {
  class Opening extends Class {
    constructor(path, options) {
      super(path, options);
      setUp(this, path, settingsOf(options), flags);
    }
  }
  Object.defineProperty(Opening, 'name', { value: Class.name });
  return new Proxy(Opening, { apply: (target, self, [path, options]) => new Opening(path, options) });
}

module.exports = { ReadStream: made(ReadStream, 'r'), WriteStream: made(WriteStream, 'w') };
