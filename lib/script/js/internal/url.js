'use strict';
// URL and URLSearchParams. Source: the npm package whatwg-url; how they print and fail is Node's.
const whatwg = require('whatwg-url');
const { codes } = require('internal/errors');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class URL extends whatwg.URL {
  constructor(input, base = undefined) {
    if (arguments.length === 0) {
      throw new codes.ERR_MISSING_ARGS('url');
    }
    try {
      if (base === undefined) {
        super(input);
      } else {
        super(input, base);
      }
    } catch {
      const error = new codes.ERR_INVALID_URL(`${input}`);
      error.input = `${input}`;
      throw error;
    }
  }

  [inspectCustom](depth, options) {
    if (typeof depth === 'number' && depth < 0) {
      return this;
    }
    const shown = {};
    for (const name of [
      'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
      'searchParams', 'hash',
    ]) {
      shown[name] = this[name];
    }
    return `${this.constructor.name} ${require('util').inspect(shown, options)}`;
  }
}

Object.defineProperty(whatwg.URL.prototype, 'constructor', { value: URL, writable: true, configurable: true });

const { URLSearchParams } = whatwg;

Object.defineProperty(URLSearchParams.prototype, inspectCustom, {
  configurable: true,
  writable: true,
  value: function inspect(depth, options) {
    const { inspect: show } = require('util');
    if (typeof depth === 'number' && depth < 0) {
      return options.stylize('[Object]', 'special');
    }
    const inner = { ...options };
    if (options.depth !== null) {
      inner.depth = depth - 1;
    }
    const pairs = [...this].map(([name, value]) => `${show(name, inner)} => ${show(value, inner)}`);
    const name = this.constructor?.name ?? 'URLSearchParams';
    const length = pairs.reduce((sum, pair) => sum + pair.length + 2, -2);
    if (pairs.length === 0) {
      return `${name} {}`;
    }
    return length > options.breakLength ? `${name} {\n  ${pairs.join(',\n  ')} }` : `${name} { ${pairs.join(', ')} }`;
  },
});

/** The parts of a URL as http.request() takes them. */
function urlToHttpOptions(url) {
  const options = {
    protocol: url.protocol,
    hostname: typeof url.hostname === 'string' && url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`,
    href: url.href,
  };
  if (url.port !== '') {
    options.port = Number(url.port);
  }
  if (url.username || url.password) {
    options.auth = `${url.username}:${url.password}`;
  }
  return options;
}

module.exports = { URL, URLSearchParams, urlToHttpOptions };
