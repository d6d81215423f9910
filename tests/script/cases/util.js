'use strict';
// util: types, promises and callbacks, deprecation.
const util = require('util');
const log = console.log;
log(
  util.format('%s %d', 'a', 1),
  util.inspect(new Error('x')).split('\n')[0],
  util.types.isPromise(Promise.resolve()),
  util.types.isDate(new Date()),
  util.types.isRegExp(/x/),
  util.types.isMap(new Map()),
  util.types.isNativeError(new TypeError()),
  util.types.isProxy({}),
  util.types.isUint8Array(Buffer.alloc(1)),
  util.types.isAsyncFunction(async () => {}),
  util.types.isGeneratorFunction(function* () {}),
  util.types.isBoxedPrimitive(Object(1)),
  util.types.isArgumentsObject(
    (function () {
      return arguments;
    })(),
  ),
);
log(
  util.isDeepStrictEqual({ a: [1] }, { a: [1] }),
  util.inherits.length,
  util.inspect.custom,
  util.promisify.custom,
  1,
);
const f = util.deprecate(() => 5, 'old thing', 'DEP_X');
process.on('warning', (w) => log(w.name, w.code, w.message));
log(f(), f());
util
  .promisify(setTimeout)(1, 'v')
  .then((v) => log('p', v));
util
  .promisify((a, cb) => cb(null, a + 1))(1)
  .then((v) => log(v));
util
  .promisify((cb) => cb(new Error('pe')))()
  .catch((e) => log(e.message));
util.callbackify(async (x) => x * 2)(4, (e, v) => log('cb', e, v));
util.callbackify(async () => {
  throw null;
})((e) => log(e.code, e.reason));
