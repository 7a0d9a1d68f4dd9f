import { Fault } from '@/lib/core/fault';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { readZipDirectory, type ZipEntry } from '@/lib/engines/model-files/zip-directory';

/** How PyTorch wrote a checkpoint: the zip of torch 1.6 and later, or the bare pickles before it. */
export type CheckpointContainer = 'zip' | 'legacy';

/** The pickle of torch's own magic number 0x1950a86a20f9469cfc6c: no other pickle begins so. */
const legacyMagic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const zipMagic = [0x50, 0x4b, 0x03, 0x04];
/** What every pickle of torch begins with: protocol 2. */
const pickleMagic = [0x80, 0x02];
const stored = 0;

/**
 * Whether a file is a PyTorch checkpoint, told by its structure: nothing is unpacked and no pickle is read. Null when it is
 * something else. Throws a `Fault` for zips that are damaged, no checkpoint, TorchScript, or compressed, which torch never does.
 */
export async function recogniseCheckpoint(source: ByteSource): Promise<CheckpointContainer | null> {
  const head = await source.read(0, legacyMagic.length);
  if (startsWith(head, legacyMagic)) return 'legacy';
  if (!startsWith(head, zipMagic)) return null;
  const entries = await readZipDirectory(source);
  const pickle = entries.find((entry) => /^[^/]+\/data\.pkl$/.test(entry.name));
  if (pickle === undefined) throw notACheckpoint('a zip archive without a checkpoint (no data.pkl) in it');
  if (entries.some((entry) => /^[^/]+\/(constants\.pkl|code\/)/.test(entry.name))) {
    throw notACheckpoint('a TorchScript model');
  }
  const packed = entries.find((entry) => entry.method !== stored || entry.sizeBytes !== entry.storedBytes);
  if (packed !== undefined)
    throw notACheckpoint(`a compressed zip archive, which PyTorch never writes (${packed.name})`);
  if (!startsWith(await firstBytes(source, pickle), pickleMagic)) {
    throw notACheckpoint('a zip archive whose data.pkl is no pickle');
  }
  return 'zip';
}

async function firstBytes(source: ByteSource, { headerOffset }: ZipEntry): Promise<Uint8Array> {
  const header = await source.read(headerOffset, 30);
  if (!startsWith(header, zipMagic) || header.length < 30) throw notACheckpoint('a damaged zip archive');
  const lengths = new DataView(header.buffer, header.byteOffset);
  const start = headerOffset + 30 + lengths.getUint16(26, true) + lengths.getUint16(28, true);
  return source.read(start, pickleMagic.length);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function notACheckpoint(what: string): Fault {
  return new Fault({
    code: 'model-not-onnx',
    found: `Expected an ONNX model or a PyTorch checkpoint, found ${what}.`,
    remedy: 'Upload the .pt file as training wrote it, or export it: yolo export model=best.pt format=onnx.',
  });
}
