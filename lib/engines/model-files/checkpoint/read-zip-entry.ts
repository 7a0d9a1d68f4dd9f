import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { damagedCheckpoint, quoted, truncatedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import type { ZipEntry } from '@/lib/engines/model-files/zip-directory';

const headerBytes = 30;
const headerSignature = 0x04034b50;
const encrypted = 1;

/**
 * Bytes [from, from + length) of a stored entry; nothing else is read. The lengths of the local header are its own (torch
 * pads its extra field to align the data), sizes are the central directory's. Rejects with a `Fault` where the header is not
 * the entry's or the source ends too early. The caller has checked that the range lies inside the entry.
 */
export async function readZipEntry(
  source: ByteSource,
  entry: ZipEntry,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<Uint8Array> {
  const start = await dataStart(source, entry);
  if (start + entry.sizeBytes > source.sizeBytes) {
    throw truncatedCheckpoint(`${quoted(entry.name)} ends behind the end of the file`);
  }
  const bytes = await source.read(start + from, length);
  if (bytes.byteLength !== length) throw truncatedCheckpoint(`${quoted(entry.name)} could not be read whole`);
  return bytes;
}

async function dataStart(source: ByteSource, { name, headerOffset }: ZipEntry): Promise<number> {
  if (headerOffset + headerBytes > source.sizeBytes) {
    throw truncatedCheckpoint(`${quoted(name)} begins behind the end of the file`);
  }
  const header = await source.read(headerOffset, headerBytes);
  if (header.byteLength !== headerBytes) throw truncatedCheckpoint(`${quoted(name)} could not be read`);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== headerSignature) throw damagedCheckpoint(`${quoted(name)} is not where it should be`);
  if ((view.getUint16(6, true) & encrypted) !== 0) throw damagedCheckpoint(`${quoted(name)} is encrypted`);
  return headerOffset + headerBytes + view.getUint16(26, true) + view.getUint16(28, true);
}
