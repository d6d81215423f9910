'use strict';
// Stacks as V8 writes them, captureStackTrace() and prepareStackTrace().
const util = require('util');
const log = console.log;
const e = new TypeError('tt');
log(
  e.stack.split('\n')[0],
  e instanceof Error,
  e.constructor === TypeError,
  Object.prototype.toString.call(e),
);
class My extends Error {
  constructor(m) {
    super(m);
    this.name = 'My';
  }
}
const my = new My('mm');
log(my.stack.split('\n')[0], String(my), my instanceof My, util.inspect(my).split('\n')[0]);
try {
  null.x;
} catch (x) {
  log(x instanceof TypeError, x.constructor === TypeError);
}
const o = {};
Error.captureStackTrace(o);
log(typeof o.stack, o.stack.split('\n')[0]);
(function () {
  const old = Error.prepareStackTrace;
  Error.prepareStackTrace = (e, s) => s;
  const q = {};
  Error.captureStackTrace(q);
  q.stack;
  Error.prepareStackTrace = old;
  log(Array.isArray(q.stack), q.stack[0].getFileName() === __filename, q.stack[0].getLineNumber());
})();
log(new RangeError('a', {}).message, Error('nonew') instanceof Error, Error.stackTraceLimit);
