module.exports = { formatStack: (e) => String(e) + '\n' + e.stack, locationOf: (e) => ({ file: e.sourceURL, line: e.line, column: e.column }) };
