// http.METHODS and http.STATUS_CODES, as lib/http has them.
'use strict';
const [methods, phrases] = native.http.names();

const STATUS_CODES = {};
for (let i = 0; i < phrases.length; i += 2) STATUS_CODES[phrases[i]] = phrases[i + 1];

module.exports = { METHODS: methods, STATUS_CODES };
