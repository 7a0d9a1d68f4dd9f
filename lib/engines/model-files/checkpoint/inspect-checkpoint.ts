import { Fault, type PlainFault } from '@/lib/core/fault';
import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { type CheckpointContainer, containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';
import { type CheckpointContents, describeContents } from '@/lib/engines/model-files/checkpoint/describe-contents';
import { type GlobalGroup, groupGlobals } from '@/lib/engines/model-files/checkpoint/describe-global';
import { openCheckpoint, openContainer, pickleBytes } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { type PickleScan, scanPickle } from '@/lib/engines/model-files/checkpoint/pickle/scan-pickle';

/** What a `.pt` file is, would do and contains, as plain data: nothing of it was executed to find out. */
export type CheckpointReport = {
  readonly kind: 'checkpoint';
  readonly sizeBytes: number;
  /** Null where the bytes begin like no checkpoint. */
  readonly container: CheckpointContainer | null;
  /** Every name that the pickle asks for, by meaning, dangerous ones first. Also given for files that are refused. */
  readonly globals: readonly GlobalGroup[];
  /** Instructions of the pickle that no checkpoint needs. */
  readonly foreignInstructions: readonly string[];
  /** Why the file is not opened, or null. */
  readonly refusal: PlainFault | null;
  /** Null for a file that is refused. */
  readonly contents: CheckpointContents | null;
};

/** Pickles one after another in a file of old PyTorch: magic number, protocol, system, the object, the keys. */
const legacyPickles = 5;
const maximumLegacyBytes = 32 * 1024 * 1024;
/** Pickles of protocol 0 and 1 begin with no mark of their own, and what names a function to call is short. */
const maximumUnmarkedBytes = 65_536;
const protocolOpcode = 0x80;

/**
 * Looks into a `.pt` file. Whatever is wrong with it is part of the report; only a source that cannot be read rejects.
 */
export async function inspectCheckpoint(source: ByteSource): Promise<CheckpointReport> {
  const { globals, foreignInstructions } = await scanSource(source);
  const opened = await faultOr(async () => describeContents(await openCheckpoint(source)));
  return {
    kind: 'checkpoint',
    sizeBytes: source.sizeBytes,
    container: await containerKind(source),
    globals: groupGlobals(globals),
    foreignInstructions,
    refusal: opened instanceof Fault ? opened.toPlain() : null,
    contents: opened instanceof Fault ? null : opened,
  };
}

/** Whether bytes that are no zip are pickles nonetheless: what old PyTorch wrote, and what `torch.load` would open. */
export async function isBarePickle(source: ByteSource): Promise<boolean> {
  const { globals, length } = await scanSource(source);
  return length !== null && (globals.length > 0 || (await containerKind(source)) === 'legacy');
}

async function scanSource(source: ByteSource): Promise<PickleScan> {
  if ((await containerKind(source)) !== 'zip') return scanLegacy(source);
  const bytes = await faultOr(async () => pickleBytes(await openContainer(source)));
  return bytes instanceof Fault ? emptyScan : scanPickle(bytes);
}

const emptyScan: PickleScan = { globals: [], foreignInstructions: [], length: null };

/** Where bytes do not even begin with a whole pickle, what looks like names in them means nothing. */
async function scanLegacy(source: ByteSource): Promise<PickleScan> {
  const [first] = await source.read(0, Math.min(source.sizeBytes, 1));
  const most = first === protocolOpcode ? maximumLegacyBytes : maximumUnmarkedBytes;
  const bytes = await source.read(0, Math.min(source.sizeBytes, most));
  const scans: PickleScan[] = [];
  for (let start = 0; scans.length < legacyPickles; ) {
    const scan = scanPickle(bytes.subarray(start));
    if (scan.length === null) break;
    scans.push(scan);
    start += scan.length;
  }
  if (scans.length === 0) return emptyScan;
  return {
    globals: scans.flatMap(({ globals }) => globals),
    foreignInstructions: [...new Set(scans.flatMap((scan) => scan.foreignInstructions))],
    length: scans[0].length,
  };
}

async function faultOr<T>(act: () => Promise<T>): Promise<T | Fault> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
