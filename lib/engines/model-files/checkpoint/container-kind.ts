import type { ByteSource } from '@/lib/engines/model-files/byte-source';

/** How PyTorch wrote a checkpoint: the zip of torch 1.6 and later, or the bare pickles before it. */
export type CheckpointContainer = 'zip' | 'legacy';

/** The pickle of torch's own magic number 0x1950a86a20f9469cfc6c: no other pickle begins so. */
const legacyMagic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const zipMagic = [0x50, 0x4b, 0x03, 0x04];

/** What the first bytes say the file is; null when no checkpoint begins so. */
export async function containerKind(source: ByteSource): Promise<CheckpointContainer | null> {
  const head = await source.read(0, Math.min(legacyMagic.length, source.sizeBytes));
  if (startsWith(head, legacyMagic)) return 'legacy';
  return startsWith(head, zipMagic) ? 'zip' : null;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
