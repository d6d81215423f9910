'use strict';
// Node's 'tty': no stream of a script is a terminal.
const { missing } = require('internal/missing');
module.exports = { isatty: () => false, ...missing('tty', ['ReadStream', 'WriteStream']) };
