'use strict';
// Node's 'dgram': there, so that programs load; there are no datagrams.
const { missing } = require('internal/missing');

module.exports = missing('dgram', ['createSocket', 'Socket']);
