'use strict';
// A part of http under the name that programs of old know it by.
const agents = require('internal/http/agent');

module.exports = { Agent: agents.Agent, get globalAgent() { return agents.globalAgent; } };
