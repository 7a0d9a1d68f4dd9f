// Prints the inference host as one JavaScript module. A child that gets its program ready-made starts three times as fast as
// one that compiles TypeScript, and needs no right to start the compiler or to read our sources.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));

/** Bundles one entry point; libraries stay outside. */
async function bundle(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    tsconfig: join(folder, '..', '..', 'tsconfig.json'),
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    ...options,
  });
  return outputFiles[0].text;
}

const thread = await bundle('inference-host/session-thread.ts', { format: 'cjs' });
const define = { sessionThreadProgram: JSON.stringify(thread) };
process.stdout.write(await bundle('inference-host.ts', { format: 'esm', define }));
