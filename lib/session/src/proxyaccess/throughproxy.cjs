// Written by Headrace, and run by `node --require` before a program: connections of http, https and fetch become
// tunnels through the proxy at HEADRACE_PROXY. Node that can do so by itself (NODE_USE_ENV_PROXY) is left alone.
'use strict';

const http = require('http');
const https = require('https');
const net = require('net');
const tls = require('tls');

// What went wrong behind the proxy, as Node says it of connections of its own. RFC 9209 section 2.3.
const codes = {
  connection_refused: 'ECONNREFUSED',
  connection_timeout: 'ETIMEDOUT',
  destination_ip_unroutable: 'EHOSTUNREACH',
  dns_error: 'ENOTFOUND',
};

/** Calls done(error) or done(null, socket); the socket leads to `host` and `port`. */
function tunnel(proxy, host, port, done) {
  const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const headers = { Host: target };
  if (proxy.authorization)
    headers['Proxy-Authorization'] = proxy.authorization;
  const request = http.request({
    method: 'CONNECT', path: target, headers, agent: false, host: proxy.host, port: proxy.port,
    createConnection: () => net.connect({ host: proxy.host, port: proxy.port }),
  });
  request.once('error', done);
  request.once('connect', (response, socket, head) => {
    request.removeListener('error', done);
    if (response.statusCode < 200 || response.statusCode > 299) {
      socket.destroy();
      const cause = /error=(\w+)/.exec(response.headers['proxy-status']);
      const code = codes[cause && cause[1]] || 'ECONNRESET';
      done(Object.assign(new Error(`connect ${code} ${target}`), { code, syscall: 'connect' }));
      return;
    }
    if (head.length > 0)
      socket.unshift(head);
    done(null, socket);
  });
  request.end();
}

/** Also agents that programs make themselves, unless they connect in a way of their own. */
function patchAgent(Agent, defaultPort, proxy) {
  const direct = Agent.prototype.createConnection;
  Agent.prototype.createConnection = function createConnection(options, done, ...more) {
    const isOther = typeof done !== 'function' || options === null || typeof options !== 'object'
      || options.socketPath || options.socket;
    const host = isOther ? '' : options.host || 'localhost';
    const port = isOther ? 0 : Number(options.port || defaultPort);
    if (isOther || (host === proxy.host && port === proxy.port))
      return direct.call(this, options, done, ...more);
    tunnel(proxy, host, port, (error, socket) => {
      if (error)
        done(error);
      else if (Agent === http.Agent)
        done(null, socket);
      else
        done(null, direct.call(this, { ...options, path: undefined, socket }));
    });
    return undefined;
  };
}

/** Node's fetch has a dispatcher that is made when it is first used, of a class that has no other name. */
function patchFetch(proxy) {
  const key = Symbol.for('undici.globalDispatcher.1');
  const connect = (options, done) => {
    const isSecure = options.protocol === 'https:';
    const host = options.hostname.replace(/^\[|\]$/g, '');
    tunnel(proxy, host, Number(options.port || (isSecure ? 443 : 80)), (error, socket) => {
      if (error) {
        done(error, null);
      } else if (!isSecure) {
        done(null, socket);
      } else {
        const servername = options.servername || (net.isIP(host) ? '' : host);
        const secure = tls.connect({ socket, host, servername, ALPNProtocols: ['http/1.1'] });
        secure.once('error', done);
        secure.once('secureConnect', () => {
          secure.removeListener('error', done);
          done(null, secure);
        });
      }
    });
  };
  const direct = globalThis.fetch;
  let isPatched = false;
  globalThis.fetch = function fetch(input, init = undefined) {
    if (!isPatched) {
      isPatched = true;
      void globalThis.Headers; // makes it
      const dispatcher = globalThis[key];
      if (dispatcher && dispatcher.constructor.name === 'Agent')
        globalThis[key] = new dispatcher.constructor({ connect });
    }
    return direct.call(this, input, init);
  };
}

function install(url) {
  const text = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const proxy = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    authorization: url.username ? `Basic ${Buffer.from(text).toString('base64')}` : '',
  };
  patchAgent(http.Agent, 80, proxy);
  patchAgent(https.Agent, 443, proxy);
  if (typeof globalThis.fetch === 'function' && Number(process.versions.node.split('.')[0]) < 24)
    patchFetch(proxy);
}

if (process.env.HEADRACE_PROXY && !process.allowedNodeEnvironmentFlags.has('--use-env-proxy'))
  install(new URL(process.env.HEADRACE_PROXY));
