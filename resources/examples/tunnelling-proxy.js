// Proxy: tunnels by CONNECT (what curl -p and every browser do for https), and plain requests in absolute-form.
//
//   headrace run tunnelling-proxy.js 8080
//   curl -p -x http://127.0.0.1:8080 http://127.0.0.1:3000/
//   curl -x http://127.0.0.1:8080 http://127.0.0.1:3000/
//
// A start for: logging who talks to whom, refusing hosts, slowing a line down.
'use strict';
const http = require('http');
const net = require('net');
const { pipeline } = require('stream');

// Fields that are for one connection, not for the message (RFC 9110 section 7.6.1).
const HopByHop = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'upgrade'];

const proxy = http.createServer((request, response) => {
  let url;
  try {
    url = new URL(request.url);
  } catch {
    response.writeHead(400, { 'Content-Type': 'text/plain' });
    response.end('This is a proxy: give it a whole URL.\n');
    return;
  }
  console.log(`${request.method} ${url.href}`);
  const headers = { ...request.headers };
  for (const name of HopByHop)
    delete headers[name];
  const forward = http.request(url, { method: request.method, headers });
  forward.on('response', (answer) => {
    const { connection, ...kept } = answer.headers;
    response.writeHead(answer.statusCode, answer.statusMessage, kept);
    pipeline(answer, response, () => {});
  });
  forward.on('error', (error) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(502, { 'Content-Type': 'text/plain' });
    response.end(`${error.message}\n`);
  });
  response.on('close', () => forward.destroy());
  request.pipe(forward);
});

proxy.on('connect', (request, client, head) => {
  // The target is authority-form: host and port, nothing else.
  const { hostname, port } = new URL(`http://${request.url}`);
  const origin = net.connect(Number(port || 80), hostname);
  let open = false;
  origin.on('connect', () => {
    open = true;
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    origin.write(head); // the client may have begun to speak already
    origin.pipe(client);
    client.pipe(origin);
  });
  origin.on('error', (error) => {
    if (!open)
      client.end(`HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\n\r\n${error.message}\n`);
    else
      client.destroy();
  });
  client.on('error', () => origin.destroy());
  client.on('close', () => {
    console.log(`CONNECT ${request.url}: ${origin.bytesWritten} octets up, ${origin.bytesRead} down`);
    origin.destroy();
  });
});

proxy.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${proxy.address().port}`);
});
