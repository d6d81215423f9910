'use strict';
// zlib and brotli, at once and as streams.
const zlib = require('zlib');
for (const [a, b] of [
  ['gzip', 'gunzip'],
  ['deflate', 'inflate'],
  ['deflateRaw', 'inflateRaw'],
  ['brotliCompress', 'brotliDecompress'],
  ['gzip', 'unzip'],
  ['deflate', 'unzip'],
]) {
  const data = Buffer.from('hello '.repeat(100000));
  const c = zlib[a + 'Sync'](data);
  console.log(a, c.length < data.length, zlib[b + 'Sync'](c).equals(data));
}
try {
  zlib.gunzipSync(Buffer.from('garbage'));
} catch (e) {
  console.log(e.code, e.message, e.errno);
}
try {
  zlib.inflateSync(zlib.deflateSync('abc').slice(0, 6));
} catch (e) {
  console.log(e.code, e.message, e.errno);
}
try {
  zlib.brotliDecompressSync(Buffer.from('garbage'));
} catch (e) {
  console.log(e.code, e.message);
}
try {
  zlib.gunzipSync(zlib.gzipSync('x'.repeat(5000)), { maxOutputLength: 100 });
} catch (e) {
  console.log(e.code, e.message);
}
const gz = zlib.createGzip();
const out = [];
gz.on('data', (d) => out.push(d)).on('end', () =>
  console.log('stream', zlib.gunzipSync(Buffer.concat(out)).toString()),
);
gz.write('one ');
gz.flush(() => {
  console.log('flushed', out.length > 0);
  gz.end('two');
});
console.log(
  zlib.gzipSync('hello').toString('hex'),
  zlib.deflateSync('hello').toString('base64'),
  zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b')])).toString(),
);
