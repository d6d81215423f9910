'use strict';
// fs: reading, and what reading fails with.
const fs = require('fs');
const path = require('path');
const here = path.join(__dirname, 'fs');
const nowhere = '/no/such/place';
const failing = (run) => {
  try {
    run();
    console.log('no error');
  } catch (e) {
    console.log(e.message, e.code, e.errno, e.syscall, e.path);
  }
};
failing(() => fs.readFileSync(nowhere));
failing(() => fs.readdirSync(nowhere));
failing(() => fs.statSync(nowhere));
failing(() => fs.realpathSync.native(nowhere));
failing(() => fs.closeSync(9999));
try {
  fs.readFileSync(here);
} catch (e) {
  console.log(e.message);
}
console.log(
  fs.readdirSync(here),
  fs.readdirSync(here, { withFileTypes: true }).map((d) => [d.isFile(), d.isDirectory()]),
);
console.log(
  fs.existsSync(nowhere),
  fs.statSync(here).isDirectory(),
  fs.statSync(path.join(here, 'text')).size,
);
const fd = fs.openSync(path.join(here, 'text'), 'r');
const octets = Buffer.alloc(5);
console.log(fs.readSync(fd, octets, 0, 5, 2), octets.toString(), fs.fstatSync(fd).isFile());
fs.closeSync(fd);
(async () => {
  const { readFile, stat, open } = require('fs/promises');
  console.log(await readFile(path.join(here, 'text'), 'latin1'));
  await stat(nowhere).catch((e) => console.log(e.code));
  const handle = await open(path.join(here, 'text'));
  console.log((await handle.read(Buffer.alloc(3), 0, 3, 0)).bytesRead);
  await handle.close();
  await new Promise((done) =>
    fs
      .createReadStream(path.join(here, 'text'), { start: 2, end: 6, encoding: 'utf8' })
      .on('open', (n) => console.log('open', typeof n))
      .on('ready', () => console.log('ready'))
      .on('data', (d) => console.log('data', d))
      .on('end', () => console.log('end'))
      .on('close', done),
  );
  await new Promise((done) =>
    fs
      .createReadStream(nowhere)
      .on('error', (e) => console.log(e.message))
      .on('close', done),
  );
  fs.readFile(nowhere, (e, data) => console.log(e.code, data));
})();
