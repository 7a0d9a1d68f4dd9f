import { blobSha256 } from '@/lib/browser/blob-sha256';
import type { ConversionShelf, Recipe } from '@/lib/browser/conversion-shelf';
import type { OpenedFile } from '@/lib/browser/vision-messages';
import type { OpenProgress } from '@/lib/browser/vision-protocol';
import { conversionWatch, stopIfCancelled, type WorkWatch } from '@/lib/browser/work-watch';
import { Fault } from '@/lib/core/fault';
import { converterVersion } from '@/lib/engines/architecture/converter-version';
import { runnableOptions } from '@/lib/engines/architecture/runnable-options';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import { hasCheckpointName } from '@/lib/engines/model-files/checkpoint/checkpoint-name';
import { identifyModel } from '@/lib/engines/model-files/identify-model';

/** What opening a checkpoint needs besides its bytes. */
export type CheckpointPorts = {
  /** Null where the browser keeps nothing; each visit then converts anew. */
  readonly conversions: () => Promise<Pick<ConversionShelf, 'find' | 'keep'> | null>;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
};

type Watch = WorkWatch<OpenProgress>;

const recipe: Recipe = { version: converterVersion, options: { ...runnableOptions } };

/** ONNX begins with its format version, field 1 of the message. No zip, pickle or other checkpoint begins with this byte. */
const onnxFirstByte = 0x08;

/**
 * Reads a model file and makes what runs of it: an ONNX file is run as it is, a checkpoint is inspected, converted and kept as
 * ONNX for the next visit. Nothing in a file is executed. Rejects with the `Fault`s of `identifyModel`, `openCheckpoint` and
 * `convertCheckpoint`, and with `cancelled` soon after the signal aborts.
 */
export async function openModelFile(file: Blob, ports: CheckpointPorts, watch: Watch): Promise<OpenedFile> {
  if (await isCheckpoint(file)) return openCheckpointFile(file, ports, watch);
  const identity = await identifyModel(blobSource(file));
  return { modelId: await blobSha256(file), identity, conversion: null, runnable: file };
}

/** By its bytes, and by its name where those say nothing: an empty `best.pt` is answered as the checkpoint it should be. */
async function isCheckpoint(file: Blob): Promise<boolean> {
  const [first] = new Uint8Array(await file.slice(0, 1).arrayBuffer());
  if (first === onnxFirstByte) return false;
  if (file instanceof File && hasCheckpointName(file.name)) return true;
  const { isCheckpointFile } = await import('@/lib/engines/model-files/inspect-model-file');
  return isCheckpointFile(blobSource(file));
}

async function openCheckpointFile(file: Blob, ports: CheckpointPorts, watch: Watch): Promise<OpenedFile> {
  const started = ports.now();
  const modelId = await blobSha256(file);
  const conversions = await ports.conversions();
  const kept = await openKept(modelId, conversions);
  if (kept) {
    return { modelId, ...kept, conversion: { origin: 'kept', milliseconds: ports.now() - started } };
  }
  // The converter is fetched while the file is inspected.
  const [{ convertFile }] = await Promise.all([import('@/lib/browser/checkpoint-work'), inspect(file, watch)]);
  const target = { format: 'onnx', options: runnableOptions } as const;
  const runnable = await convertFile(file, target, conversionWatch(watch));
  const identity = await identifyModel(blobSource(runnable));
  stopIfCancelled(watch.signal);
  // Nobody waits for the disk. A full one costs the next visit a conversion, and this one nothing.
  void conversions?.keep(modelId, recipe, runnable).catch(() => undefined);
  return { modelId, identity, runnable, conversion: { origin: 'made', milliseconds: ports.now() - started } };
}

/** Tells what is in the file before anything is made of it, and ends with the refusal when there is one. */
async function inspect(file: Blob, { onProgress, signal }: Watch): Promise<void> {
  const { inspectCheckpoint } = await import('@/lib/engines/model-files/checkpoint/inspect-checkpoint');
  const report = await inspectCheckpoint(blobSource(file));
  stopIfCancelled(signal);
  onProgress({ kind: 'inspected', report });
  if (report.refusal) throw new Fault(report.refusal);
}

/** What an earlier visit kept, unless it was damaged since. */
async function openKept(modelId: string, conversions: Pick<ConversionShelf, 'find'> | null) {
  const runnable = await conversions?.find(modelId, recipe).catch(() => null);
  if (!runnable) return null;
  try {
    return { runnable, identity: await identifyModel(blobSource(runnable)) };
  } catch {
    return null;
  }
}
