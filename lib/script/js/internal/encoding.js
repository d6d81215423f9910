'use strict';
// TextEncoder and TextDecoder for UTF-8, UTF-16LE and windows-1252, which is what "latin1" means there.
// Source: the WHATWG Encoding standard; reference "Class: util.TextDecoder".
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const [utf8, latin1, utf16le] = [0, 1, 6]; // as native.text numbers them
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const names = new Map([
  ...['utf-8', 'utf8', 'unicode-1-1-utf-8', 'unicode11utf8', 'unicode20utf8', 'x-unicode20utf8']
    .map((label) => [label, 'utf-8']),
  ...['utf-16le', 'utf-16', 'ucs-2', 'unicode', 'unicodefeff', 'iso-10646-ucs-2', 'csunicode']
    .map((label) => [label, 'utf-16le']),
  ...['windows-1252', 'latin1', 'ascii', 'us-ascii', 'iso-8859-1', 'iso8859-1', 'iso88591', 'iso_8859-1', 'l1',
    'cp1252', 'x-cp1252', 'ansi_x3.4-1968', 'cp819', 'ibm819', 'iso-ir-100', 'csisolatin1', 'iso_8859-1:1987']
    .map((label) => [label, 'windows-1252']),
]);

// What windows-1252 has at 0x80 to 0x9F.
const windows1252 = '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F' +
  '\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(text = '') {
    return native.text.encode(utf8, `${text}`);
  }

  encodeInto(source, target) {
    const { validateString } = require('internal/validators');
    validateString(source, 'src');
    if (!(target instanceof Uint8Array)) {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', target);
    }
    const written = native.text.write(utf8, source, target, 0, target.length);
    return { read: native.text.decode(utf8, target, 0, written).length, written };
  }

  [inspectCustom](depth, options) {
    return require('util').inspect(Object.assign(Object.create({ constructor: TextEncoder }),
      { encoding: this.encoding }), options);
  }
}

/** How many octets at the end could be the beginning of a character. */
function pendingUtf8(octets) {
  for (let back = 1; back <= Math.min(3, octets.length); ++back) {
    const octet = octets[octets.length - back];
    if ((octet & 0xC0) === 0x80) {
      continue;
    }
    const needed = octet >= 0xF0 && octet <= 0xF4 ? 4 : octet >= 0xE0 && octet < 0xF0 ? 3 : octet >= 0xC2 && octet < 0xE0 ? 2 : 1;
    // Only if it is not wrong already.
    return needed > back && !native.text.decode(utf8, octets, octets.length - back).includes('\uFFFD\uFFFD')
      ? back : 0;
  }
  return 0;
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #kept = new Uint8Array(0);
  #hasBegun = false;

  constructor(label = 'utf-8', options = {}) {
    const encoding = names.get(`${label}`.trim().toLowerCase());
    if (encoding === undefined) {
      throw new codes.ERR_ENCODING_NOT_SUPPORTED(label);
    }
    validateObject(options, 'options', { nullable: true });
    this.#encoding = encoding;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() { return this.#encoding; }

  get fatal() { return this.#fatal; }

  get ignoreBOM() { return this.#ignoreBOM; }

  decode(input = new Uint8Array(0), options = {}) {
    let octets;
    if (ArrayBuffer.isView(input)) {
      octets = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    } else if (require('internal/types').isAnyArrayBuffer(input)) {
      octets = new Uint8Array(input);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'ArrayBufferView'], input);
    }
    validateObject(options, 'options', { nullable: true });
    const isStream = Boolean(options?.stream);
    if (this.#kept.length > 0) {
      const joined = new Uint8Array(this.#kept.length + octets.length);
      joined.set(this.#kept);
      joined.set(octets, this.#kept.length);
      octets = joined;
    }
    let end = octets.length;
    if (isStream) {
      end -= this.#encoding === 'utf-8' ? pendingUtf8(octets) : this.#encoding === 'utf-16le' ? octets.length % 2 : 0;
    }
    this.#kept = octets.slice(end);
    let text = this.#textOf(octets, end);
    if (!this.#hasBegun && text !== '' && !this.#ignoreBOM && this.#encoding !== 'windows-1252' &&
        text.charCodeAt(0) === 0xFEFF) {
      text = text.slice(1);
    }
    this.#hasBegun = isStream && (this.#hasBegun || end > 0);
    return text;
  }

  #textOf(octets, end) {
    if (this.#encoding === 'windows-1252') {
      return native.text.decode(latin1, octets, 0, end)
        .replace(/[\x80-\x9F]/g, (character) => windows1252[character.charCodeAt(0) - 0x80]);
    }
    const isOdd = this.#encoding === 'utf-16le' && end % 2 !== 0;
    if (this.#fatal && (isOdd || (this.#encoding === 'utf-8' && !native.text.isUtf8(octets, 0, end)))) {
      this.#kept = new Uint8Array(0);
      this.#hasBegun = false;
      throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding);
    }
    if (this.#encoding === 'utf-8') {
      return native.text.decode(utf8, octets, 0, end);
    }
    return native.text.decode(utf16le, octets, 0, end - end % 2).toWellFormed() + (isOdd ? '\uFFFD' : '');
  }
}

for (const [type, members] of [[TextEncoder, ['encode', 'encodeInto', 'encoding']],
  [TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']]]) {
  for (const name of members) {
    Object.defineProperty(type.prototype, name, { enumerable: true });
  }
  Object.defineProperty(type.prototype, Symbol.toStringTag, { configurable: true, value: type.name });
}

module.exports = { TextDecoder, TextEncoder };
