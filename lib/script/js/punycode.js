'use strict';
// Node's 'punycode'. Source: the npm package of that name.
module.exports = require('punycode/');
