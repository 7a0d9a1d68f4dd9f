import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const secretBytes = 32;

/**
 * The server's secret: the given one, or that of `dataFolder`/secret, which is made on the first start and readable by its
 * owner only. Several processes may ask at once: the file appears whole, and only one of them makes it.
 */
export async function serverSecret(dataFolder: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const file = path.join(dataFolder, 'secret');
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  await mkdir(dataFolder, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, randomBytes(secretBytes).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    // A link fails where the name is taken, so that the first one wins and the others read it.
    await link(draft, file);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(file);
  if (made === null) throw new Error(`The secret in ${file} could not be written. Check the permissions of DATA_DIR.`);
  return made;
}

async function readSecret(file: string): Promise<string | null> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text.length < secretBytes) {
      throw new Error(
        `The secret in ${file} is shorter than ${secretBytes} characters. Restore the file, or delete it to sign everybody out.`,
      );
    }
    return text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
