// WebSocket echo: the handshake and the frames of RFC 6455 by hand, without a package.
//
//   headrace run websocket-echo.js 3000, then in a browser's console:
//   ws = new WebSocket('ws://127.0.0.1:3000'); ws.onmessage = (e) => console.log(e.data); ws.onopen = () => ws.send('hi')
//
// A start for: mocks of WebSocket services, and clients that must bear fragments, pings and odd closing.
'use strict';
const crypto = require('crypto');
const http = require('http');

const Opcode = { Continuation: 0, Text: 1, Binary: 2, Close: 8, Ping: 9, Pong: 10 };
const MostOctets = 1 << 20;

/// Section 5.2: what a server sends is never masked.
function frame(opcode, payload) {
  const length = payload.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65536 ? 4 : 10);
  head[0] = 0x80 | opcode; // FIN: a message in one frame
  if (length < 126) {
    head[1] = length;
  } else if (length < 65536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeUInt32BE(length, 6);
  }
  return Buffer.concat([head, payload]);
}

/// The first whole frame of octets, or null while some of it is still missing.
function readFrame(octets) {
  if (octets.length < 2)
    return null;
  let length = octets[1] & 0x7f;
  let start = 2;
  if (length === 126) {
    if (octets.length < 4)
      return null;
    length = octets.readUInt16BE(2);
    start = 4;
  } else if (length === 127) {
    if (octets.length < 10)
      return null;
    length = octets.readUInt32BE(2) * 2 ** 32 + octets.readUInt32BE(6);
    start = 10;
  }
  const masked = (octets[1] & 0x80) !== 0;
  if (length > MostOctets || !masked) // section 5.1: a client masks everything
    return { fault: masked ? 1009 : 1002 };
  const end = start + 4 + length;
  if (octets.length < end)
    return null;
  const mask = octets.subarray(start, start + 4);
  const payload = Buffer.from(octets.subarray(start + 4, end));
  for (let i = 0; i < length; i++)
    payload[i] ^= mask[i % 4];
  return { final: (octets[0] & 0x80) !== 0, opcode: octets[0] & 0x0f, payload, end };
}

function serve(socket, octets) {
  let fragments = [];
  let opcode = 0;

  const close = (code) => {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    socket.end(frame(Opcode.Close, payload));
    socket.removeListener('data', onData);
  };
  const apply = (received) => {
    switch (received.opcode) {
      case Opcode.Ping:
        socket.write(frame(Opcode.Pong, received.payload));
        break;
      case Opcode.Pong:
        break;
      case Opcode.Close:
        close(received.payload.length >= 2 ? received.payload.readUInt16BE(0) : 1000);
        break;
      default:
        opcode = received.opcode || opcode;
        fragments.push(received.payload);
        if (received.final) {
          const message = Buffer.concat(fragments);
          fragments = [];
          console.log(opcode === Opcode.Text ? `text: ${message}` : `binary: ${message.length} octets`);
          socket.write(frame(opcode, message)); // the echo: here your own mock begins
        }
    }
  };
  function onData(chunk) {
    octets = Buffer.concat([octets, chunk]);
    for (;;) {
      const received = readFrame(octets);
      if (!received)
        return;
      if (received.fault) {
        close(received.fault);
        return;
      }
      octets = octets.subarray(received.end);
      apply(received);
      if (received.opcode === Opcode.Close)
        return;
    }
  }

  socket.on('data', onData);
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => console.log('closed'));
  onData(Buffer.alloc(0)); // what came along with the handshake
}

const server = http.createServer((request, response) => {
  response.writeHead(426, { 'Upgrade': 'websocket', 'Connection': 'Upgrade' });
  response.end('Speak WebSocket to me.\n');
});

server.on('upgrade', (request, socket, head) => {
  const key = request.headers['sec-websocket-key'];
  if (!key || request.headers['sec-websocket-version'] !== '13') {
    socket.end('HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 13\r\nConnection: close\r\n\r\n');
    return;
  }
  // Section 4.2.2: proves that the server knows WebSocket, and has read this very request.
  const accept = crypto.createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\n' +
               'Upgrade: websocket\r\n' +
               'Connection: Upgrade\r\n' +
               `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  serve(socket, head);
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
