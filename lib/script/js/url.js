'use strict';
// Node's 'url'. Source: the npm packages url (the older interface) and whatwg-url (internal/url).
const legacy = require('url/');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

const { Url } = legacy;
const modern = () => require('internal/url');

function parse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) {
    return url;
  }
  validateString(url, 'url');
  return legacy.parse(url, parseQueryString, slashesDenoteHost);
}

const isUrl = (value) => value !== null && typeof value === 'object' && !(value instanceof Url) &&
  value.href !== undefined && value.searchParams !== undefined;

/** \a options, of a URL only: auth, fragment, search, unicode. */
function format(value, options) {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) {
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], value);
  }
  if (!isUrl(value)) {
    return legacy.format(value);
  }
  const { auth = true, fragment = true, search = true, unicode = false } = options ?? {};
  const url = new (modern().URL)(value.href);
  let text = url.protocol;
  if (url.host !== '' || url.protocol === 'file:') {
    text += '//';
    if (auth && (url.username !== '' || url.password !== '')) {
      text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    }
    text += unicode ? url.host.replace(url.hostname, domainToUnicode(url.hostname)) : url.host;
  }
  return text + url.pathname + (search ? url.search : '') + (fragment ? url.hash : '');
}

function domainToASCII(domain) {
  try {
    return new (modern().URL)(`ws://${domain}`).hostname;
  } catch {
    return '';
  }
}

function domainToUnicode(domain) {
  const ascii = domainToASCII(domain);
  return ascii === '' ? '' : require('punycode').toUnicode(ascii);
}

/** The path of a file: URL, on a system with POSIX paths. */
function fileURLToPath(value) {
  const { URL } = modern();
  const url = typeof value === 'string' ? new URL(value) : value;
  if (!isUrl(url)) {
    throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], value);
  }
  if (url.protocol !== 'file:') {
    throw new codes.ERR_INVALID_URL_SCHEME('file');
  }
  if (url.hostname !== '') {
    throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  }
  if (/%2f/i.test(url.pathname)) {
    throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  }
  return decodeURIComponent(url.pathname);
}

function pathToFileURL(path) {
  const { resolve } = require('path');
  let absolute = resolve(path);
  if (path.endsWith('/') && !absolute.endsWith('/')) {
    absolute += '/';
  }
  const url = new (modern().URL)('file://');
  const escapes = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23' };
  url.pathname = absolute.replace(/[%\\\n\r\t?#]/g, (character) => escapes[character]);
  return url;
}

module.exports = {
  Url,
  parse,
  resolve: (from, to) => parse(from, false, true).resolve(to),
  resolveObject: (from, to) => (from ? parse(from, false, true).resolveObject(to) : to),
  format,
  get URL() { return modern().URL; },
  get URLSearchParams() { return modern().URLSearchParams; },
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  urlToHttpOptions: (url) => modern().urlToHttpOptions(url),
};
