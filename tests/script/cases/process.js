'use strict';
// process: facts and the environment, which is a copy.
const util = require('util');
const log = console.log;
log(
  process.version,
  process.versions.node,
  process.platform,
  process.argv.length,
  typeof process.pid,
  process.title.length > 0,
  process.release.name,
  typeof process.memoryUsage().rss,
  process.hrtime().length,
  typeof process.hrtime.bigint(),
  process.uptime() >= 0,
  process.exitCode,
  Object.prototype.toString.call(process),
  process instanceof require('events'),
  process.stdout.writable,
  process.stdin.readable !== undefined,
  process.env.NOPE,
);
process.env.X = 5;
log(process.env.X, 'X' in process.env, delete process.env.X, process.env.X, process.emitWarning.length);
