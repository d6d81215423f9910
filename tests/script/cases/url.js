'use strict';
// url, both interfaces, querystring and path.
const util = require('util');
const log = console.log;
log(
  new URL('http://u:p@ex.com:8080/a/../b?x=1&y=2#h'),
  new URLSearchParams('a=1&b=2&a=3').getAll('a'),
  new URLSearchParams({ q: 'a b' }),
  require('url').parse('http://u:p@h.com:80/p?q=1#f').pathname,
  require('url').resolve('/one/two', 'three'),
  require('url').format({ protocol: 'http', host: 'a.com', pathname: '/x', query: { a: 1 } }),
  require('url').fileURLToPath('file:///a%20b'),
  require('url').pathToFileURL('/a b#').href,
  require('url').domainToASCII('español.com'),
  require('url').urlToHttpOptions(new URL('http://a:b@[::1]:81/x?y')),
  require('url').parse('//a/b?x=1', true, true),
);
log(
  require('querystring').parse('a=1&b=2&a=3&c=%20x+y&d'),
  require('querystring').stringify({ a: [1, 2], b: 'x y', c: true, d: null }),
  require('querystring').parse('a:1;b:2', ';', ':'),
  require('querystring').unescape('%zz%20'),
);
log(
  require('path').join('/a', '..', 'b'),
  require('path').parse('/x/y.tar.gz'),
  require('path').relative('/a/b', '/a/c'),
  require('path').resolve('/a', 'b'),
);
