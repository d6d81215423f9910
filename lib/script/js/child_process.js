'use strict';
// Node's 'child_process': nothing is started from a script.
const { missing } = require('internal/missing');
module.exports = missing('child_process', [
  'ChildProcess', 'exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync',
]);
