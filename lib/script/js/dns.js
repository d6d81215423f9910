'use strict';
// Node's 'dns': lookup(), as the system resolves names; records of other kinds cannot be asked for.
// Source: reference "DNS".
const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { missing } = require('internal/missing');

function addressesOf(list) {
  const found = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    found.push({ address: list[i], family: list[i + 1] });
  }
  return found;
}

/** lookup(hostname[, options or family], callback) */
function lookup(hostname, options, callback) {
  const [settings, done] = typeof options === 'function' ? [{}, options]
    : [typeof options === 'number' ? { family: options } : options ?? {}, callback];
  validateFunction(done, 'callback');
  const { all = false, family = 0 } = settings;
  if (![0, 4, 6].includes(family)) {
    throw new codes.ERR_INVALID_ARG_VALUE('family', family, 'must be one of: 0, 4, 6');
  }
  const answer = (found) => (all ? done(null, found) : done(null, found[0].address, found[0].family));
  if (!hostname) {
    process.nextTick(() => (all ? done(null, []) : done(null, null, family === 6 ? 6 : 4)));
    return {};
  }
  validateString(hostname, 'hostname');
  const version = require('net').isIP(hostname);
  if (version !== 0) {
    process.nextTick(answer, [{ address: hostname, family: version }]);
    return {};
  }
  native.net.lookup(hostname, family, (error, list) => {
    const found = addressesOf(list ?? []);
    if (error || found.length === 0) {
      const failed = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
      done(Object.assign(failed, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }));
    } else {
      answer(found);
    }
  });
  return {};
}

Object.defineProperty(lookup, Symbol.for('headrace.promisifyArguments'), { value: ['address', 'family'] });

module.exports = {
  lookup,
  ADDRCONFIG: 32,
  ALL: 16,
  V4MAPPED: 8,
  NODATA: 'ENODATA',
  NOTFOUND: 'ENOTFOUND',
  getServers: () => [],
  setServers() {},
  ...missing('dns', [
    'Resolver', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
    'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse',
  ]),
  get promises() { return require('dns/promises'); },
};
