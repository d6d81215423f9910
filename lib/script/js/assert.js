'use strict';
// Node's 'assert'. Source: the npm package of that name.
module.exports = require('assert/');
