'use strict';
// Node's 'readline': lines of a stream, without a terminal. Source: reference "Readline".
const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');

class Interface extends EventEmitter {
  #rest = '';
  #prompt = '> ';

  constructor(input, output) {
    super();
    const options = input?.input ? input : { input, output };
    this.input = options.input;
    this.output = options.output;
    this.closed = false;
    if (options.prompt !== undefined) this.#prompt = options.prompt;
    const decoder = new StringDecoder('utf8');
    const take = (text) => {
      const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
      this.#rest = lines.pop();
      for (const line of lines) {
        this.emit('line', line);
      }
    };
    this.input.on('data', (chunk) => take(typeof chunk === 'string' ? chunk : decoder.write(chunk)));
    this.input.on('end', () => {
      take(decoder.end());
      if (this.#rest !== '') this.emit('line', this.#rest.replace(/\r$/, ''));
      this.close();
    });
  }

  close() {
    if (!this.closed) {
      this.closed = true;
      this.input.pause?.();
      this.emit('close');
    }
  }

  pause() {
    this.input.pause();
    this.emit('pause');
    return this;
  }

  resume() {
    this.input.resume();
    this.emit('resume');
    return this;
  }

  setPrompt(prompt) { this.#prompt = prompt; }

  getPrompt() { return this.#prompt; }

  prompt() { this.output?.write(this.#prompt); }

  write() {}

  question(query, options, callback = options) {
    this.output?.write(query);
    this.once('line', callback);
  }

  async* [Symbol.asyncIterator]() {
    const lines = [];
    let wake;
    this.on('line', (line) => { lines.push(line); wake?.(); });
    this.on('close', () => wake?.());
    while (lines.length > 0 || !this.closed) {
      if (lines.length > 0) yield lines.shift();
      else await new Promise((done) => { wake = done; });
    }
  }
}

module.exports = {
  Interface,
  createInterface: (input, output) => new Interface(input, output),
  clearLine: () => true,
  clearScreenDown: () => true,
  cursorTo: () => true,
  emitKeypressEvents() {},
  moveCursor: () => true,
};
