globalThis.console = { log: (...a) => native.process.write(1, a.map(String).join(' ') + '\n') };
globalThis.process = process; globalThis.global = globalThis;
globalThis.Buffer = require('buffer').Buffer;
