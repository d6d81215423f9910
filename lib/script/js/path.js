'use strict';
// Node's 'path': the POSIX half, which is what the systems we run on use.
// Source: the npm package path-browserify; path.win32 is absent there, and so here.
const path = require('path-browserify');

const { validateString } = require('internal/validators');

/** The names of the arguments of each function, all of them text. */
for (const [name, parameters] of Object.entries({
  basename: ['path'], dirname: ['path'], extname: ['path'], isAbsolute: ['path'], normalize: ['path'],
  parse: ['path'], relative: ['from', 'to'],
})) {
  const run = path[name];
  path[name] = { [name](...args) {
    parameters.forEach((parameter, i) => validateString(args[i], parameter));
    return run.apply(path, args);
  } }[name];
}
for (const name of ['join', 'resolve']) {
  const run = path[name];
  path[name] = { [name](...args) {
    for (const argument of args) {
      validateString(argument, 'path');
    }
    return run.apply(path, args);
  } }[name];
}

path.posix = path;
path._makeLong = (file) => file;
path.toNamespacedPath = path._makeLong;
path.win32 = null;

module.exports = path;
