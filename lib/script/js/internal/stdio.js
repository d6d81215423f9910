'use strict';
// process.stdout, stderr and stdin. What is written goes out at once and in order; no input is offered.
// Source: reference "A note on process I/O".

const streams = [];

function stream(descriptor) {
  if (streams[descriptor] === undefined) {
    const { Writable } = require('stream');
    const made = new Writable({
      decodeStrings: false,
      write(chunk, encoding, callback) {
        native.process.write(descriptor, typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8'
          ? Buffer.from(chunk, encoding) : chunk);
        callback();
      },
    });
    made.fd = descriptor;
    made._type = 'pipe';
    made._isStdio = true;
    // Closing it would leave later writers without one; Node's cannot be destroyed, either.
    made.destroySoon = made.destroy;
    made._destroy = (error, callback) => callback(error);
    streams[descriptor] = made;
  }
  return streams[descriptor];
}

function input() {
  const { Readable } = require('stream');
  const made = new Readable({ read() {} });
  made.fd = 0;
  made.push(null);
  return made;
}

/** Through the stream if there is one, so that what a program puts in place of its write() sees it. */
function write(descriptor, text) {
  const name = descriptor === 1 ? 'stdout' : 'stderr';
  const property = Object.getOwnPropertyDescriptor(process, name);
  if (property?.value !== undefined) {
    property.value.write(text);
  } else {
    native.process.write(descriptor, text);
  }
}

module.exports = { input, stream, write };
