'use strict';
// Node's 'buffer'. Numbers in and out of a buffer, searching and swapping come from the npm package of that name;
// what is hot is written for this engine: one class over Uint8Array whose constructor needs no change of
// prototype, and text that is converted in C++ (native.text).
// Source: reference "Buffer".
const packaged = require('buffer/');
const { codes } = require('internal/errors');
const { validateNumber, validateString } = require('internal/validators');

const maximumLength = 2 ** 32;
const maximumStringLength = 2 ** 31 - 1;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

// --- the class

class FastBuffer extends Uint8Array {}

function Buffer(value, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', value);
    }
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

let hasWarned = false;

function warnOfConstructor() {
  if (!hasWarned) {
    hasWarned = true;
    process.emitWarning('Buffer() is deprecated due to security and usability issues. Please use the ' +
      'Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005');
  }
}

Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
for (const name of Object.getOwnPropertyNames(packaged.Buffer.prototype)) {
  const { value } = Object.getOwnPropertyDescriptor(packaged.Buffer.prototype, name);
  if (typeof value === 'function' && !['constructor', 'inspect', 'toLocaleString'].includes(name)) {
    Buffer.prototype[name] = value;
  }
}
Object.defineProperty(Buffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { configurable: true, get: () => FastBuffer });

/** The same memory as a Buffer. \a octets: an Uint8Array of ours, of which nobody else knows. */
function adopt(octets) {
  return Object.setPrototypeOf(octets, Buffer.prototype);
}

// --- encodings, numbered as native.text has them

const encodings = {
  utf8: 0, 'utf-8': 0, latin1: 1, binary: 1, ascii: 2, hex: 3, base64: 4, base64url: 5,
  ucs2: 6, 'ucs-2': 6, utf16le: 6, 'utf-16le': 6,
};
const [utf8, latin1, ascii, hex, base64, base64url, utf16le] = [0, 1, 2, 3, 4, 5, 6];

/** undefined: there is no such encoding. */
function encodingNumber(name) {
  if (name === undefined || name === null || name === '') {
    return utf8;
  }
  return encodings[name] ?? (typeof name === 'string' ? encodings[name.toLowerCase()] : undefined);
}

function knownEncoding(name) {
  const number = encodingNumber(name);
  if (number === undefined) {
    throw new codes.ERR_UNKNOWN_ENCODING(name);
  }
  return number;
}

const shortText = 24; // up to here, calling into C++ takes longer than a loop

function octetsOf(text, encoding) {
  const { length } = text;
  if (length === 0) {
    return new FastBuffer();
  }
  if (length <= shortText && (encoding === utf8 || encoding === latin1 || encoding === ascii)) {
    const made = new FastBuffer(length);
    let all = 0;
    for (let i = 0; i < length; ++i) {
      const unit = text.charCodeAt(i);
      made[i] = unit;
      all |= unit;
    }
    if (all < 0x80 || encoding !== utf8) {
      return made;
    }
  }
  return adopt(native.text.encode(encoding, text));
}

function lengthOf(text, encoding) {
  switch (encoding) {
    case utf8: return native.text.utf8Length(text);
    case utf16le: return text.length * 2;
    case hex: return text.length >>> 1;
    case base64:
    case base64url: {
      let { length } = text;
      while (length > 0 && text[length - 1] === '=') {
        --length;
      }
      return Math.floor(length * 3 / 4);
    }
    default: return text.length;
  }
}

// --- making one

function checkSize(size) {
  validateNumber(size, 'size');
  if (!(size >= 0 && size <= maximumLength)) {
    throw new codes.ERR_INVALID_ARG_VALUE('size', size);
  }
}

Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const made = new FastBuffer(size);
  if (fill !== undefined && fill !== 0 && size > 0) {
    if (encoding !== undefined) {
      validateString(encoding, 'encoding');
    }
    return made.fill(fill, encoding);
  }
  return made;
};

Buffer.allocUnsafe = Buffer.allocUnsafeSlow = function allocUnsafe(size) {
  checkSize(size);
  return new FastBuffer(size);
};

Buffer.poolSize = 8192;


function isAnyArrayBuffer(value) {
  return value instanceof ArrayBuffer ||
    (value !== null && typeof value === 'object' && require('internal/types').isAnyArrayBuffer(value));
}

