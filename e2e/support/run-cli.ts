import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Standard output of `sightline predict` with these words, as a person would run it in the checkout. */
export async function predictByCommand(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['bin/sightline.mjs', 'predict', ...words], { encoding: 'utf8' });
  return stdout;
}
