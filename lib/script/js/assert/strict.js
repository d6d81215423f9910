'use strict';
// Node's 'assert/strict'.
module.exports = require('assert').strict;
