'use strict';
// Node's 'process', the part that needs nothing but itself: facts, clocks, streams and warnings. nextTick(), exit()
// and what nobody caught are internal/lifecycle's.
// Source: reference "Process".
const EventEmitter = require('events');

const facts = native.process.facts();
const lazy = {
  get errors() { return require('internal/errors'); },
  get validators() { return require('internal/validators'); },
};

function Process() {}
Object.defineProperty(Process, 'name', { value: 'process' });
Object.setPrototypeOf(Process.prototype, EventEmitter.prototype);
const self = new Process();
EventEmitter.call(self);
Object.defineProperty(self, Symbol.toStringTag, { configurable: true, value: 'process' });

// --- facts

self.version = 'v15.14.0';
self.versions = Object.freeze({ node: '15.14.0', modules: '88', headrace: facts.version ?? '0.1.0' });
self.arch = native.os ? native.os.arch() : 'x64';
self.platform = native.os ? native.os.platform() : 'linux';
self.release = { name: 'node' };
self.config = { target_defaults: {}, variables: {} };
self.features = {
  inspector: false, debug: false, uv: false, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: false, tls: true,
  cached_builtins: true,
};
self.title = 'headrace';
self.pid = facts.pid;
self.ppid = facts.parentPid ?? 0;
self.execPath = facts.execPath;
self.execArgv = [];
self.argv = [facts.execPath, facts.file, ...facts.arguments];
self.argv0 = 'headrace';
self.debugPort = 9229;
self.allowedNodeEnvironmentFlags = new Set();
self.moduleLoadList = [];
self.domain = null;
self.report = undefined;

/** A copy: what a program sets there is its own and reaches no other process. Values become strings, as in Node. */
function environment() {
  const variables = {};
  const list = native.process.environment();
  for (let i = 0; i + 1 < list.length; i += 2) {
    variables[list[i]] = list[i + 1];
  }
  return new Proxy(variables, {
    set(target, name, value) {
      if (typeof name === 'symbol' || typeof value === 'symbol') {
        throw new TypeError('Cannot convert a Symbol value to a string');
      }
      target[name] = String(value);
      return true;
    },
    defineProperty(target, name, descriptor) {
      return Reflect.defineProperty(target, name, 'value' in descriptor
        ? { ...descriptor, value: String(descriptor.value) } : descriptor);
    },
  });
}

