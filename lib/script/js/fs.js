'use strict';
// Node's 'fs'. Files are read, and looked at, anywhere; they are written only below the folder that --allow-write
// names, which C++ sees to. What Node does in threads is done at once here; its callback comes later all the same.
// Source: reference "File system".
const { codes } = require('internal/errors');
const { errno, systemError } = require('internal/systemerrors');
const { validateFunction, validateInteger } = require('internal/validators');
const { Buffer } = require('buffer');
const { fs: constants } = require('internal/constants');

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;

// --- arguments

function pathText(path, name = 'path') {
  let text = path;
  if (typeof path === 'object' && path !== null && path.href !== undefined && path.protocol !== undefined) {
    text = require('url').fileURLToPath(path);
  } else if (path instanceof Uint8Array) {
    text = Buffer.from(path).toString();
  }
  if (typeof text !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  }
  if (text.includes('\u0000')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string or Uint8Array without null bytes');
  }
  return text;
}

function descriptorOf(fd) {
  validateInteger(fd, 'fd', 0, 2147483647);
  return fd;
}

/** { encoding, flag, … } of an encoding, of options, or of neither. */
function optionsOf(options, defaults = {}) {
  if (options === null || options === undefined || typeof options === 'function') {
    return defaults;
  }
  if (typeof options !== 'string' && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  }
  const settings = { ...defaults, ...(typeof options === 'string' ? { encoding: options } : options) };
  if (settings.encoding && settings.encoding !== 'buffer' && !Buffer.isEncoding(settings.encoding)) {
    throw new codes.ERR_INVALID_OPT_VALUE_ENCODING(settings.encoding);
  }
  return settings;
}

const flagValues = {
  r: O_RDONLY, rs: O_RDONLY | O_SYNC, sr: O_RDONLY | O_SYNC, 'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY, wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR, 'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY, ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC, 'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
};

function flagsOf(flags) {
  if (typeof flags === 'number') {
    return flags;
  }
  const value = flagValues[flags ?? 'r'];
  if (value === undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('flags', flags);
  }
  return value;
}

function modeOf(mode, fallback) {
  return typeof mode === 'string' ? parseInt(mode, 8) : mode ?? fallback;
}

// --- errors

/** What a native function answered, unless that was an error. */
function checked(result, syscall, path, destination) {
  if (typeof result === 'number' && result < 0) {
    throw systemError(result, syscall, path, destination);
  }
  return result;
}

/** As checked(), of what changes files: says how that can be allowed. */
function allowed(result, syscall, path, destination) {
  if (result === -errno.EACCES) {
    const error = systemError(result, syscall, path, destination);
    error.message += '; files are written only below the folder that --allow-write names';
    throw error;
  }
  return checked(result, syscall, path, destination);
}



// --- what files are

class Stats {
  constructor([dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs]) {
    Object.assign(this, {
      dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs,
      atime: new Date(atimeMs), mtime: new Date(mtimeMs), ctime: new Date(ctimeMs), birthtime: new Date(birthtimeMs),
    });
  }

  isDirectory() { return (this.mode & constants.S_IFMT) === constants.S_IFDIR; }

  isFile() { return (this.mode & constants.S_IFMT) === constants.S_IFREG; }

  isBlockDevice() { return (this.mode & constants.S_IFMT) === constants.S_IFBLK; }

  isCharacterDevice() { return (this.mode & constants.S_IFMT) === constants.S_IFCHR; }

  isSymbolicLink() { return (this.mode & constants.S_IFMT) === constants.S_IFLNK; }

  isFIFO() { return (this.mode & constants.S_IFMT) === constants.S_IFIFO; }

  isSocket() { return (this.mode & constants.S_IFMT) === constants.S_IFSOCK; }
}

class Dirent {
  #type;

  constructor(name, type) {
    this.name = name;
    this.#type = type;
  }

