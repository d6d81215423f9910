'use strict';
// Node's 'events'. Source: the npm package of that name.
module.exports = require('events/');
