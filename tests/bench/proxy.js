// proxy.js PORT: the least that a proxy on Node can be, which records nothing.
'use strict';
const http = require('http');

const agent = new http.Agent({ keepAlive: true });
http.createServer((request, response) => {
  const target = new URL(request.url);
  const { hostname: host, port, pathname, search } = target;
  const { method, headers } = request;
  const forwarded = http.request({ agent, host, port, path: pathname + search, method, headers }, answer => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  request.pipe(forwarded);
}).listen(Number(process.argv[2] || 0), '127.0.0.1', function () {
  console.log(`port ${this.address().port}`);
});
