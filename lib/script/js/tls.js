// tls, as far as https needs it: client connections over lib/http's TLS agent.
// Source: reference "TLS (SSL)".
'use strict';
const net = require('net');
const { kHandle } = require('internal/listening');

function TLSSocket(socket, options) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  net.Socket.call(this, options);
  this._isSecure = true;
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

TLSSocket.prototype._tlsOptions = function({ servername, rejectUnauthorized, key, cert, ca, passphrase }) {
  return { servername, rejectUnauthorized, key, cert, ca, passphrase };
};

TLSSocket.prototype._secured = function() {
  this.authorized = native.socket.tls(this[kHandle])?.authorized ?? false;
  this.emit('secureConnect');
};

TLSSocket.prototype.getProtocol = function() { return native.socket.tls(this[kHandle])?.protocol ?? null; };

TLSSocket.prototype.getCipher = function() {
  const name = native.socket.tls(this[kHandle])?.cipher;
  return { name, standardName: name, version: this.getProtocol() };
};

TLSSocket.prototype.getPeerCertificate = function() { return {}; };

function connect(...args) {
  const [options, callback] = net._normalizeArgs(args);
  const socket = new TLSSocket(undefined, options);
  if (callback) socket.once('secureConnect', callback);
  return socket.connect({ host: 'localhost', ...options });
}

module.exports = { TLSSocket, connect };
