'use strict';
// A part of http under the name that programs of old know it by.
const { ClientRequest } = require('internal/http/client');

module.exports = { ClientRequest };
