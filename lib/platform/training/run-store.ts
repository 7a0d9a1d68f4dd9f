import { access, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type RunStore, runFiles } from '@/lib/engines/training/run-folder/run-store';
import { unwritable, writeWhole } from '@/lib/platform/training/write-whole';

/** The files of a run in a folder of the disk. */
export function diskRunStore(folder: string): RunStore {
  const root = resolve(folder);
  const pathOf = (name: string): string => join(root, name);
  return {
    async write(name, content) {
      const path = pathOf(name);
      await made(dirname(path));
      await writeWhole(path, content);
    },
    async read(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}

/** More runs than anyone keeps under one name. */
const mostRuns = 100_000;

/**
 * Makes the folder of a new run: `<project>/<name>`, or the first free one of `<name>2`, `<name>3`, …; with `existOk` the folder
 * itself even where there is one. Gives its path. Rejects with a `Fault` (`input-invalid`) where it cannot be made.
 */
export async function createRunFolder(project: string, name: string, existOk: boolean): Promise<string> {
  await made(project);
  for (let number = 1; number <= mostRuns; number++) {
    const folder = join(project, number === 1 ? name : `${name}${number}`);
    try {
      await mkdir(folder, { recursive: existOk });
      return folder;
    } catch (cause) {
      const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST' && !existOk;
      if (!isTaken) throw unwritable(folder, cause);
    }
  }
  throw unwritable(join(project, name), new Error(`there are ${mostRuns} runs of this name`));
}

/** Whether the run in a folder has this file; `name` as a `RunStore` has it. */
export async function hasRunFile(folder: string, name: string): Promise<boolean> {
  return access(join(folder, name)).then(
    () => true,
    () => false,
  );
}

/** Removes the folder of a run that failed before it kept any weights; with weights it stays. To be called for new folders only. */
export async function removeUntrainedRun(folder: string): Promise<void> {
  if (await hasRunFile(folder, dirname(runFiles.state))) return;
  // Whoever asked learns why the run failed, not why its folder could not be removed.
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function made(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}
