import { Fault } from '@/lib/core/fault';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';

export type ZipEntry = {
  readonly name: string;
  /** 0 is stored, all others are compressed. */
  readonly method: number;
  readonly sizeBytes: number;
  readonly storedBytes: number;
  /** Where the entry's local header is. */
  readonly headerOffset: number;
};

/** Checkpoints have a few thousand entries of a hundred bytes; more than this is no checkpoint and not worth the memory. */
const maximumDirectoryBytes = 16 * 1024 * 1024;
const endBytes = 22;
const maximumCommentBytes = 0xffff;
const locatorBytes = 20;
const wideEndBytes = 56;
const entryBytes = 46;
const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const wideEndSignature = 0x06064b50;
const entrySignature = 0x02014b50;
const inWideField = 0xffffffff;

type Directory = { readonly offset: number; readonly length: number };

/**
 * The table at the end of a zip archive, ZIP64 included; nothing is unpacked. Throws a `Fault`: `model-truncated` without an
 * end, `model-damaged` when the table contradicts itself or is too large.
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipEntry[]> {
  const { offset, length } = await findDirectory(source);
  if (length > maximumDirectoryBytes) throw damaged(`its table of contents claims ${length} bytes`);
  if (offset + length > source.sizeBytes) throw damaged('its table of contents lies behind its end');
  const table = await source.read(offset, length);
  const view = viewOf(table);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < table.length; ) {
    if (at + entryBytes > table.length || view.getUint32(at, true) !== entrySignature) {
      throw damaged('its table of contents is broken');
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + entryBytes + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > table.length) throw damaged('its table of contents is broken');
    const name = new TextDecoder().decode(table.subarray(at + entryBytes, at + entryBytes + nameLength));
    const extra = table.subarray(at + entryBytes + nameLength, at + entryBytes + nameLength + extraLength);
    entries.push({ name, method: view.getUint16(at + 10, true), ...sizesOf(view, at, extra) });
    at = next;
  }
  return entries;
}

async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailLength = Math.min(source.sizeBytes, endBytes + maximumCommentBytes);
  const tailOffset = source.sizeBytes - tailLength;
  const tail = await source.read(tailOffset, tailLength);
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endBytes + view.getUint16(at + 20, true) !== tail.length) continue;
    const wide = await findWideDirectory(source, tailOffset + at);
    return wide ?? { length: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
  }
  throw new Fault({
    code: 'model-truncated',
    found: 'The file begins as a zip archive, but its end is missing.',
    remedy: 'Download or copy it again: it did not arrive whole.',
  });
}

/** ZIP64 keeps the true numbers in a record before the old one, and a pointer to that record in between. */
async function findWideDirectory(source: ByteSource, endOffset: number): Promise<Directory | null> {
  if (endOffset < locatorBytes) return null;
  const locator = viewOf(await source.read(endOffset - locatorBytes, locatorBytes));
  if (locator.getUint32(0, true) !== locatorSignature) return null;
  const recordOffset = wideNumber(locator, 8);
  if (recordOffset + wideEndBytes > source.sizeBytes) throw damaged('it points behind its own end');
  const record = viewOf(await source.read(recordOffset, wideEndBytes));
  if (record.getUint32(0, true) !== wideEndSignature) throw damaged('its end record is broken');
  return { length: wideNumber(record, 40), offset: wideNumber(record, 48) };
}

type Sizes = Pick<ZipEntry, 'sizeBytes' | 'storedBytes' | 'headerOffset'>;

/** Numbers that do not fit 32 bits stand in the extra field 1, in this order, each only if its old field says so. */
function sizesOf(view: DataView, at: number, extra: Uint8Array): Sizes {
  const wide = wideNumbers(extra);
  const pick = (field: number): number => {
    const narrow = view.getUint32(at + field, true);
    return narrow === inWideField ? (wide.shift() ?? narrow) : narrow;
  };
  const sizeBytes = pick(24);
  const storedBytes = pick(20);
  return { sizeBytes, storedBytes, headerOffset: pick(42) };
}

function wideNumbers(extra: Uint8Array): number[] {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      const count = Math.floor(Math.min(length, extra.length - at - 4) / 8);
      return Array.from({ length: count }, (_, index) => wideNumber(view, at + 4 + 8 * index));
    }
    at += 4 + length;
  }
  return [];
}

function wideNumber(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('it claims impossible sizes');
  return Number(value);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(how: string): Fault {
  return new Fault({
    code: 'model-damaged',
    found: `The file is a damaged zip archive: ${how}.`,
    remedy: 'Download or copy it again, or export the model anew.',
  });
}
