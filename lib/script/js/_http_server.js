'use strict';
// A part of http under the name that programs of old know it by.
const { STATUS_CODES } = require('internal/http/names');
const { ServerResponse } = require('internal/http/response');
const { Server } = require('internal/http/server');

module.exports = { STATUS_CODES, Server, ServerResponse };
