'use strict';
// Functions that only Node itself can offer: they are there, so that programs load, and throw when they are called.
const { unavailable } = require('internal/errors');

/** { name: a function that throws } of each of \a names. */
function missing(moduleName, names) {
  return Object.fromEntries(names.map((name) => [name, {
    [name]: function() { throw unavailable(`${moduleName}.${name}()`); },
  }[name]]));
}

module.exports = { missing };
