import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import {
  damagedCheckpoint,
  notACheckpoint,
  oversizedCheckpoint,
  quoted,
} from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { readZipEntry } from '@/lib/engines/model-files/checkpoint/read-zip-entry';
import { readZipDirectory, type ZipEntry } from '@/lib/engines/model-files/zip-directory';

/** The zip of a checkpoint: which entry is its pickle, and which hold the numbers. */
export type CheckpointArchive = {
  readonly source: ByteSource;
  readonly pickle: ZipEntry;
  /** The storages by their keys, `0` for `<root>/data/0`. */
  readonly storages: ReadonlyMap<string, ZipEntry>;
};

/** The pickle of a YOLO of any scale has under a megabyte, with its optimizer and 20 000 class names under five. */
const maximumPickleBytes = 32 * 1024 * 1024;

const stored = 0;
/** What every pickle of torch begins with: PROTO, and a number that has been 2 since 2016. */
const protocolOpcode = 0x80;
const picklePath = /^([^/]+)\/data\.pkl$/;

const exportIt = 'Export the model it was made from: yolo export model=best.pt format=onnx.';

/**
 * Reads the table of a checkpoint's zip and checks that it is one that torch writes: one root folder with a `data.pkl`, every
 * entry stored, none named twice, little-endian. Of the entries nothing but two bytes of the pickle and the word in
 * `byteorder` is read. Rejects with a `Fault`: `model-not-checkpoint`, `model-damaged`, `model-truncated`, `model-too-large`.
 */
export async function openArchive(source: ByteSource): Promise<CheckpointArchive> {
  const entries = await readZipDirectory(source);
  const { pickle, root } = findPickle(entries);
  if (entries.some(({ name }) => name === `${root}/constants.pkl` || name.startsWith(`${root}/code/`))) {
    throw notACheckpoint('a TorchScript model: compiled code without the network it came from', exportIt);
  }
  for (const entry of entries) refusePacked(entry, source.sizeBytes);
  const byName = indexByName(entries);
  if (pickle.sizeBytes > maximumPickleBytes) {
    throw oversizedCheckpoint(`its pickle has ${pickle.sizeBytes} bytes, and at most ${maximumPickleBytes} are read`);
  }
  await refuseForeignPickle(source, pickle);
  await refuseBigEndian(source, byName.get(`${root}/byteorder`));
  return { source, pickle, storages: storagesOf(byName, `${root}/data/`) };
}

function findPickle(entries: readonly ZipEntry[]): { readonly pickle: ZipEntry; readonly root: string } {
  const candidates = entries.flatMap((entry) => {
    const root = picklePath.exec(entry.name)?.[1];
    return root === undefined ? [] : [{ pickle: entry, root }];
  });
  const [found, second] = candidates;
  if (found === undefined) throw notACheckpoint('a zip archive without a checkpoint (no data.pkl) in it');
  if (second !== undefined) throw damagedCheckpoint('it has several data.pkl, and programs differ in which they open');
  return found;
}

/** torch stores; what is compressed was packed by someone else, and might unpack to anything. */
function refusePacked({ name, method, sizeBytes, storedBytes, headerOffset }: ZipEntry, fileBytes: number): void {
  if (method !== stored || sizeBytes !== storedBytes) {
    throw notACheckpoint(`a compressed zip archive, which PyTorch never writes (${quoted(name)})`);
  }
  if (headerOffset + sizeBytes > fileBytes) {
    throw damagedCheckpoint(`${quoted(name)} claims ${sizeBytes} bytes, more than the file has behind its beginning`);
  }
}

function indexByName(entries: readonly ZipEntry[]): Map<string, ZipEntry> {
  const byName = new Map<string, ZipEntry>();
  for (const entry of entries) {
    if (byName.has(entry.name)) throw damagedCheckpoint(`${quoted(entry.name)} is in it twice`);
    byName.set(entry.name, entry);
  }
  return byName;
}

function storagesOf(byName: ReadonlyMap<string, ZipEntry>, folder: string): Map<string, ZipEntry> {
  const storages = new Map<string, ZipEntry>();
  for (const [name, entry] of byName) if (name.startsWith(folder)) storages.set(name.slice(folder.length), entry);
  return storages;
}

async function refuseForeignPickle(source: ByteSource, pickle: ZipEntry): Promise<void> {
  const head = await readZipEntry(source, pickle, { from: 0, length: Math.min(2, pickle.sizeBytes) });
  if (head[0] !== protocolOpcode) throw notACheckpoint('a zip archive whose data.pkl is no pickle');
}

async function refuseBigEndian(source: ByteSource, entry: ZipEntry | undefined): Promise<void> {
  if (entry === undefined) return;
  const bytes = await readZipEntry(source, entry, { from: 0, length: Math.min(16, entry.sizeBytes) });
  const order = new TextDecoder().decode(bytes).trim();
  if (order !== 'little') throw damagedCheckpoint(`its numbers are in the byte order “${quoted(order)}”, not little`);
}
