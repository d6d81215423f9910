const E = require('events');
const p = new E(); p.argv = ['headrace', '']; p.env = {}; p.version = 'v15.14.0'; p.stdout = { write: (s) => native.process.write(1, s) }; p.emitWarning = () => {};
module.exports = p;
