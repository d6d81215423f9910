// Writes what the script runtime carries of JavaScript as Qt resource collections.
//
//     node bundle.mjs --packages DIR --scripts DIR --output DIR
//
// --packages  where `npm ci` has put node_modules
// --scripts   lib/script/js
// --output    gets script.qrc, resolve.json, what is generated of the below, and script.d (dependencies, for the build)
//
// The resources:
//     :/script/js/NAME.js              our modules, all of them
//     :/script/modules/PACKAGE/FILE    those files of npm packages that our modules need, directly or not
//     :/script/modules/resolve.json    { "<file, or '' for our modules>": { "<request>": "<file>" } }, relative to
//                                      :/script/modules, so that resolving is a lookup and never a search
//
// A request that is the name of one of our modules is not in the table: it means that module, in packages too.
// With a slash at the end ('events/') our own modules ask for the package of that name instead.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire, builtinModules } from 'node:module';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { packages: { type: 'string' }, scripts: { type: 'string' }, output: { type: 'string' } },
});

// What packages ask for and get in another way: one of our modules, or what the engine has by itself, instead of
// a polyfill with forty packages behind it.
const substitutes = {
  'abort-controller': `module.exports = require('internal/eventtarget');`,
  'call-bind/callBound': `module.exports = (name) => {
  const method = name.split('.').reduce((object, key) => object[key], globalThis);
  return Function.prototype.call.bind(method);
};`,
  'is-nan': 'module.exports = Number.isNaN;',
  'object-is': 'module.exports = Object.is;',
  'object-is/polyfill': 'module.exports = () => Object.is;',
  'object.assign/polyfill': 'module.exports = () => Object.assign;',
  'process/': `module.exports = require('process');`,
  'qs': `module.exports = require('querystring');`,
  'safe-buffer': `module.exports = require('buffer');`,
  'string_decoder/': `module.exports = require('string_decoder');`,
  'util/': `module.exports = require('util');`,
};
const substituteFolder = 'substitutes';

// Whole files of packages that are ours instead.
const replacedFiles = {
  'readable-stream/lib/ours/errors.js': `module.exports = require('internal/errors');`,
};

// Where a package cannot know something on this engine, it asks one of our modules: text there, text here. A new
// version of the package in which the text is not found stops the build.
const edits = {
  // Version 15 does not wait for a tick.
  'readable-stream/lib/internal/streams/pipeline.js': [
    ['process.nextTick(callback, error, value)', 'callback(error, value)'],
  ],
  // The wording of version 15.
  'assert/build/internal/assert/assertion_error.js': [
    ["'Values identical but not reference-equal:'", "'Values have same structure but are not reference-equal:'"],
    ['"\\n\\nshould equal\\n\\n"', '"\\n\\nshould loosely deep-equal\\n\\n"'],
  ],
  'node-inspect-extracted/dist/inspect.js': [
    ['t.stack?gt(t.stack):F(t)', 'module.exports.hooks.stackOf(t)'],
    // A last, empty line of a long text is not shown.
    ['e.split(/\\n/).map((function(e,r,n){return t(tr(e+(r===n.length-1?"":"\\n")),"string")}))',
      'e.split(/(?<=\\n)/).map((function(e){return t(tr(e),"string")}))'],
    ['isArgumentsObject:function(t){return!1}', 'isArgumentsObject:function(t){return module.exports.hooks.isArguments(t)}'],
  ],
};

const packagesRoot = fs.realpathSync(path.join(options.packages, 'node_modules'));
const scriptsRoot = path.resolve(options.scripts);

function filesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  }).sort();
}

const scripts = filesBelow(scriptsRoot).filter((file) => file.endsWith('.js'));
const ourNames = new Set(scripts.map((file) => path.relative(scriptsRoot, file).slice(0, -'.js'.length)));

// Requests for Node's modules that the runtime answers without a file of ours: the lead modules of the engine.
const nodeNames = new Set(builtinModules);

