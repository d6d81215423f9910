// CommonJS: the built-in modules, the npm packages that are bundled with them, and the modules of the user.
// Source: reference "Modules: CommonJS modules" (the algorithm of require()).
'use strict';

let theProcess;
const publicNames = new Set([
  '_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server',
  'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants',
  'crypto', 'dgram', 'diagnostics_channel', 'dns', 'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http',
  'http2', 'https', 'inspector', 'module', 'net', 'os', 'path', 'path/posix', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'repl', 'stream',
  'stream/promises', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'trace_events', 'tty', 'url', 'util',
  'util/types', 'v8', 'vm', 'worker_threads', 'zlib',
]);

// --- built-in modules

const builtins = new Map();

/** A module of this folder or one below it, by its path without ".js"; undefined if there is none. */
function findBuiltin(name) {
  const known = builtins.get(name);
  if (known !== undefined) return known;
  const run = native.loader.builtin(name);
  if (run === undefined) return undefined;
  const module = { id: name, exports: {}, loaded: false };
  builtins.set(name, module);
  run.call(module.exports, module.exports, requireBuiltin, module, native, theProcess);
  module.loaded = true;
  return module;
}

/** require() of the built-in modules: another one of them, or a bundled package. */
function requireBuiltin(name) {
  const found = findBuiltin(name);
  return found !== undefined ? found.exports : requirePackaged('', name);
}

// --- bundled packages

let resolutions;
const packaged = new Map();

function requirePackaged(from, request) {
  resolutions ??= JSON.parse(native.loader.packagedText('resolve.json'));
  const file = resolutions[from]?.[request];
  if (file === undefined) throw new Error(`Cannot find built-in module '${request}'`);
  let module = packaged.get(file);
  if (module === undefined) {
    module = { id: file, exports: {}, loaded: false };
    packaged.set(file, module);
    if (file.endsWith('.json')) {
      module.exports = JSON.parse(native.loader.packagedText(file));
    } else {
      const requireHere = (name) => (resolutions[file]?.[name] !== undefined
        ? requirePackaged(file, name) : requireBuiltin(name));
      native.loader.packaged(file).call(
        module.exports, module.exports, requireHere, module);
    }
    module.loaded = true;
  }
  return module.exports;
}

// --- the modules of the user

function Module(id, parent) {
  this.id = id;
  this.path = dirname(id);
  this.exports = {};
  this.parent = parent;
  this.filename = null;
  this.loaded = false;
  this.children = [];
  this.paths = lookupPaths(this.path);
  if (parent) parent.children.push(this);
}

Module._cache = Object.create(null);
Module._extensions = Object.create(null);
Module.builtinModules = [...publicNames];
Module.Module = Module;

function dirname(path) {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** An absolute path without "." and "..". */
function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return '/' + parts.join('/');
}

function lookupPaths(folder) {
  const paths = [];
  for (let at = folder; ; at = dirname(at)) {
    if (!at.endsWith('/node_modules')) paths.push((at === '/' ? '' : at) + '/node_modules');
    if (at === '/') return paths;
  }
}

const isFile = (path) => native.loader.stat(path) === 0;
const isFolder = (path) => native.loader.stat(path) === 1;

function findFile(path) {
  if (isFile(path)) return path;
  for (const extension of Object.keys(Module._extensions))
    if (isFile(path + extension)) return path + extension;
}

const manifests = new Map();

function manifestOf(folder) {
  let manifest = manifests.get(folder);
  if (manifest === undefined) {
    const text = native.loader.readText(folder + '/package.json');
    try {
      manifest = text === undefined ? null : JSON.parse(text);
    } catch (error) {
      error.message = `Error parsing ${folder}/package.json: ${error.message}`;
      throw error;
    }
    manifests.set(folder, manifest);
  }
  return manifest;
}

