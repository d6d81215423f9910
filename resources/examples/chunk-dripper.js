// Chunk dripper: a body that arrives slowly, in chunks of a size of your choice.
//
//   headrace run chunk-dripper.js 3000
//   curl -N 'http://127.0.0.1:3000/?chunks=5&size=10&every=500'
//   curl 'http://127.0.0.1:3000/?chunks=5&break=3'      the connection is cut after the third chunk
//
// A start for: time-outs, progress bars, parsers that must not rely on where chunks begin and end.
'use strict';
const http = require('http');

const server = http.createServer((request, response) => {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const number = (name, fallback) => (query.has(name) ? Number(query.get(name)) : fallback);
  const chunks = number('chunks', 10);
  const size = number('size', 16);
  const every = number('every', 250); // milliseconds
  const cut = number('break', Infinity);

  let sent = 0;
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  const timer = setInterval(() => {
    if (sent === cut) {
      response.destroy(); // no last chunk: the client must notice that the body is not complete
      return;
    }
    if (sent === chunks) {
      response.end();
      return;
    }
    // One write() is one chunk on the wire.
    response.write(`${sent++} `.padEnd(size - 1, '.').slice(0, size - 1) + '\n');
  }, every);

  response.on('close', () => {
    clearInterval(timer);
    console.log(`${sent} of ${chunks} chunks sent${response.writableFinished ? '' : ', then cut'}`);
  });
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
