'use strict';
// Node's 'fs/promises'. Source: reference "fs Promises API".
const fs = require('fs');
const { promisify } = require('util');

const promises = { constants: fs.constants };

for (const name of ['access', 'appendFile', 'copyFile', 'lstat', 'mkdir', 'mkdtemp', 'readFile', 'readdir', 'readlink',
  'realpath', 'rename', 'rm', 'rmdir', 'stat', 'truncate', 'unlink', 'writeFile']) {
  const run = promisify(fs[name]);
  promises[name] = { async [name](path, ...rest) {
    return run(path instanceof FileHandle ? path.fd : path, ...rest);
  } }[name];
}

const open = promisify(fs.open);
const close = promisify(fs.close);

class FileHandle {
  #fd;

  constructor(fd) { this.#fd = fd; }

  get fd() { return this.#fd; }

  async close() {
    const fd = this.#fd;
    this.#fd = -1;
    await close(fd);
  }
}

for (const name of ['read', 'write', 'readFile', 'writeFile', 'appendFile', 'fstat', 'ftruncate', 'fsync', 'fdatasync']) {
  const run = promisify(fs[name]);
  const shown = { fstat: 'stat', ftruncate: 'truncate', fsync: 'sync', fdatasync: 'datasync' }[name] ?? name;
  Object.defineProperty(FileHandle.prototype, shown, {
    configurable: true, writable: true, value: async function(...args) { return run(this.fd, ...args); },
  });
}

promises.open = async (path, flags, mode) => new FileHandle(await open(path, flags ?? 'r', mode ?? 0o666));

module.exports = promises;
