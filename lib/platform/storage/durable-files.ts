import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes every byte of `chunk` where the file's position is (or at `position`): one `write` may take fewer. */
export async function writeWhole(file: FileHandle, chunk: Uint8Array, position: number | null = null): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const at = position === null ? null : position + written;
    const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written, at);
    written += bytesWritten;
  }
}

/** Moves a file that is already synced, and makes the move itself survive a power cut. Folders are made as needed. */
export async function renameDurably(from: string, to: string): Promise<void> {
  const folder = path.dirname(to);
  await makeFolderDurably(folder);
  await rename(from, to);
  await syncFolder(folder);
}

/** Makes a folder and those above it, each entry safe from a power cut. */
export async function makeFolderDurably(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) return;
  const top = path.dirname(firstMade);
  for (let parent = path.dirname(folder); ; parent = path.dirname(parent)) {
    await syncFolder(parent);
    if (parent === top || parent === path.dirname(parent)) return;
  }
}

/** Waits until the disk has the names in a folder: without it a power cut may forget a file that was written whole. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether a file-system call failed because nothing is there. */
export function isNoEntry(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
