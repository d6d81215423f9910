'use strict';
// The errors of wrong arguments, module by module.
const util = require('util');
const log = console.log;
for (const b of [
  () => util.promisify(1),
  () => util.inherits(),
  () => util.callbackify(3),
  () => new util.TextDecoder('nope'),
  () => Buffer.from(5),
  () => Buffer.alloc('a'),
  () => Buffer.from('a', 'zz'),
  () => Buffer.alloc(2).readUInt32LE(0),
  () => Buffer.alloc(4).writeUInt8(300, 0),
  () => Buffer.concat(1),
  () => setTimeout('x'),
  () => process.hrtime(1),
  () => new URL('bad'),
  () => require('path').join(1),
  () => require('url').parse(1),
  () => require('fs').openSync('a', 'zz'),
  () => process.emitWarning(1),
  () => require('querystring').escape('\ud800'),
  () => Buffer.alloc(4).readUInt8(9),
  () => process.kill('x'),
  () => require('zlib').createGzip({ level: 99 }),
  () => require('net').connect({ port: 99999 }),
  () => require('string_decoder').StringDecoder('zz'),
  () => setImmediate(),
  () => queueMicrotask(1),
  () => Buffer.byteLength(1),
])
  try {
    b();
    log('no throw', String(b));
  } catch (e) {
    log(e.name, e.code, e.message);
  }
