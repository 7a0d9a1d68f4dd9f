import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { openArchive } from '@/lib/engines/model-files/checkpoint/checkpoint-archive';
import { type CheckpointContainer, containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';

/**
 * Whether a file is a PyTorch checkpoint, told by its structure: nothing is unpacked and no pickle is read. Null when it is
 * something else. Throws the `Fault`s of `openArchive` for zips that are damaged, no checkpoint, TorchScript, or compressed.
 */
export async function recogniseCheckpoint(source: ByteSource): Promise<CheckpointContainer | null> {
  const kind = await containerKind(source);
  if (kind === 'zip') await openArchive(source);
  return kind;
}
