// Trailers: fields behind the body, for what is known only when the body has been made, as its checksum.
//
//   headrace run trailers.js 3000
//   headrace send http://127.0.0.1:3000/        shows them; so does curl -i --raw
//   headrace send -X POST -d hello --trailer 'X-Sum: 5' http://127.0.0.1:3000/
//
// A start for: mocks of gRPC-like or checksummed interfaces; finding proxies that drop trailers.
'use strict';
const http = require('http');

/// The additive checksum of RFC 1950, octet by octet.
class Adler32 {
  constructor() { this.low = 1; this.high = 0; }

  update(octets) {
    for (const octet of Buffer.from(octets)) {
      this.low = (this.low + octet) % 65521;
      this.high = (this.high + this.low) % 65521;
    }
  }

  toString() {
    return (this.high * 65536 + this.low).toString(16).padStart(8, '0');
  }
}

const server = http.createServer((request, response) => {
  // Trailers need chunks, so no Content-Length; and a "Trailer" field that announces them.
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Trailer': 'X-Checksum, X-Rows' });
  const sum = new Adler32();
  let rows = 0;
  const row = (text) => {
    sum.update(text);
    response.write(text);
    rows++;
  };

  request.on('data', (chunk) => row(`${chunk.length} octets received\n`));
  request.on('end', () => {
    // Those of the request are here as soon as 'end' is emitted, not before.
    for (const [name, value] of Object.entries(request.trailers))
      row(`trailer received: ${name}: ${value}\n`);
    row('the last row\n');
    response.addTrailers({ 'X-Checksum': `adler32=${sum}`, 'X-Rows': String(rows) });
    response.end();
  });
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
