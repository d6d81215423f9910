// site.js CERTIFICATE KEY FOLDER: files of a folder below /files/, and a page with all that pages do, over http and https. Prints "http PORT" and "https PORT", and
// "done TEXT" when a page has said what it got.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const https = require('https');

const page = `<!doctype html><title>site</title><link rel="stylesheet" href="/style.css">
<img src="/image.svg" alt=""><script src="/script.js"></script>`;
const script = `
const got = {};
const image = new Promise(done => { const i = new Image(); i.onload = () => done(i.width); i.onerror = () => done('no image'); i.src = '/image.svg?again'; });
const fetched = fetch('/data', { method: 'POST', body: 'a'.repeat(100000) }).then(r => r.json()).then(j => j.octets);
const events = new Promise(done => {
  const seen = [];
  const source = new EventSource('/events');
  source.onmessage = e => { seen.push(e.data); if (seen.length === 3) { source.close(); done(seen.join()); } };
});
const socket = new Promise(done => {
  const seen = [];
  const ws = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/socket');
  ws.onopen = () => { ws.send('hello'); ws.send('x'.repeat(70000)); };
  ws.onmessage = e => { seen.push(e.data.length); if (seen.length === 2) { ws.close(); done(seen.join()); } };
  ws.onerror = () => done('no socket');
});
Promise.all([image, fetched, events, socket]).then(all => fetch('/done', { method: 'POST', body: all.join(' ') }));
`;

function answer(request, response) {
  const path = request.url.split('?')[0];
  if (path === '/data' || path === '/done') {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      if (path === '/done')
        console.log('done ' + body);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ octets: body.length }));
    });
  } else if (path === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    let count = 0;
    const timer = setInterval(() => response.write(`data: ${++count}\n\n`), 20);
    response.on('close', () => clearInterval(timer));
  } else if (path === '/style.css') {
    response.writeEarlyHints?.({ link: '</style.css>; rel=preload; as=style' });
    response.setHeader('Content-Type', 'text/css');
    response.end('body { color: green }');
  } else if (path === '/image.svg') {
    response.setHeader('Content-Type', 'image/svg+xml');
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>');
  } else if (path === '/script.js') {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(script);
  } else if (path.startsWith('/files/')) {
    const file = fs.createReadStream(process.argv[4] + path.slice(6));
    file.on('error', () => { response.statusCode = 404; response.end(); });
    file.pipe(response);
  } else if (path === '/') {
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  } else {
    response.statusCode = 404;
    response.end();
  }
}

// Echoes what comes, frame by frame, without its mask. RFC 6455.
function upgrade(request, socket) {
  const accept = crypto.createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', octets => {
    rest = Buffer.concat([rest, octets]);
    for (;;) {
      if (rest.length < 14)
        return;
      const short = rest[1] & 127;
      const header = short === 126 ? 4 : short === 127 ? 10 : 2;
      const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
      const end = header + 4 + length;
      if (rest.length < end)
        return;
      const mask = rest.subarray(header, header + 4);
      const payload = Buffer.from(rest.subarray(header + 4, end));
      for (let i = 0; i < payload.length; ++i)
        payload[i] ^= mask[i % 4];
      const head = Buffer.from(rest.subarray(0, header));
      head[1] &= 127;
      socket.write(Buffer.concat([head, payload]));
      rest = rest.subarray(end);
    }
  });
}

const secrets = { cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3]) };
for (const [name, server] of [['http', http.createServer(answer)], ['https', https.createServer(secrets, answer)]]) {
  server.on('upgrade', upgrade);
  server.listen(0, '127.0.0.1', () => console.log(`${name} ${server.address().port}`));
}
