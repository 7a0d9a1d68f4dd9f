import { checkReadable } from '@/lib/cli/read-file';
import { withFileSource } from '@/lib/domain/models/with-file-source';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { hasCheckpointName } from '@/lib/engines/model-files/checkpoint/checkpoint-name';
import { containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';

/** As `withFileSource`; `name` is the path as it was typed. Throws a `Fault` (`file-not-found`) for what cannot be read. */
export async function withModelSource<T>(
  path: string,
  name: string,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  await checkReadable(path, name);
  return withFileSource(path, use);
}

/** Whether a file is to be read as PyTorch's: it is one, or its name says so. */
export async function isCheckpointFile(source: ByteSource, name: string): Promise<boolean> {
  return hasCheckpointName(name) || (await containerKind(source)) !== null;
}
