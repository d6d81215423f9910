'use strict';
// Node's 'dns/promises'.
const dns = require('dns');

module.exports = {
  lookup: (hostname, options = {}) => new Promise((resolve, reject) => {
    dns.lookup(hostname, options, (error, address, family) => {
      if (error) reject(error);
      else resolve(options.all ? address : { address, family });
    });
  }),
};
