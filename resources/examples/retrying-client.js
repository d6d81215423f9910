// Client with a keep-alive agent that asks again when a connection it had kept turns out to be closed.
//
//   headrace run retrying-client.js http://127.0.0.1:3000/ 5
//
// The race is in the nature of keep-alive: a server may close an idle connection at the moment at which the next
// request is under way. request.reusedSocket tells that case from a server that is down.
// A start for: test clients, health checks, load with few connections.
'use strict';
const http = require('http');

const [url = `http://127.0.0.1:${process.env.PORT || 3000}/`, count = '3'] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const MostAttempts = 3;

function get(number, attempt = 1) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => { text += piece; });
      response.on('end', () => {
        const socket = request.reusedSocket ? 'kept connection' : 'new connection';
        console.log(`${number}: ${response.statusCode} ${text.trim()} (${socket}, attempt ${attempt})`);
        resolve(text);
      });
      response.on('aborted', () => reject(new Error('the answer broke off')));
    });
    request.on('error', (error) => {
      // Only what is safe to repeat, and only if the connection may have been dead already.
      if (request.reusedSocket && error.code === 'ECONNRESET' && attempt < MostAttempts) {
        console.log(`${number}: ${error.message}, once more`);
        resolve(get(number, attempt + 1));
      } else {
        reject(error);
      }
    });
  });
}

(async () => {
  for (let number = 1; number <= Number(count); number++)
    await get(number);
  agent.destroy(); // closes what is kept, so the program can end
})().catch((error) => {
  console.error(`${url}: ${error.message}`);
  process.exitCode = 1;
  agent.destroy();
});
