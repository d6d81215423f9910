'use strict';
// stream and stream/promises.
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, Stream } = require('stream');
const stream = require('stream');
console.log(
  Object.keys(stream).join(),
  stream === Stream,
  new Readable() instanceof Stream,
  typeof Stream.prototype.pipe,
);
const log = (...a) => console.log(...a);
const r = new Readable({ read() {} });
r.on('data', (d) => log('data', d))
  .on('end', () => log('end'))
  .on('close', () => log('close'));
r.push('abc');
r.push(Buffer.from('de'));
r.push(null);
const w = new Writable({
  highWaterMark: 3,
  write(c, e, cb) {
    log('write', c, e);
    setImmediate(cb);
  },
  final(cb) {
    log('final');
    cb();
  },
});
log(w.write('ab'), w.write('cd'), w.writableLength, w.writableNeedDrain);
w.on('drain', () => log('drain'))
  .on('finish', () => log('finish'))
  .on('close', () => log('wclose'));
w.end('e', () => log('end cb'));
pipeline(
  new Readable({
    read() {
      this.destroy(new Error('src'));
    },
  }),
  new PassThrough(),
  (e) => log('perr', e.message),
);
finished(new Readable({ read() {} }).destroy(), (e) => log('fin', e.code, e.message));
try {
  new Writable({
    write(c, e, cb) {
      cb();
    },
  }).write(null);
} catch (e) {
  log(e.code, e.message);
}
const we = new Writable({
  write(c, e, cb) {
    cb();
  },
});
we.on('error', (e) => log('we', e.code, e.message));
we.end();
we.write('late', (e) => log('cb', e.code));
const d = new Writable({
  write(c, e, cb) {
    cb(new Error('wfail'));
  },
});
d.on('error', (e) => log('d err', e.message)).on('close', () => log('d close', d.destroyed));
d.write('x', (e) => log('d cb', e.message));
const ac = new AbortController();
const ar = stream.addAbortSignal(ac.signal, new Readable({ read() {} }));
ar.on('error', (e) => log('ab', e.name, e.code));
ac.abort();
class T extends Transform {
  _transform(c, e, cb) {
    this.push(c);
    this.push(c);
    cb();
  }
  _flush(cb) {
    this.push('F');
    cb();
  }
}
const t = new T();
t.setEncoding('utf8');
let out = '';
t.on('data', (c) => (out += c)).on('end', () => log('T', out));
t.write('1');
t.end('2');
(async () => {
  await require('stream/promises').pipeline(Readable.from(['q']), new PassThrough().resume());
  log('prom');
  try {
    await require('stream/promises').finished(
      new Readable({
        read() {
          this.destroy(new Error('pf'));
        },
      }).resume(),
    );
  } catch (e) {
    log('pf', e.message);
  }
  for await (const c of Readable.from([1, 2, 3])) log('it', c);
  const rr = Readable.from(['a', 'b', 'c']);
  for await (const c of rr) {
    break;
  }
  log('destroyed', rr.destroyed);
  await require('util').promisify(pipeline)(Readable.from(['z']), new PassThrough().resume());
  log('promisified');
})();
const p = new PassThrough({ objectMode: true });
p.write({ a: 1 });
log(p.read(), p.read(), p.readableObjectMode, p.readableLength, p.writableHighWaterMark);
log(r.readableFlowing, r.readableEncoding, r.readableHighWaterMark, w.writableFinished, w.writableEnded);
const c = new Writable({
  write(c, e, cb) {
    log('cork', String(c));
    cb();
  },
  writev(cs, cb) {
    log('writev', cs.length);
    cb();
  },
});
c.cork();
c.write('1');
c.write('2');
c.uncork();
const dd = new Duplex({
  read() {
    this.push('r');
    this.push(null);
  },
  write(c, e, cb) {
    cb();
  },
  allowHalfOpen: false,
});
dd.on('data', (x) => log('dd', x))
  .on('finish', () => log('dd finish'))
  .on('close', () => log('dd close'));
const un = new Readable({ read() {} });
un.push('world');
un.unshift('hello ');
log(un.read(3).toString(), un.read().toString());
const up = new Readable({ read() {} });
up.on('pause', () => log('paused')).on('resume', () => log('resumed'));
up.pause();
up.resume();
