import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The host is some 200 KB; a bundle beyond this has swallowed what should stay outside. */
const maximumProgramBytes = 16 * 2 ** 20;

const programs = new Map<string, Promise<string>>();

/**
 * The program of the inference host as one JavaScript module, made from the sources once per process (0.2 s), so that it can
 * never be older than they are. Rejects with the compiler's words; the next call tries again.
 */
export function hostProgram(projectFolder: string): Promise<string> {
  const known = programs.get(projectFolder);
  if (known !== undefined) return known;
  const program = bundle(projectFolder);
  programs.set(projectFolder, program);
  program.catch(() => programs.delete(projectFolder));
  return program;
}

async function bundle(projectFolder: string): Promise<string> {
  const script = join(projectFolder, 'lib', 'workers', 'bundle-inference-host.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    cwd: projectFolder,
    env: { NODE_ENV: 'production' },
    maxBuffer: maximumProgramBytes,
  });
  return stdout;
}
