// Server-sent events: a stream that an EventSource in a browser reads, with resumption by Last-Event-ID.
//
//   headrace run server-sent-events.js 3000
//   curl -N http://127.0.0.1:3000/events?count=5      ends after five; without count it goes on
//
// A start for: mocks of live feeds, notifications, answers that come token by token.
'use strict';
const http = require('http');

const page = `<!doctype html><title>Events</title><ul id="list"></ul><script>
  new EventSource('/events').addEventListener('tick', (event) => {
    list.append(Object.assign(document.createElement('li'), { textContent: event.data }));
  });
</script>`;

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname !== '/events') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(page);
    return;
  }

  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  // Tells the client how long to wait, in milliseconds, before it connects again.
  response.write('retry: 2000\n\n');

  // A client that was cut off says which event it saw last: go on behind it.
  let id = Number(request.headers['last-event-id'] || 0);
  const count = Number(url.searchParams.get('count') || Infinity);
  const last = id + count;
  const timer = setInterval(() => {
    id++;
    response.write(`id: ${id}\nevent: tick\ndata: ${JSON.stringify({ id, time: new Date() })}\n\n`);
    if (id >= last)
      response.end();
  }, Number(url.searchParams.get('every') || 1000));

  // 'close' comes at the end of the answer and also when the client goes away.
  response.on('close', () => {
    clearInterval(timer);
    console.log(`stream closed after event ${id}`);
  });
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
