'use strict';
// Node's 'querystring'. Source: the npm package of that name.
module.exports = require('querystring/');
