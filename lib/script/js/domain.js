'use strict';
// Node's 'domain': there, so that programs load; errors are told by process alone.
const { missing } = require('internal/missing');

module.exports = missing('domain', ['create', 'createDomain']);