  isFile() { return this.#type === constants.UV_DIRENT_FILE; }

  isDirectory() { return this.#type === constants.UV_DIRENT_DIR; }

  isSymbolicLink() { return this.#type === constants.UV_DIRENT_LINK; }

  isFIFO() { return this.#type === constants.UV_DIRENT_FIFO; }

  isSocket() { return this.#type === constants.UV_DIRENT_SOCKET; }

  isCharacterDevice() { return this.#type === constants.UV_DIRENT_CHAR; }

  isBlockDevice() { return this.#type === constants.UV_DIRENT_BLOCK; }
}

function statOf(path, follows, syscall, options) {
  const name = pathText(path);
  const found = native.fs.stat(name, follows);
  if (options?.throwIfNoEntry === false && typeof found === 'number' &&
      ['ENOENT', 'ENOTDIR'].includes(systemError(found, syscall).code)) {
    return undefined;
  }
  return new Stats(checked(found, syscall, name));
}

// --- the functions, each of which answers or throws at once

const sync = {
  access(path, mode = constants.F_OK) {
    const name = pathText(path);
    checked(native.fs.access(name, mode), 'access', name);
  },

  stat: (path, options) => statOf(path, true, 'stat', options),

  lstat: (path, options) => statOf(path, false, 'lstat', options),

  fstat: (fd) => new Stats(checked(native.fs.fstat(descriptorOf(fd)), 'fstat')),

  open(path, flags = 'r', mode = undefined) {
    const name = pathText(path);
    const value = flagsOf(flags);
    const result = native.fs.open(name, value, modeOf(mode, 0o666));
    const isWriting = (value & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) !== 0;
    return isWriting ? allowed(result, 'open', name) : checked(result, 'open', name);
  },

  close(fd) { checked(native.fs.close(descriptorOf(fd)), 'close'); },

  /** read(fd, buffer[, offset[, length[, position]]]) or (fd, buffer, options) */
  read(fd, buffer, offset, length, position) {
    let [from, count, at] = [offset, length, position];
    if (offset !== null && typeof offset === 'object') {
      ({ offset: from, length: count, position: at } = offset);
    }
    if (!ArrayBuffer.isView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
    }
    from ??= 0;
    validateInteger(from, 'offset', 0);
    count ??= buffer.byteLength - from;
    if (count === 0) {
      return 0;
    }
    if (from + count > buffer.byteLength || count < 0) {
      throw new codes.ERR_OUT_OF_RANGE('length', `<= ${buffer.byteLength - from}`, count);
    }
    return checked(native.fs.read(descriptorOf(fd), buffer, from, count, at === null || at === undefined ? -1
      : Number(at)), 'read');
  },

  /** write(fd, buffer[, offset[, length[, position]]]) or (fd, text[, position[, encoding]]) */
  write(fd, data, offset, length, position) {
    let octets = data;
    let [from, count, at] = [offset ?? 0, length, position];
    if (!ArrayBuffer.isView(data)) {
      octets = Buffer.from(`${data}`, typeof length === 'string' ? length : 'utf8');
      [from, count, at] = [0, octets.length, offset];
    }
    count ??= octets.byteLength - from;
    if (fd === 1 || fd === 2) {
      native.process.write(fd, octets.subarray(from, from + count));
      return count;
    }
    return checked(native.fs.write(descriptorOf(fd), octets, from, count, typeof at === 'number' ? at : -1), 'write');
  },

  readFile(path, options) {
    const { encoding, flag = 'r' } = optionsOf(options);
    const isOpen = typeof path === 'number';
    const fd = isOpen ? path : sync.open(path, flag);
    try {
      const stats = sync.fstat(fd);
      if (stats.isDirectory()) {
        throw systemError(-errno.EISDIR, 'read');
      }
      const chunks = [];
      // One octet more than it has, so that its end is seen; special files say that they have none.
      for (let size = stats.size + 1; ; size = 64 * 1024) {
        const chunk = Buffer.allocUnsafe(size);
        const count = sync.read(fd, chunk, 0, size, null);
        if (count === 0) {
          break;
        }
        chunks.push(chunk.subarray(0, count));
      }
      const octets = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      return encoding && encoding !== 'buffer' ? octets.toString(encoding) : octets;
    } finally {
      if (!isOpen) {
        sync.close(fd);
      }
    }
  },

  writeFile(path, data, options) {
    const { encoding = 'utf8', flag = 'w', mode } = optionsOf(options);
    const octets = ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(`${data}`, encoding || 'utf8');
    const isOpen = typeof path === 'number';
    const fd = isOpen ? path : sync.open(path, flag, mode);
    try {
      for (let at = 0; at < octets.length;) {
        at += sync.write(fd, octets, at, octets.length - at, null);
      }
    } finally {
      if (!isOpen) {
        sync.close(fd);
      }
    }
  },

  appendFile: (path, data, options) => sync.writeFile(path, data, { flag: 'a', ...optionsOf(options) }),

  copyFile(source, destination, mode = 0) {
    const flag = mode & constants.COPYFILE_EXCL ? 'wx' : 'w';
    sync.writeFile(destination, sync.readFile(source), { flag });
  },

  readdir(path, options) {
    const { encoding, withFileTypes = false } = optionsOf(options);
    const name = pathText(path);
    const list = checked(native.fs.readdir(name), 'scandir', name);
    const entries = [];
    for (let i = 0; i < list.length; i += 2) {
      const shown = encoding === 'buffer' ? Buffer.from(list[i]) : list[i];
      entries.push(withFileTypes ? new Dirent(shown, list[i + 1]) : shown);
    }
    return entries;
  },

  realpath(path) {
    const name = pathText(path);
    return checked(native.fs.realpath(name), 'realpath', name);
  },

  readlink(path) {
    const name = pathText(path);
    return checked(native.fs.readlink(name), 'readlink', name);
  },

  mkdir(path, options) {
    const { recursive = false, mode } = typeof options === 'object' && options !== null ? options : { mode: options };
    const name = pathText(path);
    if (!recursive) {
      allowed(native.fs.mkdir(name, modeOf(mode, 0o777)), 'mkdir', name);
      return undefined;
    }
    const { dirname, resolve } = require('path');
    const missing = [];
    let at = resolve(name);
    for (; typeof native.fs.stat(at, true) === 'number'; at = dirname(at)) {
      missing.unshift(at);
    }
    if (missing.length === 0 && !sync.stat(at).isDirectory()) {
      throw systemError(-errno.EEXIST, 'mkdir', name);
    }
    for (const folder of missing) {
      allowed(native.fs.mkdir(folder, modeOf(mode, 0o777)), 'mkdir', folder);
    }
    return missing[0];
  },

  rmdir(path, options) {
    if (options?.recursive) {
      sync.rm(path, { recursive: true, force: true });
      return;
    }
    const name = pathText(path);
    allowed(native.fs.rmdir(name), 'rmdir', name);
  },

  unlink(path) {
    const name = pathText(path);
    allowed(native.fs.unlink(name), 'unlink', name);
  },

  rm(path, { force = false, recursive = false } = {}) {
    const name = pathText(path);
    const stats = sync.lstat(name, { throwIfNoEntry: !force });
    if (stats === undefined) {
      return;
    }
    if (!stats.isDirectory()) {
      sync.unlink(name);
      return;
    }
    if (!recursive) {
      throw Object.assign(new Error(`Path is a directory: rm returned EISDIR (is a directory) ${name}`),
        { name: 'SystemError', code: 'ERR_FS_EISDIR', errno: 21, syscall: 'rm', path: name });
    }
    for (const entry of sync.readdir(name)) {
      sync.rm(`${name}/${entry}`, { force, recursive });
    }
    sync.rmdir(name);
  },

  rename(from, to) {
    const [source, destination] = [pathText(from, 'oldPath'), pathText(to, 'newPath')];
    allowed(native.fs.rename(source, destination), 'rename', source, destination);
  },

  ftruncate(fd, length = 0) { checked(native.fs.ftruncate(descriptorOf(fd), length), 'ftruncate'); },

  truncate(path, length = 0) {
    const fd = sync.open(path, 'r+');
    try {
      sync.ftruncate(fd, length);
    } finally {
      sync.close(fd);
    }
  },

  mkdtemp(prefix) {
    const name = `${pathText(prefix, 'prefix')}${require('crypto').randomBytes(4).toString('base64url').slice(0, 6)}`;
    sync.mkdir(name, 0o700);
    return name;
  },

  fsync() {},
  fdatasync() {},
};

const fs = {
  constants,
  F_OK: constants.F_OK,
  R_OK: constants.R_OK,
  W_OK: constants.W_OK,
  X_OK: constants.X_OK,
  Stats,
  Dirent,
};

// What the callback gets beside the error, where that is not what the function answers.
const callbackExtras = {
  read: (count, args) => [count, args[1]],
  write: (count, args) => [count, args[1]],
};

/** Runs \a method after what is ready now and gives the outcome to \a done(error, ...values). */
function runLater(name, args, done) {
  setImmediate(() => {
    let values;
    try {
      const result = sync[name](...args);
      values = callbackExtras[name]?.(result, args) ?? (result === undefined ? [] : [result]);
    } catch (error) {
      done(error);
      return;
    }
    done(null, ...values);
  });
}

const pathFirst = new Set(['access', 'copyFile', 'lstat', 'mkdir', 'open', 'readdir', 'readlink', 'realpath', 'rename',
  'rm', 'rmdir', 'stat', 'truncate', 'unlink']);
const descriptorFirst = new Set(['close', 'fstat', 'ftruncate', 'read', 'write', 'fsync', 'fdatasync']);

for (const name of Object.keys(sync)) {
  fs[`${name}Sync`] = sync[name];
  fs[name] = { [name](...args) {
    const at = args.findLastIndex((argument) => typeof argument === 'function');
    const callback = at >= 0 ? args[at] : args.length > 1 ? args.at(-1) : undefined;
    if (typeof callback !== 'function') {
      throw new codes.ERR_INVALID_CALLBACK(callback);
    }
    const given = args.slice(0, at);
    // Wrong arguments are told at once, not to the callback.
    if (pathFirst.has(name)) {
      pathText(given[0]);
    } else if (descriptorFirst.has(name)) {
      descriptorOf(given[0]);
    }
    if (name === 'readFile' || name === 'readdir') {
      optionsOf(given[1]);
    }
    runLater(name, given, callback);
  } }[name];
}

fs.existsSync = (path) => {
  try {
    return typeof native.fs.stat(pathText(path), true) !== 'number';
  } catch {
    return false;
  }
};

fs.exists = (path, callback) => {
  validateFunction(callback, 'cb');
  setImmediate(() => callback(fs.existsSync(path)));
};
fs.exists[Symbol.for('nodejs.util.promisify.custom')] = (path) => new Promise((done) => { fs.exists(path, done); });

for (const [name, names] of [['read', ['bytesRead', 'buffer']], ['write', ['bytesWritten', 'buffer']]]) {
  Object.defineProperty(fs[name], Symbol.for('headrace.promisifyArguments'), { value: names });
}
fs.realpathSync.native = fs.realpathSync;
fs.realpath.native = fs.realpath;

// What changes a file's owner, mode or times, watches it or links it is Node's alone.
for (const name of ['chmod', 'chown', 'fchmod', 'fchown', 'futimes', 'lchown', 'link', 'lutimes', 'symlink', 'utimes',
  'opendir']) {
  const refuse = () => { throw require('internal/errors').unavailable(`fs.${name}()`); };
  fs[name] = refuse;
  fs[`${name}Sync`] = refuse;
}
for (const name of ['watch', 'watchFile', 'unwatchFile']) {
  fs[name] = () => { throw require('internal/errors').unavailable(`fs.${name}()`); };
}

function defineLazy(name, load) {
  Object.defineProperty(fs, name, {
    configurable: true,
    enumerable: true,
    get: load,
    set(value) { Object.defineProperty(fs, name, { configurable: true, enumerable: true, writable: true, value }); },
  });
}

const streams = () => require('internal/filestreams');
defineLazy('ReadStream', () => streams().ReadStream);
defineLazy('WriteStream', () => streams().WriteStream);
defineLazy('FileReadStream', () => streams().ReadStream);
defineLazy('FileWriteStream', () => streams().WriteStream);
defineLazy('promises', () => require('fs/promises'));
fs.createReadStream = (path, options) => new (streams().ReadStream)(path, options);
fs.createWriteStream = (path, options) => new (streams().WriteStream)(path, options);

module.exports = fs;
