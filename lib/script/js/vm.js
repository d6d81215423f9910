'use strict';
// Node's 'vm', for code of the program's own world; there are no others.
const { missing } = require('internal/missing');

class Script {
  #source;

  constructor(source) {
    this.#source = String(source);
    new Function(this.#source); // a syntax error is told now
  }

  runInThisContext() { return (0, eval)(this.#source); }
}

module.exports = {
  Script,
  createScript: (source) => new Script(source),
  isContext: () => false,
  runInThisContext: (source) => (0, eval)(String(source)),
  compileFunction: (source, parameters = []) => new Function(...parameters, source),
  ...missing('vm', ['createContext', 'measureMemory', 'runInContext', 'runInNewContext']),
};
