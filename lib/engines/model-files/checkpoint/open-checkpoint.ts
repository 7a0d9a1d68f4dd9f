import type { ByteSource } from '@/lib/engines/model-files/byte-source';
import { checkWeights } from '@/lib/engines/model-files/checkpoint/check-weights';
import type { Checkpoint, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { type CheckpointArchive, openArchive } from '@/lib/engines/model-files/checkpoint/checkpoint-archive';
import { notACheckpoint, unsupportedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { containerKind } from '@/lib/engines/model-files/checkpoint/container-kind';
import { networkOf } from '@/lib/engines/model-files/checkpoint/network-of';
import { isDictionary } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';
import { type PickleReading, readPickle } from '@/lib/engines/model-files/checkpoint/pickle/read-pickle';
import { readZipEntry } from '@/lib/engines/model-files/checkpoint/read-zip-entry';
import { TorchStorages } from '@/lib/engines/model-files/checkpoint/torch-storage';
import { windowSource } from '@/lib/engines/model-files/checkpoint/window-source';
import { foreignHeadBytes, recogniseForeignFile } from '@/lib/engines/model-files/foreign-file';

/** The network itself, and the optimizer's state: most of an unfinished training's file, and nothing here needs it. */
const weightEntries: ReadonlySet<string> = new Set(['model', 'ema', 'optimizer']);

/**
 * Opens a `.pt` file without executing any of it: reads its table and its pickle, and no weight before someone asks for it.
 * The source must stay readable as long as the checkpoint is used.
 *
 * Rejects with a `Fault` that says what was found: `model-not-checkpoint` (another kind of file), `model-unsupported` (a
 * checkpoint that no YOLO of the Ultralytics package is), `model-unsafe` (it asks for what would run code),
 * `model-damaged`, `model-truncated`, and `model-too-large` (beyond the reader's limits).
 */
export async function openCheckpoint(source: ByteSource): Promise<Checkpoint> {
  const archive = await openContainer(windowSource(source));
  const storages = new TorchStorages(archive);
  const { value, globals } = await readArchivePickle(archive, storages);
  const { which, model } = networkOf(value);
  checkWeights(model, storages, source.sizeBytes);
  return { which, model, entries: entriesOf(value), globals, sizeBytes: source.sizeBytes };
}

/** The archive of a file that is a zip; the `Fault` that says what the file is instead, if it is not. */
export async function openContainer(source: ByteSource): Promise<CheckpointArchive> {
  const kind = await containerKind(source);
  if (kind === 'zip') return openArchive(source);
  if (kind === 'legacy') {
    throw unsupportedCheckpoint(
      'The file is in the format that PyTorch wrote before version 1.6 (2020), which is not read here.',
      'Save it again with a newer PyTorch, or export the model as ONNX where it was made.',
    );
  }
  if (source.sizeBytes === 0) throw notACheckpoint('an empty file (0 bytes)', 'Download or copy it again.');
  const foreign = recogniseForeignFile(await source.read(0, Math.min(foreignHeadBytes, source.sizeBytes)));
  throw notACheckpoint(foreign?.kind ?? 'no zip archive, as every checkpoint since 2020 is');
}

/** The bytes of the archive's pickle: at most what `openArchive` lets pass. */
export function pickleBytes({ source, pickle }: CheckpointArchive): Promise<Uint8Array> {
  return readZipEntry(source, pickle, { from: 0, length: pickle.sizeBytes });
}

async function readArchivePickle(archive: CheckpointArchive, storages: TorchStorages): Promise<PickleReading> {
  const bytes = await pickleBytes(archive);
  return readPickle(bytes, ({ dtype, key }, view) => storages.tensor({ ...view, dtype, storageKey: key }));
}

/** What stands beside the network. */
function entriesOf(value: CheckpointValue): Map<string, CheckpointValue> {
  const entries = new Map<string, CheckpointValue>();
  if (!isDictionary(value)) return entries;
  for (const [key, entry] of value) {
    if (typeof key === 'string' && !weightEntries.has(key)) entries.set(key, entry);
  }
  return entries;
}
