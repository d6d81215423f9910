'use strict';
// A part of http under the name that programs of old know it by.
const { METHODS } = require('internal/http/names');

/** True: C++ takes it. */
function isTaken(check) {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

module.exports = {
  _checkInvalidHeaderChar: (value) => !isTaken(() => native.http.validateHeaderValue('x', String(value))),
  _checkIsHttpToken: (value) => isTaken(() => native.http.validateHeaderName(String(value))),
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  methods: METHODS,
};
