// Documents are checked like code: every path and npm script that README.md names must exist.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const builtIn = new Set(['ci', 'install', 'run', 'start', 'test']);
const faults = [];

for (const document of ['README.md']) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const [, path] of text.matchAll(/`((?:app|components|lib|bin|e2e|bench|scripts|public)\/[\w./-]*)`/g)) {
    if (!existsSync(join(root, path))) faults.push(`${document} names ${path}, which does not exist`);
  }
  for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)) {
    if (!existsSync(join(root, target))) faults.push(`${document} links to ${target}, which does not exist`);
  }
  for (const [, name] of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
    if (!scripts[name]) faults.push(`${document} names npm run ${name}, which package.json lacks`);
  }
  for (const [, name] of text.matchAll(/\bnpm ([a-z]+)/g)) {
    if (!builtIn.has(name)) faults.push(`${document} names npm ${name}`);
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
