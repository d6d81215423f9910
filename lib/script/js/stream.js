'use strict';
// Node's 'stream', with what version 15 has of it.
// Source: the npm package readable-stream, whose parts are put together here because its own entry brings the
// iterator helpers of later versions along.
const { Stream } = require('readable-stream/lib/internal/streams/legacy');
const finished = require('readable-stream/lib/internal/streams/end-of-stream');
const { pipeline } = require('readable-stream/lib/internal/streams/pipeline');
const { addAbortSignal } = require('readable-stream/lib/internal/streams/add-abort-signal');

Stream.Readable = require('readable-stream/lib/internal/streams/readable');
Stream.Writable = require('readable-stream/lib/internal/streams/writable');
Stream.Duplex = require('readable-stream/lib/internal/streams/duplex');
Stream.Transform = require('readable-stream/lib/internal/streams/transform');
Stream.PassThrough = require('readable-stream/lib/internal/streams/passthrough');
Stream.pipeline = pipeline;
Stream.addAbortSignal = addAbortSignal;
Stream.finished = finished;
Object.defineProperty(Stream, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('stream/promises'),
});
Stream.Stream = Stream;

// util.promisify(stream.pipeline) and (stream.finished) answer with these.
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(pipeline, customPromisify, { enumerable: true, get: () => Stream.promises.pipeline });
Object.defineProperty(finished, customPromisify, { enumerable: true, get: () => Stream.promises.finished });

Stream._isUint8Array = (value) => value instanceof Uint8Array;
Stream._uint8ArrayToBuffer = (chunk) => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

module.exports = Stream;