function findFolder(path) {
  if (!isFolder(path)) return;
  const main = manifestOf(path)?.main;
  if (typeof main === 'string' && main !== '') {
    const target = normalize(path + '/' + main);
    const found = findFile(target) ?? findFile(target + '/index');
    if (found) return found;
  }
  return findFile(path + '/index');
}

/** The file that the "exports" of a package give for a subpath (".", "./x"). */
function fromExports(folder, exports, subpath) {
  const conditions = ['node', 'require', 'default'];
  const pick = (target, star) => {
    if (typeof target === 'string')
      return normalize(folder + '/' + (star === undefined ? target : target.replaceAll('*', star)));
    if (Array.isArray(target)) {
      for (const item of target) {
        const found = pick(item, star);
        if (found) return found;
      }
    } else if (target !== null && typeof target === 'object') {
      for (const key of Object.keys(target)) {
        if (!conditions.includes(key)) continue;
        const found = pick(target[key], star);
        if (found !== undefined) return found;
      }
    }
  };
  const isMap = exports !== null && typeof exports === 'object' && !Array.isArray(exports) &&
    Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? pick(exports) : undefined;
  if (Object.hasOwn(exports, subpath)) return pick(exports[subpath]);
  let best;
  for (const key of Object.keys(exports)) {
    const star = key.indexOf('*');
    if (star < 0) continue;
    const [before, after] = [key.slice(0, star), key.slice(star + 1)];
    if (subpath.startsWith(before) && subpath.endsWith(after) &&
        subpath.length >= before.length + after.length && (!best || before.length > best.before.length))
      best = { before, after, key };
  }
  if (best) {
    return pick(exports[best.key],
                subpath.slice(best.before.length, subpath.length - best.after.length));
  }
}

function findPackage(request, paths) {
  const parts = request.split('/');
  const name = request.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  const rest = request.slice(name.length);
  for (const path of paths) {
    const folder = path + '/' + name;
    if (!isFolder(path)) continue;
    const manifest = isFolder(folder) ? manifestOf(folder) : null;
    if (manifest?.exports !== undefined && manifest.exports !== null) {
      const found = fromExports(folder, manifest.exports, '.' + rest);
      if (found && isFile(found)) return found;
      throw withCode('ERR_PACKAGE_PATH_NOT_EXPORTED',
                     rest === '' ? `No "exports" main defined in ${folder}/package.json`
                       : `Package subpath '.${rest}' is not defined by "exports" in ${folder}/package.json`);
    }
    const found = findFile(folder + rest) ?? findFolder(folder + rest);
    if (found) return found;
  }
}

/** "#name" of the package that the module is in. */
function findImport(request, from) {
  for (let at = from; ; at = dirname(at)) {
    const manifest = isFile(at + '/package.json') ? manifestOf(at) : null;
    if (manifest) {
      return manifest.imports
        ? fromExports(at, Object.fromEntries(
          Object.entries(manifest.imports).map(([key, value]) => ['./' + key, value])), './' + request)
        : undefined;
    }
    if (at === '/') return;
  }
}

function withCode(code, message) {
  const error = new Error(message);
  error.code = code;
  return error;
}

function resolve(request, parent, paths) {
  const from = parent ? parent.path : native.process.cwd();
  let found;
  if (request.startsWith('./') || request.startsWith('../') || request === '.' || request === '..' ||
      request.startsWith('/')) {
    const path = normalize(request.startsWith('/') ? request : from + '/' + request);
    const folderOnly = /(^|\/)\.{0,2}\/?$/.test(request) && !request.match(/[^/.]$/);
    found = (folderOnly ? undefined : findFile(path)) ?? findFolder(path);
  } else if (request.startsWith('#')) {
    found = findImport(request, from);
  } else {
    found = findPackage(request, paths ?? (parent ? parent.paths : lookupPaths(from)));
  }
  if (found) return native.loader.realPath(found);
  const stack = [];
  for (let at = parent; at; at = at.parent) stack.push(at.filename ?? at.id);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += '\nRequire stack:\n- ' + stack.join('\n- ');
  const error = withCode('MODULE_NOT_FOUND', message);
  error.requireStack = stack;
  throw error;
}