function fromArrayBuffer(value, offset, length) {
  let start = offset === undefined ? 0 : +offset;
  if (Number.isNaN(start)) {
    start = 0;
  }
  const most = value.byteLength - start;
  if (most < 0) {
    throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  }
  let count = most;
  if (length !== undefined) {
    count = +length;
    if (count > 0) {
      if (count > most) {
        throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
      }
    } else {
      count = 0;
    }
  }
  return new FastBuffer(value, start, count);
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? new FastBuffer(value) : new FastBuffer();
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) {
    return new FastBuffer(value.data);
  }
  return undefined;
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') {
    if (typeof encodingOrOffset !== 'string' || encodingOrOffset.length === 0) {
      return octetsOf(value, utf8);
    }
    return octetsOf(value, knownEncoding(encodingOrOffset));
  }
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) {
      return fromArrayBuffer(value, encodingOrOffset, length);
    }
    const inner = value.valueOf && value.valueOf();
    if (inner !== null && inner !== undefined && inner !== value &&
        (typeof inner === 'string' || typeof inner === 'object')) {
      return from(inner, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made !== undefined) {
      return made;
    }
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') {
        return octetsOf(primitive, knownEncoding(encodingOrOffset));
      }
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE(
    'first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

Buffer.of = (...items) => new FastBuffer(items);

Buffer.concat = function concat(list, length) {
  if (!Array.isArray(list)) {
    throw new codes.ERR_INVALID_ARG_TYPE('list', 'Array', list);
  }
  if (list.length === 0) {
    return new FastBuffer();
  }
  let total = length;
  if (length === undefined) {
    total = 0;
    for (const item of list) {
      total += item.length || 0;
    }
  } else {
    require('internal/validators').validateInteger(length, 'length', 0);
  }
  const made = new FastBuffer(total);
  let at = 0;
  for (let i = 0; i < list.length; ++i) {
    const item = list[i];
    if (!(item instanceof Uint8Array)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], item);
    }
    const room = total - at;
    made.set(item.length > room ? item.subarray(0, room) : item, at);
    at += Math.min(item.length, room);
    if (at === total) {
      break;
    }
  }
  return made;
};

// --- asking

Buffer.isBuffer = (value) => value instanceof Buffer;

Buffer.isEncoding = (name) => typeof name === 'string' && name.length > 0 && encodingNumber(name) !== undefined;

Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value !== 'string') {
    if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) {
      return value.byteLength;
    }
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  }
  return value.length === 0 ? 0 : lengthOf(value, encodingNumber(encoding) ?? utf8);
};

function checkOctets(value, name) {
  if (!(value instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
  }
}

function compareOctets(left, right) {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; ++i) {
    if (left[i] !== right[i]) {
      return left[i] < right[i] ? -1 : 1;
    }
  }
  return Math.sign(left.length - right.length);
}

Buffer.compare = function compare(left, right) {
  checkOctets(left, 'buf1');
  checkOctets(right, 'buf2');
  return left === right ? 0 : compareOctets(left, right);
};

Buffer.prototype.equals = function equals(other) {
  checkOctets(other, 'otherBuffer');
  return this === other || (this.byteLength === other.byteLength && compareOctets(this, other) === 0);
};

function checkOffset(value, name, length) {
  require('internal/validators').validateInteger(value, name, 0, length);
}

