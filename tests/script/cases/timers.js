'use strict';
// Timers, their promises, and the order of ticks and jobs.
const util = require('util');
const log = console.log;
const t = setTimeout(() => {}, 1);
log(typeof t.ref, t.hasRef(), t.unref().hasRef(), typeof +t, t.constructor.name);
clearTimeout(+t);
const iv = setInterval(() => {
  log('iv');
  clearInterval(iv);
}, 1);
setTimeout((a, b) => log('args', a, b), 100, 1, 2);
const tr = setTimeout(() => log('never'), 5);
clearTimeout(tr);
process.nextTick(() => log('tick'));
Promise.resolve().then(() => log('micro'));
queueMicrotask(() => log('qm'));
(async () => {
  const tp = require('timers/promises');
  log(await tp.setTimeout(1, 'tp'));
  let n = 0;
  for await (const v of tp.setInterval(1, 'iv')) {
    if (++n === 2) break;
  }
  log(n);
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 1);
  try {
    await tp.setTimeout(1000, 0, { signal: ac.signal });
  } catch (x) {
    log(x.name, x.code);
  }
})();
process.on('exit', (c) => log('exit', c));
