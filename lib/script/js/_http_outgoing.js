'use strict';
// A part of http under the name that programs of old know it by.
const { validateHeaderName, validateHeaderValue } = require('http');
const { OutgoingMessage } = require('internal/http/outgoing');

module.exports = { OutgoingMessage, validateHeaderName, validateHeaderValue };
