'use strict';
// util.inspect() and util.format() of all kinds of values.
const util = require('util');
class Foo {
  constructor() {
    this.a = 1;
  }
  get b() {
    return 2;
  }
  static s = 1;
}
class Bar extends Foo {}
const circ = { name: 'c' };
circ.self = circ;
const e = new Error('boom');
e.stack = 'Error: boom\n    at x (y:1:2)';
e.code = 'X';
const e2 = new TypeError('t');
e2.stack = 'TypeError: t\n    at a (b:1:1)';
e2.name = 'Renamed';
const e3 = new RangeError('nostack');
e3.stack = undefined;
const e4 = new Error('msg');
e4.stack = 'Error: msg';
const sym = Symbol('s');
const vals = [
  1,
  -0,
  "a'b",
  'multi\nline',
  'x'.repeat(200),
  [1, , 3],
  [undefined, null],
  {},
  { a: 1, b: { c: { d: { e: 1 } } } },
  new Foo(),
  new Bar(),
  Foo,
  Bar,
  class {},
  function () {},
  function named() {},
  () => 1,
  async () => {},
  function* g() {},
  async function* ag() {},
  circ,
  e,
  e2,
  e3,
  e4,
  { err: e },
  [e2],
  new Map([
    [1, { a: 2 }],
    ['k', [1]],
  ]),
  new Set([1, 'a']),
  new WeakMap(),
  new WeakSet(),
  new Promise(() => {}),
  new Date(0),
  new Date(NaN),
  /re/g,
  sym,
  Object(sym),
  Object('str'),
  Object(1),
  Object(true),
  10n,
  Object(10n),
  new Uint8Array([1, 2, 3]),
  new Float64Array(2),
  new ArrayBuffer(4),
  new DataView(new ArrayBuffer(2)),
  Object.create(null),
  Object.assign(Object.create(null), { a: 1 }),
  Object.create({}),
  Object.create(Foo.prototype),
  Array.from({ length: 150 }, (_, i) => i),
  Array.from({ length: 30 }, (_, i) => 'item' + i),
  { [sym]: 1, 'a-b': 2, 3: 4 },
  {
    get a() {
      return 1;
    },
    set b(v) {},
    get c() {
      return 1;
    },
    set c(v) {},
  },
  Object.assign(() => {}, { x: 1 }),
  [['a', ['b', ['c', ['d']]]]],
  new Proxy({ a: 1 }, {}),
  (function () {
    return arguments;
  })(1, 2),
  globalThis === 1,
  new (class extends Map {})([[1, 2]]),
  new (class extends Array {})(1, 2, 3),
  new (class X extends Error {
    constructor(m) {
      super(m);
      this.stack = 'Error: ' + m + '\n    at q (r:1:1)';
    }
  })('sub'),
  [1.5, 'a', null, undefined, true],
  { a: undefined, b: null, f() {}, g: class A {} },
  [1, 2][Symbol.iterator](),
  'x',
  ["it's"],
  ['"both\''],
  { s: 'new\nline' },
  Object.freeze({ a: 1 }),
  JSON,
  Math,
  Reflect,
  new Boolean(false),
  { 'key with space': 1 },
  { a: { b: {} } },
  { a: [[]] },
  [[[[]]]],
  [[[[1]]]],
  { a: 1n },
  '\u001b[31m',
  '\ud800',
  new Array(5),
  Object.assign([1, 2], { x: 3 }),
  (() => {
    const a = [];
    a[-1] = 1;
    return a;
  })(),
];
for (const v of vals) {
  try {
    console.log(util.inspect(v));
  } catch (x) {
    console.log('THROW', x.message);
  }
}
console.log(
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }),
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: Infinity }),
  util.inspect({ a: { b: { c: { d: 1 } } } }, false, null, true),
  util.inspect([3, 2, 1], { maxArrayLength: 1 }),
  util.inspect('aaaaaaaaa', { maxStringLength: 3 }),
  util.inspect({ b: 1, a: 2 }, { sorted: true }),
  util.inspect(
    {
      a: 1,
      get b() {
        return 3;
      },
    },
    { getters: true },
  ),
  util.inspect({ a: { b: 1 } }, { compact: false }),
  util.inspect(new Map([[1, 2]]), { showHidden: true }),
  util.inspect([1], { showHidden: true }),
  util.inspect({ a: 1, b: 'x' }, { breakLength: 3 }),
);
console.log(
  util.format(
    '%s %d %i %f %j %o %O %c %%',
    'a',
    1.5,
    '2.7',
    '3.1',
    { a: 1 },
    { b: [1] },
    { c: 2 },
    'css',
    'extra',
    { x: 1 },
  ),
  util.format('%s', null, undefined, 1n, Symbol('a'), -0),
  util.format('%s', {
    toString() {
      return 'custom';
    },
  }),
  util.format('%s', class A {}),
  util.format('%d', '0x10'),
  util.format('a%'),
  util.format(1, 2, '3'),
  util.format('%s', new Foo()),
  util.format('%s', [1, [2, [3]]]),
  util.format('%s', e),
);
class Insp {
  [Symbol.for('nodejs.util.inspect.custom')](d, o) {
    return `<Insp ${d} ${typeof o.stylize}>`;
  }
}
console.log(
  util.inspect(new Insp()),
  util.inspect({ a: new Insp() }),
  util.inspect([new Insp()], { depth: 0 }),
);
