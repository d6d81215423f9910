'use strict';
// Node's 'perf_hooks': the clock. Source: reference "Performance Timing API".
const { missing } = require('internal/missing');

const startedAt = Date.now() - native.process.hrtime() / 1e6;
const marks = new Map();
const now = () => native.process.hrtime() / 1e6;

const performance = {
  now,
  timeOrigin: startedAt,
  mark(name) { marks.set(String(name), now()); },
  measure() {},
  clearMarks(name) {
    if (name === undefined) marks.clear();
    else marks.delete(String(name));
  },
  timerify: (method) => method,
  eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }),
  toJSON: () => ({ timeOrigin: startedAt }),
};

class PerformanceObserver {
  observe() {}

  disconnect() {}
}

module.exports = {
  performance,
  PerformanceObserver,
  constants: {},
  ...missing('perf_hooks', ['createHistogram', 'monitorEventLoopDelay']),
};
