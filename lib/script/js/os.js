'use strict';
// Node's 'os'. Source: reference "OS".
const { errno, priority, signals } = require('internal/systemerrors');
const { unavailable } = require('internal/errors');

const os = native.os;

function cpus() {
  return Array.from({ length: os.cpuCount() }, () => ({
    model: 'unknown', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
  }));
}

function networkInterfaces() {
  const found = {};
  for (const [name, address, netmask, prefix, isV6, mac, internal, scopeid] of os.networkInterfaces()) {
    const entry = {
      address, netmask, family: isV6 ? 'IPv6' : 'IPv4', mac, internal, cidr: prefix < 0 ? null : `${address}/${prefix}`,
    };
    if (isV6) entry.scopeid = scopeid;
    (found[name] ??= []).push(entry);
  }
  return found;
}

function tmpdir() {
  const path = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function userInfo() {
  return {
    uid: os.getuid(), gid: os.getgid(), username: process.env.USER ?? process.env.LOGNAME ?? '', homedir: os.homedir(),
    shell: process.env.SHELL ?? null,
  };
}

module.exports = {
  EOL: '\n',
  arch: os.arch,
  constants: Object.freeze({
    UV_UDP_REUSEADDR: 4,
    dlopen: Object.freeze({ RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 }),
    errno: Object.freeze(errno),
    signals: Object.freeze(signals),
    priority: Object.freeze(priority),
  }),
  cpus,
  devNull: '/dev/null',
  endianness: () => (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE'),
  freemem: os.freemem,
  getPriority: () => 0,
  homedir: () => process.env.HOME || os.homedir(),
  hostname: os.hostname,
  loadavg: os.loadavg,
  networkInterfaces,
  platform: os.platform,
  release: os.release,
  setPriority() { throw unavailable('os.setPriority()'); },
  tmpdir,
  totalmem: os.totalmem,
  type: os.type,
  uptime: os.uptime,
  userInfo,
  version: os.version,
};
