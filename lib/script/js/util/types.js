'use strict';
// Node's 'util/types'.
module.exports = require('internal/types');
