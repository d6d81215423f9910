'use strict';
// assert: the messages of its errors.
const assert = require('assert');
const tests = [
  () => assert(0),
  () => assert(false, 'msg'),
  () => assert.ok(null),
  () => assert.strictEqual(1, 2),
  () => assert.strictEqual('a'.repeat(10), 'b'),
  () => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }),
  () => assert.deepStrictEqual([1, 2, 3], [1, 2, 3]),
  () => assert.equal(1, '1'),
  () => assert.equal(1, 2),
  () => assert.notStrictEqual(1, 1),
  () => assert.deepEqual({ a: 1 }, { a: '1' }),
  () => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }),
  () => assert.throws(() => {}),
  () =>
    assert.throws(() => {
      throw new TypeError('bad');
    }, TypeError),
  () =>
    assert.throws(() => {
      throw new TypeError('bad');
    }, /bad/),
  () =>
    assert.throws(
      () => {
        throw new TypeError('bad');
      },
      { name: 'TypeError', message: 'bad' },
    ),
  () =>
    assert.throws(
      () => {
        throw new TypeError('bad');
      },
      { message: 'good' },
    ),
  () =>
    assert.throws(
      () => {
        throw Object.assign(new Error('x'), { code: 'C' });
      },
      { code: 'C', message: /x/ },
    ),
  () =>
    assert.throws(() => {
      throw new Error('q');
    }, /zzz/),
  () =>
    assert.throws(() => {
      throw new Error('q');
    }, TypeError),
  () =>
    assert.doesNotThrow(() => {
      throw new Error('dnt');
    }),
  () => assert.fail(),
  () => assert.fail('f'),
  () => assert.ifError(null),
  () => assert.ifError(new Error('ife')),
  () => assert.match('abc', /x/),
  () => assert.doesNotMatch('abc', /b/),
  () => assert.match(1, /x/),
  () => assert.strictEqual(NaN, NaN),
  () => assert.deepStrictEqual(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])),
  () => assert.deepStrictEqual(new Set([1, 2]), new Set([2, 3])),
  () => assert.deepStrictEqual(new Date(0), new Date(1)),
  () => assert.strictEqual(1, 2, 'custom'),
  () => assert.strictEqual(1, 2, new RangeError('mine')),
  () => assert.deepStrictEqual(Buffer.from('a'), Buffer.from('b')),
  () => assert.deepStrictEqual([1, [2, [3]]], [1, [2, [3]]]),
  () => assert.deepStrictEqual(-0, 0),
  () => assert.strictEqual(),
  () => assert.strictEqual({}, {}),
  () => assert.strictEqual('multi\nline', 'multi\nlime'),
  () => assert.throws('x'),
  () => assert.rejects,
  () => assert.deepEqual([1], { 0: 1 }),
  () => assert.strict.equal(1, '1'),
  () => assert.deepStrictEqual({ a: 1 }, { a: 1, b: 2 }),
  () => assert.notEqual(1, 1),
  () =>
    assert.throws(
      () => {
        throw new Error('a');
      },
      (e) => false,
    ),
  () => assert.throws(() => {}, Error, 'msg1'),
];
tests.forEach((t, i) => {
  try {
    t();
    console.log(i, 'ok');
  } catch (e) {
    console.log(
      i,
      e.name,
      e.code,
      JSON.stringify(e.message.replace(/\n\n  assert[^]*/, '<src>')),
      e.generatedMessage,
      e.operator,
    );
  }
});
(async () => {
  for (const [i, t] of [
    () => assert.rejects(Promise.resolve(1)),
    () =>
      assert.rejects(async () => {
        throw new Error('r');
      }, /r/),
    () =>
      assert.doesNotReject(async () => {
        throw new Error('r');
      }),
    () => assert.rejects(() => 1),
    () => assert.rejects(Promise.reject(new Error('a')), { message: 'b' }),
  ].entries())
    try {
      await t();
      console.log('r', i, 'ok');
    } catch (e) {
      console.log('r', i, e.name, e.code, JSON.stringify(e.message));
    }
})();