/** A property that is made when it is read first, and can be replaced. */
function defineLazy(name, make) {
  Object.defineProperty(self, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(self, name, { configurable: true, enumerable: true, writable: true, value });
      return value;
    },
    set(value) {
      Object.defineProperty(self, name, { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

defineLazy('env', environment);
defineLazy('stdout', () => require('internal/stdio').stream(1));
defineLazy('stderr', () => require('internal/stdio').stream(2));
defineLazy('stdin', () => require('internal/stdio').input());

self.openStdin = () => self.stdin;

// --- clocks and figures

const nanosecondsPerSecond = 1e9;

self.hrtime = function hrtime(since) {
  const now = native.process.hrtime();
  const time = [Math.trunc(now / nanosecondsPerSecond), Math.trunc(now % nanosecondsPerSecond)];
  if (since !== undefined) {
    lazy.validators.validateArray(since, 'time');
    if (since.length !== 2) {
      throw new lazy.errors.codes.ERR_OUT_OF_RANGE('time', 2, since.length);
    }
    time[0] -= since[0];
    time[1] -= since[1];
    if (time[1] < 0) {
      time[0] -= 1;
      time[1] += nanosecondsPerSecond;
    }
  }
  return time;
};

self.hrtime.bigint = () => BigInt(Math.trunc(native.process.hrtime()));

self.uptime = () => native.process.hrtime() / nanosecondsPerSecond;

self.memoryUsage = function memoryUsage() {
  const heap = native.process.memory();
  const rss = self.memoryUsage.rss();
  return { rss, heapTotal: heap, heapUsed: heap, external: 0, arrayBuffers: 0 };
};

self.memoryUsage.rss = () => (native.os ? native.os.residentOctets() : native.process.memory());

self.cpuUsage = function cpuUsage(since) {
  const [user, system] = native.os.cpuTime();
  return { user: user - (since?.user ?? 0), system: system - (since?.system ?? 0) };
};

self.resourceUsage = () => {
  const { user, system } = self.cpuUsage();
  return {
    userCPUTime: user, systemCPUTime: system, maxRSS: Math.round(self.memoryUsage.rss() / 1024), sharedMemorySize: 0,
    unsharedDataSize: 0, unsharedStackSize: 0, minorPageFault: 0, majorPageFault: 0, swappedOut: 0, fsRead: 0,
    fsWrite: 0, ipcSent: 0, ipcReceived: 0, signalsCount: 0, voluntaryContextSwitches: 0,
    involuntaryContextSwitches: 0,
  };
};

// --- the system

self.cwd = () => native.process.cwd();

self.umask = () => 0o22;

for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) {
  self[name] = () => native.os[name]();
}
self.getgroups = () => [self.getgid()];

for (const name of [
  'chdir', 'dlopen', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid',
]) {
  self[name] = () => { throw lazy.errors.unavailable(`process.${name}()`); };
}

/** Only the program itself can be sent a signal, and only where the process is its own. */
self.kill = function kill(pid, signal = 'SIGTERM') {
  if (pid !== (pid | 0)) {
    throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  }
  const { signals } = require('internal/systemerrors');
  const number = typeof signal === 'number' ? signal : signals[signal];
  if (number === undefined) {
    throw new lazy.errors.codes.ERR_UNKNOWN_SIGNAL(signal);
  }
  if (pid === self.pid && (number === 0 || native.process.kill(number))) {
    return true;
  }
  throw lazy.errors.unavailable('process.kill()');
};

self.binding = self._linkedBinding = (name) => { throw new Error(`No such module: ${name}`); };

self.assert = (value, message) => require('assert')(value, message);
self._rawDebug = (...args) => native.process.write(2, `${require('util').format(...args)}\n`);
self._getActiveHandles = () => [];
self._getActiveRequests = () => [];

// --- warnings

function printWarning(warning) {
  if (!(warning instanceof Error) || (warning.name === 'DeprecationWarning' && self.noDeprecation)) {
    return;
  }
  const code = warning.code ? `[${warning.code}] ` : '';
  const detail = typeof warning.detail === 'string' ? `\n${warning.detail}` : '';
  const isTraced = self.traceProcessWarnings || (warning.name === 'DeprecationWarning' && self.traceDeprecation);
  const text = isTraced && warning.stack ? warning.stack : `${warning.name}: ${warning.message}`;
  require('internal/stdio').write(2, `(node:${self.pid}) ${code}${text}${detail}\n`);
}

/** emitWarning(warning[, type[, code[, constructor]]]) or (warning, { type, code, detail, ctor }). */
self.emitWarning = function emitWarning(warning, type, code, callee) {
  const { validateString } = lazy.validators;
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    callee = type.ctor;
    code = type.code;
    detail = typeof type.detail === 'string' ? type.detail : undefined;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    callee = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) {
    validateString(type, 'type');
  }
  if (typeof code === 'function') {
    callee = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  let shown = warning;
  if (typeof warning === 'string') {
    shown = new Error(warning);
    shown.name = String(type || 'Warning');
    if (code !== undefined) shown.code = code;
    if (detail !== undefined) shown.detail = detail;
    Error.captureStackTrace(shown, callee || self.emitWarning);
  } else if (!(warning instanceof Error)) {
    throw new lazy.errors.codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (shown.name === 'DeprecationWarning') {
    if (self.noDeprecation) {
      return;
    }
    if (self.throwDeprecation) {
      self.nextTick(() => { throw shown; });
      return;
    }
  }
  self.nextTick(() => {
    printWarning(shown);
    self.emit('warning', shown);
  });
};


module.exports = self;
