#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// The product is TypeScript: tsx reads it as it is, with the aliases of our own tsconfig wherever the command is run from.
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { main } = await import('../lib/cli/main.ts');

// npm runs scripts in the package's folder; paths on the command line mean the folder that npm was called in.
const ranByNpm = process.env.npm_lifecycle_event === 'sightline';
process.exitCode = await main(process.argv.slice(2), {
  folder: (ranByNpm && process.env.INIT_CWD) || process.cwd(),
  output: process.stdout,
  errors: process.stderr,
});
