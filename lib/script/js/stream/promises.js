'use strict';
// Node's 'stream/promises'.
const stream = require('stream');

// A last argument that is options, not a stream: { signal } alone, as version 15 has it.
function splitOptions(streams) {
  const last = streams[streams.length - 1];
  const isOptions = last !== null && typeof last === 'object' && typeof last.pipe !== 'function' &&
    typeof last.write !== 'function' && typeof last[Symbol.asyncIterator] !== 'function' &&
    typeof last[Symbol.iterator] !== 'function' && 'signal' in last;
  return isOptions ? [streams.slice(0, -1), last] : [streams, {}];
}

function pipeline(...args) {
  return new Promise((resolve, reject) => {
    const [streams, options] = splitOptions(args);
    const { signal } = options;
    const last = stream.pipeline(streams, (error, value) => {
      if (error) {
        reject(error);
      } else {
        resolve(value);
      }
    });
    if (signal !== undefined && last && typeof last.destroy === 'function') {
      stream.addAbortSignal(signal, last);
    }
  });
}

function finished(target, options) {
  return new Promise((resolve, reject) => {
    stream.finished(target, options, (error) => {
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    });
  });
}

module.exports = { finished, pipeline };
