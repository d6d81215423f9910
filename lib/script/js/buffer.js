'use strict';
// Node's 'buffer'. Source: the npm package of that name.
module.exports = require('buffer/');
