'use strict';
// Node's 'querystring'. Source: reference "Query String".

const querystring = {};

/** As encodeURIComponent(), with Node's error for a surrogate that stands alone. */
querystring.escape = function escape(value) {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : `${value}`;
  try {
    return encodeURIComponent(text);
  } catch {
    throw new (require('internal/errors').codes.ERR_INVALID_URI)();
  }
};

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

/** The octets of \a text with its %XX decoded; what is no %XX stays. */
querystring.unescapeBuffer = function unescapeBuffer(text, decodesPlus = false) {
  const octets = Buffer.from(text);
  let length = 0;
  for (let i = 0; i < octets.length; ++i) {
    let octet = octets[i];
    if (octet === 0x2B && decodesPlus) {
      octet = 0x20;
    } else if (octet === 0x25 && i + 2 < octets.length) {
      const high = hexValue(octets[i + 1]);
      const low = hexValue(octets[i + 2]);
      if (high >= 0 && low >= 0) {
        octet = high * 16 + low;
        i += 2;
      }
    }
    octets[length++] = octet;
  }
  return octets.slice(0, length);
};

querystring.unescape = function unescape(text, decodesPlus) {
  try {
    return decodeURIComponent(text);
  } catch {
    return querystring.unescapeBuffer(text, decodesPlus).toString();
  }
};

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': return `${value}`;
    case 'boolean': return value ? 'true' : 'false';
    default: return '';
  }
}

querystring.stringify = querystring.encode = function stringify(object, separator, equals, options) {
  const between = separator || '&';
  const is = equals || '=';
  const encode = typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
  if (object === null || typeof object !== 'object') {
    return '';
  }
  const encoded = (value) => {
    const text = primitiveText(value);
    return text === '' ? '' : encode(text);
  };
  const fields = [];
  for (const key of Object.keys(object)) {
    const name = encode(key) + is;
    const value = object[key];
    if (Array.isArray(value)) {
      for (const item of value) {
        fields.push(name + encoded(item));
      }
    } else {
      fields.push(name + encoded(value));
    }
  }
  return fields.join(between);
};

function decoded(text, decode) {
  if (!/[%+]/.test(text)) {
    return text;
  }
  const spaced = text.replaceAll('+', decode === querystring.unescape ? ' ' : '%20');
  if (!spaced.includes('%') && decode === querystring.unescape) {
    return spaced;
  }
  try {
    return decode(spaced);
  } catch {
    return querystring.unescape(spaced, true);
  }
}

/** options: maxKeys (1000; 0: no limit), decodeURIComponent. */
querystring.parse = querystring.decode = function parse(text, separator, equals, options) {
  const result = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) {
    return result;
  }
  const between = separator || '&';
  const is = equals || '=';
  const maxKeys = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  const decode = typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
  let fields = text.split(between).filter((field) => field !== '');
  if (maxKeys > 0) {
    fields = fields.slice(0, maxKeys);
  }
  for (const field of fields) {
    const at = field.indexOf(is);
    const name = decoded(at < 0 ? field : field.slice(0, at), decode);
    const value = at < 0 ? '' : decoded(field.slice(at + is.length), decode);
    if (!(name in result)) {
      result[name] = value;
    } else if (Array.isArray(result[name])) {
      result[name].push(value);
    } else {
      result[name] = [result[name], value];
    }
  }
  return result;
};

module.exports = querystring;