/** The built-in module of a request, with or without "node:"; undefined if it names none. */
function builtinFor(request) {
  const hasPrefix = request.startsWith('node:');
  const name = hasPrefix ? request.slice(5) : request;
  if (publicNames.has(name)) {
    const found = name === 'process' ? { exports: theProcess } : findBuiltin(name);
    if (found) return found;
  }
  if (hasPrefix)
    throw withCode('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${request}`);
}

Module._resolveFilename = function(request, parent, isMain, options) {
  if (builtinFor(request)) return request;
  return resolve(request, parent, options?.paths?.flatMap((path) => lookupPaths(normalize(path))));
};

Module._nodeModulePaths = lookupPaths;

Module._load = function(request, parent, isMain) {
  const builtin = builtinFor(request);
  if (builtin) return builtin.exports;
  const file = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[file];
  if (cached) {
    if (parent && !parent.children.includes(cached)) parent.children.push(cached);
    return cached.exports;
  }
  const module = new Module(file, parent);
  Module._cache[file] = module;
  let isDone = false;
  try {
    module.load(file);
    isDone = true;
  } finally {
    if (!isDone) delete Module._cache[file];
  }
  return module.exports;
};

Module.prototype.load = function(file) {
  this.filename = file;
  const dot = file.lastIndexOf('.');
  const extension = dot > file.lastIndexOf('/') ? file.slice(dot) : '.js';
  (Module._extensions[extension] ?? Module._extensions['.js'])(this, file);
  this.loaded = true;
};

Module.prototype.require = function(request) {
  if (typeof request !== 'string') {
    const { ERR_INVALID_ARG_TYPE } = requireBuiltin('internal/errors').codes;
    throw new ERR_INVALID_ARG_TYPE('id', 'string', request);
  }
  if (request === '') {
    const { ERR_INVALID_ARG_VALUE } = requireBuiltin('internal/errors').codes;
    throw new ERR_INVALID_ARG_VALUE('id', request, 'must be a non-empty string');
  }
  return Module._load(request, this, false);
};

Module.prototype._compile = function(source, file) {
  const text = source.charCodeAt(0) === 0xFEFF ? source.slice(1) : source;
  const run = native.loader.compile(text.startsWith('#!') ? '//' + text : text, file);
  return run.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
};

Module._extensions['.js'] = function(module, file) {
  const source = module.source ?? native.loader.readText(file);
  if (source === undefined) throw withCode('ENOENT', `ENOENT: no such file or directory, open '${file}'`);
  module._compile(source, file);
};

Module._extensions['.json'] = function(module, file) {
  native.loader.loaded(file);
  try {
    module.exports = JSON.parse(native.loader.readText(file).replace(/^\uFEFF/, ''));
  } catch (error) {
    error.message = `${file}: ${error.message}`;
    throw error;
  }
};

function requireOf(module) {
  const require = (request) => module.require(request);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => (builtinFor(request) ? null : module.paths);
  require.main = theProcess.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

Module.createRequire = function(filename) {
  const text = String(filename);
  const path = text.startsWith('file:') ? requireBuiltin('url').fileURLToPath(text) : text;
  const module = new Module(path, undefined);
  module.filename = path;
  return requireOf(module);
};

/** Runs the file that facts names (or its source, where it comes from an editor) as the main module. */
function runMain({ file, source }) {
  const path = source === undefined ? native.loader.realPath(file) : file;
  theProcess.argv[1] = path;
  const module = new Module(path, undefined);
  module.id = '.';
  module.filename = path;
  module.paths = lookupPaths(module.path);
  if (source !== undefined) module.source = source;
  theProcess.mainModule = module;
  Module._cache[path] = module;
  module.load(path);
}

builtins.set('module', { id: 'module', exports: Module, loaded: true });

module.exports = {
  Module,
  requireBuiltin,
  runMain,
  setProcess(made) { theProcess = made; },
};
