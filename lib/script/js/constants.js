'use strict';
// Node's 'constants', which is old: those of 'os' and 'fs' in one.
const { errno, priority, signals } = require('internal/systemerrors');
module.exports = Object.freeze({ ...errno, ...priority, ...signals, ...require('internal/constants').fs });
