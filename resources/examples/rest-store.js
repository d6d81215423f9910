// REST store: a JSON collection in memory, with the methods and status codes a front end expects.
//
//   headrace run rest-store.js 3000
//   curl -d '{"name":"tea"}' http://127.0.0.1:3000/items            201, Location: /items/1
//   curl http://127.0.0.1:3000/items/1
//   curl -X PUT -d '{"name":"coffee"}' http://127.0.0.1:3000/items/1
//   curl -X DELETE http://127.0.0.1:3000/items/1
//
// A start for: a back end that does not exist yet. Any name instead of "items" makes a collection of its own.
'use strict';
const http = require('http');

const collections = new Map(); // name -> { next, items: Map of id -> object }

function send(response, status, value, headers = {}) {
  if (value === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const text = `${JSON.stringify(value)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

async function readJson(request) {
  let text = '';
  request.setEncoding('utf8');
  for await (const piece of request)
    text += piece;
  return JSON.parse(text);
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, name, id, ...rest] = pathname.split('/');
  if (!name || rest.length > 0) {
    send(response, 404, { error: 'no such resource' });
    return;
  }
  if (!collections.has(name))
    collections.set(name, { next: 1, items: new Map() });
  const collection = collections.get(name);

  if (!id) {
    if (request.method === 'GET') {
      send(response, 200, [...collection.items.values()]);
    } else if (request.method === 'POST') {
      const item = { ...await readJson(request), id: String(collection.next++) };
      collection.items.set(item.id, item);
      send(response, 201, item, { Location: `/${name}/${item.id}` });
    } else {
      send(response, 405, { error: 'not here' }, { Allow: 'GET, POST' });
    }
    return;
  }

  const item = collection.items.get(id);
  if (!item) {
    send(response, 404, { error: `no ${name} ${id}` });
    return;
  }
  switch (request.method) {
    case 'GET':
      send(response, 200, item);
      break;
    case 'PUT':
    case 'PATCH': {
      const base = request.method === 'PATCH' ? item : {};
      const changed = { ...base, ...await readJson(request), id };
      collection.items.set(id, changed);
      send(response, 200, changed);
      break;
    }
    case 'DELETE':
      collection.items.delete(id);
      send(response, 204);
      break;
    default:
      send(response, 405, { error: 'not here' }, { Allow: 'GET, PUT, PATCH, DELETE' });
  }
}

const server = http.createServer((request, response) => {
  answer(request, response).catch((error) => send(response, 400, { error: error.message }));
});

server.listen(Number(process.argv[2] || process.env.PORT || 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
