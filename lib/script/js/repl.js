'use strict';
// Node's 'repl': there, so that programs load; there is no prompt.
const { missing } = require('internal/missing');

module.exports = missing('repl', ['start', 'REPLServer']);
