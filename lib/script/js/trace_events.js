'use strict';
// Node's 'trace_events': there, so that programs load; nothing is traced.
const { missing } = require('internal/missing');

module.exports = missing('trace_events', ['createTracing', 'getEnabledCategories']);
