// transfer.js serve [PORT]
// transfer.js upload|download URL OCTETS [slow] [chunked]: what bench_transfer is measured against.
'use strict';
const http = require('http');

const Mebibyte = 1024 * 1024;
const piece = Buffer.alloc(64 * 1024, 'x');

// Writes a body as fast as the message takes it.
function sendBody(message, octets) {
  let left = octets;
  const send = () => {
    while (left > 0) {
      const size = Math.min(left, piece.length);
      left -= size;
      if (!message.write(size === piece.length ? piece : piece.subarray(0, size)) && left > 0)
        return;
    }
    message.end();
  };
  message.on('drain', send);
  send();
}

// Reads a body to its end and counts it.
function takeBody(message, slow, done) {
  let octets = 0;
  message.on('data', (data) => {
    const before = octets;
    octets += data.length;
    if (!slow || Math.floor(before / Mebibyte) === Math.floor(octets / Mebibyte))
      return;
    message.pause();
    setTimeout(() => message.resume(), 2);
  });
  message.on('end', () => done(octets));
}

function announce(message, octets, chunked) {
  if (!chunked)
    message.setHeader('Content-Length', octets);
}

function serve(port) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (request.method === 'GET') {
      const octets = Number(url.pathname.slice(1));
      announce(response, octets, url.searchParams.has('chunked'));
      sendBody(response, octets);
    } else {
      takeBody(request, url.searchParams.has('slow'), (octets) => response.end(String(octets)));
    }
  });
  server.listen(port, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}

function transfer(upload, url, octets, slow, chunked) {
  const { hostname, port } = new URL(url);
  const path = `/${octets}?${slow ? 'slow' : ''}&${chunked ? 'chunked' : ''}`;
  const begin = process.hrtime.bigint();
  const request = http.request({ hostname, port, path, method: upload ? 'POST' : 'GET' });
  request.on('response', (response) => {
    let text = '';
    if (upload)
      response.on('data', (data) => { text += data; });
    takeBody(response, slow && !upload, (received) => {
      if ((upload ? Number(text) : received) !== octets)
        throw new Error('the body did not arrive whole');
      const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
      console.log(`mib_per_second ${Math.round(octets / Mebibyte / seconds)}`);
      console.log(`peak_mib ${(process.resourceUsage().maxRSS / 1024).toFixed(1)}`);
    });
  });
  if (upload) {
    announce(request, octets, chunked);
    sendBody(request, octets);
  } else {
    request.end();
  }
}

const [mode, url, octets, ...flags] = process.argv.slice(2);
if (mode === 'serve')
  serve(Number(url || 0));
else
  transfer(mode === 'upload', url, Number(octets), flags.includes('slow'), flags.includes('chunked'));
