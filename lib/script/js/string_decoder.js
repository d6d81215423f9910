'use strict';
// Node's 'string_decoder'. Source: the npm package of that name.
const packaged = require('string_decoder/').StringDecoder;
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

function StringDecoder(encoding) {
  if (encoding !== undefined && encoding !== null && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
  packaged.call(this, encoding);
}
StringDecoder.prototype = packaged.prototype;
Object.defineProperty(packaged.prototype, 'constructor', { value: StringDecoder, writable: true, configurable: true });

module.exports = { StringDecoder };
