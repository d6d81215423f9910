'use strict';
// buffer, string_decoder, TextDecoder and TextEncoder.
const util = require('util');
const log = console.log;
log(
  Buffer.from('héllo €😀').toString('hex'),
  Buffer.from('aGk', 'base64').toString(),
  Buffer.from('ff0g', 'hex'),
  Buffer.from('h\xe9', 'latin1'),
  Buffer.from('ab', 'utf16le'),
  Buffer.from([256, -1, 3.7]),
  Buffer.from('a').toString('base64url'),
  Buffer.byteLength('€'),
  Buffer.from([0xe2, 0x82]).toString(),
  Buffer.from([0xff, 0x61]).toString(),
  JSON.stringify(Buffer.from('a')),
  Buffer.from('abc').slice(1),
  Buffer.from('abcabc').indexOf('ca'),
  Buffer.from('abcabc').lastIndexOf('b'),
  Buffer.from('abc').includes('d'),
  Buffer.alloc(5, 'ab'),
  Buffer.concat([Buffer.from('a'), Buffer.from('b')]),
  Buffer.compare(Buffer.from('a'), Buffer.from('b')),
  Buffer.from('x').equals(Buffer.from('x')),
  Buffer.isEncoding('UTF8'),
  Buffer.from('test').write('ab', 1),
  Buffer.alloc(60).inspect().length,
  [Buffer.alloc(3)],
  Buffer.from(new Uint16Array([1, 2]).buffer),
  Buffer.from('é').toString('ascii'),
  Buffer.from('\ud800x'),
  Buffer.from('zażółć').toString('latin1'),
  Buffer.poolSize,
  require('buffer').kMaxLength,
  require('buffer').btoa('hi'),
  require('buffer').atob('aGk='),
);
log(
  new util.TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 65])),
  new util.TextEncoder().encode('é'),
  new TextDecoder('utf-16le').decode(new Uint8Array([65, 0])),
  new TextDecoder('latin1').encoding,
);
const td = new TextDecoder();
log(td.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + td.decode(new Uint8Array([0xac])));
const { StringDecoder } = require('string_decoder');
const sd = new StringDecoder('utf8');
log(sd.write(Buffer.from([0xe2])), sd.write(Buffer.from([0x82, 0xac])), sd.end(Buffer.from([0xe2])));
