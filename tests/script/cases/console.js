'use strict';
// console: tables, groups, counters and formats.
const util = require('util');
const log = console.log;
console.table([
  { a: 1, b: 'x' },
  { a: 2, c: true },
]);
console.table([
  [1, 2],
  [3, 4],
]);
console.table(new Map([['k', 1]]));
console.table([1, 'z']);
console.group('G');
console.log('in\nside');
console.groupEnd();
console.count();
console.count('x');
console.countReset();
console.count();
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.assert(true, 'no');
console.log('%o', [1]);
console.log('%c styled', 'css');
console.log();
console.log('a%', 1);
console.info(null, undefined, -0, [undefined]);
