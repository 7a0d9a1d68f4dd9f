import { checkReadable } from '@/lib/cli/read-file';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';
import { openFileSource } from '@/lib/workers/inference-host/file-source';

/**
 * Opens a file for as long as `use` takes; only what is read comes into memory. `name` is the path as it was typed. Throws a
 * `Fault` (`file-not-found`).
 */
export async function withModelSource<T>(
  path: string,
  name: string,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  await checkReadable(path, name);
  const source = await openFileSource(path);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/** Whether a file is to be read as PyTorch's: it is one, or its name says so and whatever is wrong is told as of one. */
export async function isCheckpointFile(source: ByteSource, name: string): Promise<boolean> {
  return /\.(pt|pth)$/i.test(name) || (await containerKind(source)) !== null;
}