Buffer.prototype.compare = function compare(
  target, targetStart = 0, targetEnd = target?.length, sourceStart = 0, sourceEnd = this.length) {
  checkOctets(target, 'target');
  checkOffset(targetStart, 'targetStart', Number.MAX_SAFE_INTEGER);
  checkOffset(targetEnd, 'targetEnd', target.length);
  checkOffset(sourceStart, 'sourceStart', Number.MAX_SAFE_INTEGER);
  checkOffset(sourceEnd, 'sourceEnd', this.length);
  if (sourceStart >= sourceEnd) {
    return targetStart >= targetEnd ? 0 : -1;
  }
  return targetStart >= targetEnd ? 1
    : compareOctets(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
};

// --- parts

function clampedIndex(value, length, fallback) {
  let index = value === undefined ? fallback : Math.trunc(+value);
  if (Number.isNaN(index)) {
    index = 0;
  }
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

Buffer.prototype.subarray = function subarray(start, end) {
  const { length } = this;
  const first = clampedIndex(start, length, 0);
  const last = clampedIndex(end, length, length);
  return new FastBuffer(this.buffer, this.byteOffset + first, Math.max(0, last - first));
};

Buffer.prototype.slice = function slice(start, end) {
  return this.subarray(start, end);
};

Buffer.prototype.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  checkOctets(target, 'target');
  const index = (value, fallback, name) => {
    if (value === undefined) {
      return fallback;
    }
    const number = Math.trunc(+value) || 0;
    if (number < 0) {
      throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', number);
    }
    return number;
  };
  const to = index(targetStart, 0, 'targetStart');
  const from = index(sourceStart, 0, 'sourceStart');
  const end = Math.min(index(sourceEnd, this.length, 'sourceEnd'), this.length);
  if (sourceStart !== undefined && from > this.length) {
    throw new codes.ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.length}`, from);
  }
  const count = Math.min(end - from, target.length - to);
  if (count <= 0) {
    return 0;
  }
  Uint8Array.prototype.set.call(target, new Uint8Array(this.buffer, this.byteOffset + from, count), to);
  return count;
};

// --- text

Buffer.prototype.toString = function toString(encoding, start, end) {
  if (arguments.length === 0) {
    return this.length === 0 ? '' : native.text.decode(utf8, this);
  }
  const { length } = this;
  const first = start === undefined || start <= 0 ? 0 : Math.trunc(start) || 0;
  const last = end === undefined || end > length ? length : Math.trunc(end) || 0;
  if (first >= length || last <= first) {
    return '';
  }
  return native.text.decode(knownEncoding(encoding), this, first, last);
};

Buffer.prototype.toLocaleString = Buffer.prototype.toString;

for (const [name, encoding] of Object.entries({
  utf8, latin1, ascii, hex, base64, base64url, ucs2: utf16le,
})) {
  Buffer.prototype[`${name}Slice`] = function slice(start = 0, end = this.length) {
    return native.text.decode(encoding, this, start, end);
  };
  Buffer.prototype[`${name}Write`] = function write(text, offset = 0, length = this.length - offset) {
    return native.text.write(encoding, text, this, offset, length);
  };
}

/** write(text[, offset[, length]][, encoding]) */
Buffer.prototype.write = function write(text, offset, length, encoding) {
  validateString(text, 'argument');
  let start = offset;
  let room = length;
  let name = encoding;
  if (typeof start === 'string') {
    [name, start, room] = [start, undefined, undefined];
  } else if (typeof room === 'string') {
    [name, room] = [room, undefined];
  }
  start ??= 0;
  checkOffset(start, 'offset', this.length);
  const left = this.length - start;
  if (room === undefined) {
    room = left;
  } else {
    checkOffset(room, 'length', this.length);
    room = Math.min(room, left);
  }
  return native.text.write(knownEncoding(name), text, this, start, room);
};

/** fill(value[, offset[, end]][, encoding]) */
Buffer.prototype.fill = function fill(value, offset, end, encoding) {
  let start = offset;
  let stop = end;
  let name = encoding;
  if (typeof start === 'string') {
    [name, start, stop] = [start, undefined, undefined];
  } else if (typeof stop === 'string') {
    [name, stop] = [stop, undefined];
  }
  start ??= 0;
  stop ??= this.length;
  checkOffset(start, 'offset', Number.MAX_SAFE_INTEGER);
  checkOffset(stop, 'end', this.length);
  if (start >= stop) {
    return this;
  }
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
    return Uint8Array.prototype.fill.call(this, typeof value === 'boolean' ? +value : value & 255, start, stop);
  }
  if (typeof name !== 'string' && name !== undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('encoding', 'string', name);
  }
  const pattern = typeof value === 'string' ? octetsOf(value, knownEncoding(name)) : value;
  if (pattern.length === 0) {
    if (typeof value === 'string' && value.length === 0) {
      return Uint8Array.prototype.fill.call(this, 0, start, stop);
    }
    throw new codes.ERR_INVALID_ARG_VALUE('value', value);
  }
  for (let at = start; at < stop; at += pattern.length) {
    this.set(at + pattern.length > stop ? pattern.subarray(0, stop - at) : pattern, at);
  }
  return this;
};

Buffer.prototype.toJSON = function toJSON() {
  return { type: 'Buffer', data: Array.from(this) };
};

// --- numbers

/** The place of \a size octets at \a offset, or Node's error. */
function placeOf(octets, offset, size) {
  const at = offset === undefined ? 0 : offset;
  if (typeof at !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', at);
  }
  const last = octets.length - size;
  if (at >= 0 && at <= last && Number.isInteger(at)) {
    return at;
  }
  if (!Number.isInteger(at)) {
    throw new codes.ERR_OUT_OF_RANGE('offset', 'an integer', at);
  }
  if (last < 0) {
    throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  }
  throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 and <= ${last}`, at);
}

