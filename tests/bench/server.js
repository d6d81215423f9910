// server.js [PORT]: what bench_server is measured against.
'use strict';
const http = require('http');

const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain');
  response.end('hello world');
});
server.listen(Number(process.argv[2] || 0), '127.0.0.1', () => {
  console.log(`port ${server.address().port}`);
});
