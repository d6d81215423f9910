// idle.js CONNECTIONS: what bench_idle is measured against.
'use strict';
const { fork } = require('child_process');
const http = require('http');
const net = require('net');

const connections = Number(process.argv[2]);

// The process that holds the connections.
function hold(port) {
  let left = connections;
  const openOne = () => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    });
    socket.once('data', () => {
      if (--left === 0)
        process.send('done');
      else
        openOne();
    });
  };
  openOne();
}

function measure() {
  const server = http.createServer((request, response) => response.end('hello world'));
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1', () => {
    const holder = fork(__filename, [String(connections), String(server.address().port)]);
    const before = process.memoryUsage.rss();
    holder.on('message', () => {
      const octets = (process.memoryUsage.rss() - before) / connections;
      console.log(`resident_octets_per_connection ${Math.round(octets)}`);
      holder.kill('SIGKILL');
      process.exit();
    });
  });
}

if (process.argv[3])
  hold(Number(process.argv[3]));
else
  measure();
