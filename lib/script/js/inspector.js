'use strict';
// Node's 'inspector': there, so that programs load; there is nothing to attach to.
const { missing } = require('internal/missing');

module.exports = missing('inspector', ['close', 'open', 'Session', 'url', 'waitForDebugger']);
