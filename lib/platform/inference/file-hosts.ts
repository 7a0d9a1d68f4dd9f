import type { HostFleet } from '@/lib/platform/inference/host-fleet';
import { HostEnded, type HostProcess } from '@/lib/platform/inference/host-process';
import { endedFault, type InferenceLimits } from '@/lib/platform/inference/inference-faults';
import type {
  FrameSampling,
  HostAnswers,
  HostTask,
  ModelInspection,
  VideoFrame,
} from '@/lib/platform/inference/inference-messages';

/**
 * What a model file is, read in a process of its own. Rejects with the `Fault`s of `identifyModel`, or `model-too-slow`,
 * `out-of-memory`, `model-crashed` when the process had to be ended or ended itself.
 */
export async function inspectFile(fleet: HostFleet, file: string, limits: InferenceLimits): Promise<ModelInspection> {
  const host = await fleet.start(file);
  try {
    return await runInTime(fleet, host, { kind: 'inspect', file }, limits);
  } finally {
    host.end('retired');
  }
}

/**
 * The ONNX file that a checkpoint becomes, in pieces, made in a process of its own; the next piece comes while the caller is busy
 * with the one before. Rejects with the `Fault`s of `openCheckpoint` and `convertCheckpoint`, or as `inspectFile` does when the
 * process ends.
 */
export async function* convertFile(
  fleet: HostFleet,
  file: string,
  limits: InferenceLimits,
): AsyncGenerator<Uint8Array> {
  const host = await fleet.start(file);
  yield* piecesOf(host, () => runInTime(fleet, host, { kind: 'convert', file }, limits));
}

/**
 * The frames of a video, decoded in a process of its own, the next one while the caller is busy with the one before. Rejects
 * with `video-unreadable`, or as `inspectFile` does when the process ends.
 */
export async function* sampleVideoFrames(
  fleet: HostFleet,
  file: string,
  sampling: FrameSampling,
  limits: InferenceLimits,
): AsyncGenerator<VideoFrame> {
  const host = await fleet.start(file);
  yield* piecesOf(host, () => runInTime(fleet, host, { kind: 'next-frame', file, sampling }, limits));
}

/** What a host of its own answers until it answers null; it ends with the last piece, or when nobody takes any more. */
async function* piecesOf<T>(host: HostProcess, ask: () => Promise<T | null>): AsyncGenerator<T> {
  const next = () => settledLater(ask());
  try {
    let coming = next();
    for (let piece = await coming; piece !== null; piece = await coming) {
      coming = next();
      yield piece;
    }
  } finally {
    host.end('retired');
  }
}

/** How often the memory of a host at work is measured. */
const measureMs = 250;

/** One task of a host that does nothing else, within the deadline and the memory. */
async function runInTime<K extends HostTask['kind']>(
  fleet: HostFleet,
  host: HostProcess,
  task: Extract<HostTask, { kind: K }>,
  limits: InferenceLimits,
): Promise<HostAnswers[K]> {
  const deadline = setTimeout(() => host.end('deadline'), limits.deadlineMs);
  const measuring = setInterval(() => void fleet.measure(), measureMs);
  try {
    return await host.run<K>(task);
  } catch (error) {
    throw error instanceof HostEnded ? endedFault(task.kind, error, limits) : error;
  } finally {
    clearTimeout(deadline);
    clearInterval(measuring);
  }
}

/** The same promise, whose rejection waits to be looked at. */
function settledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
