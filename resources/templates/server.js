// A Node program: it opens its servers itself. The port of the bar above is process.env.PORT.
const http = require('http');

const server = http.createServer((req, res) => {
  console.log(req.method, req.url);
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers }) + '\n');
});

server.listen(process.env.PORT, '127.0.0.1');
