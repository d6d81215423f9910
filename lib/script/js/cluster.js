'use strict';
// Node's 'cluster': there is the primary process, and no worker.
const EventEmitter = require('events');
const { missing } = require('internal/missing');
module.exports = Object.assign(new EventEmitter(), {
  isMaster: true,
  isPrimary: true,
  isWorker: false,
  settings: {},
  workers: {},
  SCHED_NONE: 1,
  SCHED_RR: 2,
  schedulingPolicy: 2,
  setupMaster() {},
  setupPrimary() {},
  ...missing('cluster', ['Worker', 'disconnect', 'fork']),
});
