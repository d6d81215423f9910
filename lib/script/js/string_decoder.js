'use strict';
// Node's 'string_decoder'. Source: the npm package of that name.
module.exports = require('string_decoder/');
