// Hooks of the proxy: what it sees of each exchange, and changes. For the script rule of rules.json in this folder:
//
//   headrace serve orders.mock.json
//   headrace proxy --port 8080 --rules proxy/rules.json
//   curl -x http://127.0.0.1:8080 http://127.0.0.1:3000/v1/items
//
// A file that changes is loaded anew for the next exchange. All hooks are described in lib/session/README.md.
'use strict';

/// The body of JSON is wanted whole; all others pass as they come.
exports.needsBody = 'response';

exports.onRequest = (request, context) => {
  context.state.began = Date.now();
  request.headers.set('X-Request-Number', context.id); // keeps place and case of one that is there
  if (request.headers.has('X-Teapot')) {
    console.log(`${request.method} ${request.url} is for a teapot`);
    return { statusCode: 418, headers: { 'Content-Type': 'text/plain' }, body: 'short and stout\n' };
  }
};

exports.onResponse = async (response, request, context) => {
  const value = JSON.parse(response.text); // what this throws is shown, and leaves the exchange as it was
  if (Array.isArray(value)) {
    response.text = JSON.stringify({ items: value, count: value.length });
  }
  response.headers.add('X-Took', `${Date.now() - context.state.began} ms`);
};

/// Every message of a WebSocket passes here; `false` leaves it out.
exports.onWebSocketMessage = (message) => {
  if (message.isText && !message.fromClient) return message.data.replaceAll('sluice', 'weir');
};
