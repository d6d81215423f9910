'use strict';
// A part of http under the name that programs of old know it by.
const { IncomingMessage } = require('internal/http/incoming');

module.exports = {
  IncomingMessage,
  readStart(socket) { socket?.resume(); },
  readStop(socket) { socket?.pause(); },
};
