'use strict';
// Node's 'http2': there, so that programs load; HTTP/1 is all that is spoken.
const { missing } = require('internal/missing');

module.exports = missing('http2', ['connect', 'createSecureServer', 'createServer']);
