// 103 Early Hints: an interim response that names what the page will need, long before the page is ready.
//
//   headrace run early-hints.js 3000
//   curl -v http://127.0.0.1:3000/             shows both heads
//   headrace send --events http://127.0.0.1:3000/
//
// A start for: testing whether clients and proxies stand interim responses, and what they make of them.
'use strict';
const http = require('http');

// Node 18 has response.writeEarlyHints(); this works everywhere: an interim response is a head and nothing else,
// and it must be written before the first octet of the real one.
function writeInterim(response, status, reason, headers) {
  const lines = Object.entries(headers)
    .flatMap(([name, value]) => [].concat(value).map((one) => `${name}: ${one}\r\n`));
  response.socket.write(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`);
}

const server = http.createServer((request, response) => {
  // A client of HTTP/1.0 knows no interim responses (RFC 9110 section 15.2).
  if (request.httpVersion !== '1.0') {
    writeInterim(response, 103, 'Early Hints', {
      Link: ['</style.css>; rel=preload; as=style', '</app.js>; rel=preload; as=script'],
    });
  }

  // The database takes its time; the browser loads style and script meanwhile.
  setTimeout(() => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><link rel="stylesheet" href="/style.css"><p>Here at last.</p>\n');
  }, 200);
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
