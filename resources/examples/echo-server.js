// Echo server: answers every request with a JSON description of that request, as it came.
//
//   headrace run echo-server.js 3000          (or PORT=3000; without a port, any free one)
//   curl -d 'hello' http://127.0.0.1:3000/a?b=c
//
// A start for: seeing what a client, a proxy or a webhook really sends.
'use strict';
const http = require('http');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url, `http://${request.headers.host || 'localhost'}`);
    const body = Buffer.concat(chunks);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(`${JSON.stringify({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      httpVersion: request.httpVersion,
      // Pairs, because an object would lose case, order and duplicates.
      headers: request.rawHeaders.reduce(
        (pairs, item, i) => (i % 2 ? pairs[pairs.length - 1].push(item) : pairs.push([item]), pairs), []),
      body: body.toString(),
      // What came behind the last chunk; empty unless the client sent trailers.
      trailers: request.trailers,
    }, null, 2)}\n`);
  });
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
