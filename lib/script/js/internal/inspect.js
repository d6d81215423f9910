'use strict';
// util.inspect() and util.format(). Source: the npm package node-inspect-extracted, in the version that holds the
// code of the Node nearest to 15; the bundle replaces what it cannot know on this engine by calls of `hooks`.
const inspectPackage = require('node-inspect-extracted');
const { formatStack } = require('internal/stack');

inspectPackage.hooks = {
  /** What an error shows: its stack, or its name and message where it has none. */
  stackOf: (error) => (error.stack ? formatStack(error) : Error.prototype.toString.call(error)),

  isArguments: (value) => Object.prototype.toString.call(value) === '[object Arguments]' &&
    !(Symbol.toStringTag in value),
};

module.exports = inspectPackage;
