'use strict';
// events: everything but what goes to stderr.
const EE = require('events');
const { once, on } = EE;
const e = new EE();
console.log(e);
e.on('newListener', (t) => console.log('new', t));
e.on('removeListener', (t) => console.log('rm', t));
const f = () => console.log('f');
e.on('x', f);
e.prependListener('x', () => console.log('first'));
e.once('x', (...a) => console.log('once', a));
console.log(e.emit('x', 1, 2, 3, 4, 5), e.emit('nope'), e.listenerCount('x'), e.eventNames());
e.emit('x');
e.off('x', f);
for (const bad of [
  () => e.on('x', 1),
  () => e.emit('error', new Error('boom')),
  () => e.emit('error', { a: 1 }),
  () => e.emit('error'),
  () => e.emit('error', 'str'),
  () => e.setMaxListeners(-1),
  () => e.once('x'),
  () => (EE.defaultMaxListeners = 'a'),
  () => e.removeListener('x', 3),
])
  try {
    bad();
  } catch (x) {
    console.log(x.name, x.code, x.message, x.context);
  }
process.on('warning', (w) => console.log('W', w.name, w.message, w.count, w.type));
const l = new EE();
for (let i = 0; i < 12; i++) l.on('z', () => {});
const m = new EE();
m.on(EE.errorMonitor, (er) => console.log('mon', er.message));
m.on('error', (er) => console.log('err', er.message));
m.emit('error', new Error('e1'));
const c = new EE({ captureRejections: true });
c.on('error', (er) => console.log('captured', er.message));
c.on('a', async () => {
  throw new Error('rej');
});
c.emit('a');
const c2 = new EE({ captureRejections: true });
c2[Symbol.for('nodejs.rejection')] = (er, t, ...a) => console.log('custom', er.message, t, a);
c2.on('b', async () => {
  throw new Error('rej2');
});
c2.emit('b', 7);
function Old() {
  EE.call(this);
}
require('util').inherits(Old, EE);
const o = new Old();
o.on('q', function (v) {
  console.log(this === o, v);
});
o.emit('q', 3);
(async () => {
  const t = new EE();
  setImmediate(() => t.emit('go', 1, 2));
  console.log(await once(t, 'go'));
  setImmediate(() => t.emit('error', new Error('oe')));
  try {
    await once(t, 'go');
  } catch (x) {
    console.log('once err', x.message);
  }
  const ac = new AbortController();
  setImmediate(() => ac.abort());
  try {
    await once(t, 'go', { signal: ac.signal });
  } catch (x) {
    console.log(x.name, x.code, x.message);
  }
  console.log(
    t.listenerCount('go'),
    t.listenerCount('error'),
    EE.getEventListeners(ac.signal, 'abort').length,
  );
  setImmediate(() => {
    t.emit('v', 1);
    t.emit('v', 2);
    t.emit('v', 3);
  });
  for await (const [v] of on(t, 'v')) {
    console.log('on', v);
    if (v === 3) break;
  }
  console.log(t.listenerCount('v'));
  const et = new EventTarget();
  setImmediate(() => et.dispatchEvent(new Event('foo')));
  const [ev] = await once(et, 'foo');
  console.log(ev.type, ev instanceof Event);
  const ac2 = new AbortController();
  ac2.signal.onabort = (x) => console.log('onabort', x.type, ac2.signal.aborted);
  ac2.signal.addEventListener('abort', () => console.log('l'), { once: true });
  ac2.abort();
  ac2.abort();
  console.log(AbortSignal.abort().aborted, ac2.signal, ac2);
})();
