'use strict';
// Deep comparison, strict and loose. Source: the npm package assert.
module.exports = require('assert/build/internal/util/comparisons');
