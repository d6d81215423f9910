'use strict';
// Node's 'worker_threads': a script has one thread.
const { missing } = require('internal/missing');
module.exports = {
  isMainThread: true,
  parentPort: null,
  resourceLimits: {},
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  threadId: 0,
  workerData: null,
  ...missing('worker_threads', [
    'BroadcastChannel', 'MessageChannel', 'MessagePort', 'Worker', 'moveMessagePortToContext', 'receiveMessageOnPort',
  ]),
  markAsUntransferable() {},
  getEnvironmentData: () => undefined,
  setEnvironmentData() {},
};
