'use strict';
// Node's 'console'. Source: reference "Console"; the WHATWG console standard.
const stdio = require('internal/stdio');

const groupIndentation = 2;
const ofProcess = Symbol('console of the process');

/** What one console keeps and how it writes; `write(isError, text)` gets whole lines. */
class Console {
  #write;
  #inspectOptions;
  #indentation = '';
  #groupIndentation;
  #counts = new Map();
  #timers = new Map();

  constructor(options, ...rest) {
    if (options === ofProcess) {
      // Written without a stream, as long as the program uses none.
      this.#setUp((isError, text) => stdio.write(isError ? 2 : 1, text), {});
      return;
    }
    let settings = options;
    if (!options || typeof options.write === 'function') {
      settings = { stdout: options, stderr: rest[0], ignoreErrors: rest[1] };
    }
    const { codes } = require('internal/errors');
    const { stdout, stderr = stdout, ignoreErrors = true } = settings;
    for (const [name, stream] of [['stdout', stdout], ['stderr', stderr]]) {
      if (!stream || typeof stream.write !== 'function') {
        throw new codes.ERR_CONSOLE_WRITABLE_STREAM(name);
      }
    }
    const ignore = () => {};
    this.#setUp((isError, text) => {
      const stream = isError ? stderr : stdout;
      if (!ignoreErrors) {
        stream.write(text);
        return;
      }
      stream.once?.('error', ignore);
      try {
        stream.write(text, () => {});
      } catch {
        // A console never fails because its stream does.
      } finally {
        stream.removeListener?.('error', ignore);
      }
    }, settings);
  }

  #setUp(write, { inspectOptions, groupIndentation: width = groupIndentation }) {
    this.#write = write;
    this.#inspectOptions = inspectOptions;
    this.#groupIndentation = width;
    // Methods of a console are often passed around without it.
    for (const name of methodNames) {
      Object.defineProperty(this, name, {
        configurable: true, enumerable: true, writable: true, value: this[name].bind(this),
      });
    }
  }

  #print(isError, args) {
    let text;
    if (args.length === 1 && typeof args[0] === 'string') {
      [text] = args;
    } else {
      const util = require('util');
      text = this.#inspectOptions ? util.formatWithOptions(this.#inspectOptions, ...args) : util.format(...args);
    }
    if (this.#indentation !== '') {
      text = this.#indentation + text.replaceAll('\n', `\n${this.#indentation}`);
    }
    this.#write(isError, `${text}\n`);
  }

  log(...args) { this.#print(false, args); }

  warn(...args) { this.#print(true, args); }

  dir(value, options) {
    this.#print(false, [require('util').inspect(value, {
      customInspect: false, ...this.#inspectOptions, ...options,
    })]);
  }

  time(label = 'default') {
    const key = `${label}`;
    if (this.#timers.has(key)) {
      process.emitWarning(`Label '${key}' already exists for console.time()`);
      return;
    }
    this.#timers.set(key, process.hrtime());
  }

  timeEnd(label = 'default') {
    if (this.#showTime('timeEnd', `${label}`, [])) {
      this.#timers.delete(`${label}`);
    }
  }

  timeLog(label = 'default', ...values) {
    this.#showTime('timeLog', `${label}`, values);
  }

  #showTime(name, label, values) {
    const since = this.#timers.get(label);
    if (since === undefined) {
      process.emitWarning(`No such label '${label}' for console.${name}()`);
      return false;
    }
    const [seconds, nanoseconds] = process.hrtime(since);
    this.#print(false, ['%s: %s', label, durationText(seconds * 1000 + nanoseconds / 1e6), ...values]);
    return true;
  }

  trace(...args) {
    const carrier = { name: 'Trace', message: require('util').format(...args) };
    Error.captureStackTrace(carrier, this.trace);
    this.#print(true, [carrier.stack]);
  }

  assert(condition, ...args) {
    if (!condition) {
      args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
      this.#print(true, args);
    }
  }

  clear() {}

  count(label = 'default') {
    const key = `${label}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    this.#print(false, [`${key}: ${count}`]);
  }

  countReset(label = 'default') {
    const key = `${label}`;
    if (!this.#counts.has(key)) {
      process.emitWarning(`Count for '${key}' does not exist`);
      return;
    }
    this.#counts.delete(key);
  }

  group(...args) {
    if (args.length > 0) {
      this.#print(false, args);
    }
    this.#indentation += ' '.repeat(this.#groupIndentation);
  }

  groupEnd() {
    this.#indentation = this.#indentation.slice(0, this.#indentation.length - this.#groupIndentation);
  }

  table(data, columns) {
    const text = data !== null && typeof data === 'object' ? tableText(data, columns) : undefined;
    this.#print(false, [text ?? data]);
  }

  get [Symbol.toStringTag]() { return 'console'; }
}

for (const [name, of] of [
  ['info', 'log'], ['debug', 'log'], ['error', 'warn'], ['dirxml', 'log'], ['groupCollapsed', 'group'],
]) {
  Object.defineProperty(Console.prototype, name, {
    configurable: true, writable: true, value: Console.prototype[of],
  });
}
const methodNames = Object.getOwnPropertyNames(Console.prototype).filter((name) => name !== 'constructor');

/** "1.234ms", "2.5s", "1:02.345 (m:ss.mmm)". */
function durationText(milliseconds) {
  if (milliseconds >= 3600e3) {
    const minutes = Math.floor((milliseconds % 3600e3) / 60e3);
    const seconds = Math.floor((milliseconds % 60e3) / 1000);
    return `${Math.floor(milliseconds / 3600e3)}:${String(minutes).padStart(2, '0')}:` +
      `${String(seconds).padStart(2, '0')} (h:mm:ss)`;
  }
  if (milliseconds >= 60e3) {
    return `${Math.floor(milliseconds / 60e3)}:${((milliseconds % 60e3) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  }
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(3)}s`
    : `${Number(milliseconds.toFixed(3))}ms`;
}

// --- tables

const indexHeader = '(index)';
const iterationHeader = '(iteration index)';
const keyHeader = 'Key';
const valueHeader = 'Values';

function shown(value) {
  const depth = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2
    ? -1 : 0;
  return require('util').inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth });
}

/** Rows and columns of what console.table() got; undefined: nothing that makes a table. */
function tableText(data, properties) {
  const types = require('internal/types');
  if (types.isMap(data)) {
    const entries = [...data];
    return render([iterationHeader, keyHeader, valueHeader],
      [entries.map((_, i) => String(i)), entries.map(([key]) => shown(key)), entries.map(([, value]) => shown(value))]);
  }
  if (types.isSet(data)) {
    const values = [...data];
    return render([iterationHeader, valueHeader], [values.map((_, i) => String(i)), values.map(shown)]);
  }
  const rowKeys = Object.keys(data);
  const columns = new Map((properties ?? []).map((name) => [name, []]));
  const plainValues = [];
  let hasPlain = false;
  rowKeys.forEach((rowKey, row) => {
    const item = data[rowKey];
    const isPlain = item === null || (typeof item !== 'object' && typeof item !== 'function');
    if (isPlain && properties === undefined) {
      hasPlain = true;
      plainValues[row] = shown(item);
      return;
    }
    for (const key of properties ?? Object.keys(item)) {
      if (!columns.has(key)) {
        columns.set(key, []);
      }
      columns.get(key)[row] = isPlain || !Object.hasOwn(item, key) ? '' : shown(item[key]);
    }
  });
  const headers = [indexHeader, ...columns.keys()];
  const cells = [rowKeys, ...columns.values()];
  if (hasPlain) {
    headers.push(valueHeader);
    cells.push(plainValues);
  }
  return render(headers, cells, rowKeys.length);
}

function render(headers, columns, rows = Math.max(0, ...columns.map((column) => column.length))) {
  const texts = columns.map((column) => Array.from({ length: rows }, (_, i) => column[i] ?? ''));
  const widths = headers.map((header, i) => Math.max(widthOf(header), ...texts[i].map(widthOf)) + 2);
  const line = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const row = (cells) => `│${cells.map((cell, i) => centred(cell, widths[i])).join('│')}│`;
  return [
    line('┌', '┬', '┐'),
    row(headers),
    line('├', '┼', '┤'),
    ...Array.from({ length: rows }, (_, i) => row(texts.map((column) => column[i]))),
    line('└', '┴', '┘'),
  ].join('\n');
}

/** Columns that a text takes on a terminal; wide characters take two. */
function widthOf(text) {
  let width = 0;
  for (const character of require('util').stripVTControlCharacters(text).normalize('NFC')) {
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u
      .test(character) || character.codePointAt(0) >= 0x1f300 ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
  }
  return width;
}

function centred(text, width) {
  const space = width - widthOf(text);
  const left = Math.floor(space / 2);
  return ' '.repeat(left) + text + ' '.repeat(space - left);
}

const processConsole = new Console(ofProcess);
processConsole.Console = Console;
Object.defineProperty(processConsole, 'Console', { enumerable: true });

module.exports = processConsole;