const viewOf = (octets) => new DataView(octets.buffer, octets.byteOffset, octets.byteLength);

function rangeError(value, bits, isSigned, isBig) {
  const suffix = isBig ? 'n' : '';
  const range = bits <= 32 && !isBig
    ? isSigned ? `>= ${-(2 ** (bits - 1))} and <= ${2 ** (bits - 1) - 1}` : `>= 0 and <= ${2 ** bits - 1}`
    : isSigned ? `>= -(2${suffix} ** ${bits - 1}${suffix}) and < 2${suffix} ** ${bits - 1}${suffix}`
      : `>= 0${suffix} and < 2${suffix} ** ${bits}${suffix}`;
  throw new codes.ERR_OUT_OF_RANGE('value', range, value);
}

/** readNAME() and writeNAME() of one kind of number that a DataView knows. */
function defineNumber(name, kind, size, isLittle, range) {
  const [get, set] = [DataView.prototype[`get${kind}`], DataView.prototype[`set${kind}`]];
  Buffer.prototype[`read${name}`] = function(offset) {
    return get.call(viewOf(this), placeOf(this, offset, size), isLittle);
  };
  Buffer.prototype[`write${name}`] = function(value, offset) {
    const number = range === undefined || range.isBig ? value : +value;
    if (range !== undefined && (number > range.most || number < range.least)) {
      rangeError(number, size * 8, range.isSigned, range.isBig);
    }
    const at = placeOf(this, offset, size);
    set.call(viewOf(this), at, number, isLittle);
    return at + size;
  };
}

for (const [bits, isBig] of [[8, false], [16, false], [32, false], [64, true]]) {
  for (const isSigned of [false, true]) {
    const most = isSigned ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
    const least = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
    const range = isBig ? { most, least, isSigned, isBig } : { most: Number(most), least: Number(least), isSigned, isBig };
    const [big, sign] = [isBig ? 'Big' : '', isSigned ? 'Int' : 'UInt'];
    const kind = `${big}${isSigned ? 'Int' : 'Uint'}${bits}`;
    if (bits === 8) {
      defineNumber(`${sign}8`, kind, 1, true, range);
    } else {
      defineNumber(`${big}${sign}${bits}LE`, kind, bits / 8, true, range);
      defineNumber(`${big}${sign}${bits}BE`, kind, bits / 8, false, range);
    }
  }
}
for (const [name, size] of [['Float', 4], ['Double', 8]]) {
  defineNumber(`${name}LE`, `Float${size * 8}`, size, true);
  defineNumber(`${name}BE`, `Float${size * 8}`, size, false);
}
for (const name of Object.keys(Buffer.prototype).filter((key) => key.includes('UInt'))) {
  Buffer.prototype[name.replace('UInt', 'Uint')] = Buffer.prototype[name];
}

// --- searching

/** Where \a pattern begins in \a octets, going \a step from \a from; -1: nowhere. */
function search(octets, pattern, from, step, unit) {
  for (let at = from; at >= 0 && at + pattern.length <= octets.length; at += step) {
    let same = 0;
    while (same < pattern.length && octets[at + same] === pattern[same]) {
      ++same;
    }
    if (same === pattern.length && (unit === 1 || at % unit === 0)) {
      return at;
    }
  }
  return -1;
}

function indexIn(octets, value, offset, encoding, isForward) {
  let name = encoding;
  let from = offset;
  if (typeof from === 'string') {
    name = from;
    from = undefined;
  }
  const { length } = octets;
  from = from === undefined ? undefined : Math.trunc(+from);
  if (from === undefined || Number.isNaN(from)) {
    from = isForward ? 0 : length;
  }
  if (from < 0) {
    from += length;
    if (from < 0) {
      if (!isForward) {
        return -1;
      }
      from = 0;
    }
  }
  if (typeof value === 'number') {
    return isForward ? Uint8Array.prototype.indexOf.call(octets, value & 255, from)
      : length === 0 ? -1 : Uint8Array.prototype.lastIndexOf.call(octets, value & 255, Math.min(from, length - 1));
  }
  let pattern = value;
  let unit = 1;
  if (typeof value === 'string') {
    const number = knownEncoding(name);
    unit = number === utf16le ? 2 : 1;
    pattern = octetsOf(value, number);
  } else if (!(value instanceof Uint8Array)) {
    throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  }
  if (pattern.length === 0) {
    return Math.min(from, length);
  }
  return isForward ? search(octets, pattern, from, 1, unit)
    : search(octets, pattern, Math.min(from, length - pattern.length), -1, unit);
}

