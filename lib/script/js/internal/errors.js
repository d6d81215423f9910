const codes = new Proxy({}, { get: (t, code) => class extends TypeError { constructor(...a) { super(code + ' ' + a); this.code = code; } } });
module.exports = { codes, nodeError(code, message) { const e = new Error(message); e.code = code; return e; } };
