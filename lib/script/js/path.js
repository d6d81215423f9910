'use strict';
// Node's 'path': the POSIX half, which is what the systems we run on use.
// Source: the npm package path-browserify; path.win32 is absent there, and so here.
const path = require('path-browserify');

path.posix = path;
path._makeLong = (file) => file;
path.toNamespacedPath = path._makeLong;
path.win32 = null;

module.exports = path;
