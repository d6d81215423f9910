'use strict';
// crypto: hashes, HMAC, random octets.
const crypto = require('crypto');
for (const a of ['md5', 'sha1', 'sha256', 'sha512'])
  console.log(crypto.createHash(a).update('a').update(Buffer.from('b')).digest('hex'));
console.log(crypto.createHmac('sha256', 'key').update('data').digest('base64'));
const h = crypto.createHash('sha1').update('x');
const h2 = h.copy();
h2.update('y');
console.log(h.digest('hex'), h2.digest('hex'));
try {
  h.update('z');
} catch (e) {
  console.log(e.code, e.message);
}
try {
  crypto.createHash('nope');
} catch (e) {
  console.log(e.message);
}
try {
  crypto.createHmac('nope', 'k');
} catch (e) {
  console.log(e.code, e.message);
}
console.log(
  crypto.randomBytes(8).length,
  /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(crypto.randomUUID()),
  crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')),
);
crypto.randomBytes(4, (e, b) => console.log('rb', e, b.length));
try {
  crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'));
} catch (e) {
  console.log(e.code, e.message);
}
const hs = crypto.createHash('sha256');
hs.on('readable', () => {
  const d = hs.read();
  if (d) console.log('hs', d.toString('hex'));
});
hs.write('some');
hs.end();