Buffer.prototype.indexOf = function indexOf(value, offset, encoding) {
  return indexIn(this, value, offset, encoding, true);
};

Buffer.prototype.lastIndexOf = function lastIndexOf(value, offset, encoding) {
  return indexIn(this, value, offset, encoding, false);
};

Buffer.prototype.includes = function includes(value, offset, encoding) {
  return this.indexOf(value, offset, encoding) !== -1;
};

// --- looking at one

const buffer = { INSPECT_MAX_BYTES: 50 };

Buffer.prototype[inspectCustom] = function inspect(depth, options) {
  const most = buffer.INSPECT_MAX_BYTES;
  const shown = this.subarray(0, most).toString('hex').replace(/(.{2})(?=.)/g, '$1 ');
  const left = this.length - most;
  let text = shown;
  if (left > 0) {
    text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  }
  const own = options ? Object.keys(this).filter((key) => !/^\d+$/.test(key)) : [];
  if (own.length > 0) {
    const extras = Object.fromEntries(own.map((key) => [key, this[key]]));
    const inner = require('util').inspect(extras, { ...options, breakLength: Infinity, compact: true }).slice(2, -2);
    text += `${text === '' ? '' : ', '}${inner}`;
  }
  return `<${this.constructor.name} ${text}>`.replace(' >', '>').replace(/^<(\w+)>$/, '<$1 >');
};
Buffer.prototype.inspect = Buffer.prototype[inspectCustom];

Object.defineProperties(Buffer.prototype, {
  parent: { enumerable: true, get() { return this instanceof Buffer ? this.buffer : undefined; } },
  offset: { enumerable: true, get() { return this instanceof Buffer ? this.byteOffset : undefined; } },
});

// --- the module

function SlowBuffer(length) {
  if (+length != length) { // eslint-disable-line eqeqeq
    length = 0;
  }
  return Buffer.allocUnsafeSlow(+length);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

function transcode(source, from, to) {
  checkOctets(source, 'source');
  const [fromNumber, toNumber] = [encodingNumber(from), encodingNumber(to)];
  const known = [utf8, latin1, ascii, utf16le];
  if (!known.includes(fromNumber) || !known.includes(toNumber)) {
    throw Object.assign(new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]'),
      { code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1 });
  }
  const text = native.text.decode(fromNumber, source);
  if (toNumber === utf8 || toNumber === utf16le) {
    return octetsOf(text, toNumber);
  }
  const limit = toNumber === ascii ? 0x80 : 0x100;
  return octetsOf(Array.from(text, (one) => (one.codePointAt(0) < limit ? one : '?')).join(''), latin1);
}

function btoa(value) {
  const text = `${value}`;
  for (let i = 0; i < text.length; ++i) {
    if (text.charCodeAt(i) > 255) {
      throw new (require('internal/domexception').DOMException)('Invalid character', 'InvalidCharacterError');
    }
  }
  return octetsOf(text, latin1).toString('base64');
}

function atob(value) {
  const text = `${value}`;
  if (/[^A-Za-z0-9+/=\t\n\f\r ]/.test(text)) {
    throw new (require('internal/domexception').DOMException)('Invalid character', 'InvalidCharacterError');
  }
  return octetsOf(text, base64).toString('latin1');
}

Object.assign(buffer, {
  Buffer,
  SlowBuffer,
  transcode,
  kMaxLength: maximumLength,
  kStringMaxLength: maximumStringLength,
  constants: Object.freeze({ MAX_LENGTH: maximumLength, MAX_STRING_LENGTH: maximumStringLength }),
  atob,
  btoa,
});

module.exports = buffer;
// For modules of ours that get octets from C++.
Object.defineProperty(module.exports, 'adopt', { value: adopt });
