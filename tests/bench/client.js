// client.js URL REQUESTS CONCURRENCY: what bench_client is measured against.
'use strict';
const http = require('http');

const [url, count, concurrency] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { hostname, port, pathname } = new URL(url);
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
const options = { hostname, port, path: pathname, agent };
let toStart = count;
let toEnd = count;

function start() {
  toStart--;
  http.get(options, (response) => {
    if (response.statusCode !== 200)
      throw new Error(String(response.statusCode));
    response.on('end', onEnded);
    response.resume();
  });
}

function onEnded() {
  if (--toEnd === 0)
    finish();
  else if (toStart > 0)
    start();
}

function finish() {
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const { user, system } = process.cpuUsage(cpuBefore);
  console.log(`requests_per_second ${Math.round(count / seconds)}`);
  console.log(`cpu_us_per_request ${((user + system) / count).toFixed(2)}`);
  agent.destroy();
}

const begin = process.hrtime.bigint();
const cpuBefore = process.cpuUsage();
for (let i = 0; i < concurrency && toStart > 0; i++)
  start();
