// Runs one example of the reference: example-harness.js FILE KIND PORT-OF-A-SERVER. Gives fragments, as globals, the
// names that they take for granted, calls the servers they make, and prints what came of it.
'use strict';
const assert = require('assert');
const http = require('http');

const [file, kind, origin] = process.argv.slice(2);
const { get: plainGet, request: plainRequest, createServer } = http;
Object.assign(globalThis, { http, assert, body: '<p>hello</p>', fileData: 'data of a file' });

function report(name, answer) {
  let text = '';
  answer.on('data', (piece) => { text += piece; });
  answer.on('end', () => console.log(
    `${name} ${answer.statusCode} ${JSON.stringify(answer.headers)} ${text} ${JSON.stringify(answer.trailers)}`));
}

function call(server) {
  plainGet({ port: server.address().port, path: '/status?name=ryan', headers: { accept: 'text/plain' } },
    (answer) => report('called', answer));
}

const runs = {
  message() {
    const server = createServer((request, response) => {
      Object.assign(globalThis, { request, response, message: response, outgoingMessage: response, server });
      require(file);
      if (!response.writableEnded)
        response.end(!response.headersSent && response.getHeader('content-length') ? globalThis.body : '');
    });
    server.listen(0, () => call(server));
  },

  request() {
    globalThis.request = plainRequest({ port: origin, method: 'POST', setHost: false },
      (answer) => report('answered', answer));
    require(file);
    globalThis.request.end(globalThis.request.getHeader('content-length') ? globalThis.body : '');
  },

  agent() {
    const { keepSocketAlive, reuseSocket } = require(file);
    class Agent extends http.Agent {}
    Object.assign(Agent.prototype, { keepSocketAlive, reuseSocket });
    const agent = new Agent({ keepAlive: true });
    const once = (then) => {
      const request = plainGet({ port: origin, agent }, (answer) => {
        answer.resume();
        const { localPort } = request.socket;
        answer.on('end', () => setImmediate(then, localPort));
      });
    };
    once((first) => once((second) => console.log(`reused ${first === second}`)));
  },

  program() {
    globalThis.agent = new http.Agent({ keepAlive: true });
    globalThis.options = { host: 'localhost', port: origin };
    globalThis.onResponseCallback = () => {};
    http.createServer = (...given) => {
      const server = createServer(...given);
      server.on('listening', () => call(server));
      setImmediate(() => server.listening || server.listen(0)); // one that is only made
      return server;
    };
    for (const name of ['get', 'request']) {
      const plain = name === 'get' ? plainGet : plainRequest;
      http[name] = (...given) => {
        const request = plain(...given);
        request.on('response', (answer) => report('answered', answer));
        setImmediate(() => request.writableEnded || request.end()); // one that is only made
        return request;
      };
    }
    require(file);
    console.log('loaded');
  },
};
runs[kind]();