function requests(file) {
  const code = fs.readFileSync(file, 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  return new Set([...code.matchAll(/\brequire\(\s*(['"])([^'"]+)\1\s*\)/g)].map((match) => match[2]));
}

const table = {};
const bundled = new Map(); // name in the resource -> file on disk
const generated = new Map(); // name in the resource -> content

function resolvePackageFile(request, from) {
  const require = createRequire(from);
  try {
    return require.resolve(request);
  } catch (error) {
    throw new Error(`${from}: cannot find "${request}" in ${packagesRoot}: ${error.message}`);
  }
}

function follow(name, file, resolveFrom) {
  const resolved = {};
  for (const request of requests(file)) {
    const isOurs = name === '';
    if (ourNames.has(request)) {
      continue;
    }
    if (!isOurs && Object.hasOwn(substitutes, request)) {
      const target = `${substituteFolder}/${request.replace(/\W+/g, '-').replace(/-$/, '')}.js`;
      generated.set(target, `${substitutes[request]}\n`);
      resolved[request] = target;
      continue;
    }
    if (nodeNames.has(request)) {
      continue;
    }
    if (isOurs && request.startsWith('internal/')) {
      throw new Error(`${file}: there is no ${request}`);
    }
    const target = fs.realpathSync(resolvePackageFile(request, resolveFrom ?? file));
    const targetName = path.relative(packagesRoot, target).split(path.sep).join('/');
    if (targetName.startsWith('..')) {
      throw new Error(`${file}: "${request}" leads out of ${packagesRoot}`);
    }
    resolved[request] = targetName;
    if (Object.hasOwn(replacedFiles, targetName)) {
      generated.set(targetName, `${replacedFiles[targetName]}\n`);
    } else if (!bundled.has(targetName)) {
      bundled.set(targetName, target);
      if (target.endsWith('.js')) {
        follow(targetName, target);
      }
    }
  }
  if (Object.keys(resolved).length > 0) {
    table[name] = { ...table[name], ...resolved };
  }
}

for (const script of scripts) {
  follow('', script, path.join(packagesRoot, '..', 'entry.js'));
}

for (const [name, replacements] of Object.entries(edits)) {
  if (!bundled.has(name)) {
    continue;
  }
  let text = fs.readFileSync(bundled.get(name), 'utf8');
  for (const [there, here] of replacements) {
    if (text.split(there).length !== 2) {
      throw new Error(`${name}: "${there}" is not in it exactly once; adapt the edits in bundle.mjs`);
    }
    text = text.replace(there, () => here);
  }
  generated.set(name, text);
  bundled.delete(name);
}

const output = path.resolve(options.output);

// Written only when it differs, so that a run that changes nothing rebuilds nothing.
function write(name, content) {
  const file = path.join(output, name);
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== content) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return file;
}

const escapeXml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const entry = (alias, file) => `    <file alias="${escapeXml(alias)}">${escapeXml(file)}</file>`;

write('resolve.json', JSON.stringify(table));
const moduleEntries = [
  entry('resolve.json', path.join(output, 'resolve.json')),
  ...[...bundled].sort().map(([name, file]) => entry(name, file)),
  ...[...generated].sort().map(([name, content]) => entry(name, write(`generated/${name}`, content))),
];
const scriptEntries = scripts.map((file) => entry(path.relative(scriptsRoot, file).split(path.sep).join('/'), file));
const collection = write('script.qrc', `<RCC>
  <qresource prefix="/script/modules">
${moduleEntries.join('\n')}
  </qresource>
  <qresource prefix="/script/js">
${scriptEntries.join('\n')}
  </qresource>
</RCC>
`);

const escapeMake = (file) => file.replace(/[ #]/g, '\\$&').replace(/\$/g, '$$$$');
const dependencies = [...scripts, ...bundled.values()].map(escapeMake);
write('script.d', `${escapeMake(collection)}: ${dependencies.join(' \\\n  ')}\n`);
