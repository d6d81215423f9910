// Fault injector: stands before a server and spoils some of its answers, by fields of the request or for all.
//
//   headrace run fault-injector.js 8080 http://127.0.0.1:3000
//   curl -H 'X-Fault: delay=2000'  http://127.0.0.1:8080/      two seconds late
//   curl -H 'X-Fault: status=503'  http://127.0.0.1:8080/      another status, without asking the server
//   curl -H 'X-Fault: cut=100'     http://127.0.0.1:8080/      the connection ends after 100 octets of body
//   curl -H 'X-Fault: reset'       http://127.0.0.1:8080/      no answer at all
//
// A start for: seeing how a client copes before the network does it to your users. Change faultOf() to spoil
// every tenth request, one path, or whatever you like.
'use strict';
const http = require('http');

const [port = process.env.PORT || '0', target = 'http://127.0.0.1:3000'] = process.argv.slice(2);

/// { delay, status, cut, reset }, each or none of them.
function faultOf(request) {
  const fault = {};
  for (const part of (request.headers['x-fault'] || '').split(',')) {
    const [name, value = 'true'] = part.trim().split('=');
    if (name)
      fault[name] = Number(value) || true;
  }
  return fault;
}

function forward(request, response, fault) {
  const { 'x-fault': unused, connection, ...headers } = request.headers;
  const onward = http.request(new URL(request.url, target), { method: request.method, headers });
  onward.on('response', (answer) => {
    let left = fault.cut === undefined ? Infinity : fault.cut;
    const { connection: theirs, ...kept } = answer.headers;
    response.writeHead(answer.statusCode, answer.statusMessage, kept);
    answer.on('data', (chunk) => {
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      // Away only when the last octets have been handed over.
      response.write(piece, () => left === 0 && response.destroy());
    });
    answer.on('end', () => left > 0 && response.end());
  });
  onward.on('error', (error) => {
    if (!response.headersSent)
      response.writeHead(502, { 'Content-Type': 'text/plain' });
    response.end(`${error.message}\n`);
  });
  request.pipe(onward);
}

const server = http.createServer((request, response) => {
  const fault = faultOf(request);
  console.log(`${request.method} ${request.url} ${JSON.stringify(fault)}`);
  setTimeout(() => {
    if (fault.reset) {
      request.destroy();
    } else if (fault.status) {
      response.writeHead(fault.status, { 'Content-Type': 'text/plain' });
      response.end('This answer was made up.\n');
    } else {
      forward(request, response, fault);
    }
  }, fault.delay || 0);
});

server.listen(Number(port), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
