/** What is used of a folder of the browser's origin-private file system. */
export type OriginFolder = {
  keys(): AsyncIterable<string>;
  getFileHandle(name: string, options?: { create?: boolean }): Promise<OriginFile>;
  removeEntry(name: string): Promise<void>;
};

type OriginFile = {
  getFile(): Promise<File>;
  createWritable(): Promise<{
    write(content: Blob | string): Promise<void>;
    abort(): Promise<void>;
    close(): Promise<void>;
  }>;
};

/**
 * Writes a file. The system writes to a copy that replaces the file on close, so that a write cut short leaves nothing that looks
 * whole.
 */
export async function writeOriginFile(folder: OriginFolder, name: string, content: Blob | string): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  try {
    await writable.write(content);
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
  await writable.close();
}

/** Null for a file that is not there. */
export async function existingOriginFile(folder: OriginFolder, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Removes a file; one that is gone already is what was wanted. */
export async function removeOriginFile(folder: OriginFolder, name: string): Promise<void> {
  await folder.removeEntry(name).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
